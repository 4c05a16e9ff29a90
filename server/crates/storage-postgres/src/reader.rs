//! What is read, over the readers' pool: each method borrows a connection. `storage::pass_on` makes the traits' methods of
//! the tables' functions; the few that write need no unit of work.

use domain::Timestamp;
use sqlx::pool::PoolConnection;
use sqlx::{PgPool, Postgres};
use storage::{Job, JobEnd, JobKind, Result, SharedGuesses};

use crate::error::failed;
use crate::query::run;
use crate::server::within;
use crate::unit::PostgresUnit;
use crate::{
    PostgresStorage, audit, audit_search, authenticator, check, credential, erase, hand_over, insights,
    invite, job, letter, link, listing, made_up, note, passkey, preset, refusal, reminder, saved_view,
    session, staff, staff_invite, staff_session, step_attempt, ukg_side, webhook, webhook_delivery,
};

impl PostgresStorage {
    async fn reader(&self) -> Result<PoolConnection<Postgres>> {
        self.readers.acquire().await.map_err(failed)
    }

    /// For what may take long. Here no reader is in another's way.
    async fn desk_reader(&self) -> Result<PoolConnection<Postgres>> {
        self.reader().await
    }

    async fn unit(&self) -> Result<PostgresUnit> {
        Ok(PostgresUnit::new(self.writer.turn().await?))
    }

    /// Other servers may be on this database.
    fn guesses(&self) -> Option<&dyn SharedGuesses> {
        Some(self)
    }

    fn for_made_up(&self) -> &PgPool {
        &self.writers
    }

    async fn try_reading(&self) -> Result<()> {
        run(&mut *self.reader().await?, sqlx::query("SELECT id FROM link LIMIT 1")).await?;
        Ok(())
    }

    async fn overwrite_deleted(&self) -> Result<()> {
        erase::forget_deleted(&self.writers).await
    }

    async fn claim(&self, kind: JobKind, now: Timestamp, lease_ms: i64, limit: u32) -> Result<Vec<Job>> {
        let mut writer = within(self.writers.acquire()).await.map_err(failed)?;
        job::claim(&mut writer, kind, now, lease_ms, limit).await
    }

    async fn hold(&self, jobs: &[Job], now: Timestamp, lease_ms: i64) -> Result<()> {
        let mut writer = within(self.writers.acquire()).await.map_err(failed)?;
        job::hold(&mut writer, jobs, now, lease_ms).await
    }

    async fn end(&self, ended: &[(Job, JobEnd)], now: Timestamp) -> Result<()> {
        if ended.iter().all(|(_, end)| *end == JobEnd::Done) {
            // One statement, which is a transaction by itself.
            let mut writer = within(self.writers.acquire()).await.map_err(failed)?;
            return job::end_all(&mut writer, ended, now).await;
        }
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
}

storage::pass_on_storage!(PostgresStorage);
storage::pass_on_job_reads!(PostgresStorage);
storage::pass_on_letter_reads!(PostgresStorage);
storage::pass_on_staff_reads!(PostgresStorage);
storage::pass_on_webhook_reads!(PostgresStorage);
