//! Working on the queue: taking jobs, doing them, keeping hold of them. When and by how many workers is up to the caller.

use std::sync::{Mutex, MutexGuard, PoisonError};

use storage::{Job, JobEnd, JobKind, QueueDepth};
use tokio::sync::{oneshot, watch};

use crate::{ServiceError, Services};

/// For how long a worker takes a job. It keeps hold of it while it works ([`Services::hold_jobs`]), so that this is only how
/// long a job waits whose worker died.
pub const LEASE_MS: i64 = 30_000;

/// Ends of jobs that have no effect but that, waiting to be told the queue together.
#[derive(Default)]
pub(crate) struct Ends {
    waiting: Mutex<Vec<(Job, JobEnd, oneshot::Sender<()>)>>,
    telling: tokio::sync::Mutex<()>,
}

impl Services {
    /// Tells the queue what became of a job that has no other effect. Whoever comes while others are being told is told with
    /// all who wait by then: in an outage, or when many have nothing to do, that is most of them.
    pub(crate) async fn end(&self, job: &Job, end: JobEnd) -> Result<(), ServiceError> {
        let ends = &self.inner().ends;
        let (tell, told) = oneshot::channel();
        ends.waiting().push((job.clone(), end, tell));
        {
            let _turn = ends.telling.lock().await;
            // Whoever is about to come comes along.
            tokio::task::yield_now().await;
            let waiting = std::mem::take(&mut *ends.waiting());
            if !waiting.is_empty() {
                let (ended, tells): (Vec<_>, Vec<_>) =
                    waiting.into_iter().map(|(job, end, tell)| ((job, end), tell)).unzip();
                self.storage().end_jobs(&ended, self.now()).await?;
                for tell in tells {
                    // Who does not wait any more need not be told.
                    let _ = tell.send(());
                }
            }
        }
        told.await.map_err(|_| ServiceError::Unexpected(anyhow::anyhow!("the end of this job was not kept")))
    }

    /// Takes jobs of this kind that are due, at most `limit`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn take_jobs(&self, kind: JobKind, limit: u32) -> Result<Vec<Job>, ServiceError> {
        Ok(self.storage().claim_jobs(kind, self.now(), LEASE_MS, limit).await?)
    }

    /// In how many milliseconds the next job of this kind is due; `None` when there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next_job(&self, kind: JobKind) -> Result<Option<i64>, ServiceError> {
        Ok(self.storage().next_job(kind, self.now()).await?)
    }

    /// Changes when jobs were put: see [`storage::JobReads::jobs_put`].
    #[must_use]
    pub fn jobs_put(&self) -> watch::Receiver<u64> {
        self.storage().jobs_put()
    }

    /// Does a job that was taken. It tells the queue itself what became of it, in the unit of work that keeps what it did.
    ///
    /// # Errors
    /// When the database fails; the job is then due again once its lease is over.
    pub async fn do_job(&self, job: &Job) -> Result<(), ServiceError> {
        match job.kind {
            JobKind::Recheck => self.recheck(job).await,
            JobKind::Webhook => self.send_messages(job).await,
            JobKind::Mail => self.send_owed(job).await,
        }
    }

    /// Makes every job due that somebody has. To be called at the start of the only server on its database: whoever had
    /// them is gone, and nobody has to wait until their time is over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn free_jobs(&self) -> Result<(), ServiceError> {
        let mut unit = self.storage().begin().await?;
        // With nothing to free, nothing is written.
        if unit.free_jobs(self.now()).await? == 0 { Ok(()) } else { Ok(unit.commit().await?) }
    }

    /// Keeps hold of jobs that are being worked on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn hold_jobs(&self, jobs: &[Job]) -> Result<(), ServiceError> {
        Ok(self.storage().hold_jobs(jobs, self.now(), LEASE_MS).await?)
    }

    /// Gives jobs back that this process will not finish: they are due at once, for another one or the next start.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn give_back(&self, jobs: &[Job]) -> Result<(), ServiceError> {
        let mut unit = self.storage().begin().await?;
        for job in jobs {
            unit.end_job(job, JobEnd::Postponed { delay_ms: 0 }, self.now()).await?;
        }
        Ok(unit.commit().await?)
    }

    /// How much the queue holds, of every kind.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn queue_depths(&self) -> Result<Vec<QueueDepth>, ServiceError> {
        let found = self.storage().queue_depths(self.now()).await?;
        let of = |kind| {
            let nothing = QueueDepth { kind, waiting: 0, due: 0, dead: 0, oldest_ms: None };
            found.iter().find(|depth| depth.kind == kind).copied().unwrap_or(nothing)
        };
        Ok(JobKind::ALL.into_iter().map(of).collect())
    }
}

impl Ends {
    /// Held for a push or a swap only; whatever a panic left there is as good.
    fn waiting(&self) -> MutexGuard<'_, Vec<(Job, JobEnd, oneshot::Sender<()>)>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
