//! What is read, over the readers' pool: each method borrows a connection. `storage::pass_on` makes the traits' methods of
//! the tables' functions; the few that write have a turn, like a unit of work.

use domain::Timestamp;
use sqlx::Sqlite;
use sqlx::pool::PoolConnection;
use storage::{Job, JobEnd, JobKind, Result, SharedGuesses};

use crate::error::failed;
use crate::query::run;
use crate::unit::SqliteUnit;
use crate::writer::{Turning, Writer};
use crate::{
    SqliteStorage, audit, audit_search, authenticator, check, credential, erase, hand_over, insights, invite,
    job, letter, link, listing, made_up, note, passkey, preset, refusal, reminder, saved_view, session,
    staff, staff_invite, staff_session, step_attempt, ukg_side, webhook, webhook_delivery,
};

impl SqliteStorage {
    async fn reader(&self) -> Result<PoolConnection<Sqlite>> {
        self.readers.acquire().await.map_err(failed)
    }

    /// For what may take long: the desk's list and its file, the audit log, insights, and looking for whom to remind. These
    /// wait for one another, and a customer's page for none of them.
    async fn desk_reader(&self) -> Result<PoolConnection<Sqlite>> {
        self.desk_readers.acquire().await.map_err(failed)
    }

    async fn unit(&self) -> Result<SqliteUnit> {
        Ok(SqliteUnit::new(self.writer.turn(Turning::Shared).await?))
    }

    /// One server alone has this file.
    #[expect(clippy::unused_self, reason = "PostgreSQL's has some")]
    fn guesses(&self) -> Option<&dyn SharedGuesses> {
        None
    }

    fn for_made_up(&self) -> &Writer {
        &self.writer
    }

    async fn try_reading(&self) -> Result<()> {
        run(&mut *self.reader().await?, sqlx::query("SELECT id FROM link LIMIT 1")).await?;
        Ok(())
    }

    async fn overwrite_deleted(&self) -> Result<()> {
        let last = erase::last(&mut *self.reader().await?).await?;
        erase::forget_deleted(&self.writer, last).await
    }

    async fn claim(&self, kind: JobKind, now: Timestamp, lease_ms: i64, limit: u32) -> Result<Vec<Job>> {
        let mut turn = self.writer.turn(Turning::Shared).await?;
        let claimed = job::claim(&mut turn, kind, now, lease_ms, limit).await?;
        turn.commit(false).await?;
        Ok(claimed)
    }

    async fn hold(&self, jobs: &[Job], now: Timestamp, lease_ms: i64) -> Result<()> {
        let mut turn = self.writer.turn(Turning::Shared).await?;
        job::hold(&mut turn, jobs, now, lease_ms).await?;
        turn.commit(false).await
    }

    async fn end(&self, ended: &[(Job, JobEnd)], now: Timestamp) -> Result<()> {
        let mut turn = self.writer.turn(Turning::Shared).await?;
        for (job, end) in ended {
            job::end(&mut turn, job, *end, now).await?;
        }
        turn.commit(ended.iter().any(|(_, end)| end.is_put_off())).await
    }
}

storage::pass_on_storage!(SqliteStorage);
storage::pass_on_job_reads!(SqliteStorage);
storage::pass_on_letter_reads!(SqliteStorage);
storage::pass_on_staff_reads!(SqliteStorage);
storage::pass_on_webhook_reads!(SqliteStorage);
