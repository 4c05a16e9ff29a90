//! `UnitOfWork`: all that is written about links, but for the tables that have traits of their own.

/// `UnitOfWork` for a backend.
#[macro_export]
macro_rules! pass_on_unit_of_work {
    ($of:ident) => {
        const _: () = {
            use async_trait::async_trait;
            use domain::{
                CheckId, CredentialField, CustomerName, EmailAddress, HandOverId, InviteId, LinkId, NoteId,
                Permission, PresetId, StaffId, Step, Timestamp,
            };
            use $crate::{
                AuditEntry, AuditHead, AuditStep, CheckRun, FieldState, Fingerprint, FlowSession, HandOver,
                Invite, Link, LinkNote, Preset, Refusals, Reminder, Result, Rewrapped, SavedView,
                SealedCredential, Slot, StepAttempt, TokenHash, UnitOfWork, WrappedKey,
            };

            #[async_trait]
            impl UnitOfWork for $of {
                async fn commit(self: Box<Self>) -> Result<()> {
                    self.end().await
                }

                async fn link(&mut self, id: LinkId) -> Result<Option<Link>> {
                    link::lookup(&mut self.turn, id).await
                }

                async fn insert_link(&mut self, link: &Link) -> Result<()> {
                    link::insert(&mut self.turn, link).await
                }

                async fn update_link(&mut self, link: &Link) -> Result<()> {
                    link::update(&mut self.turn, link).await
                }

                async fn invite_by_token(&mut self, token: &TokenHash) -> Result<Option<Invite>> {
                    invite::by_token(&mut self.turn, token).await
                }

                async fn insert_invite(&mut self, invite: &Invite) -> Result<()> {
                    invite::insert(&mut self.turn, invite).await
                }

                async fn mark_invite_started(&mut self, id: InviteId, at: Timestamp) -> Result<()> {
                    invite::mark_started(&mut self.turn, id, at).await
                }

                async fn complete_invites(&mut self, link: LinkId, at: Timestamp) -> Result<()> {
                    invite::complete(&mut self.turn, link, at).await
                }

                async fn revoke_invite(&mut self, id: InviteId, at: Timestamp) -> Result<bool> {
                    invite::revoke(&mut self.turn, id, at).await
                }

                async fn invites_of(&mut self, link: LinkId) -> Result<Vec<Invite>> {
                    invite::of_link(&mut self.turn, link).await
                }

                async fn unfinished_links(
                    &mut self,
                    customer: &CustomerName,
                    contact: Option<&EmailAddress>,
                    limit: u32,
                ) -> Result<Vec<Link>> {
                    link::unfinished(&mut self.turn, customer, contact, limit).await
                }

                async fn insert_reminder(&mut self, new: &Reminder) -> Result<()> {
                    reminder::insert(&mut self.turn, new).await
                }

                async fn reminder(&mut self, link: LinkId) -> Result<Option<Reminder>> {
                    reminder::lookup(&mut self.turn, link).await
                }

                async fn count_reminder(&mut self, link: LinkId, at: Timestamp) -> Result<bool> {
                    reminder::count(&mut self.turn, link, at).await
                }

                async fn presets(&mut self) -> Result<Vec<Preset>> {
                    preset::list(&mut self.turn).await
                }

                async fn ever_had_presets(&mut self) -> Result<bool> {
                    preset::ever_any(&mut self.turn).await
                }

                async fn insert_preset(&mut self, new: &Preset) -> Result<()> {
                    preset::insert(&mut self.turn, new).await
                }

                async fn update_preset(&mut self, changed: &Preset) -> Result<bool> {
                    preset::update(&mut self.turn, changed).await
                }

                async fn remove_preset(&mut self, id: PresetId, at: Timestamp) -> Result<bool> {
                    preset::remove(&mut self.turn, id, at).await
                }

                async fn insert_flow_session(&mut self, session: &FlowSession) -> Result<()> {
                    session::insert_flow(&mut self.turn, session).await
                }

                async fn insert_hand_over(&mut self, hand_over: &HandOver) -> Result<()> {
                    hand_over::insert(&mut self.turn, hand_over).await
                }

                async fn hand_over_by_token(&mut self, token: &TokenHash) -> Result<Option<HandOver>> {
                    hand_over::by_token(&mut self.turn, token).await
                }

                async fn start_hand_over(&mut self, id: HandOverId, at: Timestamp) -> Result<bool> {
                    hand_over::start(&mut self.turn, id, at).await
                }

                async fn hand_over(&mut self, id: HandOverId) -> Result<Option<HandOver>> {
                    hand_over::lookup(&mut self.turn, id).await
                }

                async fn end_hand_overs(&mut self, link: LinkId, step: Step, at: Timestamp) -> Result<u64> {
                    hand_over::end(&mut self.turn, link, step, at).await
                }

                async fn installation_key(&mut self) -> Result<Option<WrappedKey>> {
                    credential::installation_key(&mut self.turn).await
                }

                async fn insert_installation_key(&mut self, key: &WrappedKey) -> Result<()> {
                    credential::insert_installation_key(&mut self.turn, key).await
                }

                async fn data_key(&mut self, link: LinkId) -> Result<Option<WrappedKey>> {
                    credential::data_key(&mut self.turn, link).await
                }

                async fn rewrap_data_keys(&mut self, keys: &[Rewrapped]) -> Result<u64> {
                    credential::rewrap_data_keys(&mut self.turn, keys).await
                }

                async fn rewrap_installation_key(
                    &mut self,
                    old: &WrappedKey,
                    new: &WrappedKey,
                ) -> Result<bool> {
                    credential::rewrap_installation_key(&mut self.turn, old, new).await
                }

                async fn insert_data_key(&mut self, link: LinkId, key: &WrappedKey) -> Result<()> {
                    credential::insert_data_key(&mut self.turn, link, key).await
                }

                async fn put_sealed(
                    &mut self,
                    link: LinkId,
                    value: &SealedCredential,
                    at: Timestamp,
                ) -> Result<()> {
                    credential::put(&mut self.turn, link, value, at).await
                }

                async fn move_sealed(
                    &mut self,
                    link: LinkId,
                    field: CredentialField,
                    from: Slot,
                    to: Slot,
                ) -> Result<bool> {
                    credential::move_between(&mut self.turn, link, field, from, to).await
                }

                async fn discard_sealed(
                    &mut self,
                    link: LinkId,
                    field: CredentialField,
                    slot: Slot,
                ) -> Result<()> {
                    credential::discard(&mut self.turn, link, field, slot).await
                }

                async fn sealed_values(&mut self, link: LinkId) -> Result<Vec<SealedCredential>> {
                    credential::sealed(&mut self.turn, link).await
                }

                async fn destroy_credentials(&mut self, link: LinkId) -> Result<()> {
                    credential::destroy(&mut self.turn, link).await
                }

                async fn note_to_overwrite(&mut self, link: Option<LinkId>, at: Timestamp) -> Result<()> {
                    erase::note(&mut self.turn, link, at).await
                }

                async fn forget_previous(&mut self, at: Timestamp) -> Result<u64> {
                    credential::forget_previous(&mut self.turn, at).await?;
                    link::forget_previous(&mut self.turn, at).await
                }

                async fn field_states(&mut self, link: LinkId) -> Result<Vec<FieldState>> {
                    credential::states(&mut self.turn, link).await
                }

                async fn step_attempts(&mut self, link: LinkId) -> Result<Vec<StepAttempt>> {
                    step_attempt::of_link(&mut self.turn, link).await
                }

                async fn put_step_attempt(&mut self, link: LinkId, attempt: &StepAttempt) -> Result<()> {
                    step_attempt::put(&mut self.turn, link, attempt).await
                }

                async fn clear_step_attempt(&mut self, link: LinkId, step: Step) -> Result<()> {
                    step_attempt::clear(&mut self.turn, link, step).await
                }

                async fn running_check(&mut self, link: LinkId) -> Result<Option<CheckRun>> {
                    check::running_of(&mut self.turn, link).await
                }

                async fn last_check(&mut self, link: LinkId) -> Result<Option<CheckRun>> {
                    check::last(&mut self.turn, link).await
                }

                async fn accepted_check(
                    &mut self,
                    link: LinkId,
                    submission: &Fingerprint,
                ) -> Result<Option<CheckRun>> {
                    check::accepted(&mut self.turn, link, submission).await
                }

                async fn refusals(&mut self, link: LinkId, submission: &Fingerprint) -> Result<Refusals> {
                    refusal::of_submission(&mut self.turn, link, submission).await
                }

                async fn rejections(&mut self, link: LinkId, since: Timestamp) -> Result<Vec<Timestamp>> {
                    refusal::rejections(&mut self.turn, link, since).await
                }

                async fn count_refused(&mut self, id: CheckId) -> Result<()> {
                    check::count_refused(&mut self.turn, id).await
                }

                async fn put_surplus(&mut self, id: CheckId, surplus: &[Permission]) -> Result<()> {
                    check::put_surplus(&mut self.turn, id, surplus).await
                }

                async fn running_checks(&mut self) -> Result<Vec<CheckRun>> {
                    check::running(&mut self.turn).await
                }

                async fn insert_check(&mut self, check: &CheckRun) -> Result<()> {
                    check::insert(&mut self.turn, check).await
                }

                async fn finish_check(&mut self, id: CheckId, check: &CheckRun) -> Result<bool> {
                    check::finish(&mut self.turn, id, check).await
                }

                async fn assign(&mut self, link: LinkId, to: Option<StaffId>) -> Result<bool> {
                    note::assign(&mut self.turn, link, to).await
                }

                async fn insert_note(&mut self, note: &LinkNote) -> Result<()> {
                    note::insert(&mut self.turn, note).await
                }

                async fn delete_note(&mut self, link: LinkId, id: NoteId, author: StaffId) -> Result<bool> {
                    note::delete(&mut self.turn, link, id, author).await
                }

                async fn delete_ended_sessions(&mut self, at: Timestamp) -> Result<()> {
                    session::delete_ended(&mut self.turn, at).await
                }

                async fn put_saved_view(
                    &mut self,
                    staff: StaffId,
                    view: &SavedView,
                    at: Timestamp,
                ) -> Result<()> {
                    saved_view::put(&mut self.turn, staff, view, at).await
                }

                async fn delete_saved_view(&mut self, staff: StaffId, name: &str) -> Result<bool> {
                    saved_view::delete(&mut self.turn, staff, name).await
                }

                async fn audit_head(&mut self) -> Result<AuditHead> {
                    audit::head(&mut self.turn).await
                }

                async fn append_audit(&mut self, entry: &AuditEntry, step: &AuditStep) -> Result<()> {
                    audit::append(&mut self.turn, entry, step).await
                }

                async fn chain_audit(&mut self, step: &AuditStep) -> Result<()> {
                    audit::chain(&mut self.turn, step).await
                }

                async fn seal_audit_head(&mut self, seal: &[u8; 32]) -> Result<()> {
                    audit::seal_head(&mut self.turn, seal).await
                }
            }
        };
    };
}
