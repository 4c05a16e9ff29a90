//! From the audit log to the sentences of a link's timeline.

use app::pages::{TimelineDay, TimelineItem, TimelineTone, TimelineView};
use app::text::desk::for_staff;
use app::text::desk::help::CERTIFICATE_GO;
use app::text::desk::timeline as words;
use app::when;
use domain::{Permission, ProblemCode, StaffId, Timestamp, WhoActs};
use services::{InviteOrigin, InviteOrigins, LinkPage, TimelineEntry};
use storage::{Actor, AuditAction, AuditEntry};

/// A day, in milliseconds.
const DAY_MILLIS: i64 = 86_400_000;

/// The part of the timeline that was asked for, by day.
#[must_use]
pub fn view(page: &LinkPage, is_earlier: bool) -> TimelineView {
    let name = |staff: StaffId| page.name_of(staff).map(ToString::to_string);
    let names = Names { staff: &name, origins: &page.origins };
    let day_of = |at: Timestamp| at.as_millis().div_euclid(DAY_MILLIS);
    let mut days: Vec<TimelineDay> = Vec::new();
    for item in page.timeline.entries.iter().filter_map(|shown| item(shown, &names)) {
        match days.last_mut().filter(|last| day_of(last.day) == day_of(item.at)) {
            Some(last) => last.items.push(item),
            None => days.push(TimelineDay { day: item.at, items: vec![item] }),
        }
    }
    TimelineView { days, earlier: page.timeline.earlier.map(|entry| entry.to_string()), is_earlier }
}

/// An entry as it reads in the audit log, without what is around it: what happened, and more about it.
#[must_use]
pub fn alone(
    entry: &AuditEntry,
    name: &dyn Fn(StaffId) -> Option<String>,
) -> Option<(String, Option<String>)> {
    let names = Names { staff: name, origins: &InviteOrigins::default() };
    let shown = TimelineEntry { entry: entry.clone(), took: None, asked_by: None, repeats: None };
    let item = item(&shown, &names)?;
    let sentence = item.code.map(|code| for_staff(code).to_owned());
    let sentence = sentence.filter(|sentence| item.more.as_ref() != Some(sentence));
    let shape = item.shape.as_deref().map(words::entered);
    let more: Vec<String> = [sentence, item.more, shape].into_iter().flatten().collect();
    Some((item.what, Some(more.join(" ")).filter(|more| !more.is_empty())))
}

/// The entry as staff read it; `None` for what belongs to another entry.
fn item(shown: &TimelineEntry, names: &Names<'_>) -> Option<TimelineItem> {
    let entry = &shown.entry;
    let by_itself = entry.action == AuditAction::CheckFinished && shown.asked_by.is_none();
    let told = told(entry, names.staff, by_itself)?;
    let is_step = entry.action == AuditAction::StepSaved;
    let took = shown.took.map(|millis| if is_step { words::on_step(millis) } else { words::took(millis) });
    let mut parts = entry.detail.splitn(3, ": ");
    let (first, second, third) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let was_attempt = matches!(entry.action, AuditAction::StepRefused | AuditAction::StepDoubted);
    let code: Option<ProblemCode> =
        if was_attempt { second.and_then(|code| code.parse().ok()) } else { first.parse().ok() };
    let missing: Vec<Permission> = match code {
        Some(ProblemCode::PermissionMissing) => {
            second.unwrap_or_default().split(", ").filter_map(|slug| slug.parse().ok()).collect()
        }
        Some(_) | None => Vec::new(),
    };
    let ended = entry.action == AuditAction::Disconnected;
    let leads = entry
        .link
        .filter(|_| ended)
        .map(|link| (format!("/desk/links/{link}/certificate/{}", entry.id), CERTIFICATE_GO));
    Some(TimelineItem {
        at: entry.at,
        who: who(&entry.actor, names),
        what: told.0,
        took: took.filter(|_| shown.repeats.is_none()),
        repeats: shown.repeats.map(|repeats| (repeats.times, repeats.since)),
        // What nobody was there to read is told as staff are told it.
        more: if missing.is_empty() {
            code.filter(|_| was_attempt || by_itself).map(|code| for_staff(code).to_owned())
        } else {
            Some(words::missing(&missing))
        },
        was_read: was_attempt || (entry.action == AuditAction::CheckFinished && !by_itself),
        shape: third.filter(|_| was_attempt).map(str::to_owned),
        leads,
        code,
        tone: told.1,
    })
}

