//! The task that lends the connection of a group to one unit after another, and commits for several at once.
//!
//! A group is one transaction that holds the lock. Each unit works inside a savepoint of its own; one that is given up, or
//! one of whose statements failed, is rolled back to it alone. When a unit ends and another one waits, that one goes on in
//! the same transaction; when nobody waits, or the group is large or old enough, COMMIT is said for all, and only then is
//! anybody told. As the task belongs to no request, one that is cut off at whatever moment leaves nothing to tidy up.

use std::sync::Arc;
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::postgres::PgPool;
use sqlx::{AssertSqlSafe, Executor as _, Postgres};
use storage::{Result, StorageError};
use tokio::sync::{Mutex, OwnedMutexGuard, mpsc, oneshot, watch};
use tokio::time::Instant;

use super::Turn;
use crate::error::{failed, is_given_up, to_several};
use crate::server::{WRITERS_LOCK, within};

/// A group takes no more units in after so many, or after so long: those of its beginning wait, and so may other servers.
const UNITS_MAX: usize = 64;
const OPEN_FOR: Duration = Duration::from_millis(20);

/// The end of a unit that is to be kept: fails when one of its statements did.
const RELEASE: &str = "RELEASE SAVEPOINT unit";
const NEXT: &str = "SAVEPOINT unit";
const GIVE_UP: &str = "ROLLBACK TO SAVEPOINT unit";

/// Somebody who waits for a turn.
pub(super) type Asked = oneshot::Sender<Result<Turn>>;

/// Tells that a turn is to be kept.
pub(super) struct Ended {
    pub(super) put_jobs: bool,
    pub(super) kept: oneshot::Sender<Result<()>>,
}

pub(super) struct Turns {
    writers: PgPool,
    /// The group's connection; `None` between groups.
    db: Arc<Mutex<Option<PoolConnection<Postgres>>>>,
    asked: mpsc::UnboundedReceiver<Asked>,
    jobs_put: Arc<watch::Sender<u64>>,
}

/// Those who wait for one COMMIT.
struct Group {
    begun: Instant,
    ended: Vec<Ended>,
}

impl Turns {
    pub(super) fn new(
        writers: PgPool,
        asked: mpsc::UnboundedReceiver<Asked>,
        jobs_put: Arc<watch::Sender<u64>>,
    ) -> Self {
        Self { writers, db: Arc::default(), asked, jobs_put }
    }

    /// Serves until nobody can ask any more.
    pub(super) async fn run(mut self) {
        while let Some(first) = self.asked.recv().await {
            if first.is_closed() {
                continue;
            }
            match self.begin().await {
                Ok(()) => self.group(first).await,
                Err(error) => self.refuse_all_who_wait(first, error),
            }
            // Back to the pool, which gives no broken one out again.
            self.db.lock().await.take();
        }
    }

    async fn group(&mut self, first: Asked) {
        let mut group = Group { begun: Instant::now(), ended: Vec::new() };
        let mut next = Some(first);
        while let Some(to) = next {
            let done = match self.lend(to).await {
                Some(ended) => self.release(ended, &mut group).await,
                None => self.execute(GIVE_UP).await,
            };
            if let Err(error) = done {
                return self.refuse(group, error).await;
            }
            next = self.another(&group);
            if next.is_some()
                && let Err(error) = self.execute(NEXT).await
            {
                self.refuse(group, error).await;
                return;
            }
        }
        let end = if group.ended.is_empty() { "ROLLBACK" } else { "COMMIT" };
        match self.execute(end).await {
            Ok(()) => self.acknowledge(group),
            Err(error) => self.refuse(group, error).await,
        }
    }

    /// Ends a unit's savepoint. One whose statement failed, and which wants to be kept all the same, is told so and rolled
    /// back; the others are not concerned.
    async fn release(&mut self, ended: Ended, group: &mut Group) -> std::result::Result<(), sqlx::Error> {
        match self.execute(RELEASE).await {
            Ok(()) => {
                group.ended.push(ended);
                Ok(())
            }
            Err(error) if is_given_up(&error) => {
                ended.kept.send(Err(failed(error))).ok();
                self.execute(GIVE_UP).await
            }
            Err(error) => {
                group.ended.push(ended);
                Err(error)
            }
        }
    }

    /// Whoever else waits for a turn in this group.
    fn another(&mut self, group: &Group) -> Option<Asked> {
        if group.ended.len() >= UNITS_MAX || group.begun.elapsed() >= OPEN_FOR {
            return None;
        }
        // Who stopped waiting has no part in it.
        std::iter::from_fn(|| self.asked.try_recv().ok()).find(|asked| !asked.is_closed())
    }

    /// Lends the connection until it is dropped; `None` when nothing is to be kept.
    async fn lend(&mut self, to: Asked) -> Option<Ended> {
        let db = self.db.clone().lock_owned().await;
        let db = OwnedMutexGuard::try_map(db, |db| db.as_deref_mut()).ok()?;
        let (ended, told) = oneshot::channel();
        // Who does not wait any more has it dropped, which is told like any other drop.
        to.send(Ok(Turn { db, ended })).ok();
        told.await.ok()
    }

    /// Begins a transaction once every other one that holds the lock has ended, on whatever server: each statement that
    /// follows sees what was committed before it, and nobody else commits.
    async fn begin(&mut self) -> Result<()> {
        let db = within(self.writers.acquire()).await.map_err(failed)?;
        *self.db.lock().await = Some(db);
        let begin = format!("BEGIN; SELECT pg_advisory_xact_lock({WRITERS_LOCK}); SAVEPOINT unit");
        let mut db = self.db.lock().await;
        let Some(db) = db.as_mut() else { return Err(failed(sqlx::Error::WorkerCrashed)) };
        match within(db.execute(sqlx::raw_sql(AssertSqlSafe(begin)))).await {
            Ok(_) => Ok(()),
            Err(error) => {
                // A connection that is broken is not well again by that, and is not given out again.
                within(db.execute(sqlx::raw_sql("ROLLBACK"))).await.ok();
                Err(failed(error))
            }
        }
    }

    fn acknowledge(&self, group: Group) {
        if group.ended.iter().any(|ended| ended.put_jobs) {
            self.jobs_put.send_modify(|times| *times += 1);
        }
        for ended in group.ended {
            ended.kept.send(Ok(())).ok();
        }
    }

    /// Nothing of the group is kept, as far as anybody knows.
    async fn refuse(&mut self, group: Group, error: sqlx::Error) {
        if self.execute("ROLLBACK").await.is_err() {
            // Whatever is left of it ends with the connection.
            drop(self.db.lock().await.take().map(PoolConnection::detach));
        }
        let refusal = to_several(failed(error));
        for ended in group.ended {
            ended.kept.send(Err(refusal())).ok();
        }
    }

    /// When the lock was not to be had, or no connection, those who came meanwhile waited for the same.
    fn refuse_all_who_wait(&mut self, first: Asked, error: StorageError) {
        let refusal = to_several(error);
        first.send(Err(refusal())).ok();
        while let Ok(asked) = self.asked.try_recv() {
            asked.send(Err(refusal())).ok();
        }
    }

    async fn execute(&mut self, sql: &'static str) -> std::result::Result<(), sqlx::Error> {
        let mut db = self.db.lock().await;
        let Some(db) = db.as_mut() else { return Err(sqlx::Error::WorkerCrashed) };
        within(db.execute(sqlx::raw_sql(sql))).await?;
        Ok(())
    }
}
