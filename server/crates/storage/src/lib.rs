//! What Linkdesk keeps and how it is asked for: the traits every database backend implements.
//!
//! - [`Storage`] reads, and begins a unit of work.
//! - [`UnitOfWork`] writes. Nothing is kept unless `commit` returns; a change, its audit entry and (later) its
//!   outbox event go into one unit, so they exist together or not at all.
//!
//! Backends: `storage-sqlite`, `storage-postgres`. Each passes the same suite, `conformance` (behind the feature of that name).
//!
//! How to add a method: declare it here with what `None` means, pass it on in `pass_on`, write its table's function in each
//! backend, add a case to `conformance`. Rows and SQL stay inside the backend; a row that cannot be read is
//! [`StorageError::CorruptRow`] naming table, column and id.

#[cfg(feature = "conformance")]
#[expect(
    clippy::disallowed_methods,
    reason = "it is storage itself that is looked at, and nobody who is told"
)]
pub mod conformance;
mod guesses;
mod inspection;
mod jobs;
mod letters;
mod model;
mod pass_on;
pub mod rows;
mod staff;
mod tidying;
mod webhooks;

use async_trait::async_trait;
use domain::{
    AuditId, CheckId, CredentialField, CustomerName, EmailAddress, HandOverId, InviteId, LinkId, NoteId,
    Permission, PresetId, ProblemCode, StaffId, Step, Timestamp, WebServicesHost,
};

pub use guesses::{GuessBudget, SharedGuesses};
pub use inspection::{Contents, Inspection};
pub use jobs::{JobReads, JobWrites};
pub use letters::{LetterReads, LetterWrites};
pub use model::{
    Actor, ActorKind, AuditAction, AuditBond, AuditColumns, AuditEntry, AuditFound, AuditHead, AuditRow,
    AuditSearch, AuditStep, Authenticator, CheckMark, CheckRun, Client, DayResult, Delivered, DeliveryCounts,
    DueDelivery, FieldState, Fingerprint, FlowSession, HandOver, HostChecks, Invite, Job, JobEnd, JobKind,
    Letter, LetterKind, Link, LinkCount, LinkFilter, LinkNote, LinkPart, LinkPlace, LinkProgress, LinkQuery,
    MadeUpLink, Notice, Passkey, PendingSignIn, Preset, Previous, QueueDepth, Refusals, Reminder, Rewrapped,
    RowDetails, SavedView, SealedCredential, Slot, SortKey, Staff, StaffDevice, StaffInvite, StaffSession,
    StepAttempt, TokenHash, WebhookAttempt, WebhookDelivery, WebhookEndpoint, WebhookSeed, WrappedKey,
};
pub use staff::{StaffReads, StaffWrites};
pub use tidying::{CheckPlace, ForgottenChecks, Tidying};
pub use webhooks::{WebhookReads, WebhookWrites};

