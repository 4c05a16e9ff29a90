//! The desk.

use app::pages::{
    DayTone, DeskLinkPage, DeskLinkView, DeskListPage, DeskListView, DeskRow, DeskTwin, DeskView, LinkCounts,
    ListAddress, TimelineItem, TimelineTone,
};
use app::text::desk as words;
use domain::{LinkStage, LinkStatus, Permission, ProblemCode, Step, WhoActs};
use leptos::prelude::*;

use super::{CUSTOMER, HOST, NOW, rows};
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
        step: None,
        stuck: None,
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

fn link() -> DeskLinkView {
    let item = |what: String, code: Option<ProblemCode>, tone: TimelineTone| TimelineItem {
        at: NOW,
        what,
        more: code.map(|code| words::for_staff(code).to_owned()),
        code,
        tone,
    };
    let rejected = Some(ProblemCode::CredentialsRejected);
    DeskLinkView {
        id: "lnk_01K8".to_owned(),
        customer: CUSTOMER.to_owned(),
        contact: Some("maria@northwind.example".to_owned()),
        status: LinkStatus::Broken,
        who: WhoActs::Customer,
        problem: rejected,
        step: Some(Step::Domain),
        host: Some(HOST.to_owned()),
        invite: "Good until 8 December 2026".to_owned(),
        kept: "key, username, password: sealed, never shown".to_owned(),
        rows: rows(&[], &[]).into_iter().map(|row| (row, Some(NOW))).collect(),
        timeline: vec![
            item(words::CHECK_FAILED.to_owned(), rejected, TimelineTone::Bad),
            item(words::REPLACEMENT_UNDONE.to_owned(), None, TimelineTone::Plain),
            item(words::step_handed_over("Service account"), None, TimelineTone::Plain),
            item(words::CREDENTIALS_REPLACED.to_owned(), None, TimelineTone::Good),
        ],
        changed_at: NOW,
        test: true,
        duplicates: vec![DeskTwin { id: "lnk_01K9".to_owned(), customer: "Northwind East".to_owned() }],
        renew_asked: Some(NOW),
        surplus: vec![Permission::PersonnelIntegration],
    }
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
    vec![
        Shown::desk("desk", view! { <DeskListPage view=list(rows, ListAddress::default()) /> }),
        Shown::desk("desk-filtered", view! { <DeskListPage view=full /> }),
        Shown::desk("desk-not-found", view! { <DeskListPage view=list(Vec::new(), searched) /> }),
        Shown::desk("desk-all-well", view! { <DeskListPage view=list(Vec::new(), calm) /> }),
        Shown::desk("desk-empty", view! { <DeskListPage view=list(Vec::new(), ListAddress::default()) /> }),
        Shown::desk("desk-link", view! { <DeskLinkPage view=link() /> }),
    ]
}
