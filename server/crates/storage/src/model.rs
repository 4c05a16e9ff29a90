//! The records that are kept. Plain data: the rules about them live in `domain` and `services`.

mod audit;
mod chain;
mod job;
mod letter;
mod listing;
mod made_up;
mod preset;
mod reminder;
mod rewrapped;
mod staff;
mod webhook;

use std::fmt;

use domain::{
    CheckId, CheckReport, CredentialField, CustomerName, EmailAddress, HandOverId, InviteId, InviteState,
    Language, LinkId, LinkStatus, NoteId, Permission, PermissionResult, PermissionSet, ProblemCode,
    Reference, StaffId, StaffNote, Step, Timestamp, WebServicesHost, WelcomeNote, WhoActs,
};

pub use audit::{Actor, ActorKind, AuditAction, AuditEntry, AuditFound, AuditSearch, Client};
pub use chain::{AuditBond, AuditColumns, AuditHead, AuditRow, AuditStep};
pub use job::{Job, JobEnd, JobKind, QueueDepth};
pub use letter::{Letter, LetterKind, Notice};
pub use listing::{
    CheckMark, LinkCount, LinkFilter, LinkPart, LinkPlace, LinkQuery, RowDetails, SavedView, SortKey,
};
pub use made_up::MadeUpLink;
pub use preset::Preset;
pub use reminder::Reminder;
pub use rewrapped::Rewrapped;
pub use staff::{Authenticator, Passkey, PendingSignIn, Staff, StaffDevice, StaffInvite, StaffSession};
pub use webhook::{
    Delivered, DeliveryCounts, DueDelivery, WebhookAttempt, WebhookDelivery, WebhookEndpoint, WebhookSeed,
};

/// The SHA-256 of a token; the token itself is never kept, so a stolen database opens nothing.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct TokenHash(pub [u8; 32]);

impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenHash(***)")
    }
}

/// A keyed digest: tells whether two values are the same, and nothing else to whoever lacks the key.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint(pub [u8; 32]);

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fingerprint(***)")
    }
}

/// One customer's link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its id.
    pub id: LinkId,
    /// The customer.
    pub customer: CustomerName,
    /// Whom the invite is for, if known.
    pub contact: Option<EmailAddress>,
    /// Staff's own name for it.
    pub reference: Option<Reference>,
    /// The language its administrator is written to in.
    pub language: Language,
    /// What staff say to the administrator on the invite's page.
    pub note: Option<WelcomeNote>,
    /// Who of the staff looks after it.
    pub assignee: Option<StaffId>,
    /// What it was when staff paused it, as long as it is paused.
    pub paused_from: Option<LinkStatus>,
    /// What it asks for.
    pub permissions: PermissionSet,
    /// Where it stands.
    pub status: LinkStatus,
    /// Who has to do the next thing.
    pub who_acts: WhoActs,
    /// What stands in the way, if anything.
    pub problem: Option<ProblemCode>,
    /// The last step that was saved; `None` before the first.
    pub step_reached: Option<Step>,
    /// The host to call, once step 3 is saved.
    pub host: Option<WebServicesHost>,
    /// The host that is to replace it, entered while the link stands and not proven yet.
    pub fresh_host: Option<WebServicesHost>,
    /// Which UKG Pro account it was linked with: a fingerprint of host, key and username, the same for every link.
    pub account: Option<Fingerprint>,
    /// What was in use before the last replacement, as long as that can be undone.
    pub previous: Option<Previous>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When anything about it last changed.
    pub changed_at: Timestamp,
    /// When it was last found linked.
    pub linked_at: Option<Timestamp>,
}

impl Link {
    /// Moves to a status, with what stands in the way; who acts follows from both.
    pub fn move_to(&mut self, status: LinkStatus, problem: Option<ProblemCode>, at: Timestamp) {
        self.status = status;
        self.problem = problem;
        self.who_acts = status.who_acts(problem);
        self.changed_at = at;
    }
}

/// What a link was before its credentials were replaced; the values themselves are in [`Slot::Previous`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Previous {
    /// The host that was called.
    pub host: WebServicesHost,
    /// Where the link stood.
    pub status: LinkStatus,
    /// Which account it was linked with.
    pub account: Option<Fingerprint>,
    /// When it was replaced.
    pub replaced_at: Timestamp,
}

/// An invite to a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invite {
    /// Its id.
    pub id: InviteId,
    /// The link it leads to.
    pub link: LinkId,
    /// The hash of the token in its URL.
    pub token: TokenHash,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when it lets nobody in.
    pub expires_at: Timestamp,
    /// When somebody first pressed **Start**.
    pub started_at: Option<Timestamp>,
    /// When staff withdrew it.
    pub revoked_at: Option<Timestamp>,
    /// When the link was made.
    pub completed_at: Option<Timestamp>,
    /// The invite that had run out and whose holder asked for this one; `None` when staff made it.
    pub renews: Option<InviteId>,
}

impl Invite {
    /// Its state at `now`.
    #[must_use]
    pub fn state(&self, now: Timestamp) -> InviteState {
        InviteState::at(now, self.expires_at, self.revoked_at, self.completed_at)
    }
}

/// An administrator's browser that pressed **Start**.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowSession {
    /// The hash of the token in its cookie.
    pub token: TokenHash,
    /// The only link it opens.
    pub link: LinkId,
    /// The invite it came from.
    pub invite: InviteId,
    /// When it began.
    pub created_at: Timestamp,
    /// From when it opens nothing.
    pub expires_at: Timestamp,
    /// The one step it opens, when it came from a step handed over; `None` for the whole flow.
    pub hand_over: Option<HandOverId>,
}

