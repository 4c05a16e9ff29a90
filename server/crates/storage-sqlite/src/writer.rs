//! The only connection that writes, and whose turn it is: first come, first served.
//!
//! Units of work that come while another one is under way share its COMMIT, so that many pay for one sync of the disk
//! together (`turns` says how). None of them returns from its commit before that sync: what is acknowledged is kept.
//!
//! A unit sees what the units before it in its group did, though that is not yet on the disk. That is as it should be: the
//! group is kept as a whole or not at all, so nothing that was built upon can be missing while what builds upon it is there.
//! Readers see none of it before it is kept. So a unit asks what it decides by of itself, never of a reader.

#[cfg(test)]
mod tests;
mod turns;

use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::time::Duration;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{SqliteConnection, query};
use storage::{Result, StorageError};
use tokio::sync::{OwnedMappedMutexGuard, mpsc, oneshot, watch};
use tokio::time::timeout;

use crate::query::run;
use turns::{Asked, Ended, Turns};

/// How long a turn is waited for: long beyond what the units before it may take, so that one that hangs is noticed.
const TURN_WITHIN: Duration = Duration::from_secs(30);

/// Asks for turns. All clones ask the same task, which has the connection.
#[derive(Clone, Debug)]
pub(crate) struct Writer(mpsc::UnboundedSender<Asked>);

/// What somebody has the connection for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turning {
    /// A unit of work, which may share its commit with others.
    Shared,
    /// One transaction for itself: it is long, or changes how the connection works.
    Alone,
    /// No transaction at all.
    Bare,
}

/// The connection, until it is dropped. What was not committed is then rolled back.
pub(crate) struct Turn {
    db: OwnedMappedMutexGuard<Option<SqliteConnection>, SqliteConnection>,
    ended: oneshot::Sender<Ended>,
}

/// The task that has the connection is gone.
#[derive(Debug, thiserror::Error)]
#[error("the database is closed")]
struct Closed;

/// Those before did not come to an end.
#[derive(Debug, thiserror::Error)]
#[error("other writes took longer than {TURN_WITHIN:?}")]
struct TooLong;

impl Writer {
    /// Takes over this connection. Another process that is writing is waited for, for `patience`.
    pub(crate) fn new(
        db: SqliteConnection,
        options: SqliteConnectOptions,
        patience: Duration,
        jobs_put: Arc<watch::Sender<u64>>,
    ) -> Self {
        let (ask, asked) = mpsc::unbounded_channel();
        tokio::spawn(Turns::new(db, options, patience, asked, jobs_put).run());
        Self(ask)
    }

    /// Waits for a turn. Whoever stops waiting gives it up.
    pub(crate) async fn turn(&self, turning: Turning) -> Result<Turn> {
        let (lend, lent) = oneshot::channel();
        self.0.send(Asked::Turn(turning, lend)).map_err(|_| closed())?;
        match timeout(TURN_WITHIN, lent).await {
            Ok(lent) => lent.map_err(|_| closed())?,
            Err(_) => Err(StorageError::Unwritable(Box::new(TooLong))),
        }
    }

    /// Closes the connection once everybody who asked before had their turn.
    pub(crate) async fn close(&self) {
        let (done, closed) = oneshot::channel();
        if self.0.send(Asked::Close(done)).is_ok() {
            // An error means that it is closed already.
            closed.await.ok();
        }
    }
}

impl Turn {
    /// Gives the connection back, and waits until what was done with it is on the disk. `put_jobs` tells those who wait for
    /// jobs, once that is so.
    pub(crate) async fn commit(self, put_jobs: bool) -> Result<()> {
        let (kept, answer) = oneshot::channel();
        self.ended.send(Ended { put_jobs, kept }).map_err(|_| closed())?;
        drop(self.db);
        answer.await.map_err(|_| closed())?
    }
}

impl Deref for Turn {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.db
    }
}

impl DerefMut for Turn {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.db
    }
}

/// Lets a connection that writes tell at once that another process is writing: it is waited for here, as SQLite itself
/// would ask ever more seldom.
pub(crate) async fn impatient(db: &mut SqliteConnection) -> Result<()> {
    run(db, query("PRAGMA busy_timeout = 0")).await?;
    Ok(())
}

fn closed() -> StorageError {
    StorageError::Database(Box::new(Closed))
}