/// Who is who.
struct Names<'a> {
    staff: &'a dyn Fn(StaffId) -> Option<String>,
    origins: &'a InviteOrigins,
}

/// The holder of an invite, by how it came to be. Staff see the addresses of those they make: a holder need not be the
/// customer.
#[must_use]
pub fn holder(origin: &InviteOrigin) -> String {
    let day = when::date(origin.at);
    match (&origin.by, &origin.staff) {
        (Actor::Staff(_), staff) => {
            let staff = staff.as_ref().map_or_else(|| words::STAFF.to_owned(), ToString::to_string);
            if origin.shown {
                words::holder_of_shown(&staff, &day)
            } else {
                words::holder_of_mailed(&staff, &day)
            }
        }
        (Actor::CommandLine, _) => words::holder_of_shown(words::COMMAND_LINE, &day),
        (Actor::Customer(_), _) => words::holder_of_renewed(&day),
        (Actor::System, _) => words::holder_of_letter(&day),
    }
}

fn who(actor: &Actor, names: &Names<'_>) -> String {
    match actor {
        Actor::Customer(invite) => {
            names.origins.of(*invite).map_or_else(|| words::CUSTOMER.to_owned(), holder)
        }
        Actor::Staff(id) => (names.staff)(*id).unwrap_or_else(|| words::STAFF.to_owned()),
        Actor::CommandLine => words::COMMAND_LINE.to_owned(),
        Actor::System => words::LINKDESK.to_owned(),
    }
}

/// What happened, and how it looks. `by_itself`: it ends a check that nobody asked for.
fn told(
    entry: &AuditEntry,
    name: &dyn Fn(StaffId) -> Option<String>,
    by_itself: bool,
) -> Option<(String, TimelineTone)> {
    use TimelineTone::{Bad, Good, Plain};
    let detail = entry.detail.as_str();
    let step = words::step_name(detail.split(": ").next().unwrap_or_default());
    let plain = |words: &str| Some((words.to_owned(), Plain));
    match entry.action {
        AuditAction::InviteCreated => plain(words::INVITE_CREATED),
        AuditAction::InviteRevoked => plain(words::INVITE_REVOKED),
        AuditAction::FlowStarted => plain(words::FLOW_STARTED),
        AuditAction::StepSaved => Some((words::step_saved(step), Good)),
        AuditAction::StepRefused | AuditAction::StepDoubted => Some((words::step_refused(step), Bad)),
        AuditAction::CheckStarted => plain(words::CHECK_STARTED),
        AuditAction::CheckFinished => Some(check(detail, by_itself)),
        AuditAction::CheckAbandoned => plain(words::CHECK_ABANDONED),
        AuditAction::InviteRenewed => plain(words::INVITE_RENEWED),
        AuditAction::StepHandedOver => plain(&words::step_handed_over(step)),
        AuditAction::HandOverStarted => plain(&words::hand_over_started(step)),
        AuditAction::CredentialsReplaced => Some((words::CREDENTIALS_REPLACED.to_owned(), Good)),
        AuditAction::ReplacementDropped => plain(words::REPLACEMENT_DROPPED),
        AuditAction::ReplacementUndone => plain(words::REPLACEMENT_UNDONE),
        AuditAction::Disconnected => Some((words::DISCONNECTED.to_owned(), Bad)),
        AuditAction::Paused => plain(words::PAUSED),
        AuditAction::Resumed => plain(words::RESUMED),
        AuditAction::NoteAdded => plain(words::NOTE_ADDED),
        AuditAction::NoteDeleted => plain(words::NOTE_DELETED),
        AuditAction::Assigned => {
            let to = detail.parse().ok().map(|id| name(id).unwrap_or_else(|| words::STAFF.to_owned()));
            plain(&words::assigned(to.as_deref()))
        }
        AuditAction::WorkTriedAgain if entry.link.is_some() => plain(words::WORK_TRIED_AGAIN),
        AuditAction::ReminderSent => plain(&words::reminder_sent(detail)),
        AuditAction::MailSent if detail.ends_with("failed") => Some((words::MAIL_FAILED.to_owned(), Bad)),
        AuditAction::MailSent if detail.ends_with("given up") => Some((words::MAIL_GIVEN_UP.to_owned(), Bad)),
        AuditAction::MailSent if detail.ends_with("delayed") => Some((words::MAIL_DELAYED.to_owned(), Bad)),
        AuditAction::MailSent => plain(words::mail(detail.split(": ").next().unwrap_or_default())),
        AuditAction::RemindersStopped => plain(words::REMINDERS_STOPPED),
        AuditAction::RemindersWanted => plain(words::REMINDERS_WANTED),
        // Each check opens the three credentials: its own entry says so.
        AuditAction::CredentialsOpened
        | AuditAction::MailWishesChanged
        | AuditAction::StaffAdded
        | AuditAction::SignedIn
        | AuditAction::SignInRefused
        | AuditAction::SignedOut
        | AuditAction::PresetAdded
        | AuditAction::PresetChanged
        | AuditAction::PresetRemoved
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
        | AuditAction::LogAccepted
        | AuditAction::KeysRotated
        | AuditAction::LogVerified
        | AuditAction::WebhookAdded
        | AuditAction::WebhookChanged
        | AuditAction::WebhookRemoved
        | AuditAction::WebhookSecretRotated
        | AuditAction::WebhookPaused
        | AuditAction::WebhookResumed
        | AuditAction::WebhookGone
        | AuditAction::WebhookTested
        | AuditAction::WebhookReplayed
        | AuditAction::LogExported
        | AuditAction::WorkTriedAgain => None,
    }
}