/// One step handed to a colleague: its URL opens that step once, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOver {
    /// Its id.
    pub id: HandOverId,
    /// The link.
    pub link: LinkId,
    /// The invite of the administrator who handed it over.
    pub invite: InviteId,
    /// The step.
    pub step: Step,
    /// The hash of the token in its URL.
    pub token: TokenHash,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when it lets nobody in.
    pub expires_at: Timestamp,
    /// When the colleague began; from then on the URL lets nobody else in.
    pub started_at: Option<Timestamp>,
    /// When the step was saved, or the hand-over taken back.
    pub ended_at: Option<Timestamp>,
}

/// Where a sealed value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// In use: what the next check asks with.
    Saved,
    /// Entered and doubted; waits for **Use it anyway**.
    Pending,
    /// To replace the saved one of a link that stands, once a check has proven it.
    Fresh,
    /// Replaced not long ago; kept so that it can be undone.
    Previous,
}

impl Slot {
    /// Every slot.
    pub const ALL: [Self; 4] = [Self::Saved, Self::Pending, Self::Fresh, Self::Previous];

    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::Pending => "pending",
            Self::Fresh => "fresh",
            Self::Previous => "previous",
        }
    }
}

/// That a credential is kept; says nothing of its contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldState {
    /// Which.
    pub field: CredentialField,
    /// Where it stands.
    pub slot: Slot,
    /// Since when.
    pub changed_at: Timestamp,
    /// Tells it from another value of this field of this link; `None` for one sealed by the first version.
    pub fingerprint: Option<Fingerprint>,
}

/// A sealed value, as the vault made it.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedCredential {
    /// Which credential.
    pub field: CredentialField,
    /// Where it stands.
    pub slot: Slot,
    /// The envelope.
    pub envelope: Vec<u8>,
    /// Tells it from another value of this field of this link; `None` for one sealed by the first version.
    pub fingerprint: Option<Fingerprint>,
}

impl fmt::Debug for SealedCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SealedCredential")
            .field("field", &self.field)
            .field("slot", &self.slot)
            .finish_non_exhaustive()
    }
}

/// A link's data key, wrapped by the key-encryption key it names.
#[derive(Clone, PartialEq, Eq)]
pub struct WrappedKey {
    /// The key-encryption key's id.
    pub key_id: String,
    /// The envelope.
    pub envelope: Vec<u8>,
}

impl fmt::Debug for WrappedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WrappedKey").field("key_id", &self.key_id).finish_non_exhaustive()
    }
}

/// The last attempt at a step that was not simply saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepAttempt {
    /// Which step.
    pub step: Step,
    /// When.
    pub at: Timestamp,
    /// What was wrong or doubted; at least one.
    pub problems: Vec<ProblemCode>,
    /// The typed address, for the form to show again. Only ever an address: nothing secret is put here.
    pub typed_address: Option<String>,
}

/// One run of the check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckRun {
    /// Its id.
    pub id: CheckId,
    /// The link.
    pub link: LinkId,
    /// The host it asks.
    pub host: WebServicesHost,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended; `None` while it runs.
    pub finished_at: Option<Timestamp>,
    /// What it found; `None` while it runs, or when it was cut short.
    pub report: Option<CheckReport>,
    /// Which values it was made with: equal for equal host, key, username and password of this link.
    pub submission: Fingerprint,
    /// Which UKG Pro account it was about, when that was accepted: see [`Link::account`].
    pub account: Option<Fingerprint>,
    /// Whether it tried values that are to replace those in use.
    pub of_replacement: bool,
    /// How many requests UKG Pro refused before any was accepted, counted as they happen.
    pub refused: u32,
    /// Permissions the link does not ask for that were found granted all the same.
    pub surplus: Vec<Permission>,
}

/// What the checks of all links say of one host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostChecks {
    /// The host.
    pub host: WebServicesHost,
    /// How many checks ended.
    pub checks: u64,
    /// Of how many links.
    pub links: u64,
    /// How many of these links' last checks ended with a fault of UKG Pro.
    pub failing: u64,
    /// When the first check of a link that fails now failed so; `None` when none does.
    pub first_fault: Option<Timestamp>,
}

/// When a link first came to each step of the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkProgress {
    /// The link.
    pub link: LinkId,
    /// The link was made.
    pub invited_at: Timestamp,
    /// Somebody pressed **Start**.
    pub opened_at: Option<Timestamp>,
    /// Step 1 was saved.
    pub key_at: Option<Timestamp>,
    /// Step 2 was saved.
    pub account_at: Option<Timestamp>,
    /// Step 3 was saved.
    pub domain_at: Option<Timestamp>,
    /// A check ended.
    pub checked_at: Option<Timestamp>,
    /// The account was found linked.
    pub linked_at: Option<Timestamp>,
}

/// How often UKG Pro refused the same values of one link, since it last accepted them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Refusals {
    /// Requests that were refused.
    pub requests: u32,
    /// Checks that were cut short, in each of which one more request may have been refused.
    pub unsure: u32,
    /// When the last of these checks began; `None` when there was none.
    pub last_at: Option<Timestamp>,
}

/// What the checks of one day found of one permission; of a day with several findings there are several of these, the
/// last one last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayResult {
    /// When the last check of that day that found this began.
    pub at: Timestamp,
    /// Which.
    pub permission: Permission,
    /// What was found.
    pub result: PermissionResult,
}

/// A note of the staff's on a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkNote {
    /// Its id.
    pub id: NoteId,
    /// The link.
    pub link: LinkId,
    /// Who wrote it.
    pub author: StaffId,
    /// When.
    pub at: Timestamp,
    /// What it says.
    pub text: StaffNote,
}
