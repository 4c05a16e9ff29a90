//! The queue of jobs: a part of [`Storage`](crate::Storage) and of [`UnitOfWork`](crate::UnitOfWork), in a file of its
//! own.
//!
//! A job is put into the queue by the unit of work that makes it necessary, so both exist or neither. A worker claims it
//! for a while (the lease); when the worker dies the job is simply due again once that is over. Whoever then comes back
//! late holds an old fence, and its unit of work is refused. So a job may run twice, and its effect happens once.
//!
//! `now` is the caller's clock. A backend that several machines write to goes by its own instead: theirs differ.

use async_trait::async_trait;
use domain::{LinkId, Timestamp};
use tokio::sync::watch;

use crate::{Job, JobEnd, JobKind, QueueDepth, Result};

/// Reads the queue, and takes jobs from it.
#[async_trait]
pub trait JobReads: Send + Sync {
    /// Takes at most `limit` jobs that are due, the longest due first, for `lease_ms`; kept at once.
    async fn claim_jobs(&self, kind: JobKind, now: Timestamp, lease_ms: i64, limit: u32) -> Result<Vec<Job>>;
    /// Goes on holding these jobs, for `lease_ms` from now; those that were ended, or that somebody else has by now, are left alone.
    async fn hold_jobs(&self, jobs: &[Job], now: Timestamp, lease_ms: i64) -> Result<()>;
    /// Tells what became of attempts that have no effect but this, all at once; kept when it returns. Those that somebody
    /// else has by now are left alone.
    async fn end_jobs(&self, ended: &[(Job, JobEnd)], now: Timestamp) -> Result<()>;
    /// In how many milliseconds the next job of this kind is due, 0 when one is; `None` when there is none.
    async fn next_job(&self, kind: JobKind, now: Timestamp) -> Result<Option<i64>>;
    /// The job; `None` when there is none.
    async fn job(&self, kind: JobKind, subject: &str) -> Result<Option<Job>>;
    /// Jobs that nobody tries any more, the newest first, at most `limit`.
    async fn dead_jobs(&self, limit: u32) -> Result<Vec<Job>>;
    /// How much the queue holds, by kind, of those that occur.
    async fn queue_depths(&self, now: Timestamp) -> Result<Vec<QueueDepth>>;
    /// Changes whenever a unit of work that put a job was committed: by this process at once, by others as soon as the
    /// backend can tell (never later than a worker's own next look).
    fn jobs_put(&self) -> watch::Receiver<u64>;
}

impl JobEnd {
    /// Whether the job stays in the queue, due at some time: then whoever waits for jobs is told.
    #[must_use]
    pub const fn is_put_off(self) -> bool {
        match self {
            Self::Again { .. } | Self::Retry { .. } | Self::Postponed { .. } => true,
            Self::Done | Self::Dead { .. } => false,
        }
    }
}

/// Writes to the queue.
#[async_trait]
pub trait JobWrites: Send {
    /// Puts a job into the queue, due in `delay_ms`. One of its kind and subject that is there already is moved there, is as
    /// good as new, and escapes whoever works on it.
    async fn put_job(&mut self, kind: JobKind, subject: &str, delay_ms: i64, now: Timestamp) -> Result<()>;
    /// Sees to it that somebody looks soon: puts a job that is not there, makes one due that waits, and leaves one alone that
    /// somebody works on. Whoever works on such a kind looks again, in the unit that ends it, for what came meanwhile.
    async fn wake_job(&mut self, kind: JobKind, subject: &str, now: Timestamp) -> Result<()>;
    /// Takes every job from whoever has it, and makes it due; how many. For a start on a database of one server: whoever had
    /// them is gone.
    async fn free_jobs(&mut self, now: Timestamp) -> Result<u64>;
    /// Takes a job out of the queue, whoever works on it; `false` when there is none.
    async fn remove_job(&mut self, kind: JobKind, subject: &str) -> Result<bool>;
    /// Tells what became of an attempt; `false` when somebody else has the job by now: then the unit must not be committed.
    async fn end_job(&mut self, job: &Job, end: JobEnd, now: Timestamp) -> Result<bool>;
    /// Lets a job that nobody tries any more be tried again, now; `false` when there is none.
    async fn revive_job(&mut self, kind: JobKind, subject: &str, now: Timestamp) -> Result<bool>;
    /// Brings re-checks forward that are due later than chance puts them, `every_ms` and a tenth of it, and spreads them over
    /// `every_ms`: at most `limit`; how many.
    async fn hasten_rechecks(&mut self, every_ms: i64, now: Timestamp, limit: u32) -> Result<u64>;
    /// Puts a re-check of every link into the queue that is linked, has gaps or needs attention, and has none: of links
    /// that come after `after`, by id, at most `limit` are looked at; spread over `every_ms`. The last one looked at; `None`
    /// when there are no more.
    async fn schedule_rechecks(
        &mut self,
        after: Option<LinkId>,
        every_ms: i64,
        now: Timestamp,
        limit: u32,
    ) -> Result<Option<LinkId>>;
    /// The job as it is inside this unit; `None` when there is none.
    async fn job(&mut self, kind: JobKind, subject: &str) -> Result<Option<Job>>;
}
