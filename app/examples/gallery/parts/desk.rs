//! The desk's list, the audit log and UKG's side.

use app::components::{GivenUpCount, UkgTrouble};
use app::pages::{
    AuditChoice, AuditForm, AuditItem, AuditPage, AuditState, AuditView, DayTone, DeskListPage, DeskListView,
    DeskRow, DeskView, GivenUpRow, InsightsPage, InsightsView, LinkCounts, ListAddress, PeriodChoice,
    StageFigures, UkgHost, UkgPage, Verified, WorkKind, WorkPage, WorkView,
};
use app::shell::DeskTab;
use app::text::desk as words;
use domain::{LinkStage, LinkStatus, Permission, ProblemCode, Step, WhoActs};
use leptos::prelude::*;

use super::{CUSTOMER, HOST, NOW};
use crate::Shown;

fn row(customer: &str, status: LinkStatus, problem: Option<ProblemCode>) -> DeskRow {
    DeskRow {
        id: "lnk_01K8".to_owned(),
        customer: customer.to_owned(),
        contact: Some("maria@northwind.example".to_owned()),
        reference: Some("T-4711".to_owned()),
        status,
        who: status.who_acts(problem),
        problem,
        missing: match problem {
            Some(ProblemCode::PermissionMissing) => {
                vec![Permission::PtoPlanIntegration, Permission::EmployeePersonDetails]
            }
            Some(_) | None => Vec::new(),
        },
        step: None,
        stuck: None,
        shape: None,
        assignee: None,
        days: month(status),
        checked_at: status.is_linked().then_some(NOW.plus_seconds(-7_200)),
        changed_at: NOW.plus_seconds(-600),
        test: false,
        renew_asked: false,
    }
}

/// A month that fits the status.
fn month(status: LinkStatus) -> Vec<Option<DayTone>> {
    let day = |n: i32| match (status, n) {
        (LinkStatus::Broken, 28..) => Some(DayTone::Refused),
        (LinkStatus::Broken | LinkStatus::Linked, 17) => Some(DayTone::Fault),
        (LinkStatus::LinkedWithGaps, 6..) => Some(DayTone::Gaps),
        (LinkStatus::Broken | LinkStatus::Linked, 4..) => Some(DayTone::Fine),
        _ => None,
    };
    (0..30).map(day).collect()
}

/// The list with these rows.
fn list(rows: Vec<DeskRow>, address: ListAddress) -> DeskListView {
    let counts = if rows.is_empty() && !address.is_narrowed() {
        LinkCounts::default()
    } else {
        LinkCounts {
            stages: vec![(LinkStage::NeedsAction, 3), (LinkStage::Underway, 7), (LinkStage::Linked, 128)],
            statuses: vec![(LinkStatus::InProgress, 8), (LinkStatus::Linked, 128), (LinkStatus::Broken, 2)],
            who: vec![(WhoActs::Customer, 9), (WhoActs::Us, 1), (WhoActs::Nobody, 128)],
        }
    };
    DeskListView {
        address,
        place: None,
        rows,
        counts,
        views: Vec::new(),
        refused: None,
        before: None,
        after: None,
        now: NOW,
    }
}

/// Background work of which some was given up.
fn work() -> WorkView {
    let row = |subject: &str, customer: Option<&str>, why: String, minutes: i64| GivenUpRow {
        kind: "recheck",
        name: words::work::RECHECK,
        subject: subject.to_owned(),
        whose: customer.map(|customer| (format!("/desk/links/{subject}"), customer.to_owned())),
        why,
        since: NOW.plus_seconds(-60 * minutes),
    };
    WorkView {
        lost: vec![("/desk/webhooks/whe_1".to_owned(), "https://hooks.acme.example".to_owned(), 12)],
        kinds: vec![WorkKind {
            name: words::work::RECHECK,
            due: 17,
            planned: 1_187,
            oldest_ms: Some(1_080_000),
            given_up: 3,
        }],
        given_up: vec![
            row("lnk_1", Some(CUSTOMER), words::for_staff(ProblemCode::UkgTimeout).to_owned(), 12),
            row("lnk_2", Some("Tailspin Toys"), words::work::reason("no_such_account"), 75),
            row("lnk_3", None, words::work::NO_REASON.to_owned(), 3_000),
        ],
        more: false,
        done: Some(words::work::TRIED_ONE),
        now: NOW,
    }
}

