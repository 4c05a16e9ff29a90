//! `UnitOfWork` over one turn of the writer: each method calls its aggregate's function.

mod job;
mod letter;
mod staff;
mod tidying;
mod webhook;

use async_trait::async_trait;
use domain::{
    CheckId, CredentialField, CustomerName, EmailAddress, HandOverId, InviteId, LinkId, NoteId, Permission,
    PresetId, StaffId, Step, Timestamp,
};
use storage::{
    AuditEntry, AuditHead, AuditStep, CheckRun, FieldState, Fingerprint, FlowSession, HandOver, Invite, Link,
    LinkNote, Preset, Refusals, Reminder, Result, Rewrapped, SavedView, SealedCredential, Slot, StepAttempt,
    TokenHash, UnitOfWork, WrappedKey,
};

use crate::writer::Turn;
use crate::{
    audit, check, credential, erase, hand_over, invite, link, note, preset, refusal, reminder, saved_view,
    session, step_attempt,
};

/// A turn of the writer; dropped without `commit`, what was done in it is rolled back.
pub(crate) struct PostgresUnit(Turn, JobsPut);

/// Whether jobs were put, which is to be told once they are kept.
#[derive(Default)]
struct JobsPut {
    put: bool,
}

impl PostgresUnit {
    pub(crate) fn new(turn: Turn) -> Self {
        Self(turn, JobsPut::default())
    }
}

#[async_trait]
impl UnitOfWork for PostgresUnit {
    async fn commit(mut self: Box<Self>) -> Result<()> {
        if self.1.put {
            // Other servers are told by the COMMIT.
            crate::job::tell(&mut self.0).await?;
        }
        self.0.commit(self.1.put).await
    }

    async fn link(&mut self, id: LinkId) -> Result<Option<Link>> {
        link::lookup(&mut self.0, id).await
    }

    async fn insert_link(&mut self, link: &Link) -> Result<()> {
        crate::link::insert(&mut self.0, link).await
    }

    async fn update_link(&mut self, link: &Link) -> Result<()> {
        crate::link::update(&mut self.0, link).await
    }

    async fn invite_by_token(&mut self, token: &TokenHash) -> Result<Option<Invite>> {
        invite::by_token(&mut self.0, token).await
    }

    async fn insert_invite(&mut self, invite: &Invite) -> Result<()> {
        crate::invite::insert(&mut self.0, invite).await
    }

    async fn mark_invite_started(&mut self, id: InviteId, at: Timestamp) -> Result<()> {
        invite::mark_started(&mut self.0, id, at).await
    }

    async fn complete_invites(&mut self, link: LinkId, at: Timestamp) -> Result<()> {
        invite::complete(&mut self.0, link, at).await
    }

    async fn revoke_invite(&mut self, id: InviteId, at: Timestamp) -> Result<bool> {
        invite::revoke(&mut self.0, id, at).await
    }

    async fn invites_of(&mut self, link: LinkId) -> Result<Vec<Invite>> {
        invite::of_link(&mut self.0, link).await
    }

    async fn unfinished_links(
        &mut self,
        customer: &CustomerName,
        contact: Option<&EmailAddress>,
        limit: u32,
    ) -> Result<Vec<Link>> {
        link::unfinished(&mut self.0, customer, contact, limit).await
    }

    async fn insert_reminder(&mut self, new: &Reminder) -> Result<()> {
        reminder::insert(&mut self.0, new).await
    }

    async fn reminder(&mut self, link: LinkId) -> Result<Option<Reminder>> {
        reminder::lookup(&mut self.0, link).await
    }

    async fn count_reminder(&mut self, link: LinkId, at: Timestamp) -> Result<bool> {
        reminder::count(&mut self.0, link, at).await
    }

    async fn presets(&mut self) -> Result<Vec<Preset>> {
        preset::list(&mut self.0).await
    }

    async fn ever_had_presets(&mut self) -> Result<bool> {
        preset::ever_any(&mut self.0).await
    }

    async fn insert_preset(&mut self, new: &Preset) -> Result<()> {
        preset::insert(&mut self.0, new).await
    }

    async fn update_preset(&mut self, changed: &Preset) -> Result<bool> {
        preset::update(&mut self.0, changed).await
    }

    async fn remove_preset(&mut self, id: PresetId, at: Timestamp) -> Result<bool> {
        preset::remove(&mut self.0, id, at).await
    }

    async fn insert_flow_session(&mut self, session: &FlowSession) -> Result<()> {
        crate::session::insert_flow(&mut self.0, session).await
    }

    async fn insert_hand_over(&mut self, hand_over: &HandOver) -> Result<()> {
        crate::hand_over::insert(&mut self.0, hand_over).await
    }

    async fn hand_over_by_token(&mut self, token: &TokenHash) -> Result<Option<HandOver>> {
        hand_over::by_token(&mut self.0, token).await
    }

    async fn start_hand_over(&mut self, id: HandOverId, at: Timestamp) -> Result<bool> {
        hand_over::start(&mut self.0, id, at).await
    }

    async fn hand_over(&mut self, id: HandOverId) -> Result<Option<HandOver>> {
        hand_over::lookup(&mut self.0, id).await
    }

    async fn end_hand_overs(&mut self, link: LinkId, step: Step, at: Timestamp) -> Result<u64> {
        hand_over::end(&mut self.0, link, step, at).await
    }

    async fn installation_key(&mut self) -> Result<Option<WrappedKey>> {
        credential::installation_key(&mut self.0).await
    }

    async fn insert_installation_key(&mut self, key: &WrappedKey) -> Result<()> {
        credential::insert_installation_key(&mut self.0, key).await
    }

