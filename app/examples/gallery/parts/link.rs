//! One link at the desk, and what staff do for it.

use app::pages::{
    CareView, CheckHelp, DeskEndPage, DeskEndView, DeskFreshPage, DeskFreshView, DeskHelpView, DeskLinkPage,
    DeskLinkView, DeskPreviewsPage, DeskPreviewsView, DeskReplyPage, DeskReplyView, DeskTwin, LinkAct,
    MatrixRow, MatrixView, NoteView, ReplyNotice, TimelineDay, TimelineItem, TimelineTone, TimelineView,
};
use app::text::desk::for_staff;
use app::text::desk::help::Said;
use app::text::desk::reply::{Situation, draft};
use app::text::desk::timeline as told;
use domain::{
    Language, LinkStatus, Permission, PermissionResult, ProblemCode, RemindAfter, Step, Timestamp, WhoActs,
};
use leptos::prelude::*;

use super::desk::trouble;
use super::{CUSTOMER, HOST, NOW, rows};
use crate::Shown;

fn item(at: Timestamp, who: &str, what: &str, tone: TimelineTone) -> TimelineItem {
    TimelineItem {
        at,
        who: who.to_owned(),
        what: what.to_owned(),
        took: None,
        repeats: None,
        more: None,
        code: None,
        was_read: false,
        shape: None,
        leads: None,
        tone,
    }
}

fn timeline() -> TimelineView {
    let yesterday = NOW.plus_seconds(-86_400);
    let rejected = TimelineItem {
        code: Some(ProblemCode::CredentialsRejected),
        was_read: true,
        took: Some(told::took(2_100)),
        ..item(NOW, told::LINKDESK, told::CHECK_FAILED, TimelineTone::Bad)
    };
    let refused = TimelineItem {
        code: Some(ProblemCode::KeyIsUserApiKey),
        was_read: true,
        shape: Some("12 characters, letters, digits".to_owned()),
        ..item(yesterday, told::CUSTOMER, &told::step_refused("Customer API Key"), TimelineTone::Bad)
    };
    let same = TimelineItem {
        repeats: Some((12, yesterday)),
        ..item(NOW, told::LINKDESK, told::CHECK_LINKED, TimelineTone::Good)
    };
    let outage = TimelineItem {
        code: Some(ProblemCode::UkgBusy),
        more: Some(for_staff(ProblemCode::UkgBusy).to_owned()),
        ..item(NOW, told::LINKDESK, told::CHECK_NOT_POSSIBLE, TimelineTone::Warn)
    };
    let saved = TimelineItem {
        took: Some(told::on_step(260_000)),
        ..item(yesterday, told::CUSTOMER, &told::step_saved("Customer API Key"), TimelineTone::Good)
    };
    TimelineView {
        days: vec![
            TimelineDay {
                day: NOW,
                items: vec![
                    same,
                    outage,
                    rejected,
                    item(NOW.plus_seconds(-3), "sam@acme.example", told::CHECK_STARTED, TimelineTone::Plain),
                    item(NOW.plus_seconds(-900), "sam@acme.example", told::NOTE_ADDED, TimelineTone::Plain),
                ],
            },
            TimelineDay {
                day: yesterday,
                items: vec![
                    saved,
                    refused,
                    item(
                        yesterday.plus_seconds(-60),
                        told::CUSTOMER,
                        told::FLOW_STARTED,
                        TimelineTone::Plain,
                    ),
                    item(
                        yesterday.plus_seconds(-900),
                        told::COMMAND_LINE,
                        told::INVITE_CREATED,
                        TimelineTone::Plain,
                    ),
                ],
            },
        ],
        earlier: Some("aud_01K8".to_owned()),
        is_earlier: false,
    }
}

fn matrix() -> MatrixView {
    let days: Vec<_> = (0..30).rev().map(|n| NOW.plus_seconds(-n * 86_400)).collect();
    let marks = |missing: bool| {
        (0..30)
            .map(|n| match n {
                0..12 => None,
                17 => Some(PermissionResult::Unchecked),
                24..30 if missing => Some(PermissionResult::Missing),
                _ => Some(PermissionResult::Granted),
            })
            .collect()
    };
    let rows = rows(&[Permission::PtoPlanIntegration], &[]).into_iter().map(|row| MatrixRow {
        days: marks(row.result == PermissionResult::Missing),
        row,
        seen: Some(NOW),
    });
    MatrixView { days, rows: rows.collect() }
}

fn care() -> CareView {
    let staff = ["maria@acme.example", "sam@acme.example"].map(|name| (name.to_owned(), name.to_owned()));
    let note = |author: &str, text: &str, is_own| NoteView {
        id: "not_01K8".to_owned(),
        author: author.to_owned(),
        at: NOW.plus_seconds(-900),
        text: text.to_owned(),
        is_own,
    };
    CareView {
        assignee: Some("maria@acme.example".to_owned()),
        staff: staff.to_vec(),
        me: "sam@acme.example".to_owned(),
        notes: vec![
            note(
                "sam@acme.example",
                "Called Maria. She resets the password this afternoon.\nCall back at 3.",
                true,
            ),
            note("maria@acme.example", "Their IT changes service passwords every quarter.", false),
        ],
    }
}

