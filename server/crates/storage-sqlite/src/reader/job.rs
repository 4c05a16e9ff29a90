//! `JobReads`: each method calls the queue's function. Only claiming writes.

use async_trait::async_trait;
use domain::Timestamp;
use storage::{Job, JobKind, JobReads, QueueDepth, Result};
use tokio::sync::watch;

use crate::error::failed;
use crate::{SqliteStorage, job};

#[async_trait]
impl JobReads for SqliteStorage {
    async fn claim_jobs(&self, kind: JobKind, now: Timestamp, lease_ms: i64, limit: u32) -> Result<Vec<Job>> {
        let mut unit = self.writer.begin_with("BEGIN IMMEDIATE").await.map_err(failed)?;
        let claimed = job::claim(&mut unit, kind, now, lease_ms, limit).await?;
        unit.commit().await.map_err(failed)?;
        Ok(claimed)
    }

    async fn hold_jobs(&self, jobs: &[Job], now: Timestamp, lease_ms: i64) -> Result<()> {
        let mut unit = self.writer.begin_with("BEGIN IMMEDIATE").await.map_err(failed)?;
        job::hold(&mut unit, jobs, now, lease_ms).await?;
        unit.commit().await.map_err(failed)
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
