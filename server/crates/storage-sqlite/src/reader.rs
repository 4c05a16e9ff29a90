//! `Storage` over the readers' pool: each method borrows a connection and calls its aggregate's function.

use async_trait::async_trait;
use domain::{EmailAddress, HandOverId, LinkId, LinkStatus, ProblemCode, Step, Timestamp, WebServicesHost};
use sqlx::Sqlite;
use sqlx::pool::PoolConnection;
use storage::{
    AuditEntry, AuditFound, AuditHead, AuditRow, AuditSearch, CheckRun, FieldState, Fingerprint, FlowSession,
    HandOver, HostChecks, Invite, Link, LinkCount, LinkProgress, Refusals, Result, SealedCredential, Staff,
    StaffSession, StepAttempt, Storage, TokenHash, UnitOfWork, WrappedKey,
};

use crate::error::failed;
use crate::query::run;
use crate::unit::SqliteUnit;
use crate::{
    SqliteStorage, audit, audit_search, check, credential, erase, hand_over, insights, invite, link, refusal,
    session, staff, step_attempt, ukg_side,
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

    async fn host_checks(&self, since: Timestamp) -> Result<Vec<HostChecks>> {
        ukg_side::host_checks(&mut *self.reader().await?, since).await
    }

    async fn last_fault(
        &self,
        host: &WebServicesHost,
        except: LinkId,
        since: Timestamp,
    ) -> Result<Option<Timestamp>> {
        ukg_side::last_fault(&mut *self.reader().await?, host, except, since).await
    }

    async fn progress(&self, since: Timestamp, limit: u32) -> Result<Vec<LinkProgress>> {
        insights::progress(&mut *self.reader().await?, since, limit).await
    }

    async fn problems(&self, since: Timestamp, limit: u32) -> Result<Vec<(LinkId, ProblemCode)>> {
        insights::problems(&mut *self.reader().await?, since, limit).await
    }

    async fn audit_head(&self) -> Result<AuditHead> {
        audit::head(&mut *self.reader().await?).await
    }

    async fn audit_rows(&self, after: u64, limit: u32) -> Result<Vec<AuditRow>> {
        audit::rows(&mut *self.reader().await?, after, limit).await
    }

    async fn search_audit(
        &self,
        search: &AuditSearch,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<AuditFound>> {
        audit_search::search(&mut *self.reader().await?, search, before, limit).await
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
