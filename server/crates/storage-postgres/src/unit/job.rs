//! `JobWrites` over the turn: each method calls the queue's function. Whoever waits for jobs, on any server, is told
//! by the commit.

use async_trait::async_trait;
use domain::{LinkId, Timestamp};
use storage::{Job, JobEnd, JobKind, JobWrites, Result};

use super::PostgresUnit;
use crate::job;

#[async_trait]
impl JobWrites for PostgresUnit {
    async fn put_job(&mut self, kind: JobKind, subject: &str, delay_ms: i64, now: Timestamp) -> Result<()> {
        self.1.put = true;
        job::put(&mut self.0, kind, subject, job::later(now, delay_ms), now).await
    }

    async fn wake_job(&mut self, kind: JobKind, subject: &str, now: Timestamp) -> Result<()> {
        self.1.put = true;
        job::wake(&mut self.0, kind, subject, now).await
    }

    async fn free_jobs(&mut self, now: Timestamp) -> Result<u64> {
        self.1.put = true;
        job::free(&mut self.0, now).await
    }

    async fn remove_job(&mut self, kind: JobKind, subject: &str) -> Result<bool> {
        job::remove(&mut self.0, kind, subject).await
    }

    async fn end_job(&mut self, job: &Job, end: JobEnd, now: Timestamp) -> Result<bool> {
        self.1.put |= end.is_put_off();
        job::end(&mut self.0, job, end, now).await
    }

    async fn revive_job(&mut self, kind: JobKind, subject: &str, now: Timestamp) -> Result<bool> {
        self.1.put = true;
        job::revive(&mut self.0, kind, subject, now).await
    }

    async fn hasten_rechecks(&mut self, every_ms: i64, now: Timestamp, limit: u32) -> Result<u64> {
        self.1.put = true;
        job::hasten_rechecks(&mut self.0, every_ms, now, limit).await
    }

    async fn schedule_rechecks(
        &mut self,
        after: Option<LinkId>,
        every_ms: i64,
        now: Timestamp,
        limit: u32,
    ) -> Result<Option<LinkId>> {
        self.1.put = true;
        job::schedule_rechecks(&mut self.0, after, every_ms, now, limit).await
    }

    async fn job(&mut self, kind: JobKind, subject: &str) -> Result<Option<Job>> {
        job::lookup_and_lock(&mut self.0, kind, subject).await
    }
}