fn check(detail: &str, by_itself: bool) -> (String, TimelineTone) {
    let (first, rest) = detail.split_once(": ").map_or((detail, None), |(first, rest)| (first, Some(rest)));
    match first.parse::<ProblemCode>() {
        Ok(ProblemCode::PermissionMissing) => (words::CHECK_GAP.to_owned(), TimelineTone::Bad),
        // That UKG Pro, the network or we failed says nothing of the account: a link that stands still does.
        Ok(code) if code.who_acts() != WhoActs::Customer || (by_itself && !code.is_refusal()) => {
            (words::CHECK_NOT_POSSIBLE.to_owned(), TimelineTone::Warn)
        }
        Ok(_) => (words::CHECK_FAILED.to_owned(), TimelineTone::Bad),
        Err(_) if rest.is_some() => (words::CHECK_PARTLY.to_owned(), TimelineTone::Good),
        Err(_) => (words::CHECK_LINKED.to_owned(), TimelineTone::Good),
    }
}

#[cfg(test)]
mod tests {
    use domain::AuditId;

    use super::*;

    fn shown(action: AuditAction, detail: &str, actor: Actor) -> TimelineItem {
        asked(action, detail, actor, None)
    }

    fn asked(action: AuditAction, detail: &str, actor: Actor, asked_by: Option<Actor>) -> TimelineItem {
        let at = Timestamp::from_millis(0);
        let id = AuditId::new(at, [0; 10]);
        let entry = AuditEntry {
            id,
            at,
            link: None,
            actor,
            action,
            detail: detail.to_owned(),
            client: storage::Client::default(),
        };
        let names =
            Names { staff: &|_| Some("sam@acme.example".to_owned()), origins: &InviteOrigins::default() };
        item(&TimelineEntry { entry, took: Some(125_000), asked_by, repeats: None }, &names).unwrap()
    }

    #[test]
    fn a_refused_step_tells_what_was_read_and_the_shape_of_what_was_entered() {
        let detail = "key: key_is_user_api_key: 12 characters, letters, digits";

        let item = shown(AuditAction::StepRefused, detail, Actor::System);

        assert_eq!((item.code, item.was_read), (Some(ProblemCode::KeyIsUserApiKey), true));
        assert_eq!(item.shape.as_deref(), Some("12 characters, letters, digits"));
        assert_eq!(item.tone, TimelineTone::Bad);
    }

