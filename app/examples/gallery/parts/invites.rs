//! Invites at the desk.

use app::pages::{
    BulkMadePage, BulkMadeRow, BulkMadeView, BulkPage, BulkPreviewPage, BulkPreviewView, BulkRow,
    BulkRowState, BulkView, DeskTwin, InviteMadePage, InviteMadeView, InviteMail, InviteNewPage,
    InviteNewView, PresetButton, PresetForm, PresetsPage, PresetsView,
};
use app::text::desk::{invites as words, invites_bulk as bulk};
use domain::{DraftField, DraftMistake, DraftProblem, InviteDraft, Permission};
use leptos::prelude::*;

use super::{COMPANY, CUSTOMER, permissions};
use crate::Shown;

const URL: &str = "https://link.acme.example/i/dGhpcyBpcyBtYWRlIHVwLCBub3QgYSB0b2tlbg";
const HOSTILE: &str = "</textarea><script>alert(1)</script>";

fn presets() -> Vec<PresetButton> {
    let preset =
        |name: &str, current| PresetButton { id: "pre_01".to_owned(), name: name.to_owned(), current };
    vec![preset("Everything", false), preset("Only people", true), preset("Payroll and time off", false)]
}

fn twins() -> Vec<DeskTwin> {
    vec![DeskTwin { id: "lnk_01K9".to_owned(), customer: "Northwind Clinics, East".to_owned() }]
}

fn new() -> InviteNewView {
    InviteNewView {
        draft: InviteDraft { days: "14".to_owned(), ..InviteDraft::default() },
        ticked: permissions().iter().collect(),
        presets: presets(),
        mail: Some(false),
        owner: true,
        ..InviteNewView::default()
    }
}

fn refused() -> InviteNewView {
    let wrong = |field, mistake| DraftProblem { field, mistake };
    InviteNewView {
        draft: InviteDraft {
            email: "maria.northwind".to_owned(),
            days: "100".to_owned(),
            note: HOSTILE.to_owned(),
            ..InviteDraft::default()
        },
        problems: vec![
            wrong(DraftField::Customer, DraftMistake::Missing),
            wrong(DraftField::Email, DraftMistake::NotAnAddress),
            wrong(DraftField::Days, DraftMistake::NotDays),
        ],
        mail: None,
        ..new()
    }
}

fn made(mail: InviteMail) -> InviteMadeView {
    InviteMadeView {
        customer: CUSTOMER.to_owned(),
        link: "lnk_01K8".to_owned(),
        url: URL.to_owned(),
        good_until: "8 December 2026".to_owned(),
        message: words::message(COMPANY, Some("We spoke on Monday."), URL, "8 December 2026"),
        mail,
    }
}

fn rows() -> Vec<BulkRow> {
    let row = |number, customer: &str, contact: &str, state| BulkRow {
        number,
        customer: customer.to_owned(),
        contact: contact.to_owned(),
        state,
    };
    let mend = vec![
        "Contact e-mail: This is not an e-mail address. One looks like name@company.com.".to_owned(),
        "Good for, in days: Enter a whole number of days from 1 to 90.".to_owned(),
    ];
    vec![
        row(2, CUSTOMER, "maria@northwind.example", BulkRowState::Ready(bulk::good(6, 14))),
        row(3, HOSTILE, "maria", BulkRowState::Mend(mend)),
        row(4, CUSTOMER, "", BulkRowState::Duplicate(bulk::twin_line(2), Vec::new())),
        row(5, "Fabrikam", "", BulkRowState::Duplicate(bulk::TWIN_LINKS.to_owned(), twins())),
    ]
}

/// Every state.
pub fn all() -> Vec<Shown> {
    let asked = InviteNewView { twins: twins(), owner: false, ..new() };
    let table = bulk::EXAMPLE.to_owned();
    let unread = BulkView {
        table: HOSTILE.to_owned(),
        problem: Some(bulk::refused::NO_CUSTOMER.to_owned()),
        ..BulkView::default()
    };
    let preview = BulkPreviewView {
        rows: rows(),
        ignored: vec!["Phone".to_owned()],
        table: table.clone(),
        mail: Some(false),
    };
    let line = BulkMadeRow {
        number: 2,
        link: "lnk_01K8".to_owned(),
        customer: CUSTOMER.to_owned(),
        contact: "maria@northwind.example".to_owned(),
        reference: "T-4711".to_owned(),
        url: URL.to_owned(),
        good_until: String::new(),
    };
    let many = BulkMadeView { made: vec![line], table, mailing: 1, left_out: rows().split_off(1) };
    let preset = |name: &str, ticked: &[Permission]| PresetForm {
        id: "pre_01".to_owned(),
        name: name.to_owned(),
        ticked: ticked.to_vec(),
        problem: None,
    };
    let mut taken = preset("Only people", &[Permission::PersonnelIntegration]);
    taken.problem = Some(app::text::desk::presets::NAME_TAKEN.to_owned());
    let kept = PresetsView {
        presets: vec![preset("Everything", &Permission::ALL), taken],
        done: Some(app::text::desk::presets::KEPT),
        ..PresetsView::default()
    };
    vec![
        Shown::desk("desk-invite-new", view! { <InviteNewPage view=new() /> }),
        Shown::desk("desk-invite-refused", view! { <InviteNewPage view=refused() /> }),
        Shown::desk("desk-invite-twins", view! { <InviteNewPage view=asked /> }),
        Shown::desk("desk-invite-made", view! { <InviteMadePage view=made(InviteMail::None) /> }),
        Shown::desk(
            "desk-invite-mailed",
            view! { <InviteMadePage view=made(InviteMail::Sent("maria@northwind.example".to_owned())) /> },
        ),
        Shown::desk(
            "desk-invite-not-mailed",
            view! { <InviteMadePage view=made(InviteMail::NotSent("maria@northwind.example".to_owned())) /> },
        ),
        Shown::desk(
            "desk-bulk",
            view! { <BulkPage view=BulkView { presets: vec!["Everything".to_owned()], ..BulkView::default() } /> },
        ),
        Shown::desk("desk-bulk-refused", view! { <BulkPage view=unread /> }),
        Shown::desk("desk-bulk-preview", view! { <BulkPreviewPage view=preview /> }),
        Shown::desk("desk-bulk-made", view! { <BulkMadePage view=many /> }),
        Shown::desk(
            "desk-bulk-none",
            view! { <BulkMadePage view=BulkMadeView { left_out: rows(), ..BulkMadeView::default() } /> },
        ),
        Shown::desk("desk-presets", view! { <PresetsPage view=kept /> }),
        Shown::desk("desk-presets-none", view! { <PresetsPage view=PresetsView::default() /> }),
    ]
}
