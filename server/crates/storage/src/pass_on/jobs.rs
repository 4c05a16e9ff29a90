//! The queue. Whoever waits for jobs is told once they are kept.

/// `JobWrites` for a backend.
#[macro_export]
macro_rules! pass_on_job_writes {
    ($of:ident) => {
        const _: () = {
            use async_trait::async_trait;
            use domain::{LinkId, Timestamp};
            use $crate::{Job, JobEnd, JobKind, JobWrites, Result};

            #[async_trait]
            impl JobWrites for $of {
                async fn put_job(
                    &mut self,
                    kind: JobKind,
                    subject: &str,
                    delay_ms: i64,
                    now: Timestamp,
                ) -> Result<()> {
                    self.jobs_put = true;
                    job::put(&mut self.turn, kind, subject, job::later(now, delay_ms), now).await
                }

                async fn wake_job(&mut self, kind: JobKind, subject: &str, now: Timestamp) -> Result<()> {
                    self.jobs_put = true;
                    job::wake(&mut self.turn, kind, subject, now).await
                }

                async fn free_jobs(&mut self, now: Timestamp) -> Result<u64> {
                    self.jobs_put = true;
                    job::free(&mut self.turn, now).await
                }

                async fn remove_job(&mut self, kind: JobKind, subject: &str) -> Result<bool> {
                    job::remove(&mut self.turn, kind, subject).await
                }

                async fn end_job(&mut self, job: &Job, end: JobEnd, now: Timestamp) -> Result<bool> {
                    self.jobs_put |= end.is_put_off();
                    job::end(&mut self.turn, job, end, now).await
                }

                async fn revive_job(&mut self, kind: JobKind, subject: &str, now: Timestamp) -> Result<bool> {
                    self.jobs_put = true;
                    job::revive(&mut self.turn, kind, subject, now).await
                }

                async fn hasten_rechecks(
                    &mut self,
                    every_ms: i64,
                    now: Timestamp,
                    limit: u32,
                ) -> Result<u64> {
                    self.jobs_put = true;
                    job::hasten_rechecks(&mut self.turn, every_ms, now, limit).await
                }

                async fn schedule_rechecks(
                    &mut self,
                    after: Option<LinkId>,
                    every_ms: i64,
                    now: Timestamp,
                    limit: u32,
                ) -> Result<Option<LinkId>> {
                    self.jobs_put = true;
                    job::schedule_rechecks(&mut self.turn, after, every_ms, now, limit).await
                }

                async fn job(&mut self, kind: JobKind, subject: &str) -> Result<Option<Job>> {
                    job::lookup_and_lock(&mut self.turn, kind, subject).await
                }
            }
        };
    };
}

/// `JobReads` for a backend.
#[macro_export]
macro_rules! pass_on_job_reads {
    ($of:ident) => {
        const _: () = {
            use async_trait::async_trait;
            use domain::Timestamp;
            use tokio::sync::watch;
            use $crate::{Job, JobEnd, JobKind, JobReads, QueueDepth, Result};

            #[async_trait]
            impl JobReads for $of {
                async fn claim_jobs(
                    &self,
                    kind: JobKind,
                    now: Timestamp,
                    lease_ms: i64,
                    limit: u32,
                ) -> Result<Vec<Job>> {
                    self.claim(kind, now, lease_ms, limit).await
                }

                async fn hold_jobs(&self, jobs: &[Job], now: Timestamp, lease_ms: i64) -> Result<()> {
                    self.hold(jobs, now, lease_ms).await
                }

                async fn end_jobs(&self, ended: &[(Job, JobEnd)], now: Timestamp) -> Result<()> {
                    self.end(ended, now).await
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
        };
    };
}
