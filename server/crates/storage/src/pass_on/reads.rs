//! `Storage`: what is read about links.

/// `Storage` for a backend.
#[macro_export]
macro_rules! pass_on_storage {
    ($of:ident) => {
        const _: () = {
            use async_trait::async_trait;
            use domain::{
                AuditId, CustomerName, EmailAddress, HandOverId, LinkId, ProblemCode, StaffId, Step,
                Timestamp, WebServicesHost,
            };
            use $crate::{
                AuditAction, AuditEntry, AuditFound, AuditHead, AuditRow, AuditSearch, CheckRun, DayResult,
                FieldState, Fingerprint, FlowSession, HandOver, HostChecks, Invite, Link, LinkCount,
                LinkNote, LinkProgress, LinkQuery, MadeUpLink, Preset, Refusals, Reminder, Result,
                RowDetails, SavedView, SealedCredential, SharedGuesses, StepAttempt, Storage, TokenHash,
                UnitOfWork, WrappedKey,
            };

            #[async_trait]
            impl Storage for $of {
                async fn begin(&self) -> Result<Box<dyn UnitOfWork>> {
                    Ok(Box::new(self.unit().await?))
                }

                fn shared_guesses(&self) -> Option<&dyn SharedGuesses> {
                    self.guesses()
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

                async fn links_with_account(
                    &self,
                    account: &Fingerprint,
                    except: LinkId,
                ) -> Result<Vec<Link>> {
                    link::with_account(&mut *self.reader().await?, account, except).await
                }

                async fn installation_key(&self) -> Result<Option<WrappedKey>> {
                    credential::installation_key(&mut *self.reader().await?).await
                }

                async fn data_keys_not_wrapped_by(
                    &self,
                    primary: &str,
                    after: Option<LinkId>,
                    limit: u32,
                ) -> Result<Vec<(LinkId, WrappedKey)>> {
                    credential::data_keys_not_wrapped_by(&mut *self.reader().await?, primary, after, limit)
                        .await
                }

                async fn forget_deleted(&self) -> Result<()> {
                    self.overwrite_deleted().await
                }

                async fn is_to_overwrite(&self, of: Option<(LinkId, Timestamp)>) -> Result<bool> {
                    erase::is_noted(&mut *self.reader().await?, of).await
                }

                async fn links(&self, query: &LinkQuery) -> Result<Vec<Link>> {
                    listing::page(&mut *self.desk_reader().await?, query).await
                }

                async fn count_links(&self) -> Result<Vec<LinkCount>> {
                    listing::count(&mut *self.desk_reader().await?).await
                }

                async fn row_details(
                    &self,
                    links: &[LinkId],
                    now: Timestamp,
                    since: Timestamp,
                ) -> Result<Vec<RowDetails>> {
                    listing::of_links(&mut *self.desk_reader().await?, links, now, since).await
                }

                async fn list_version(&self) -> Result<i64> {
                    listing::version(&mut *self.reader().await?).await
                }

                async fn saved_views(&self, staff: StaffId) -> Result<Vec<SavedView>> {
                    saved_view::of_staff(&mut *self.reader().await?, staff).await
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

                async fn accepted_check(
                    &self,
                    link: LinkId,
                    submission: &Fingerprint,
                ) -> Result<Option<CheckRun>> {
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

                async fn is_lapsed(&self, link: LinkId, now: Timestamp) -> Result<bool> {
                    listing::is_lapsed(&mut *self.reader().await?, link, now).await
                }

                async fn unfinished_links(
                    &self,
                    customer: &CustomerName,
                    contact: Option<&EmailAddress>,
                    limit: u32,
                ) -> Result<Vec<Link>> {
                    link::unfinished(&mut *self.reader().await?, customer, contact, limit).await
                }

                async fn due_reminders(&self, now: Timestamp, limit: u32) -> Result<Vec<LinkId>> {
                    reminder::due(&mut *self.desk_reader().await?, now, limit).await
                }

                async fn reminder(&self, link: LinkId) -> Result<Option<Reminder>> {
                    reminder::lookup(&mut *self.reader().await?, link).await
                }

                async fn presets(&self) -> Result<Vec<Preset>> {
                    preset::list(&mut *self.reader().await?).await
                }

                async fn ever_had_presets(&self) -> Result<bool> {
                    preset::ever_any(&mut *self.reader().await?).await
                }

                async fn takes_made_up(&self) -> Result<bool> {
                    made_up::are_taken(&mut *self.reader().await?).await
                }

                async fn keep_made_up(&self, links: &[MadeUpLink], at: Timestamp) -> Result<()> {
                    made_up::keep(self.for_made_up(), links, at).await
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

                async fn audit_head(&self) -> Result<AuditHead> {
                    audit::head(&mut *self.reader().await?).await
                }

                async fn audit_rows(&self, after: u64, limit: u32) -> Result<Vec<AuditRow>> {
                    audit::rows(&mut *self.desk_reader().await?, after, limit).await
                }

                async fn search_audit(
                    &self,
                    search: &AuditSearch,
                    before: Option<u64>,
                    limit: u32,
                ) -> Result<Vec<AuditFound>> {
                    audit_search::search(&mut *self.desk_reader().await?, search, before, limit).await
                }

                async fn timeline_before(
                    &self,
                    link: LinkId,
                    entry: AuditId,
                    limit: u32,
                ) -> Result<Vec<AuditEntry>> {
                    audit::of_link_before(&mut *self.reader().await?, link, entry, limit).await
                }

                async fn timeline_of(
                    &self,
                    link: LinkId,
                    action: AuditAction,
                    limit: u32,
                ) -> Result<Vec<AuditEntry>> {
                    audit::of_link_and_action(&mut *self.reader().await?, link, action, limit).await
                }

                async fn day_results(&self, link: LinkId, since: Timestamp) -> Result<Vec<DayResult>> {
                    check::day_results(&mut *self.reader().await?, link, since).await
                }

                async fn notes_of(&self, link: LinkId) -> Result<Vec<LinkNote>> {
                    note::of_link(&mut *self.reader().await?, link).await
                }

                async fn progress(&self, since: Timestamp, limit: u32) -> Result<Vec<LinkProgress>> {
                    insights::progress(&mut *self.desk_reader().await?, since, limit).await
                }

                async fn problems(&self, since: Timestamp, limit: u32) -> Result<Vec<(LinkId, ProblemCode)>> {
                    insights::problems(&mut *self.desk_reader().await?, since, limit).await
                }

                async fn ping(&self) -> Result<()> {
                    self.try_reading().await
                }
            }
        };
    };
}
