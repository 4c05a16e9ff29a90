//! The task that has the writing connection: lends it to one after another, and commits for several at once.
//!
//! A group is one transaction. Each unit works inside a savepoint of its own; one that is given up is rolled back to it
//! alone. When a unit ends and another one waits, that one goes on in the same transaction; when nobody waits, or the group
//! is large or old enough, COMMIT is said for all, and only then is anybody told. A unit for which nobody waits is
//! committed at once. As the task belongs to no request, a request that is cut off at whatever moment leaves nothing
//! to tidy up: its turn is dropped, and that is seen here.

use std::sync::Arc;
use std::time::Duration;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection, query};
use storage::Result;
use tokio::sync::{Mutex, OwnedMutexGuard, mpsc, oneshot, watch};
use tokio::time::{Instant, sleep};

use super::{Turn, Turning, impatient};
use crate::error::{failed, is_busy, shared};

/// A group takes no more units in after so many, or after so long: those of its beginning are waiting, and so may be other
/// processes.
const UNITS_MAX: usize = 64;
const OPEN_FOR: Duration = if cfg!(test) { Duration::from_secs(20) } else { Duration::from_millis(20) };
/// Another process (a command line beside the server) asks for its turn this often.
const BUSY_PAUSE: Duration = Duration::from_millis(1);
/// After writing for so long without a rest, so long a rest is taken: enough for another process to ask in.
const REST_AFTER: Duration = Duration::from_millis(250);
const REST: Duration = Duration::from_millis(5);

const BEGIN: &str = "BEGIN IMMEDIATE; SAVEPOINT unit";
/// Without a savepoint: for what one keeps in memory, SQLite goes through all of that at the end of each statement, so what
/// writes much would take the square of its time.
const BEGIN_ALONE: &str = "BEGIN IMMEDIATE";
const NEXT: &str = "RELEASE unit; SAVEPOINT unit";
const GIVE_UP: &str = "ROLLBACK TO unit";

/// What the task is asked for.
pub(super) enum Asked {
    Turn(Turning, Lend),
    Close(oneshot::Sender<()>),
}

type Lend = oneshot::Sender<Result<Turn>>;

/// Tells that a turn is to be kept.
pub(super) struct Ended {
    pub(super) put_jobs: bool,
    pub(super) kept: oneshot::Sender<Result<()>>,
}

pub(super) struct Turns {
    /// `None` while there is none: the last one could not be trusted any more.
    db: Arc<Mutex<Option<SqliteConnection>>>,
    options: SqliteConnectOptions,
    patience: Duration,
    asked: mpsc::UnboundedReceiver<Asked>,
    /// Asked for already, and to be served next.
    next: Option<Asked>,
    jobs_put: Arc<watch::Sender<u64>>,
    rested: Instant,
}

/// Those who wait for one COMMIT.
struct Group {
    begun: Instant,
    ended: Vec<Ended>,
}

impl Turns {
    pub(super) fn new(
        db: SqliteConnection,
        options: SqliteConnectOptions,
        patience: Duration,
        asked: mpsc::UnboundedReceiver<Asked>,
        jobs_put: Arc<watch::Sender<u64>>,
    ) -> Self {
        let db = Arc::new(Mutex::new(Some(db)));
        Self { db, options, patience, asked, next: None, jobs_put, rested: Instant::now() }
    }

    /// Serves until it is closed, or nobody can ask any more.
    pub(super) async fn run(mut self) {
        while let Some(asked) = self.wait().await {
            match asked {
                Asked::Turn(Turning::Shared, lend) => self.group(lend).await,
                Asked::Turn(Turning::Alone, lend) => self.alone(lend).await,
                Asked::Turn(Turning::Bare, lend) => self.bare(lend).await,
                Asked::Close(done) => {
                    self.lose().await;
                    // Whoever asked may have stopped waiting.
                    done.send(()).ok();
                    return;
                }
            }
        }
    }

    async fn wait(&mut self) -> Option<Asked> {
        if self.rested.elapsed() >= REST_AFTER {
            sleep(REST).await;
            self.rested = Instant::now();
        }
        if let Some(asked) = self.next.take() {
            return Some(asked);
        }
        let idle = Instant::now();
        let asked = self.asked.recv().await;
        if idle.elapsed() >= REST {
            self.rested = Instant::now();
        }
        asked
    }

    async fn group(&mut self, first: Lend) {
        let Some(first) = self.begin(first, BEGIN).await else { return };
        let mut group = Group { begun: Instant::now(), ended: Vec::new() };
        let mut next = Some(first);
        while let Some(lend) = next.take() {
            if let Some(ended) = self.lend(lend).await {
                group.ended.push(ended);
                next = self.another(&group);
                if next.is_none() {
                    break;
                }
                if let Err(error) = self.execute(NEXT).await {
                    return self.refuse(group, next, error).await;
                }
            } else {
                next = self.another(&group);
                // Nothing else is in it: nothing is left to be kept.
                if group.ended.is_empty() && next.is_none() {
                    return self.roll_back().await;
                }
                if let Err(error) = self.execute(GIVE_UP).await {
                    return self.refuse(group, next, error).await;
                }
            }
        }
        match self.execute("COMMIT").await {
            Ok(()) => self.acknowledge(group),
            Err(error) => self.refuse(group, None, error).await,
        }
    }

