//! From the audit log to the sentences of a link's timeline.

use app::pages::{TimelineItem, TimelineTone};
use app::text::desk as words;
use domain::ProblemCode;
use storage::{AuditAction, AuditEntry};

/// The entry as staff read it; `None` for what belongs to another entry.
#[must_use]
pub fn item(entry: &AuditEntry) -> Option<TimelineItem> {
    let mut parts = entry.detail.splitn(3, ": ");
    let first = parts.next().unwrap_or_default();
    let second = parts.next();
    let code: Option<ProblemCode> = second.and_then(|code| code.parse().ok());
    let shape = parts.next();
    let step = words::step_name(first);
    let (what, more, tone) = match entry.action {
        AuditAction::InviteCreated => (words::INVITE_CREATED.to_owned(), None, TimelineTone::Plain),
        AuditAction::InviteRevoked => (words::INVITE_REVOKED.to_owned(), None, TimelineTone::Plain),
        AuditAction::FlowStarted => (words::FLOW_STARTED.to_owned(), None, TimelineTone::Plain),
        AuditAction::StepSaved => (words::step_saved(step), None, TimelineTone::Good),
        AuditAction::StepRefused | AuditAction::StepDoubted => {
            (words::step_refused(step), more(code, shape), TimelineTone::Bad)
        }
        AuditAction::CheckStarted => (words::CHECK_STARTED.to_owned(), None, TimelineTone::Plain),
        AuditAction::CheckFinished => match first.parse::<ProblemCode>() {
            Ok(ProblemCode::PermissionMissing) => (
                words::CHECK_GAP.to_owned(),
                more(Some(ProblemCode::PermissionMissing), None),
                TimelineTone::Bad,
            ),
            Ok(code) => (words::CHECK_FAILED.to_owned(), more(Some(code), None), TimelineTone::Bad),
            Err(_) if second.is_some() => (words::CHECK_PARTLY.to_owned(), None, TimelineTone::Good),
            Err(_) => (words::CHECK_LINKED.to_owned(), None, TimelineTone::Good),
        },
        AuditAction::CheckAbandoned => (words::CHECK_ABANDONED.to_owned(), None, TimelineTone::Plain),
        // Each check opens the three credentials: its own entry says so.
        AuditAction::CredentialsOpened => return None,
        AuditAction::InviteRenewed => (words::INVITE_RENEWED.to_owned(), None, TimelineTone::Plain),
        AuditAction::StepHandedOver => (words::step_handed_over(step), None, TimelineTone::Plain),
        AuditAction::HandOverStarted => (words::hand_over_started(step), None, TimelineTone::Plain),
        AuditAction::CredentialsReplaced => {
            (words::CREDENTIALS_REPLACED.to_owned(), None, TimelineTone::Good)
        }
        AuditAction::ReplacementDropped => (words::REPLACEMENT_DROPPED.to_owned(), None, TimelineTone::Plain),
        AuditAction::ReplacementUndone => (words::REPLACEMENT_UNDONE.to_owned(), None, TimelineTone::Plain),
        AuditAction::Disconnected => (words::DISCONNECTED.to_owned(), None, TimelineTone::Bad),
        AuditAction::MailSent if entry.detail.ends_with("failed") => {
            (words::MAIL_FAILED.to_owned(), None, TimelineTone::Bad)
        }
        AuditAction::MailSent => (words::MAIL_SENT.to_owned(), None, TimelineTone::Plain),
        AuditAction::ReminderSent => (words::reminder_sent(&entry.detail), None, TimelineTone::Plain),
        AuditAction::PresetAdded
        | AuditAction::PresetChanged
        | AuditAction::PresetRemoved
        | AuditAction::StaffAdded
        | AuditAction::SignedIn
        | AuditAction::SignInRefused
        | AuditAction::SignedOut
        | AuditAction::LinksExported
        | AuditAction::ViewsChanged
        | AuditAction::PasswordChanged
        | AuditAction::Confirmed
        | AuditAction::SessionsEnded
        | AuditAction::SecondFactorAdded
        | AuditAction::SecondFactorRemoved
        | AuditAction::RecoveryCodesMade
        | AuditAction::StaffInvited
        | AuditAction::StaffInviteRevoked
        | AuditAction::StaffJoined
        | AuditAction::RoleChanged
        | AuditAction::StaffDeactivated
        | AuditAction::StaffReactivated
        | AuditAction::SecondFactorReset
        | AuditAction::LogChained
        | AuditAction::LogVerified
        | AuditAction::LogExported => {
            return None;
        }
    };
    let code = code.or_else(|| first.parse().ok());
    Some(TimelineItem { at: entry.at, what, more, code, tone })
}

fn more(code: Option<ProblemCode>, shape: Option<&str>) -> Option<String> {
    let sentence = code.map(words::for_staff)?;
    Some(match shape {
        Some(shape) => format!("{sentence} Entered: {shape}."),
        None => sentence.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use domain::{AuditId, Timestamp};
    use storage::{Actor, Client};

    use super::*;

    fn entry(action: AuditAction, detail: &str) -> AuditEntry {
        let at = Timestamp::from_millis(0);
        AuditEntry {
            id: AuditId::new(at, [0; 10]),
            at,
            link: None,
            actor: Actor::System,
            action,
            detail: detail.to_owned(),
            client: Client::default(),
        }
    }

    #[test]
    fn a_refused_step_tells_the_mistake_and_the_shape() {
        let refused =
            entry(AuditAction::StepRefused, "key: key_is_user_api_key: 12 characters, letters, digits");

        let item = item(&refused).unwrap();

        let more = item.more.unwrap();
        assert!(more.contains("User API Key") && more.contains("12 characters"), "{more}");
        assert_eq!(item.tone, TimelineTone::Bad);
    }

    #[test]
    fn a_check_tells_how_it_ended() {
        assert_eq!(item(&entry(AuditAction::CheckFinished, "linked")).unwrap().tone, TimelineTone::Good);
        assert_eq!(item(&entry(AuditAction::CheckFinished, "ukg_busy")).unwrap().tone, TimelineTone::Bad);
    }
}
