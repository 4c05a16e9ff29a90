//! The desk.

use app::pages::{
    DeskLinkPage, DeskLinkView, DeskListPage, DeskListView, DeskRow, DeskTwin, StatusFilter, TimelineItem,
    TimelineTone,
};
use app::text::desk as words;
use domain::{LinkStatus, Permission, ProblemCode, Step, WhoActs};
use leptos::prelude::*;

use super::{CUSTOMER, HOST, NOW, rows};
use crate::Shown;

fn row(customer: &str, status: LinkStatus, problem: Option<ProblemCode>) -> DeskRow {
    DeskRow {
        id: "lnk_01K8".to_owned(),
        customer: customer.to_owned(),
        contact: Some("maria@northwind.example".to_owned()),
        status,
        who: status.who_acts(problem),
        problem,
        step: Some(Step::Account),
        changed_at: NOW.plus_seconds(-600),
        test: false,
        renew_asked: false,
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
    let list = DeskListView {
        rows: vec![
            row(CUSTOMER, LinkStatus::Broken, Some(ProblemCode::CredentialsRejected)),
            test,
            renew,
            row("Adventure Works", LinkStatus::InProgress, Some(ProblemCode::KeyIsUserApiKey)),
        ],
        filters: vec![StatusFilter { status: None, count: 4, current: true }],
        acting: 3,
        cut: false,
        now: NOW,
    };
    vec![
        Shown::desk("desk", view! { <DeskListPage view=list /> }),
        Shown::desk("desk-link", view! { <DeskLinkPage view=link() /> }),
    ]
}
