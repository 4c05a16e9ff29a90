//! What Linkdesk keeps and how it is asked for: the traits every database backend implements.
//!
//! - [`Storage`] reads, and begins a unit of work.
//! - [`UnitOfWork`] writes. Nothing is kept unless `commit` returns; a change, its audit entry and (later) its
//!   outbox event go into one unit, so they exist together or not at all.
//!
//! Backends: `storage-sqlite`. Each passes the same suite, `conformance` (behind the feature of that name).
//!
//! How to add a method: declare it here with what `None` means, implement it in each backend, add a case to
//! `conformance`. Rows and SQL stay inside the backend; a row that cannot be read is
//! [`StorageError::CorruptRow`] naming table, column and id.

#[cfg(feature = "conformance")]
pub mod conformance;
mod model;

use async_trait::async_trait;
use domain::{
    CheckId, CredentialField, EmailAddress, HandOverId, InviteId, LinkId, LinkStatus, Permission,
    ProblemCode, Step, Timestamp, WebServicesHost,
};

pub use model::{
    Actor, ActorKind, AuditAction, AuditBond, AuditColumns, AuditEntry, AuditFound, AuditHead, AuditRow,
    AuditSearch, AuditStep, CheckRun, Client, FieldState, Fingerprint, FlowSession, HandOver, HostChecks,
    Invite, Link, LinkCount, LinkProgress, Previous, Refusals, SealedCredential, Slot, Staff, StaffSession,
    StepAttempt, TokenHash, WrappedKey,
};

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
pub trait Storage: Send + Sync {
    /// Begins a unit of work. Writers wait for one another, so what it reads cannot change under it.
    async fn begin(&self) -> Result<Box<dyn UnitOfWork>>;

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
    /// Overwrites what was deleted wherever the database still holds a copy of it (a log of changes, free pages).
    /// Called after a commit that destroyed credentials.
    async fn forget_deleted(&self) -> Result<()>;
    /// At most `limit` links, last changed first, of this status when one is given.
    async fn links(&self, status: Option<LinkStatus>, limit: u32) -> Result<Vec<Link>>;
    /// How many links there are of each status that occurs.
    async fn count_links(&self) -> Result<Vec<LinkCount>>;
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
    /// The unfinished links (invited, opened, in progress) that no invite leads to any more at `now`.
    async fn lapsed_links(&self, now: Timestamp) -> Result<Vec<LinkId>>;
    /// The links whose invite's holder asked for a new one, since when neither staff made one nor anybody began with one.
    async fn renewals_asked(&self) -> Result<Vec<LinkId>>;
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
    /// How far the links came that were made since then, newest first, at most `limit`.
    async fn progress(&self, since: Timestamp, limit: u32) -> Result<Vec<LinkProgress>>;
    /// Problems that links met since then, newest first, at most `limit`; one as often as it was met.
    async fn problems(&self, since: Timestamp, limit: u32) -> Result<Vec<(LinkId, ProblemCode)>>;
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
    /// The staff account; `None` when the address has none.
    async fn staff_by_email(&self, email: &EmailAddress) -> Result<Option<Staff>>;
    /// The staff session with this token and its account, expired or not; `None` when there is none.
    async fn staff_session(&self, token: &TokenHash) -> Result<Option<(StaffSession, Staff)>>;
    /// Whether any staff account exists.
    async fn has_staff(&self) -> Result<bool>;
    /// Whether the database answers.
    async fn ping(&self) -> Result<()>;
}

/// Writes that are kept together or not at all. Dropped without `commit`, it leaves nothing behind.
///
/// A row that must be unique and is there already is [`StorageError::Duplicate`]; one whose parent is missing is an
/// error too. After any error the unit can only be dropped: the database may have ended it.
#[async_trait]
pub trait UnitOfWork: Send {
    /// Makes everything durable. Once this returns `Ok`, a power cut loses nothing of it.
    async fn commit(self: Box<Self>) -> Result<()>;

    /// The link as it is inside this unit; `None` when there is none.
    async fn link(&mut self, id: LinkId) -> Result<Option<Link>>;
    /// Adds a link.
    async fn insert_link(&mut self, link: &Link) -> Result<()>;
    /// Overwrites the link's status, problem, step, hosts, account, previous state and times.
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
    /// Adds an administrator's session.
    async fn insert_flow_session(&mut self, session: &FlowSession) -> Result<()>;

    /// Adds a step that is handed over.
    async fn insert_hand_over(&mut self, hand_over: &HandOver) -> Result<()>;
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

    /// Adds a staff account.
    ///
    /// # Errors
    /// [`StorageError::Duplicate`] when the address has one.
    async fn insert_staff(&mut self, staff: &Staff) -> Result<()>;
    /// Adds a staff session.
    async fn insert_staff_session(&mut self, session: &StaffSession) -> Result<()>;
    /// Notes that the session was used.
    async fn touch_staff_session(&mut self, token: &TokenHash, at: Timestamp) -> Result<()>;
    /// Ends the session; ending it twice is fine.
    async fn delete_staff_session(&mut self, token: &TokenHash) -> Result<()>;
    /// Deletes sessions, of staff and of administrators, that ended before `at`. A staff session ends twelve hours
    /// after it began at the latest; one that ended sooner, unused, may be kept until then.
    async fn delete_ended_sessions(&mut self, at: Timestamp) -> Result<()>;

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
}