/// The database did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// A row that must be unique is there already.
    #[error("{0} exists already")]
    Duplicate(&'static str),
    /// A stored value is not of the form this program writes.
    #[error("table {table}, column {column}, row {row}: not readable")]
    CorruptRow {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row's id; never its contents.
        row: String,
    },
    /// The disk is full or not writable: nothing was kept, and trying again later can help.
    #[error("the database cannot be written at the moment")]
    Unwritable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Anything else the database reports.
    #[error("the database failed")]
    Database(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// What a method of this crate returns.
pub type Result<T> = std::result::Result<T, StorageError>;

/// Reads, and begins writes.
#[async_trait]
pub trait Storage: StaffReads + JobReads + WebhookReads + LetterReads {
    /// Begins a unit of work. Writers wait for one another, so what it reads cannot change under it. What it decides by it
    /// has to read itself: [`Storage`]'s own reads do not see units that are about to be kept together with it.
    async fn begin(&self) -> Result<Box<dyn UnitOfWork>>;
    /// Where guesses at sign-in are counted that several servers are to count together; `None` when one process alone uses the
    /// database.
    fn shared_guesses(&self) -> Option<&dyn SharedGuesses>;

    /// The invite with this token; `None` when there is none.
    async fn invite_by_token(&self, token: &TokenHash) -> Result<Option<Invite>>;
    /// The link's invites, newest first.
    async fn invites_of(&self, link: LinkId) -> Result<Vec<Invite>>;
    /// The administrator's session with this token, expired or not; `None` when there is none.
    async fn flow_session(&self, token: &TokenHash) -> Result<Option<FlowSession>>;
    /// The link; `None` when there is none.
    async fn link(&self, id: LinkId) -> Result<Option<Link>>;
    /// The step handed over with this token; `None` when there is none.
    async fn hand_over_by_token(&self, token: &TokenHash) -> Result<Option<HandOver>>;
    /// The step handed over with this id; `None` when there is none.
    async fn hand_over(&self, id: HandOverId) -> Result<Option<HandOver>>;
    /// The link's hand-overs that have not ended, newest first.
    async fn open_hand_overs(&self, link: LinkId) -> Result<Vec<HandOver>>;
    /// The links, `except` this one, that are linked with the same UKG Pro account.
    async fn links_with_account(&self, account: &Fingerprint, except: LinkId) -> Result<Vec<Link>>;
    /// The installation's own wrapped key; `None` before it is made.
    async fn installation_key(&self) -> Result<Option<WrappedKey>>;
    /// At most `limit` data keys that are wrapped by another key-encryption key than `primary`, in the order of their links,
    /// after this link.
    async fn data_keys_not_wrapped_by(
        &self,
        primary: &str,
        after: Option<LinkId>,
        limit: u32,
    ) -> Result<Vec<(LinkId, WrappedKey)>>;
    /// Overwrites what was deleted wherever the database still holds a copy of it (a log of changes, free pages).
    /// Called after a commit that destroyed credentials; an error means that it has still to be done, and
    /// [`Storage::is_to_overwrite`] goes on saying so.
    async fn forget_deleted(&self) -> Result<()>;
    /// Whether anything that was deleted has still to be overwritten; of this link alone, up to this time, when
    /// they are named.
    async fn is_to_overwrite(&self, of: Option<(LinkId, Timestamp)>) -> Result<bool>;
    /// A page of the list of links, always in the list's order. A link that lapsed since the last
    /// [`WebhookWrites::settle_lapsed`] is not yet found as such.
    async fn links(&self, query: &LinkQuery) -> Result<Vec<Link>>;
    /// How many links there are of each kind that occurs. See [`Storage::links`] about links that lapsed.
    async fn count_links(&self) -> Result<Vec<LinkCount>>;
    /// What the list tells of these links beside themselves, in no order, with their checks since `since`. Those that
    /// do not exist are left out.
    async fn row_details(
        &self,
        links: &[LinkId],
        now: Timestamp,
        since: Timestamp,
    ) -> Result<Vec<RowDetails>>;
    /// A number that differs whenever a link was added or changed.
    async fn list_version(&self) -> Result<i64>;
    /// What this staff member saved of the list, by name.
    async fn saved_views(&self, staff: StaffId) -> Result<Vec<SavedView>>;
    /// Which credentials of the link are kept, without their contents.
    async fn field_states(&self, link: LinkId) -> Result<Vec<FieldState>>;
    /// The last refused or doubted attempt at a step; `None` after the step was saved.
    async fn step_attempt(&self, link: LinkId, step: Step) -> Result<Option<StepAttempt>>;
    /// The link's newest check, running or done; `None` before the first.
    async fn last_check(&self, link: LinkId) -> Result<Option<CheckRun>>;
    /// The link's newest check made with these values in which the account was accepted; `None` when there is none.
    async fn accepted_check(&self, link: LinkId, submission: &Fingerprint) -> Result<Option<CheckRun>>;
    /// How often UKG Pro refused these values of this link, since it last accepted them.
    async fn refusals(&self, link: LinkId, submission: &Fingerprint) -> Result<Refusals>;
    /// When UKG Pro rejected values of this link since `since`: see [`UnitOfWork::rejections`].
    async fn rejections(&self, link: LinkId, since: Timestamp) -> Result<Vec<Timestamp>>;
    /// The link's sealed values, in every slot.
    async fn sealed_values(&self, link: LinkId) -> Result<Vec<SealedCredential>>;
    /// Whether the link is unfinished (invited, opened, in progress) and no invite leads to it any more at `now`.
    async fn is_lapsed(&self, link: LinkId, now: Timestamp) -> Result<bool>;
    /// At most `limit` unfinished links (invited to checking) of a customer of this name, whatever its case, or with this
    /// contact; last changed first.
    async fn unfinished_links(
        &self,
        customer: &CustomerName,
        contact: Option<&EmailAddress>,
        limit: u32,
    ) -> Result<Vec<Link>>;
    /// The links' reminders that are due at `now`, at most `limit`: the customer acts and has an address, an invite is
    /// good, fewer than [`domain::REMINDERS_MAX`] went out, and for the days asked for nothing moved, no invite was made
    /// and no reminder went out.
    async fn due_reminders(&self, now: Timestamp, limit: u32) -> Result<Vec<LinkId>>;
    /// The link's reminders; `None` when there are to be none.
    async fn reminder(&self, link: LinkId) -> Result<Option<Reminder>>;
    /// The presets that were not removed, by name.
    async fn presets(&self) -> Result<Vec<Preset>>;
    /// Whether any preset was ever made, removed or not.
    async fn ever_had_presets(&self) -> Result<bool>;
    /// Whether no link is here that was not made up.
    async fn takes_made_up(&self) -> Result<bool>;
    /// Adds made-up links with their history, and marks the database as one that holds nothing else.
    async fn keep_made_up(&self, links: &[MadeUpLink], at: Timestamp) -> Result<()>;
    /// At most `limit` audit entries of the link, newest first; of one and the same time, the last appended first.
    async fn timeline(&self, link: LinkId, limit: u32) -> Result<Vec<AuditEntry>>;
    /// What the checks that ended since then say of each host that was asked, by its name.
    async fn host_checks(&self, since: Timestamp) -> Result<Vec<HostChecks>>;
    /// When a check of any link but `except` last ended with a fault of UKG Pro on this host; `None` when none did since
    /// then.
    async fn last_fault(
        &self,
        host: &WebServicesHost,
        except: LinkId,
        since: Timestamp,
    ) -> Result<Option<Timestamp>>;
    /// The same of what happened before this entry; nothing when the link has no such entry.
    async fn timeline_before(&self, link: LinkId, entry: AuditId, limit: u32) -> Result<Vec<AuditEntry>>;
    /// At most `limit` audit entries of the link that tell of this action, newest first.
    async fn timeline_of(&self, link: LinkId, action: AuditAction, limit: u32) -> Result<Vec<AuditEntry>>;
    /// What the link's finished checks of the values in use found since `since`, day by day (UTC), oldest first.
    async fn day_results(&self, link: LinkId, since: Timestamp) -> Result<Vec<DayResult>>;
    /// The staff's notes on the link, newest first.
    async fn notes_of(&self, link: LinkId) -> Result<Vec<LinkNote>>;
    /// Where the audit log ends.
    async fn audit_head(&self) -> Result<AuditHead>;
    /// At most `limit` entries of the audit log after this position, oldest first, just as they are stored.
    async fn audit_rows(&self, after: u64, limit: u32) -> Result<Vec<AuditRow>>;
    /// At most `limit` entries that the search finds before this position, newest first; from the end of the log when
    /// there is no position.
    async fn search_audit(
        &self,
        search: &AuditSearch,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<AuditFound>>;
    /// How far the links came that were made since then, newest first, at most `limit`.
    async fn progress(&self, since: Timestamp, limit: u32) -> Result<Vec<LinkProgress>>;
    /// Problems that links met since then, newest first, at most `limit`; one as often as it was met.
    async fn problems(&self, since: Timestamp, limit: u32) -> Result<Vec<(LinkId, ProblemCode)>>;
    /// Whether the database answers.
    async fn ping(&self) -> Result<()>;
}

/// Writes that are kept together or not at all. Dropped without `commit`, it leaves nothing behind.
///
/// A row that must be unique and is there already is [`StorageError::Duplicate`]; one whose parent is missing is an
/// error too. After any error the unit can only be dropped: the database may have ended it.
#[async_trait]
pub trait UnitOfWork: StaffWrites + JobWrites + WebhookWrites + LetterWrites + Tidying {
    /// Makes everything durable. Once this returns `Ok`, a power cut loses nothing of it.
    async fn commit(self: Box<Self>) -> Result<()>;

    /// The link as it is inside this unit; `None` when there is none.
    async fn link(&mut self, id: LinkId) -> Result<Option<Link>>;
    /// Adds a link.
    async fn insert_link(&mut self, link: &Link) -> Result<()>;
    /// Overwrites the link's status, what it was when paused, problem, step, hosts, account, previous state and times.
    async fn update_link(&mut self, link: &Link) -> Result<()>;

    /// The invite with this token, as it is inside this unit; `None` when there is none.
    async fn invite_by_token(&mut self, token: &TokenHash) -> Result<Option<Invite>>;
    /// Adds an invite.
    async fn insert_invite(&mut self, invite: &Invite) -> Result<()>;
    /// Notes the first time the invite was started; later calls change nothing.
    async fn mark_invite_started(&mut self, id: InviteId, at: Timestamp) -> Result<()>;
    /// Marks the link's unfinished invites as completed.
    async fn complete_invites(&mut self, link: LinkId, at: Timestamp) -> Result<()>;
    /// Withdraws an invite and ends the sessions that came from it; `false` when there is none or it was withdrawn before.
    async fn revoke_invite(&mut self, id: InviteId, at: Timestamp) -> Result<bool>;
    /// The link's invites, newest first, as seen inside this unit.
    async fn invites_of(&mut self, link: LinkId) -> Result<Vec<Invite>>;
    /// The same as [`Storage::unfinished_links`], as seen inside this unit.
    async fn unfinished_links(
        &mut self,
        customer: &CustomerName,
        contact: Option<&EmailAddress>,
        limit: u32,
    ) -> Result<Vec<Link>>;
    /// Adds a link's reminders.
    ///
    /// # Errors
    /// [`StorageError::Duplicate`] when it has some.
    async fn insert_reminder(&mut self, reminder: &Reminder) -> Result<()>;
    /// The link's reminders, as seen inside this unit; `None` when there are to be none.
    async fn reminder(&mut self, link: LinkId) -> Result<Option<Reminder>>;
    /// Counts one more reminder that goes out now; `false` when the link is to have none.
    async fn count_reminder(&mut self, link: LinkId, at: Timestamp) -> Result<bool>;

    /// The presets that were not removed, by name, as seen inside this unit.
    async fn presets(&mut self) -> Result<Vec<Preset>>;
    /// Whether any preset was ever made, removed or not, as seen inside this unit.
    async fn ever_had_presets(&mut self) -> Result<bool>;
    /// Adds a preset.
    ///
    /// # Errors
    /// [`StorageError::Duplicate`] when another that was not removed has its name.
    async fn insert_preset(&mut self, preset: &Preset) -> Result<()>;
    /// Overwrites a preset's name and permissions; `false` when there is none or it was removed.
    ///
    /// # Errors
    /// [`StorageError::Duplicate`] when another that was not removed has the name.
    async fn update_preset(&mut self, preset: &Preset) -> Result<bool>;
    /// Removes a preset; `false` when there is none or it was removed before.
    async fn remove_preset(&mut self, id: PresetId, at: Timestamp) -> Result<bool>;

    /// Adds an administrator's session.
    async fn insert_flow_session(&mut self, session: &FlowSession) -> Result<()>;

    /// Adds a step that is handed over.
    async fn insert_hand_over(&mut self, hand_over: &HandOver) -> Result<()>;
    /// The step handed over with this id, as it is inside this unit; `None` when there is none.
    async fn hand_over(&mut self, id: HandOverId) -> Result<Option<HandOver>>;
    /// The step handed over with this token, as it is inside this unit; `None` when there is none.
    async fn hand_over_by_token(&mut self, token: &TokenHash) -> Result<Option<HandOver>>;
    /// Notes that the colleague began; `false` when somebody had begun before.
    async fn start_hand_over(&mut self, id: HandOverId, at: Timestamp) -> Result<bool>;
    /// Ends every open hand-over of this step of the link and the sessions that came from them; how many.
    async fn end_hand_overs(&mut self, link: LinkId, step: Step, at: Timestamp) -> Result<u64>;

    /// The installation's own wrapped key, as seen inside this unit; `None` before it is made.
    async fn installation_key(&mut self) -> Result<Option<WrappedKey>>;
    /// Adds the installation's own wrapped key.
    ///
    /// # Errors
    /// [`StorageError::Duplicate`] when there is one.
    async fn insert_installation_key(&mut self, key: &WrappedKey) -> Result<()>;

    /// The link's wrapped data key; `None` before the first value is sealed.
    async fn data_key(&mut self, link: LinkId) -> Result<Option<WrappedKey>>;
    /// Adds the link's wrapped data key.
    async fn insert_data_key(&mut self, link: LinkId, key: &WrappedKey) -> Result<()>;
    /// Puts the same data keys, wrapped anew, in the place of the old ones; how many. Left alone is where another is by now,
    /// or none.
    async fn rewrap_data_keys(&mut self, keys: &[Rewrapped]) -> Result<u64>;
    /// The same of the installation's own key.
    async fn rewrap_installation_key(&mut self, old: &WrappedKey, new: &WrappedKey) -> Result<bool>;
    /// Writes a sealed value, replacing the one in its slot.
    async fn put_sealed(&mut self, link: LinkId, value: &SealedCredential, at: Timestamp) -> Result<()>;
    /// Moves a value to another slot, replacing what is there; `false` when there is nothing to move. The time it was
    /// entered stays.
    async fn move_sealed(
        &mut self,
        link: LinkId,
        field: CredentialField,
        from: Slot,
        to: Slot,
    ) -> Result<bool>;
    /// Forgets what is in the slot, if anything.
    async fn discard_sealed(&mut self, link: LinkId, field: CredentialField, slot: Slot) -> Result<()>;
    /// The link's sealed values, in every slot.
    async fn sealed_values(&mut self, link: LinkId) -> Result<Vec<SealedCredential>>;
    /// Destroys every sealed value of the link and its wrapped data key: no backup of the values opens any more.
    async fn destroy_credentials(&mut self, link: LinkId) -> Result<()>;
    /// Notes that what this unit deletes, of this link or of any, has still to be overwritten: see
    /// [`Storage::forget_deleted`].
    async fn note_to_overwrite(&mut self, link: Option<LinkId>, at: Timestamp) -> Result<()>;
    /// Forgets the previous values of every link replaced before `at`, and that there were any; how many links.
    async fn forget_previous(&mut self, at: Timestamp) -> Result<u64>;
    /// Which credentials are kept, as seen inside this unit.
    async fn field_states(&mut self, link: LinkId) -> Result<Vec<FieldState>>;

    /// The last attempts at the link's steps, newest first: at most one per step.
    async fn step_attempts(&mut self, link: LinkId) -> Result<Vec<StepAttempt>>;
    /// Keeps the last attempt at a step, replacing the one before.
    async fn put_step_attempt(&mut self, link: LinkId, attempt: &StepAttempt) -> Result<()>;
    /// Forgets the last attempt at a step: it was saved.
    async fn clear_step_attempt(&mut self, link: LinkId, step: Step) -> Result<()>;

    /// The link's unfinished check; `None` when none is running.
    async fn running_check(&mut self, link: LinkId) -> Result<Option<CheckRun>>;
    /// The link's newest check, running or done; `None` before the first.
    async fn last_check(&mut self, link: LinkId) -> Result<Option<CheckRun>>;
    /// The link's newest check made with these values in which the account was accepted; `None` when there is none.
    async fn accepted_check(&mut self, link: LinkId, submission: &Fingerprint) -> Result<Option<CheckRun>>;
    /// How often UKG Pro refused these values of this link, since it last accepted them.
    async fn refusals(&mut self, link: LinkId, submission: &Fingerprint) -> Result<Refusals>;
    /// When UKG Pro rejected values of this link since `since`, oldest first: the time of the last such check of each
    /// submission. A finished check counts as soon as it cost a refused request and did not get the account accepted,
    /// whatever it ended with: a fault after two refusals is no less for the account to bear.
    async fn rejections(&mut self, link: LinkId, since: Timestamp) -> Result<Vec<Timestamp>>;
    /// Counts one more refused request of a running check.
    async fn count_refused(&mut self, id: CheckId) -> Result<()>;
    /// Keeps which permissions that are not asked for were found granted.
    async fn put_surplus(&mut self, id: CheckId, surplus: &[Permission]) -> Result<()>;
    /// Every unfinished check, for clean-up after a stop.
    async fn running_checks(&mut self) -> Result<Vec<CheckRun>>;
    /// Adds a check that has begun.
    ///
    /// # Errors
    /// [`StorageError::Duplicate`] when one is running for the link.
    async fn insert_check(&mut self, check: &CheckRun) -> Result<()>;
    /// Writes the check's end and what it found, and leaves what was counted; `false` when it was finished before.
    async fn finish_check(&mut self, id: CheckId, check: &CheckRun) -> Result<bool>;

    /// Gives the link into these hands, or into nobody's; `false` when there is no such link.
    async fn assign(&mut self, link: LinkId, to: Option<StaffId>) -> Result<bool>;
    /// Adds a note on a link.
    async fn insert_note(&mut self, note: &LinkNote) -> Result<()>;
    /// Takes this author's note on this link away; `false` when there is none.
    async fn delete_note(&mut self, link: LinkId, id: NoteId, author: StaffId) -> Result<bool>;

    /// Deletes what ended before `at`: sessions, of staff and of administrators, half-done sign-ins,
    /// invites to become staff. A staff session ends twelve hours after it began at the latest; one that ended
    /// sooner, unused, may be kept until then. A browser that did not sign in for half a year is forgotten.
    async fn delete_ended_sessions(&mut self, at: Timestamp) -> Result<()>;

    /// Keeps a view of the list under its name, replacing the staff member's own of that name.
    async fn put_saved_view(&mut self, staff: StaffId, view: &SavedView, at: Timestamp) -> Result<()>;
    /// Forgets the staff member's view of this name; `false` when there is none.
    async fn delete_saved_view(&mut self, staff: StaffId, name: &str) -> Result<bool>;
    /// Where the audit log ends, as seen inside this unit. Nobody else adds an entry until the unit ends.
    async fn audit_head(&mut self) -> Result<AuditHead>;
    /// Adds an entry to the audit log and its step to the chain; entries are never changed or deleted.
    ///
    /// # Errors
    /// [`StorageError::Duplicate`] when the step does not follow the head.
    async fn append_audit(&mut self, entry: &AuditEntry, step: &AuditStep) -> Result<()>;
    /// Adds to the chain the step of an entry that was there before the log was a chain.
    ///
    /// # Errors
    /// As for [`UnitOfWork::append_audit`].
    async fn chain_audit(&mut self, step: &AuditStep) -> Result<()>;
    /// Gives the note of where the audit log ends another seal; what it says stays.
    async fn seal_audit_head(&mut self, seal: &[u8; 32]) -> Result<()>;
}