fn no_work() -> WorkView {
    let kinds =
        vec![WorkKind { name: words::work::RECHECK, due: 0, planned: 1_204, oldest_ms: None, given_up: 0 }];
    WorkView { kinds, given_up: Vec::new(), lost: Vec::new(), more: false, done: None, now: NOW }
}

fn hosts() -> Vec<UkgHost> {
    let host = |host: &str, failed, in_trouble| UkgHost {
        host: host.to_owned(),
        checks: 14,
        links: 6,
        failed,
        since: Some(NOW.plus_seconds(-900)).filter(|_| failed > 0),
        in_trouble,
    };
    vec![host(HOST, 5, true), host("service5.ultipro.com", 1, false), host("service2.ultipro.ca", 0, false)]
}

fn audit(verified: Verified) -> AuditView {
    let item = |position: u64, who: &str, what: &str, more: Option<&str>, customer: Option<&str>| AuditItem {
        position,
        at: NOW.plus_seconds(i64::try_from(position).unwrap_or_default() * 60),
        who: who.to_owned(),
        what: what.to_owned(),
        more: more.map(str::to_owned),
        link: customer.map(|customer| ("lnk_01K8".to_owned(), Some(customer.to_owned()))),
        from: more.is_none().then(|| "198.51.100.7, Firefox".to_owned()),
    };
    AuditView {
        items: vec![
            item(
                1_204,
                "Linkdesk",
                "Sealed value opened for a check",
                Some("password for chk_0196f0c1e40070008000"),
                Some(CUSTOMER),
            ),
            item(1_203, "The customer’s administrator", "Service account saved", None, Some(CUSTOMER)),
            item(1_202, "sam@acme.example", "Signed in", None, None),
            item(
                1_201,
                "The command line",
                "Invite made",
                Some(""),
                Some("<b>O'Hara</b> & “Söhne” with a very long name of a customer"),
            ),
        ],
        form: AuditForm {
            who: vec![AuditChoice { value: "", name: "Anybody", chosen: true }],
            what: vec![AuditChoice { value: "", name: "Anything", chosen: true }],
            ..AuditForm::default()
        },
        state: AuditState { entries: 1_204, head: "9f86d081884c7d659a2feaa0c55ad015".repeat(2), verified },
        older: Some("/desk/audit?before=1201".to_owned()),
        newest: None,
        export: "/desk/audit/export.csv".to_owned(),
    }
}

fn nothing_found() -> AuditView {
    let form = AuditForm { text: "Fabrikam".to_owned(), is_used: true, ..AuditForm::default() };
    AuditView { items: Vec::new(), form, older: None, ..audit(Verified::Never) }
}

fn periods() -> [PeriodChoice; 4] {
    ["7", "30", "90", "all"].map(|value| PeriodChoice { value, current: value == "30" })
}

fn insights() -> InsightsView {
    let minutes = |minutes: i64| Some(minutes * 60_000);
    let stage = |reached, median_millis, stopped| StageFigures {
        reached,
        median_millis,
        stopped,
        quiet: stopped / 2,
    };
    InsightsView {
        periods: periods(),
        links: 20_000,
        cut: true,
        stages: [
            stage(412, None, 61),
            stage(351, minutes(1_130), 58),
            stage(293, minutes(4), 31),
            stage(262, minutes(17), 9),
            stage(253, minutes(2), 0),
            stage(253, minutes(0), 22),
            stage(231, minutes(31), 0),
        ],
        problems: vec![
            (ProblemCode::KeyIsUserApiKey, 71),
            (ProblemCode::PermissionMissing, 44),
            (ProblemCode::UrlLoginPortal, 12),
            (ProblemCode::UkgBusy, 3),
        ],
        time: Some((27 * 3_600_000, 8 * 86_400_000)),
        times: [21, 34, 58, 61, 32, 17, 8],
    }
}

