//! From an entry of the audit log to what owners read.

use app::text::desk::audit::{self as words, what};
use app::text::desk::timeline as told;
use domain::{Permission, StaffId};
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
pub fn what(entry: &AuditEntry, staff: &dyn Fn(StaffId) -> Option<String>) -> (String, Option<String>) {
    match timeline::alone(entry, staff) {
        Some(told) => told,
        None => {
            let more = Some(readable(entry, staff)).filter(|detail| !detail.is_empty());
            (name(entry.action).to_owned(), more)
        }
    }
}

/// What an entry says besides, with names instead of ids; the download has it as it was written.
fn readable(entry: &AuditEntry, staff: &dyn Fn(StaffId) -> Option<String>) -> String {
    let detail = entry.detail.as_str();
    let mut parts = detail.splitn(3, ": ");
    let (first, second, third) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let of_preset = matches!(
        entry.action,
        AuditAction::PresetAdded | AuditAction::PresetChanged | AuditAction::PresetRemoved
    );
    if let (true, Some(slugs), Some(name)) = (of_preset, second, third) {
        let labels: Vec<&str> = slugs
            .split(',')
            .map(|slug| slug.parse().map_or(slug, |permission: Permission| permission.label()))
            .collect();
        return words::preset(name, &labels);
    }
    let of_endpoint = matches!(
        entry.action,
        AuditAction::WebhookAdded | AuditAction::WebhookChanged | AuditAction::WebhookRemoved
    );
    if let (true, Some(events), Some(origin)) = (of_endpoint, second, third) {
        return words::endpoint(origin, events);
    }
    match first.parse().ok().and_then(staff) {
        Some(address) => format!("{address}{}", detail.strip_prefix(first).unwrap_or_default()),
        None => detail.to_owned(),
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
        AuditAction::RemindersStopped => told::REMINDERS_STOPPED,
        AuditAction::RemindersWanted => told::REMINDERS_WANTED,
        AuditAction::MailWishesChanged => what::MAIL_WISHES,
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
        AuditAction::KeysRotated => what::KEYS_ROTATED,
        AuditAction::LogVerified => what::LOG_VERIFIED,
        AuditAction::LogExported => what::LOG_EXPORTED,
        AuditAction::WebhookAdded => what::WEBHOOK_ADDED,
        AuditAction::WebhookChanged => what::WEBHOOK_CHANGED,
        AuditAction::WebhookRemoved => what::WEBHOOK_REMOVED,
        AuditAction::WebhookSecretRotated => what::WEBHOOK_SECRET,
        AuditAction::WebhookPaused => what::WEBHOOK_PAUSED,
        AuditAction::WebhookResumed => what::WEBHOOK_RESUMED,
        AuditAction::WebhookGone => what::WEBHOOK_GONE,
        AuditAction::WebhookTested => what::WEBHOOK_TESTED,
        AuditAction::WebhookReplayed => what::WEBHOOK_REPLAYED,
        AuditAction::WorkTriedAgain => told::WORK_TRIED_AGAIN,
    }
}

#[cfg(test)]
mod tests {
    use domain::{AuditId, Timestamp};

    use super::*;

    fn more(action: AuditAction, detail: &str) -> Option<String> {
        let at = Timestamp::from_millis(0);
        let entry = AuditEntry {
            id: AuditId::new(at, [0; 10]),
            at,
            link: None,
            actor: Actor::System,
            action,
            detail: detail.to_owned(),
            client: Client::default(),
        };
        what(&entry, &|_| Some("sam@acme.example".to_owned())).1
    }

    #[test]
    fn ids_and_slugs_are_told_by_name() {
        let staff = StaffId::new(Timestamp::from_millis(0), [1; 10]);

        assert_eq!(
            more(AuditAction::PresetAdded, "pre_1: employee_person_details,pto_plan_integration: Time: off"),
            Some("Time: off: Employee Person Details, PTO Plan Integration".to_owned())
        );
        assert_eq!(
            more(AuditAction::RoleChanged, &format!("{staff}: support to owner")).as_deref(),
            Some("sam@acme.example: support to owner")
        );
        assert_eq!(
            more(AuditAction::StaffDeactivated, &staff.to_string()).as_deref(),
            Some("sam@acme.example")
        );
    }

    #[test]
    fn what_holds_no_id_is_told_as_it_was_written() {
        assert_eq!(more(AuditAction::SignedIn, "with password").as_deref(), Some("with password"));
        assert_eq!(more(AuditAction::PresetAdded, "odd").as_deref(), Some("odd"));
        assert_eq!(more(AuditAction::LogExported, ""), None);
    }
}