    async fn alone(&mut self, lend: Lend) {
        let Some(lend) = self.begin(lend, BEGIN_ALONE).await else { return };
        let Some(ended) = self.lend(lend).await else { return self.roll_back().await };
        let group = Group { begun: Instant::now(), ended: vec![ended] };
        match self.execute("COMMIT").await {
            Ok(()) => self.acknowledge(group),
            Err(error) => self.refuse(group, None, error).await,
        }
    }

    async fn bare(&mut self, lend: Lend) {
        if let Err(error) = self.connect().await {
            lend.send(Err(error)).ok();
            return;
        }
        self.lend(lend).await;
    }

    /// Whoever else waits for a turn in this group.
    fn another(&mut self, group: &Group) -> Option<Lend> {
        if group.ended.len() >= UNITS_MAX || group.begun.elapsed() >= OPEN_FOR {
            return None;
        }
        loop {
            match self.asked.try_recv().ok()? {
                // Who stopped waiting has no part in it.
                Asked::Turn(Turning::Shared, lend) if lend.is_closed() => {}
                Asked::Turn(Turning::Shared, lend) => return Some(lend),
                other @ (Asked::Turn(Turning::Alone | Turning::Bare, _) | Asked::Close(_)) => {
                    self.next = Some(other);
                    return None;
                }
            }
        }
    }

    /// Lends the connection until it is dropped; `None` when nothing is to be kept.
    async fn lend(&mut self, to: Lend) -> Option<Ended> {
        let db = OwnedMutexGuard::try_map(self.db.clone().lock_owned().await, Option::as_mut).ok()?;
        let (ended, told) = oneshot::channel();
        // Who does not wait any more has it dropped, which is told like any other drop.
        to.send(Ok(Turn { db, ended })).ok();
        told.await.ok()
    }

    /// Begins a transaction for this one, or tells it why not.
    async fn begin(&mut self, first: Lend, sql: &'static str) -> Option<Lend> {
        let until = Instant::now() + self.patience;
        while !first.is_closed() {
            let begun = match self.connect().await {
                Ok(()) => self.execute(sql).await.map_err(|error| (is_busy(&error), failed(error))),
                Err(error) => Err((false, error)),
            };
            match begun {
                Ok(()) => return Some(first),
                Err((true, _)) if Instant::now() < until => sleep(BUSY_PAUSE).await,
                Err((busy, error)) => {
                    if !busy {
                        // Whatever it is: not even a beginning can be made with this connection.
                        self.lose().await;
                    }
                    first.send(Err(error)).ok();
                    return None;
                }
            }
        }
        None
    }

    fn acknowledge(&self, group: Group) {
        // Before those who put them go on, so that nobody can end before it is told.
        if group.ended.iter().any(|ended| ended.put_jobs) {
            self.jobs_put.send_modify(|times| *times += 1);
        }
        for ended in group.ended {
            ended.kept.send(Ok(())).ok();
        }
    }

    /// Nothing of the group is kept. `next` has not even begun.
    async fn refuse(&mut self, group: Group, next: Option<Lend>, error: sqlx::Error) {
        self.roll_back().await;
        let error = Arc::new(error);
        for ended in group.ended {
            ended.kept.send(Err(shared(&error))).ok();
        }
        if let Some(next) = next {
            self.next = Some(Asked::Turn(Turning::Shared, next));
        }
    }

    /// Ends the transaction. After some errors SQLite has done so itself, and says that there is none; of anything else only
    /// a new connection can be sure.
    async fn roll_back(&mut self) {
        let ended = self.execute("ROLLBACK").await;
        let has_none = |error: &sqlx::Error| error.to_string().contains("no transaction is active");
        if ended.is_err_and(|error| !has_none(&error)) {
            self.lose().await;
        }
    }

    async fn execute(&mut self, sql: &'static str) -> std::result::Result<(), sqlx::Error> {
        let mut db = self.db.lock().await;
        let Some(db) = db.as_mut() else { return Err(sqlx::Error::WorkerCrashed) };
        query(sql).execute(db).await?;
        Ok(())
    }

    async fn connect(&mut self) -> Result<()> {
        let mut db = self.db.lock().await;
        if db.is_none() {
            let mut new = self.options.connect().await.map_err(failed)?;
            impatient(&mut new).await?;
            *db = Some(new);
        }
        Ok(())
    }

    async fn lose(&mut self) {
        if let Some(db) = self.db.lock().await.take() {
            // It is gone either way.
            db.close().await.ok();
        }
    }
}
