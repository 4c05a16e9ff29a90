//! One made-up link, from its invite to where it stands, over the last nine months.

use domain::{
    AuditId, CheckId, CheckOutcome, CheckReport, ConnectionStep, InviteId, Language, LinkId, LinkStatus,
    Permission, PermissionResult, PermissionSet, ProblemCode, Reference, RowResult, Step, Timestamp,
    WebServicesHost,
};
use storage::{
    Actor, AuditAction, AuditEntry, CheckRun, Client, Fingerprint, Invite, Link, MadeUpLink, StepAttempt,
    TokenHash,
};

use super::names;
use super::random::Random;

const MINUTE: i64 = 60_000;
const DAY: i64 = 86_400_000;
/// How far back the oldest goes.
const REACH: i64 = 270 * DAY;
/// How long an invite is good for.
const GOOD: i64 = 14 * DAY;
const HOSTS: [&str; 5] = [
    "service2.ultipro.com",
    "service3.ultipro.com",
    "service4.ultipro.com",
    "service5.ultipro.com",
    "service5.ultipro.ca",
];
/// What administrators get wrong: at which step, and what support sees of it.
const MISTAKES: [(Step, ProblemCode, &str); 5] = [
    (Step::Key, ProblemCode::KeyIsUserApiKey, "12 characters, letters, digits"),
    (Step::Key, ProblemCode::KeyIsEmail, "24 characters, letters, an at sign"),
    (Step::Account, ProblemCode::UsernameIsEmail, "31 characters, letters, an at sign"),
    (Step::Domain, ProblemCode::UrlLoginPortal, "nw12.ultipro.com"),
    (Step::Domain, ProblemCode::UrlWfm, "contoso.mykronos.com"),
];

/// The link of this number, of so many; `None` only if a name could not be one.
pub(super) fn link(random: &mut Random, now: Timestamp, number: u64, of: u64) -> Option<MadeUpLink> {
    // Later numbers began later, as in life.
    let share = i64::try_from(number.saturating_mul(1_000_000) / of.max(1)).unwrap_or(0);
    let age = REACH - REACH / 1_000_000 * share;
    let created_at = later(now, -age - random.millis(DAY));
    let (customer, contact) = names::customer(random, number)?;
    let status = status(random);
    let unfinished = matches!(status, LinkStatus::Invited | LinkStatus::Opened | LinkStatus::InProgress);
    let changed_at = later(now, -recent(random, if unfinished { age.min(18 * DAY) } else { age }));
    let mut made = MadeUpLink {
        link: Link {
            id: LinkId::new(created_at, random.bytes()),
            customer,
            contact,
            reference: if random.percent(70) {
                Reference::parse(&format!("T-{:06}", number + 1)).ok()
            } else {
                None
            },
            language: Language::English,
            note: None,
            assignee: None,
            paused_from: None,
            permissions: PermissionSet::new(if random.percent(60) { &Permission::ALL } else { &[] }),
            status,
            who_acts: status.who_acts(None),
            problem: None,
            step_reached: None,
            host: None,
            fresh_host: None,
            account: None,
            previous: None,
            created_at,
            changed_at,
            linked_at: None,
        },
        invites: Vec::new(),
        attempt: None,
        checks: Vec::new(),
        entries: Vec::new(),
        steps: Vec::new(),
    };
    let first = invite(random, &mut made, created_at);
    // Who has not finished after two weeks was sent another invite.
    let last = if unfinished && age > 20 * DAY {
        invite(random, &mut made, later(changed_at, -2 * DAY))
    } else {
        first
    };
    if status != LinkStatus::Invited {
        note(
            random,
            &mut made,
            later(created_at, 40 * MINUTE),
            Actor::Customer(first),
            AuditAction::FlowStarted,
            "",
        );
    }
    if unfinished {
        underway(random, &mut made, last);
    } else {
        checked(random, &mut made, now);
    }
    Some(made)
}