fn no_insights() -> InsightsView {
    let none = StageFigures { reached: 0, median_millis: None, stopped: 0, quiet: 0 };
    InsightsView {
        periods: periods(),
        links: 0,
        cut: false,
        stages: [none; 7],
        problems: Vec::new(),
        time: None,
        times: [0; 7],
    }
}

/// UKG Pro's fault.
pub fn trouble() -> Vec<UkgTrouble> {
    vec![UkgTrouble { host: HOST.to_owned(), failed: 5, links: 6, since: NOW.plus_seconds(-900) }]
}

/// Every state.
pub fn all() -> Vec<Shown> {
    let mut test = row("Contoso Health", LinkStatus::Linked, None);
    test.test = true;
    let mut renew = row("Fabrikam", LinkStatus::InProgress, Some(ProblemCode::InviteExpired));
    renew.renew_asked = true;
    let mut stuck = row("Adventure Works", LinkStatus::InProgress, Some(ProblemCode::KeyIsUserApiKey));
    stuck.stuck = Some((Step::Key, 3));
    let rows = vec![
        row(CUSTOMER, LinkStatus::Broken, Some(ProblemCode::CredentialsRejected)),
        stuck,
        row("Tailspin Toys", LinkStatus::LinkedWithGaps, Some(ProblemCode::PermissionMissing)),
        renew,
        test,
        row("Wingtip Toys", LinkStatus::Invited, None),
    ];
    let mut full =
        list(rows.clone(), ListAddress { status: Some(LinkStatus::InProgress), ..ListAddress::default() });
    full.views = ["Stuck in step 1", "Mine"]
        .map(|name| DeskView { name: name.to_owned(), query: String::new() })
        .to_vec();
    full.refused = Some(words::list::VIEW_REFUSED_NAME);
    full.place = Some("x".to_owned());
    (full.before, full.after) = (Some("x".to_owned()), Some("y".to_owned()));
    let searched = ListAddress { search: "contozo".to_owned(), ..ListAddress::default() };
    let calm = ListAddress { stage: Some(LinkStage::NeedsAction), ..ListAddress::default() };
    let (in_trouble, given_up) = (rows.clone(), rows.clone());
    vec![
        Shown::desk("desk", view! { <DeskListPage view=list(rows, ListAddress::default()) /> }),
        Shown::desk("desk-filtered", view! { <DeskListPage view=full /> }),
        Shown::desk("desk-not-found", view! { <DeskListPage view=list(Vec::new(), searched) /> }),
        Shown::desk("desk-all-well", view! { <DeskListPage view=list(Vec::new(), calm) /> }),
        Shown::desk("desk-empty", view! { <DeskListPage view=list(Vec::new(), ListAddress::default()) /> }),
        Shown::desk(
            "desk-ukg-trouble",
            view! { <DeskListPage view=list(in_trouble, ListAddress::default()) ukg=trouble() /> },
        ),
        Shown::desk("desk-work", view! { <WorkPage view=work() /> }),
        Shown::desk("desk-work-none", view! { <WorkPage view=no_work() /> }),
        Shown::desk(
            "desk-work-given-up",
            view! { <DeskListPage view=list(given_up, ListAddress::default()) given_up=GivenUpCount { some: 3, or_more: false } /> },
        ),
        Shown::desk("desk-ukg", view! { <UkgPage hosts=hosts() /> }),
        Shown::desk("desk-ukg-none", view! { <UkgPage hosts=Vec::new() /> }),
        Shown::at("desk-insights", DeskTab::Insights, view! { <InsightsPage view=insights() /> }),
        Shown::at("desk-insights-none", DeskTab::Insights, view! { <InsightsPage view=no_insights() /> }),
        Shown::at("desk-audit", DeskTab::Audit, view! { <AuditPage view=audit(Verified::Whole(NOW)) /> }),
        Shown::at(
            "desk-audit-broken",
            DeskTab::Audit,
            view! { <AuditPage view=audit(Verified::Broken(NOW, 17)) /> },
        ),
        Shown::at("desk-audit-none", DeskTab::Audit, view! { <AuditPage view=nothing_found() /> }),
    ]
}
