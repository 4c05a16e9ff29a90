//! The queues of apalis 1.0.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use apalis::prelude::*;
use apalis_postgres::PostgresStorage;
use apalis_sqlite::SqliteStorage;
use futures::stream;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgPool, SqlitePool};

use crate::{AT_A_TIME, rate, until_none};

/// Nobody else's: one that was ended counts as alive for a while.
fn name() -> String {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    format!("nothing-{}", NUMBER.fetch_add(1, Ordering::Relaxed))
}

async fn nothing(_: usize) -> Result<(), BoxDynError> {
    Ok(())
}

pub struct Sqlite(SqlitePool);

impl Sqlite {
    pub async fn open(file: &Path, full: bool) -> anyhow::Result<Self> {
        let synchronous = if full { SqliteSynchronous::Full } else { SqliteSynchronous::Off };
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(synchronous)
            .busy_timeout(Duration::from_secs(30));
        // One connection that its own set-up changes, and is done with: those that work have the options above.
        let first = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
        SqliteStorage::<()>::setup(&first).await?;
        first.close().await;
        Ok(Self(SqlitePoolOptions::new().max_connections(5).connect_with(options).await?))
    }

    pub async fn rate(&self, jobs: usize) -> anyhow::Result<f64> {
        sqlx::query("DELETE FROM Jobs").execute(&self.0).await?;
        let config = apalis_sqlite::Config::default().queue("nothing").batch_size(AT_A_TIME);
        let mut backend = SqliteStorage::<usize>::new(&self.0).with_config(config);
        backend.push_stream(&mut stream::iter(0..jobs)).await.map_err(|error| anyhow::anyhow!("{error}"))?;
        let began = Instant::now();
        let worker = WorkerBuilder::new(&*name()).backend(backend).concurrency(AT_A_TIME).build(nothing);
        let working = tokio::spawn(worker.run());
        until_none(|| async {
            let left: i64 = sqlx::query_scalar("SELECT count(*) FROM Jobs WHERE status <> 'Done'")
                .fetch_one(&self.0)
                .await?;
            Ok(u64::try_from(left)?)
        })
        .await?;
        let rate = rate(jobs, began);
        working.abort();
        Ok(rate)
    }
}

pub struct Postgres(PgPool);

impl Postgres {
    pub async fn open(url: &str) -> anyhow::Result<Self> {
        let pool = PgPool::connect(url).await?;
        PostgresStorage::<()>::setup(&pool).await.map_err(|error| anyhow::anyhow!("{error}"))?;
        Ok(Self(pool))
    }

    pub async fn rate(&self, jobs: usize) -> anyhow::Result<f64> {
        sqlx::query("DELETE FROM apalis.jobs").execute(&self.0).await?;
        let config = apalis_postgres::Config::default().queue("nothing").batch_size(AT_A_TIME);
        let mut backend = PostgresStorage::<usize>::new(&self.0).with_config(config);
        backend.push_stream(&mut stream::iter(0..jobs)).await.map_err(|error| anyhow::anyhow!("{error}"))?;
        let began = Instant::now();
        let worker = WorkerBuilder::new(&*name()).backend(backend).concurrency(AT_A_TIME).build(nothing);
        let working = tokio::spawn(worker.run());
        until_none(|| async {
            let left: i64 = sqlx::query_scalar("SELECT count(*) FROM apalis.jobs WHERE status <> 'Done'")
                .fetch_one(&self.0)
                .await?;
            Ok(u64::try_from(left)?)
        })
        .await?;
        let rate = rate(jobs, began);
        working.abort();
        Ok(rate)
    }
}