    #[test]
    fn a_check_tells_how_it_ended_and_what_was_missing() {
        let check = |detail| shown(AuditAction::CheckFinished, detail, Actor::System);

        assert_eq!(check("linked").tone, TimelineTone::Good);
        assert_eq!(check("linked: 1 not checked").what, words::CHECK_PARTLY);
        let busy = check("ukg_busy");
        assert_eq!((busy.what.as_str(), busy.tone), (words::CHECK_NOT_POSSIBLE, TimelineTone::Warn));
        assert_eq!(busy.more.as_deref(), Some(for_staff(ProblemCode::UkgBusy)));
        assert_eq!(check("credentials_rejected").tone, TimelineTone::Bad);
        let gap = check("permission_missing: pto_plan_integration, payroll_integration");
        assert!(gap.more.unwrap().contains("PTO Plan Integration, Payroll Integration"));
        let unnamed = check("permission_missing").more;
        assert_eq!(unnamed.as_deref(), Some(for_staff(ProblemCode::PermissionMissing)));
        assert_eq!(check("linked").took.as_deref(), Some("took 2 min"));
    }

    #[test]
    fn what_a_check_says_was_read_by_those_who_asked_for_it_alone() {
        let read = |asked_by| {
            asked(AuditAction::CheckFinished, "credentials_rejected", Actor::System, asked_by).was_read
        };
        let invite = domain::InviteId::new(Timestamp::from_millis(0), [1; 10]);

        assert!(read(Some(Actor::Customer(invite))) && !read(None));
    }

    #[test]
    fn the_audit_log_tells_a_sentence_once() {
        let at = Timestamp::from_millis(0);
        let entry = |action, detail: &str| AuditEntry {
            id: AuditId::new(at, [0; 10]),
            at,
            link: None,
            actor: Actor::System,
            action,
            detail: detail.to_owned(),
            client: storage::Client::default(),
        };
        for (action, detail) in [
            (AuditAction::CheckFinished, "ukg_busy"),
            (AuditAction::StepRefused, "key: key_is_user_api_key: 12 characters"),
        ] {
            let (_, more) = alone(&entry(action, detail), &|_| None).unwrap();
            let code: ProblemCode = detail.split(": ").find_map(|part| part.parse().ok()).unwrap();
            assert_eq!(more.unwrap().matches(for_staff(code)).count(), 1, "{detail}");
        }
    }

    #[test]
    fn the_holder_of_an_invite_is_told_by_who_made_it_and_whether_they_saw_it() {
        let staff = StaffId::new(Timestamp::from_millis(0), [1; 10]);
        let sam = Some(domain::EmailAddress::parse("sam@acme.example").unwrap());
        let told = |by: Actor, shown| {
            let at = Timestamp::from_millis(0);
            let staff = sam.clone().filter(|_| matches!(by, Actor::Staff(_)));
            holder(&InviteOrigin { by, staff, at, shown })
        };

        let invite = domain::InviteId::new(Timestamp::from_millis(0), [1; 10]);
        for (by, shown, part) in [
            (Actor::Staff(staff), true, "sam@acme.example made and was shown on 1 January 1970"),
            (Actor::Staff(staff), false, "sam@acme.example had mailed to the contact on 1 January 1970"),
            (Actor::CommandLine, true, "Command line made and was shown on"),
            (Actor::Customer(invite), false, "asked for on"),
            (Actor::System, false, "that Linkdesk mailed to the contact on"),
        ] {
            assert!(told(by.clone(), shown).contains(part), "{}", told(by, shown));
        }
    }

    #[test]
    fn everything_says_who_did_it() {
        let staff = StaffId::new(Timestamp::from_millis(0), [1; 10]);
        let invite = domain::InviteId::new(Timestamp::from_millis(0), [1; 10]);
        let by = |actor| shown(AuditAction::InviteCreated, "", actor).who;

        assert_eq!(by(Actor::Staff(staff)), "sam@acme.example");
        assert_eq!(by(Actor::Customer(invite)), words::CUSTOMER);
        assert_eq!(by(Actor::CommandLine), words::COMMAND_LINE);
        assert_eq!(by(Actor::System), words::LINKDESK);
        let given = shown(AuditAction::Assigned, &staff.to_string(), Actor::Staff(staff));
        assert_eq!(given.what, "Given to sam@acme.example");
        assert_eq!(shown(AuditAction::Assigned, "nobody", Actor::System).what, "Given to nobody");
    }
}