fn link() -> DeskLinkView {
    DeskLinkView {
        id: "lnk_01K8".to_owned(),
        customer: CUSTOMER.to_owned(),
        contact: Some("maria@northwind.example".to_owned()),
        reference: Some("Ticket 4711".to_owned()),
        language: Language::English,
        status: LinkStatus::Broken,
        who: WhoActs::Customer,
        problem: Some(ProblemCode::CredentialsRejected),
        step: Some(Step::Domain),
        host: Some(HOST.to_owned()),
        invite: "Good until 8 December 2026".to_owned(),
        kept: "key, username, password: sealed, never shown".to_owned(),
        said: None,
        matrix: matrix(),
        timeline: timeline(),
        help: DeskHelpView {
            status: LinkStatus::Broken,
            check: CheckHelp::Held(app::pages::Hold::NeedsChange { may_retry: true }),
            open_invites: 1,
            mail_to: Some("maria@northwind.example".to_owned()),
            acts: vec![LinkAct::Pause, LinkAct::End { may: true }],
        },
        care: care(),
        changed_at: NOW,
        next_check: None,
        reminders: Some(app::text::desk::link::reminders(RemindAfter::ThreeDays, 1, Some("3 November 2026"))),
        test: false,
        duplicates: Vec::new(),
        renew_asked: None,
        surplus: Vec::new(),
    }
}

/// A link that is out of the ordinary in every way at once.
fn odd_link() -> DeskLinkView {
    let mut link = link();
    link.status = LinkStatus::Paused;
    link.who = WhoActs::Us;
    link.said = Some(Said::Paused);
    link.test = true;
    link.duplicates = vec![DeskTwin { id: "lnk_01K9".to_owned(), customer: "Northwind East".to_owned() }];
    link.renew_asked = Some(NOW);
    link.surplus = vec![Permission::PersonnelIntegration];
    link.help = DeskHelpView {
        status: LinkStatus::Paused,
        check: CheckHelp::Ready,
        open_invites: 0,
        mail_to: None,
        acts: vec![LinkAct::Resume, LinkAct::End { may: false }, LinkAct::Certificate("aud_01K8".to_owned())],
    };
    link.care.notes = Vec::new();
    link
}

fn reply(notice: Option<ReplyNotice>) -> DeskReplyView {
    let draft = draft(
        Language::English,
        &Situation {
            company: app::previews::COMPANY,
            customer: CUSTOMER,
            status: LinkStatus::Broken,
            problem: Some(ProblemCode::CredentialsRejected),
            step: Some(Step::Domain),
            missing: &[],
        },
    );
    DeskReplyView {
        back: "/desk/links/lnk_01K8".to_owned(),
        customer: CUSTOMER.to_owned(),
        mail_to: Some("maria@northwind.example".to_owned()),
        subject: draft.subject,
        body: draft.body,
        notice,
    }
}

fn ending(other_name: bool) -> DeskEndView {
    DeskEndView { back: "/desk/links/lnk_01K8".to_owned(), customer: CUSTOMER.to_owned(), other_name }
}

/// Every state.
pub fn all() -> Vec<Shown> {
    let fresh = DeskFreshView {
        back: "/desk/links/lnk_01K8".to_owned(),
        customer: CUSTOMER.to_owned(),
        url: "https://link.acme.example/i/dGhpcyBpcyBtYWRlIHVwLCBub3QgYSB0b2tlbg".to_owned(),
        good_until: "8 December 2026".to_owned(),
    };
    vec![
        Shown::desk("desk-link", view! { <DeskLinkPage view=link() /> }),
        Shown::desk("desk-link-ukg-trouble", view! { <DeskLinkPage view=link() ukg=trouble() /> }),
        Shown::desk("desk-link-odd", view! { <DeskLinkPage view=odd_link() /> }),
        Shown::desk("desk-link-fresh", view! { <DeskFreshPage view=fresh /> }),
        Shown::desk("desk-link-reply", view! { <DeskReplyPage view=reply(None) /> }),
        Shown::desk(
            "desk-link-reply-failed",
            view! { <DeskReplyPage view=reply(Some(ReplyNotice::NotSent)) /> },
        ),
        Shown::desk("desk-link-end", view! { <DeskEndPage view=ending(false) /> }),
        Shown::desk("desk-link-end-other", view! { <DeskEndPage view=ending(true) /> }),
        Shown::desk("desk-previews", view! { <DeskPreviewsPage view=DeskPreviewsView /> }),
    ]
}