/// In the proportions of a healthy year.
fn status(random: &mut Random) -> LinkStatus {
    match random.below(1_000) {
        0..640 => LinkStatus::Linked,
        640..690 => LinkStatus::LinkedWithGaps,
        690..710 => LinkStatus::Broken,
        710..718 => LinkStatus::Attention,
        718..790 => LinkStatus::InProgress,
        790..830 => LinkStatus::Opened,
        830..930 => LinkStatus::Invited,
        930..940 => LinkStatus::Paused,
        _ => LinkStatus::Disconnected,
    }
}

/// How long ago, at most `most`: the nearer the likelier.
fn recent(random: &mut Random, most: i64) -> i64 {
    let within = random.millis(most.max(1));
    random.millis(within.max(1)) + MINUTE
}

fn underway(random: &mut Random, made: &mut MadeUpLink, invite: InviteId) {
    let (status, at) = (made.link.status, made.link.changed_at);
    if status == LinkStatus::InProgress {
        let reached = random.one_of(&Step::ALL).unwrap_or(Step::Key);
        made.link.step_reached = Some(reached);
        note(
            random,
            made,
            later(at, -9 * MINUTE),
            Actor::Customer(invite),
            AuditAction::StepSaved,
            reached.as_str(),
        );
    }
    let stuck = status != LinkStatus::Invited && random.percent(25);
    if let (true, Some((step, code, shape))) = (stuck, random.one_of(&MISTAKES)) {
        let tries = u32::try_from(1 + random.below(4)).unwrap_or(1);
        let attempt = StepAttempt { step, at, problems: vec![code], typed_address: None };
        made.attempt = Some((attempt, tries));
        made.link.move_to(status, Some(code), at);
        for n in 0..tries {
            let when = later(at, -i64::from(tries - 1 - n) * MINUTE);
            let detail = format!("{}: {code}: {shape}", step.as_str());
            note(random, made, when, Actor::Customer(invite), AuditAction::StepRefused, &detail);
        }
    }
}

fn checked(random: &mut Random, made: &mut MadeUpLink, now: Timestamp) {
    let host = random.one_of(&HOSTS).and_then(|host| WebServicesHost::from_stored(host).ok());
    let Some(host) = host else { return };
    let (status, at) = (made.link.status, made.link.changed_at);
    made.link.step_reached = Some(Step::Domain);
    made.link.linked_at = Some(later(made.link.created_at, DAY));
    let (outcome, problem) = match status {
        LinkStatus::LinkedWithGaps => (CheckOutcome::LinkedWithGaps, Some(ProblemCode::PermissionMissing)),
        LinkStatus::Broken | LinkStatus::Attention => {
            (CheckOutcome::Failed(ProblemCode::CredentialsRejected), Some(ProblemCode::CredentialsRejected))
        }
        LinkStatus::Invited
        | LinkStatus::Opened
        | LinkStatus::InProgress
        | LinkStatus::Checking
        | LinkStatus::Linked
        | LinkStatus::Paused
        | LinkStatus::Disconnected => (CheckOutcome::Linked, None),
    };
    made.link.move_to(status, problem, at);
    // Of those that changed lately every day of the month is kept, as their strips are what one looks at.
    let days = if at.millis_since(now) > -DAY { 30 } else { 2 };
    let since = at.millis_since(made.link.created_at) / DAY;
    for day in (0..days.min(since.max(1))).rev() {
        let started_at = later(at, -day * DAY);
        let earlier = if random.percent(2) {
            CheckOutcome::Failed(ProblemCode::UkgTimeout)
        } else {
            CheckOutcome::Linked
        };
        let found = if day == 0 { outcome } else { earlier };
        let check = check(random, &made.link, &host, started_at, found, day == 0);
        made.checks.push(check);
    }
    made.link.host = Some(host);
    let detail = problem.map_or("linked", ProblemCode::as_str);
    note(random, made, at, Actor::System, AuditAction::CheckFinished, detail);
    if status == LinkStatus::Disconnected {
        note(random, made, at, Actor::CommandLine, AuditAction::Disconnected, "");
    }
}

