//! `Storage` over the readers' pool: each method borrows a connection and calls its aggregate's function.

use async_trait::async_trait;
use domain::{AuditId, EmailAddress, HandOverId, LinkId, LinkStatus, Step, Timestamp};
use sqlx::Sqlite;
use sqlx::pool::PoolConnection;
use storage::{
    AuditAction, AuditEntry, CheckRun, DayResult, FieldState, Fingerprint, FlowSession, HandOver, Invite,
    Link, LinkCount, LinkNote, Refusals, Result, SealedCredential, Staff, StaffSession, StepAttempt, Storage,
    TokenHash, UnitOfWork, WrappedKey,
};

use crate::error::failed;
use crate::query::run;
use crate::unit::SqliteUnit;
use crate::{
    SqliteStorage, audit, check, credential, erase, hand_over, invite, link, note, refusal, session, staff,
    step_attempt,
};

impl SqliteStorage {
    async fn reader(&self) -> Result<PoolConnection<Sqlite>> {
        self.readers.acquire().await.map_err(failed)
    }
}

#[async_trait]
impl Storage for SqliteStorage {
    async fn begin(&self) -> Result<Box<dyn UnitOfWork>> {
        let transaction = self.writer.begin_with("BEGIN IMMEDIATE").await.map_err(failed)?;
        Ok(Box::new(SqliteUnit::new(transaction)))
    }

    async fn invite_by_token(&self, token: &TokenHash) -> Result<Option<Invite>> {
        invite::by_token(&mut *self.reader().await?, token).await
    }

    async fn invites_of(&self, link: LinkId) -> Result<Vec<Invite>> {
        invite::of_link(&mut *self.reader().await?, link).await
    }

    async fn flow_session(&self, token: &TokenHash) -> Result<Option<FlowSession>> {
        session::flow(&mut *self.reader().await?, token).await
    }

    async fn link(&self, id: LinkId) -> Result<Option<Link>> {
        link::lookup(&mut *self.reader().await?, id).await
    }

    async fn hand_over_by_token(&self, token: &TokenHash) -> Result<Option<HandOver>> {
        hand_over::by_token(&mut *self.reader().await?, token).await
    }

    async fn hand_over(&self, id: HandOverId) -> Result<Option<HandOver>> {
        hand_over::lookup(&mut *self.reader().await?, id).await
    }

    async fn open_hand_overs(&self, link: LinkId) -> Result<Vec<HandOver>> {
        hand_over::open_of(&mut *self.reader().await?, link).await
    }

    async fn links_with_account(&self, account: &Fingerprint, except: LinkId) -> Result<Vec<Link>> {
        link::with_account(&mut *self.reader().await?, account, except).await
    }

    async fn installation_key(&self) -> Result<Option<WrappedKey>> {
        credential::installation_key(&mut *self.reader().await?).await
    }

    async fn forget_deleted(&self) -> Result<()> {
        erase::fold_log(&self.writer).await
    }

    async fn links(&self, status: Option<LinkStatus>, limit: u32) -> Result<Vec<Link>> {
        link::list(&mut *self.reader().await?, status, limit).await
    }

    async fn count_links(&self) -> Result<Vec<LinkCount>> {
        link::count(&mut *self.reader().await?).await
    }

    async fn field_states(&self, link: LinkId) -> Result<Vec<FieldState>> {
        credential::states(&mut *self.reader().await?, link).await
    }

    async fn step_attempt(&self, link: LinkId, step: Step) -> Result<Option<StepAttempt>> {
        step_attempt::lookup(&mut *self.reader().await?, link, step).await
    }

    async fn last_check(&self, link: LinkId) -> Result<Option<CheckRun>> {
        check::last(&mut *self.reader().await?, link).await
    }

    async fn accepted_check(&self, link: LinkId, submission: &Fingerprint) -> Result<Option<CheckRun>> {
        check::accepted(&mut *self.reader().await?, link, submission).await
    }

    async fn refusals(&self, link: LinkId, submission: &Fingerprint) -> Result<Refusals> {
        refusal::of_submission(&mut *self.reader().await?, link, submission).await
    }

    async fn rejections(&self, link: LinkId, since: Timestamp) -> Result<Vec<Timestamp>> {
        refusal::rejections(&mut *self.reader().await?, link, since).await
    }

    async fn sealed_values(&self, link: LinkId) -> Result<Vec<SealedCredential>> {
        credential::sealed(&mut *self.reader().await?, link).await
    }

    async fn lapsed_links(&self, now: Timestamp) -> Result<Vec<LinkId>> {
        link::lapsed(&mut *self.reader().await?, now).await
    }

    async fn renewals_asked(&self) -> Result<Vec<LinkId>> {
        audit::renewals_asked(&mut *self.reader().await?).await
    }

    async fn timeline(&self, link: LinkId, limit: u32) -> Result<Vec<AuditEntry>> {
        audit::of_link(&mut *self.reader().await?, link, limit).await
    }

    async fn timeline_before(&self, link: LinkId, entry: AuditId, limit: u32) -> Result<Vec<AuditEntry>> {
        audit::of_link_before(&mut *self.reader().await?, link, entry, limit).await
    }

    async fn timeline_of(&self, link: LinkId, action: AuditAction, limit: u32) -> Result<Vec<AuditEntry>> {
        audit::of_link_and_action(&mut *self.reader().await?, link, action, limit).await
    }

    async fn day_results(&self, link: LinkId, since: Timestamp) -> Result<Vec<DayResult>> {
        check::day_results(&mut *self.reader().await?, link, since).await
    }

    async fn notes_of(&self, link: LinkId) -> Result<Vec<LinkNote>> {
        note::of_link(&mut *self.reader().await?, link).await
    }

    async fn all_staff(&self) -> Result<Vec<Staff>> {
        staff::everybody(&mut *self.reader().await?).await
    }

    async fn staff_by_email(&self, email: &EmailAddress) -> Result<Option<Staff>> {
        staff::by_email(&mut *self.reader().await?, email).await
    }

    async fn staff_session(&self, token: &TokenHash) -> Result<Option<(StaffSession, Staff)>> {
        session::staff(&mut *self.reader().await?, token).await
    }

    async fn has_staff(&self) -> Result<bool> {
        staff::any(&mut *self.reader().await?).await
    }

    async fn ping(&self) -> Result<()> {
        run(&mut *self.reader().await?, sqlx::query("SELECT id FROM link LIMIT 1")).await?;
        Ok(())
    }
}
