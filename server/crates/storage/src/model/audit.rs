//! The audit log's records, which are also a link's timeline.

use std::net::IpAddr;

use domain::{AuditId, Browser, CustomerName, EmailAddress, InviteId, LinkId, StaffId, Timestamp};

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
    /// A reminder was made, to be mailed.
    ReminderSent,
    /// A link's contact wants no reminders any more.
    RemindersStopped,
    /// A link's contact wants reminders again.
    RemindersWanted,
    /// A staff member changed what they are mailed about.
    MailWishesChanged,
    /// A preset was made.
    PresetAdded,
    /// A preset was changed.
    PresetChanged,
    /// A preset was removed.
    PresetRemoved,
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
    /// A staff member took the list of links away as a file.
    LinksExported,
    /// A staff member saved a view of the list, or deleted one.
    ViewsChanged,
    /// A staff member changed their own password.
    PasswordChanged,
    /// A staff member proved again who they are.
    Confirmed,
    /// Sessions of a staff account were ended.
    SessionsEnded,
    /// A staff member took a second factor or a passkey into use.
    SecondFactorAdded,
    /// A second factor or a passkey was taken out of use.
    SecondFactorRemoved,
    /// A staff member got new recovery codes.
    RecoveryCodesMade,
    /// An owner invited a colleague.
    StaffInvited,
    /// An owner withdrew the invite of a colleague.
    StaffInviteRevoked,
    /// A colleague took an invite and has an account.
    StaffJoined,
    /// An owner changed what a staff account may do.
    RoleChanged,
    /// An owner closed a staff account.
    StaffDeactivated,
    /// An owner opened a closed staff account again.
    StaffReactivated,
    /// An owner took every second factor and passkey from a staff account.
    SecondFactorReset,
    /// Entries from before the log was chained were put under the chain as they were found.
    LogChained,
    /// Entries without a fitting seal were accepted.
    LogAccepted,
    /// Every data key was wrapped by the primary key-encryption key. The detail is its id, and how many.
    KeysRotated,
    /// The whole log was verified.
    LogVerified,
    /// Entries of the log were downloaded.
    LogExported,
    /// An endpoint for webhooks was added. The detail is its id, what it is told of, and where it is, without the path.
    WebhookAdded,
    /// What an endpoint is told of was changed. The detail is that of one that is added.
    WebhookChanged,
    /// An endpoint was removed. The detail is that of one that is added.
    WebhookRemoved,
    /// An endpoint got another secret.
    WebhookSecretRotated,
    /// An endpoint was stopped.
    WebhookPaused,
    /// An endpoint goes on.
    WebhookResumed,
    /// An endpoint answered that it is gone for good, and is told of nothing more.
    WebhookGone,
    /// A message was sent to try an endpoint out.
    WebhookTested,
    /// Messages are sent again. The detail is the endpoint, and which or how many.
    WebhookReplayed,
    /// Staff had background work tried again that was given up. The detail is its kind, or how much it was.
    WorkTriedAgain,
}

