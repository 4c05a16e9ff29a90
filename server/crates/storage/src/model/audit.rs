//! The audit log's records, which are also a link's timeline.

use domain::{AuditId, InviteId, LinkId, StaffId, Timestamp};

/// Who did something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// The customer's administrator, by the invite she came with.
    Customer(InviteId),
    /// A staff member.
    Staff(StaffId),
    /// Somebody at the server's command line.
    CommandLine,
    /// Linkdesk itself.
    System,
}

/// What was done. Names are stored: never renamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AuditAction {
    /// An invite was made.
    InviteCreated,
    /// An invite was withdrawn.
    InviteRevoked,
    /// Somebody pressed **Start**.
    FlowStarted,
    /// A step was saved.
    StepSaved,
    /// A step's input was refused.
    StepRefused,
    /// A step's input was doubted.
    StepDoubted,
    /// The sealed credentials were opened for a check.
    CredentialsOpened,
    /// A check began.
    CheckStarted,
    /// A check ended.
    CheckFinished,
    /// A check was cut short by a stop of the server.
    CheckAbandoned,
    /// The holder of an invite that ran out asked for a new one.
    InviteRenewed,
    /// A step was handed to a colleague.
    StepHandedOver,
    /// The colleague opened the step that was handed over.
    HandOverStarted,
    /// The credentials in use were replaced by new ones that a check had proven.
    CredentialsReplaced,
    /// A replacement was given up before it was used.
    ReplacementDropped,
    /// A replacement was undone.
    ReplacementUndone,
    /// The link was ended and its credentials destroyed.
    Disconnected,
    /// Staff stopped the checks of a link.
    Paused,
    /// Staff let the checks of a link go on.
    Resumed,
    /// Staff wrote a note on a link.
    NoteAdded,
    /// Staff took their note away.
    NoteDeleted,
    /// Somebody of the staff looks after the link from now on, or nobody any more.
    Assigned,
    /// A mail was handed to the mail server, or could not be.
    MailSent,
    /// A staff account was made.
    StaffAdded,
    /// Somebody signed in.
    SignedIn,
    /// A sign-in was refused.
    SignInRefused,
    /// Somebody signed out.
    SignedOut,
}

impl AuditAction {
    /// Every action.
    pub const ALL: [Self; 27] = [
        Self::InviteCreated,
        Self::InviteRevoked,
        Self::FlowStarted,
        Self::StepSaved,
        Self::StepRefused,
        Self::StepDoubted,
        Self::CredentialsOpened,
        Self::CheckStarted,
        Self::CheckFinished,
        Self::CheckAbandoned,
        Self::InviteRenewed,
        Self::StepHandedOver,
        Self::HandOverStarted,
        Self::CredentialsReplaced,
        Self::ReplacementDropped,
        Self::ReplacementUndone,
        Self::Disconnected,
        Self::Paused,
        Self::Resumed,
        Self::NoteAdded,
        Self::NoteDeleted,
        Self::Assigned,
        Self::MailSent,
        Self::StaffAdded,
        Self::SignedIn,
        Self::SignInRefused,
        Self::SignedOut,
    ];

    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InviteCreated => "invite_created",
            Self::InviteRevoked => "invite_revoked",
            Self::FlowStarted => "flow_started",
            Self::StepSaved => "step_saved",
            Self::StepRefused => "step_refused",
            Self::StepDoubted => "step_doubted",
            Self::CredentialsOpened => "credentials_opened",
            Self::CheckStarted => "check_started",
            Self::CheckFinished => "check_finished",
            Self::CheckAbandoned => "check_abandoned",
            Self::InviteRenewed => "invite_renewed",
            Self::StepHandedOver => "step_handed_over",
            Self::HandOverStarted => "hand_over_started",
            Self::CredentialsReplaced => "credentials_replaced",
            Self::ReplacementDropped => "replacement_dropped",
            Self::ReplacementUndone => "replacement_undone",
            Self::Disconnected => "disconnected",
            Self::Paused => "paused",
            Self::Resumed => "resumed",
            Self::NoteAdded => "note_added",
            Self::NoteDeleted => "note_deleted",
            Self::Assigned => "assigned",
            Self::MailSent => "mail_sent",
            Self::StaffAdded => "staff_added",
            Self::SignedIn => "signed_in",
            Self::SignInRefused => "sign_in_refused",
            Self::SignedOut => "signed_out",
        }
    }
}

/// One line of the audit log, which is also the link's timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its id.
    pub id: AuditId,
    /// When.
    pub at: Timestamp,
    /// The link it is about, if any.
    pub link: Option<LinkId>,
    /// Who.
    pub actor: Actor,
    /// What.
    pub action: AuditAction,
    /// More about it: codes, a step's name, a shape. Never a value that was entered.
    pub detail: String,
}
