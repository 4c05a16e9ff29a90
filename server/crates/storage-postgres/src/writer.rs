//! Whose turn it is to write, of the units of work of this server: first come, first served.
//!
//! All units of all servers are alone on the database, one after another (`server::lock`). Those of one server that come
//! while another one is under way share its transaction and with it the lock and the COMMIT (`turns` says how): so a server
//! on which much happens waits for the lock and the disk seldomer. None of them returns from its commit before COMMIT did.
//!
//! As with SQLite, a unit sees what the units before it in its group did, and the group is kept as a whole or not at all.

mod turns;

use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::postgres::PgPool;
use sqlx::{PgConnection, Postgres};
use storage::{Result, StorageError};
use tokio::sync::{OwnedMappedMutexGuard, mpsc, oneshot, watch};
use tokio::time::timeout;

use turns::{Asked, Ended, Turns};

/// How long a turn is waited for: long beyond what the units before it may take, so that one that hangs is noticed.
const TURN_WITHIN: Duration = Duration::from_secs(30);

/// Asks for turns. All clones ask the same task.
#[derive(Clone)]
pub(crate) struct Writer(mpsc::UnboundedSender<Asked>);

/// The connection of the group, until it is dropped. What was not committed is then rolled back.
pub(crate) struct Turn {
    db: OwnedMappedMutexGuard<Option<PoolConnection<Postgres>>, PgConnection>,
    ended: oneshot::Sender<Ended>,
}

/// The task that lends connections is gone.
#[derive(Debug, thiserror::Error)]
#[error("the database is closed")]
struct Closed;

/// Those before did not come to an end.
#[derive(Debug, thiserror::Error)]
#[error("other writes took longer than {TURN_WITHIN:?}")]
struct TooLong;

impl Writer {
    /// Lends connections of this pool.
    pub(crate) fn new(writers: PgPool, jobs_put: Arc<watch::Sender<u64>>) -> Self {
        let (ask, asked) = mpsc::unbounded_channel();
        tokio::spawn(Turns::new(writers, asked, jobs_put).run());
        Self(ask)
    }

    /// Waits for a turn. Whoever stops waiting gives it up.
    pub(crate) async fn turn(&self) -> Result<Turn> {
        let (lend, lent) = oneshot::channel();
        self.0.send(lend).map_err(|_| closed())?;
        match timeout(TURN_WITHIN, lent).await {
            Ok(lent) => lent.map_err(|_| closed())?,
            Err(_) => Err(StorageError::Unwritable(Box::new(TooLong))),
        }
    }
}

impl Turn {
    /// Gives the connection back, and waits until what was done with it is kept. `put_jobs` tells those of this server who
    /// wait for jobs, once that is so.
    pub(crate) async fn commit(self, put_jobs: bool) -> Result<()> {
        let (kept, answer) = oneshot::channel();
        self.ended.send(Ended { put_jobs, kept }).map_err(|_| closed())?;
        drop(self.db);
        answer.await.map_err(|_| closed())?
    }
}

impl Deref for Turn {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        &self.db
    }
}

impl DerefMut for Turn {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.db
    }
}

fn closed() -> StorageError {
    StorageError::Unwritable(Box::new(Closed))
}
