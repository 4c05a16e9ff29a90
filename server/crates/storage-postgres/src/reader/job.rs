//! `JobReads`: each method calls the queue's function. What writes here needs no unit of work.

use async_trait::async_trait;
use domain::Timestamp;
use storage::{Job, JobEnd, JobKind, JobReads, QueueDepth, Result};
use tokio::sync::watch;

use crate::error::failed;
use crate::server::within;
use crate::{PostgresStorage, job};

#[async_trait]
impl JobReads for PostgresStorage {
    async fn claim_jobs(&self, kind: JobKind, now: Timestamp, lease_ms: i64, limit: u32) -> Result<Vec<Job>> {
        let mut writer = within(self.writers.acquire()).await.map_err(failed)?;
        job::claim(&mut writer, kind, now, lease_ms, limit).await
    }

    async fn hold_jobs(&self, jobs: &[Job], now: Timestamp, lease_ms: i64) -> Result<()> {
        let mut writer = within(self.writers.acquire()).await.map_err(failed)?;
        job::hold(&mut writer, jobs, now, lease_ms).await
    }

    async fn end_jobs(&self, ended: &[(Job, JobEnd)], now: Timestamp) -> Result<()> {
        let is_put_off = ended.iter().any(|(_, end)| end.is_put_off());
        // Without the lock of units: a fence is all that has to be right, and each row's own lock sees to that.
        let mut transaction = within(self.writers.begin()).await.map_err(failed)?;
        job::end_all(&mut transaction, ended, now).await?;
        if is_put_off {
            job::tell(&mut transaction).await?;
        }
        within(transaction.commit()).await.map_err(failed)?;
        if is_put_off {
            self.jobs_put.send_modify(|times| *times += 1);
        }
        Ok(())
    }

    async fn next_job(&self, kind: JobKind, now: Timestamp) -> Result<Option<i64>> {
        job::next(&mut *self.reader().await?, kind, now).await
    }

    async fn job(&self, kind: JobKind, subject: &str) -> Result<Option<Job>> {
        job::lookup(&mut *self.reader().await?, kind, subject).await
    }

    async fn dead_jobs(&self, limit: u32) -> Result<Vec<Job>> {
        job::dead(&mut *self.reader().await?, limit).await
    }

    async fn queue_depths(&self, now: Timestamp) -> Result<Vec<QueueDepth>> {
        job::depths(&mut *self.reader().await?, now).await
    }

    fn jobs_put(&self) -> watch::Receiver<u64> {
        self.jobs_put.subscribe()
    }
}