impl AuditAction {
    /// Every action.
    pub const ALL: &'static [Self] = &[
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
        Self::ReminderSent,
        Self::RemindersStopped,
        Self::RemindersWanted,
        Self::MailWishesChanged,
        Self::PresetAdded,
        Self::PresetChanged,
        Self::PresetRemoved,
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
        Self::Confirmed,
        Self::LinksExported,
        Self::LogAccepted,
        Self::KeysRotated,
        Self::LogChained,
        Self::LogExported,
        Self::LogVerified,
        Self::PasswordChanged,
        Self::RecoveryCodesMade,
        Self::RoleChanged,
        Self::SecondFactorAdded,
        Self::SecondFactorRemoved,
        Self::SecondFactorReset,
        Self::SessionsEnded,
        Self::StaffDeactivated,
        Self::StaffInviteRevoked,
        Self::StaffInvited,
        Self::StaffJoined,
        Self::StaffReactivated,
        Self::ViewsChanged,
        Self::WebhookAdded,
        Self::WebhookChanged,
        Self::WebhookGone,
        Self::WebhookPaused,
        Self::WebhookRemoved,
        Self::WebhookReplayed,
        Self::WebhookResumed,
        Self::WebhookSecretRotated,
        Self::WebhookTested,
        Self::WorkTriedAgain,
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
            Self::ReminderSent => "reminder_sent",
            Self::RemindersStopped => "reminders_stopped",
            Self::RemindersWanted => "reminders_wanted",
            Self::MailWishesChanged => "mail_wishes_changed",
            Self::PresetAdded => "preset_added",
            Self::PresetChanged => "preset_changed",
            Self::PresetRemoved => "preset_removed",
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
            Self::LinksExported => "links_exported",
            Self::ViewsChanged => "views_changed",
            Self::PasswordChanged => "password_changed",
            Self::Confirmed => "confirmed",
            Self::SessionsEnded => "sessions_ended",
            Self::SecondFactorAdded => "second_factor_added",
            Self::SecondFactorRemoved => "second_factor_removed",
            Self::RecoveryCodesMade => "recovery_codes_made",
            Self::StaffInvited => "staff_invited",
            Self::StaffInviteRevoked => "staff_invite_revoked",
            Self::StaffJoined => "staff_joined",
            Self::RoleChanged => "role_changed",
            Self::StaffDeactivated => "staff_deactivated",
            Self::StaffReactivated => "staff_reactivated",
            Self::SecondFactorReset => "second_factor_reset",
            Self::LogChained => "log_chained",
            Self::LogAccepted => "log_accepted",
            Self::KeysRotated => "keys_rotated",
            Self::LogVerified => "log_verified",
            Self::LogExported => "log_exported",
            Self::WebhookAdded => "webhook_added",
            Self::WebhookChanged => "webhook_changed",
            Self::WebhookRemoved => "webhook_removed",
            Self::WebhookSecretRotated => "webhook_secret_rotated",
            Self::WebhookPaused => "webhook_paused",
            Self::WebhookResumed => "webhook_resumed",
            Self::WebhookGone => "webhook_gone",
            Self::WebhookTested => "webhook_tested",
            Self::WebhookReplayed => "webhook_replayed",
            Self::WorkTriedAgain => "work_tried_again",
        }
    }
}

/// From where something was asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Client {
    /// The address, as far as trusted proxies tell it.
    pub address: Option<IpAddr>,
    /// The browser, as it calls itself.
    pub browser: Option<Browser>,
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
    /// From where, when somebody asked for it over the network.
    pub client: Client,
}

/// Whose entries to look for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActorKind {
    /// A customer's administrator.
    Customer,
    /// Staff.
    Staff,
    /// The command line.
    CommandLine,
    /// Linkdesk itself.
    System,
}

impl ActorKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Customer, Self::Staff, Self::CommandLine, Self::System];

    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Staff => "staff",
            Self::CommandLine => "command_line",
            Self::System => "system",
        }
    }
}

impl Actor {
    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> ActorKind {
        match self {
            Self::Customer(_) => ActorKind::Customer,
            Self::Staff(_) => ActorKind::Staff,
            Self::CommandLine => ActorKind::CommandLine,
            Self::System => ActorKind::System,
        }
    }
}

/// Which entries of the audit log to find; what is `None` does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditSearch {
    /// Part of a customer's name (of one or two letters: how it begins) or of a staff member's address, in any letter case;
    /// or a whole link id.
    pub text: Option<String>,
    /// Whose.
    pub who: Option<ActorKind>,
    /// What.
    pub what: Option<AuditAction>,
    /// Not before.
    pub since: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
}

/// An entry that was found, with the names of what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditFound {
    /// Its place in the log, from 1.
    pub position: u64,
    /// The entry.
    pub entry: AuditEntry,
    /// The customer of its link, if it is about one.
    pub customer: Option<CustomerName>,
    /// The address of the staff member who did it, if one did.
    pub staff: Option<EmailAddress>,
}
