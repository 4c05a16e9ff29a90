//! From an entry of the audit log to what owners read.

use app::text::desk::audit::{self as words, what};
use app::text::desk::timeline as told;
use services::InviteOrigins;
use storage::{Actor, ActorKind, AuditAction, AuditEntry, AuditFound, Client};

use super::super::timeline;

/// Who did it.
pub fn who(found: &AuditFound, origins: &InviteOrigins) -> String {
    match &found.entry.actor {
        Actor::Customer(invite) => {
            origins.of(*invite).map_or_else(|| words::CUSTOMER.to_owned(), timeline::holder)
        }
        Actor::Staff(_) => {
            found.staff.as_ref().map_or_else(|| words::SOMEBODY.to_owned(), ToString::to_string)
        }
        Actor::CommandLine => words::COMMAND_LINE.to_owned(),
        Actor::System => words::SYSTEM.to_owned(),
    }
}

/// What was done, and more about it. A link's entries read as in its timeline.
pub fn what(entry: &AuditEntry) -> (String, Option<String>) {
    match timeline::alone(entry) {
        Some(told) => told,
        None => {
            let more = Some(entry.detail.clone()).filter(|detail| !detail.is_empty());
            (name(entry.action).to_owned(), more)
        }
    }
}

/// From where.
pub fn from(client: &Client) -> Option<String> {
    let address = client.address.map(|address| address.to_string());
    let browser = client.browser.map(|browser| words::browser(browser).to_owned());
    let parts: Vec<String> = address.into_iter().chain(browser).collect();
    Some(parts.join(", ")).filter(|text| !text.is_empty())
}

/// A kind of actor, as a choice.
pub const fn kind(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::Customer => words::CUSTOMERS,
        ActorKind::Staff => words::STAFF,
        ActorKind::CommandLine => words::COMMAND_LINE,
        ActorKind::System => words::SYSTEM,
    }
}

/// An action, as a choice.
pub const fn name(action: AuditAction) -> &'static str {
    match action {
        AuditAction::InviteCreated => told::INVITE_CREATED,
        AuditAction::InviteRevoked => told::INVITE_REVOKED,
        AuditAction::FlowStarted => told::FLOW_STARTED,
        AuditAction::StepSaved => what::STEP_SAVED,
        AuditAction::StepRefused => what::STEP_REFUSED,
        AuditAction::StepDoubted => what::STEP_DOUBTED,
        AuditAction::CredentialsOpened => what::OPENED,
        AuditAction::CheckStarted => told::CHECK_STARTED,
        AuditAction::CheckFinished => what::CHECK_FINISHED,
        AuditAction::CheckAbandoned => told::CHECK_ABANDONED,
        AuditAction::InviteRenewed => told::INVITE_RENEWED,
        AuditAction::StepHandedOver => what::HANDED_OVER,
        AuditAction::HandOverStarted => what::HAND_OVER_STARTED,
        AuditAction::CredentialsReplaced => told::CREDENTIALS_REPLACED,
        AuditAction::ReplacementDropped => told::REPLACEMENT_DROPPED,
        AuditAction::ReplacementUndone => told::REPLACEMENT_UNDONE,
        AuditAction::Disconnected => told::DISCONNECTED,
        AuditAction::Paused => told::PAUSED,
        AuditAction::Resumed => told::RESUMED,
        AuditAction::NoteAdded => told::NOTE_ADDED,
        AuditAction::NoteDeleted => told::NOTE_DELETED,
        AuditAction::Assigned => what::ASSIGNED,
        AuditAction::MailSent => what::MAIL,
        AuditAction::StaffAdded => what::STAFF_ADDED,
        AuditAction::SignedIn => what::SIGNED_IN,
        AuditAction::SignInRefused => what::SIGN_IN_REFUSED,
        AuditAction::SignedOut => what::SIGNED_OUT,
        AuditAction::ReminderSent => what::REMINDER,
        AuditAction::PresetAdded => what::PRESET_ADDED,
        AuditAction::PresetChanged => what::PRESET_CHANGED,
        AuditAction::PresetRemoved => what::PRESET_REMOVED,
        AuditAction::PasswordChanged => what::PASSWORD_CHANGED,
        AuditAction::Confirmed => what::CONFIRMED,
        AuditAction::SessionsEnded => what::SESSIONS_ENDED,
        AuditAction::SecondFactorAdded => what::FACTOR_ADDED,
        AuditAction::SecondFactorRemoved => what::FACTOR_REMOVED,
        AuditAction::RecoveryCodesMade => what::CODES_MADE,
        AuditAction::StaffInvited => what::STAFF_INVITED,
        AuditAction::StaffInviteRevoked => what::STAFF_INVITE_REVOKED,
        AuditAction::StaffJoined => what::STAFF_JOINED,
        AuditAction::RoleChanged => what::ROLE_CHANGED,
        AuditAction::StaffDeactivated => what::STAFF_CLOSED,
        AuditAction::StaffReactivated => what::STAFF_OPENED,
        AuditAction::SecondFactorReset => what::FACTOR_RESET,
        AuditAction::LinksExported => what::LINKS_EXPORTED,
        AuditAction::ViewsChanged => what::VIEWS_CHANGED,
        AuditAction::LogChained => what::LOG_CHAINED,
        AuditAction::LogAccepted => what::LOG_ACCEPTED,
        AuditAction::LogVerified => what::LOG_VERIFIED,
        AuditAction::LogExported => what::LOG_EXPORTED,
    }
}