/// A finished check; what it found of each permission is kept of the last alone.
fn check(
    random: &mut Random,
    link: &Link,
    host: &WebServicesHost,
    started_at: Timestamp,
    outcome: CheckOutcome,
    with_rows: bool,
) -> CheckRun {
    let accepted = !matches!(outcome, CheckOutcome::Failed(_));
    let asked = link.permissions.iter().filter(|_| with_rows && accepted);
    let rows = asked.map(|permission| {
        let missing = outcome == CheckOutcome::LinkedWithGaps && permission == Permission::PtoPlanIntegration;
        RowResult {
            permission,
            result: if missing { PermissionResult::Missing } else { PermissionResult::Granted },
            problem: missing.then_some(ProblemCode::PermissionMissing),
            took_ms: Some(180),
        }
    });
    let report = CheckReport {
        outcome,
        connection: if accepted { ConnectionStep::Accepted } else { ConnectionStep::Reached },
        reached_ms: Some(120),
        accepted_ms: accepted.then_some(310),
        rows: rows.collect(),
    };
    CheckRun {
        id: CheckId::new(started_at, random.bytes()),
        link: link.id,
        host: host.clone(),
        started_at,
        finished_at: Some(later(started_at, 1_400)),
        report: Some(report),
        submission: Fingerprint(random.bytes()),
        account: None,
        of_replacement: false,
        refused: 0,
        surplus: Vec::new(),
    }
}

/// Adds an invite. Its token is nobody's: nothing leads to it.
fn invite(random: &mut Random, made: &mut MadeUpLink, at: Timestamp) -> InviteId {
    let id = InviteId::new(at, random.bytes());
    let (started, stands) = (made.link.status != LinkStatus::Invited, made.link.status.stands());
    made.invites.push(Invite {
        id,
        link: made.link.id,
        token: TokenHash(random.bytes()),
        created_at: at,
        expires_at: later(at, GOOD),
        started_at: started.then(|| later(at, 40 * MINUTE)),
        revoked_at: None,
        completed_at: stands.then(|| later(at, DAY)),
        renews: None,
    });
    note(random, made, at, Actor::CommandLine, AuditAction::InviteCreated, &id.to_string());
    id
}

fn note(
    random: &mut Random,
    made: &mut MadeUpLink,
    at: Timestamp,
    actor: Actor,
    action: AuditAction,
    detail: &str,
) {
    let (id, link) = (AuditId::new(at, random.bytes()), Some(made.link.id));
    made.entries.push(AuditEntry {
        id,
        at,
        link,
        actor,
        action,
        detail: detail.to_owned(),
        client: Client::default(),
    });
}

fn later(at: Timestamp, millis: i64) -> Timestamp {
    Timestamp::from_millis(at.as_millis().saturating_add(millis))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_up_links_are_of_many_kinds_and_nothing_of_them_lies_ahead() {
        let now = Timestamp::from_millis(1_800_000_000_000);
        let mut random = Random::new(7);

        let all: Vec<_> = (0..2_000).map(|number| link(&mut random, now, number, 2_000).unwrap()).collect();

        for status in LinkStatus::ALL.into_iter().filter(|status| *status != LinkStatus::Checking) {
            assert!(all.iter().any(|made| made.link.status == status), "{status}");
        }
        for made in &all {
            let link = &made.link;
            assert!(
                link.created_at <= link.changed_at || link.changed_at > later(now, -19 * DAY),
                "{link:?}"
            );
            assert!(link.changed_at < now && made.checks.iter().all(|check| check.started_at < now));
            assert!(made.entries.iter().all(|entry| entry.at <= now), "{:?}", made.entries);
            assert!(!made.invites.is_empty());
        }
        assert!(all.iter().any(|made| made.attempt.is_some()));
        assert!(all.iter().any(|made| made.checks.len() > 20));
    }
}
