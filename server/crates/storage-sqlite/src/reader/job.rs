//! `JobReads`: each method calls the queue's function. What writes has a turn, like a unit of work.

use async_trait::async_trait;
use domain::Timestamp;
use storage::{Job, JobEnd, JobKind, JobReads, QueueDepth, Result};
use tokio::sync::watch;

use crate::writer::Turning;
use crate::{SqliteStorage, job};

#[async_trait]
impl JobReads for SqliteStorage {
    async fn claim_jobs(&self, kind: JobKind, now: Timestamp, lease_ms: i64, limit: u32) -> Result<Vec<Job>> {
        let mut turn = self.writer.turn(Turning::Shared).await?;
        let claimed = job::claim(&mut turn, kind, now, lease_ms, limit).await?;
        turn.commit(false).await?;
        Ok(claimed)
    }

    async fn hold_jobs(&self, jobs: &[Job], now: Timestamp, lease_ms: i64) -> Result<()> {
        let mut turn = self.writer.turn(Turning::Shared).await?;
        job::hold(&mut turn, jobs, now, lease_ms).await?;
        turn.commit(false).await
    }

    async fn end_jobs(&self, ended: &[(Job, JobEnd)], now: Timestamp) -> Result<()> {
        let mut turn = self.writer.turn(Turning::Shared).await?;
        for (job, end) in ended {
            job::end(&mut turn, job, *end, now).await?;
        }
        turn.commit(ended.iter().any(|(_, end)| end.is_put_off())).await
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