    async fn data_key(&mut self, link: LinkId) -> Result<Option<WrappedKey>> {
        credential::data_key(&mut self.0, link).await
    }

    async fn rewrap_data_keys(&mut self, keys: &[Rewrapped]) -> Result<u64> {
        credential::rewrap_data_keys(&mut self.0, keys).await
    }

    async fn rewrap_installation_key(&mut self, old: &WrappedKey, new: &WrappedKey) -> Result<bool> {
        credential::rewrap_installation_key(&mut self.0, old, new).await
    }

    async fn insert_data_key(&mut self, link: LinkId, key: &WrappedKey) -> Result<()> {
        credential::insert_data_key(&mut self.0, link, key).await
    }

    async fn put_sealed(&mut self, link: LinkId, value: &SealedCredential, at: Timestamp) -> Result<()> {
        credential::put(&mut self.0, link, value, at).await
    }

    async fn move_sealed(
        &mut self,
        link: LinkId,
        field: CredentialField,
        from: Slot,
        to: Slot,
    ) -> Result<bool> {
        credential::move_between(&mut self.0, link, field, from, to).await
    }

    async fn discard_sealed(&mut self, link: LinkId, field: CredentialField, slot: Slot) -> Result<()> {
        credential::discard(&mut self.0, link, field, slot).await
    }

    async fn sealed_values(&mut self, link: LinkId) -> Result<Vec<SealedCredential>> {
        credential::sealed(&mut self.0, link).await
    }

    async fn destroy_credentials(&mut self, link: LinkId) -> Result<()> {
        credential::destroy(&mut self.0, link).await
    }

    async fn note_to_overwrite(&mut self, link: Option<LinkId>, at: Timestamp) -> Result<()> {
        erase::note(&mut self.0, link, at).await
    }

    async fn forget_previous(&mut self, at: Timestamp) -> Result<u64> {
        credential::forget_previous(&mut self.0, at).await?;
        link::forget_previous(&mut self.0, at).await
    }

    async fn field_states(&mut self, link: LinkId) -> Result<Vec<FieldState>> {
        credential::states(&mut self.0, link).await
    }

    async fn step_attempts(&mut self, link: LinkId) -> Result<Vec<StepAttempt>> {
        step_attempt::of_link(&mut self.0, link).await
    }

    async fn put_step_attempt(&mut self, link: LinkId, attempt: &StepAttempt) -> Result<()> {
        step_attempt::put(&mut self.0, link, attempt).await
    }

    async fn clear_step_attempt(&mut self, link: LinkId, step: Step) -> Result<()> {
        step_attempt::clear(&mut self.0, link, step).await
    }

    async fn running_check(&mut self, link: LinkId) -> Result<Option<CheckRun>> {
        check::running_of(&mut self.0, link).await
    }

    async fn last_check(&mut self, link: LinkId) -> Result<Option<CheckRun>> {
        check::last(&mut self.0, link).await
    }

    async fn accepted_check(&mut self, link: LinkId, submission: &Fingerprint) -> Result<Option<CheckRun>> {
        check::accepted(&mut self.0, link, submission).await
    }

    async fn refusals(&mut self, link: LinkId, submission: &Fingerprint) -> Result<Refusals> {
        refusal::of_submission(&mut self.0, link, submission).await
    }

    async fn rejections(&mut self, link: LinkId, since: Timestamp) -> Result<Vec<Timestamp>> {
        refusal::rejections(&mut self.0, link, since).await
    }

    async fn count_refused(&mut self, id: CheckId) -> Result<()> {
        check::count_refused(&mut self.0, id).await
    }

    async fn put_surplus(&mut self, id: CheckId, surplus: &[Permission]) -> Result<()> {
        check::put_surplus(&mut self.0, id, surplus).await
    }

    async fn running_checks(&mut self) -> Result<Vec<CheckRun>> {
        check::running(&mut self.0).await
    }

    async fn insert_check(&mut self, check: &CheckRun) -> Result<()> {
        crate::check::insert(&mut self.0, check).await
    }

    async fn finish_check(&mut self, id: CheckId, check: &CheckRun) -> Result<bool> {
        crate::check::finish(&mut self.0, id, check).await
    }

    async fn assign(&mut self, link: LinkId, to: Option<StaffId>) -> Result<bool> {
        note::assign(&mut self.0, link, to).await
    }

    async fn insert_note(&mut self, note: &LinkNote) -> Result<()> {
        note::insert(&mut self.0, note).await
    }

    async fn delete_note(&mut self, link: LinkId, id: NoteId, author: StaffId) -> Result<bool> {
        note::delete(&mut self.0, link, id, author).await
    }

    async fn delete_ended_sessions(&mut self, at: Timestamp) -> Result<()> {
        session::delete_ended(&mut self.0, at).await
    }

    async fn put_saved_view(&mut self, staff: StaffId, view: &SavedView, at: Timestamp) -> Result<()> {
        saved_view::put(&mut self.0, staff, view, at).await
    }

    async fn delete_saved_view(&mut self, staff: StaffId, name: &str) -> Result<bool> {
        saved_view::delete(&mut self.0, staff, name).await
    }

    async fn audit_head(&mut self) -> Result<AuditHead> {
        audit::head(&mut self.0).await
    }

    async fn append_audit(&mut self, entry: &AuditEntry, step: &AuditStep) -> Result<()> {
        audit::append(&mut self.0, entry, step).await
    }

    async fn seal_audit_head(&mut self, seal: &[u8; 32]) -> Result<()> {
        audit::seal_head(&mut self.0, seal).await
    }

    async fn chain_audit(&mut self, step: &AuditStep) -> Result<()> {
        audit::chain(&mut self.0, step).await
    }
}
