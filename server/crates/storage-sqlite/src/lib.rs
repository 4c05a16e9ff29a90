//! The SQLite backend: one file, one writer, a pool of readers.
//!
//! WAL with `synchronous=FULL`: when `commit` returns, the change is on the disk. Every write begins with
//! `BEGIN IMMEDIATE` on the only writing connection, so what a unit of work has read cannot change under it; `writer` says
//! how those that come together share one commit.
//!
//! `query` runs queries, `row` reads columns, one file per aggregate holds its SQL, `reader` and `unit` implement the two traits.

mod audit;
mod audit_search;
mod authenticator;
mod backup;
mod check;
mod credential;
mod erase;
mod error;
mod file;
mod hand_over;
mod insights;
mod inspect;
mod invite;
mod job;
mod letter;
mod link;
mod listing;
mod made_up;
mod note;
mod passkey;
mod preset;
mod query;
mod reader;
mod refusal;
mod reminder;
mod row;
mod rows;
mod saved_view;
mod session;
mod staff;
mod staff_invite;
mod staff_session;
mod step_attempt;
#[cfg(test)]
mod tests;
mod tidying;
mod ukg_side;
mod unit;
mod webhook;
mod webhook_delivery;
mod writer;

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::ConnectOptions as _;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use storage::Result;
use tokio::sync::watch;

pub use crate::backup::{BackupError, back_up};
use crate::error::{failed, migration_failed};
pub use crate::inspect::{file_of, inspect};
use crate::writer::{Writer, impatient};

/// How many connections read at once. Reads are short; more would only wait for the two cores.
const READERS: u32 = 4;
/// How many of the desk's long reads run at once, on connections of their own.
const DESK_READERS: u32 = 2;
/// How long a write waits for another process (a command line beside the server) before it gives up.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Every migration, in order; the file name's number is its version.
const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "first", include_str!("../migrations/0001_first.sql")),
    (2, "replacement", include_str!("../migrations/0002_replacement.sql")),
    (3, "desk", include_str!("../migrations/0003_desk.sql")),
    (4, "list", include_str!("../migrations/0004_list.sql")),
    (5, "staff", include_str!("../migrations/0005_staff.sql")),
    (6, "desk_link", include_str!("../migrations/0006_desk_link.sql")),
    (7, "invites", include_str!("../migrations/0007_invites.sql")),
    (8, "audit", include_str!("../migrations/0008_audit.sql")),
    (9, "jobs", include_str!("../migrations/0009_jobs.sql")),
    (10, "ending", include_str!("../migrations/0010_ending.sql")),
    (11, "webhooks", include_str!("../migrations/0011_webhooks.sql")),
    (12, "mail", include_str!("../migrations/0012_mail.sql")),
    (14, "sharing", include_str!("../migrations/0014_sharing.sql")),
];

/// A SQLite database file.
#[derive(Clone, Debug)]
pub struct SqliteStorage {
    writer: Writer,
    readers: SqlitePool,
    /// Counts units that put jobs.
    jobs_put: Arc<watch::Sender<u64>>,
    desk_readers: SqlitePool,
}

impl SqliteStorage {
    /// Opens the file, creating it when it is missing (readable by its owner alone), and brings its tables up to date.
    ///
    /// `url` is of the form `sqlite://path/to/file.db`.
    ///
    /// # Errors
    /// When the URL is not of that form, the file cannot be created or opened, or a migration fails.
    pub async fn open(url: &str) -> Result<Self> {
        Self::open_with(url, BUSY_TIMEOUT).await
    }

    async fn open_with(url: &str, patience: Duration) -> Result<Self> {
        file::refuse_memory(url)?;
        let options = SqliteConnectOptions::from_str(url)
            .map_err(failed)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            // Deleted rows are overwritten with zeros: a sealed value that was replaced is gone from the file.
            .pragma("secure_delete", "ON")
            // What a statement with triggers may have to take back is kept in memory: a file elsewhere would be slow, and
            // one more place that holds customers' data.
            .pragma("temp_store", "MEMORY")
            .busy_timeout(BUSY_TIMEOUT);
        file::create_private(options.get_filename()).await?;
        let mut writer = options.connect().await.map_err(failed)?;
        migrator().run(&mut writer).await.map_err(migration_failed)?;
        impatient(&mut writer).await?;
        let jobs_put = Arc::new(watch::Sender::new(0));
        let writer = Writer::new(writer, options.clone(), patience, jobs_put.clone());
        let options = options.read_only(true).create_if_missing(false);
        let pool = |readers| {
            let pool = SqlitePoolOptions::new().max_connections(readers);
            pool.idle_timeout(None).max_lifetime(None).connect_lazy_with(options.clone())
        };
        Ok(Self { writer, readers: pool(READERS), desk_readers: pool(DESK_READERS), jobs_put })
    }

    /// Closes every connection, so that the write-ahead log is folded into the file.
    pub async fn close(&self) {
        self.readers.close().await;
        self.desk_readers.close().await;
        self.writer.close().await;
    }
}

fn migrator() -> Migrator {
    let migrations = MIGRATIONS.iter().map(|&(version, name, sql)| {
        Migration::new(version, name.into(), MigrationType::Simple, sqlx::SqlStr::from_static(sql), false)
    });
    Migrator { migrations: migrations.collect(), ..Migrator::DEFAULT }
}
