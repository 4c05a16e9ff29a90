//! The three steps and the check.

use crate::components::{Kept, StepMark};
use crate::pages::{
    AccountAsk, AccountPage, AccountView, CheckPage, CheckState, CheckView, DomainPage, DomainView, HandOff,
    Hold, KeyPage, KeyView, PasteNotice, Replacement, Standing,
};
use domain::{
    CheckOutcome, CheckProgress, CheckReport, ConnectionStep, LinkStatus, Permission, PermissionResult,
    PermissionSet, ProblemCode, RowResult,
};
use leptos::prelude::*;

use super::{HOST, NOW, Preview, frame, permissions, report, rows};

fn key() -> KeyView {
    KeyView {
        frame: frame(1, 0),
        found: None,
        kept: Kept::Nothing,
        saved_at: None,
        problem: None,
        pasted: None,
        hand_off: HandOff::Offer,
        standing: Standing::Made,
    }
}

fn account() -> AccountView {
    AccountView {
        frame: frame(2, 1),
        found: None,
        permissions: permissions(),
        username: Kept::Nothing,
        password: Kept::Nothing,
        saved_at: None,
        username_problem: None,
        password_problem: None,
        ask: AccountAsk::Both,
        hand_off: HandOff::Offer,
        standing: Standing::Made,
    }
}

fn url() -> DomainView {
    DomainView {
        frame: frame(3, 2),
        found: None,
        host: None,
        typed: None,
        suffixes: vec!["ultipro.com".to_owned(), "ultipro.ca".to_owned()],
        problem: None,
        pasted: None,
        hand_off: HandOff::Offer,
        standing: Standing::Made,
    }
}

/// Every state.
pub fn all() -> Vec<Preview> {
    let mut pages = steps();
    pages.extend(checks());
    pages
}

fn steps() -> Vec<Preview> {
    let k = |name, view| Preview::new(name, view! { <KeyPage view /> });
    let a = |name, view| Preview::new(name, view! { <AccountPage view /> });
    let d = |name, view| Preview::new(name, view! { <DomainPage view /> });
    let taken = PasteNotice { key: true, host: Some(HOST.to_owned()) };
    let mut again = account();
    again.frame = frame(2, 3);
    again.frame.marks[1] = StepMark::Fix;
    again.ask = AccountAsk::PasswordOnly;
    again.username = Kept::Saved;
    again.password = Kept::Refused;
    again.found = Some(ProblemCode::CredentialsRejected);
    again.standing = Standing::Broken;
    vec![
        k("key", key()),
        k("key-problem", KeyView { problem: Some(ProblemCode::KeyIsUserApiKey), ..key() }),
        k("key-doubt", KeyView { problem: Some(ProblemCode::KeyUnusualShape), kept: Kept::Pending, ..key() }),
        k(
            "key-pasted",
            KeyView {
                pasted: Some(taken.clone()),
                kept: Kept::Saved,
                saved_at: Some("24 November 2026, 10:42".to_owned()),
                ..key()
            },
        ),
        k("key-pasted-nothing", KeyView { pasted: Some(PasteNotice::default()), ..key() }),
        k("key-waiting", KeyView { hand_off: HandOff::Waiting { at: NOW, started: false }, ..key() }),
        k("key-colleague", KeyView { hand_off: HandOff::Colleague, ..key() }),
        a("account", account()),
        a("account-ten", AccountView { permissions: PermissionSet::new(&Permission::ALL), ..account() }),
        a(
            "account-problem",
            AccountView {
                username_problem: Some(ProblemCode::UsernameIsEmail),
                password_problem: Some(ProblemCode::PasswordIsApiKey),
                ..account()
            },
        ),
        a("account-password-only", again),
        a("account-colleague", AccountView { hand_off: HandOff::Colleague, ..account() }),
        d("domain", url()),
        d(
            "domain-problem",
            DomainView {
                problem: Some(ProblemCode::UrlLoginPortal),
                typed: Some("https://signin.ultipro.com".to_owned()),
                ..url()
            },
        ),
        d("domain-pasted", DomainView { pasted: Some(taken), host: Some(HOST.to_owned()), ..url() }),
        d("domain-opened", DomainView { hand_off: HandOff::Waiting { at: NOW, started: true }, ..url() }),
    ]
}

/// A check's page in this state.
pub fn check(status: LinkStatus, state: CheckState) -> CheckView {
    CheckView {
        frame: frame(4, 3),
        status,
        host: HOST.to_owned(),
        state,
        hold: None,
        replacement: Replacement::No,
        surplus: Vec::new(),
        duplicate: false,
    }
}

fn failed(code: ProblemCode, connection: ConnectionStep) -> CheckView {
    let rows: Vec<RowResult> = permissions().iter().map(RowResult::not_asked).collect();
    let report = report(CheckOutcome::Failed(code), connection, rows);
    check(LinkStatus::InProgress, CheckState::Done(report))
}

fn done(outcome: CheckOutcome, rows: Vec<RowResult>) -> CheckReport {
    report(outcome, ConnectionStep::Accepted, rows)
}

fn running() -> CheckView {
    let mut progress = CheckProgress::new(&permissions());
    progress.connection = ConnectionStep::Accepted;
    progress.reached_ms = Some(412);
    progress.accepted_ms = Some(1_290);
    for row in progress.rows.iter_mut().take(1) {
        row.result = PermissionResult::Granted;
        row.took_ms = Some(610);
    }
    progress.asking = vec![Permission::PtoPlanIntegration, Permission::PayrollIntegration];
    check(LinkStatus::Checking, CheckState::Running(progress))
}

fn checks() -> Vec<Preview> {
    let c = |name, view| Preview::new(name, view! { <CheckPage view /> });
    let linked = || check(LinkStatus::Linked, CheckState::Done(done(CheckOutcome::Linked, rows(&[], &[]))));
    let gaps = |missing: &[Permission]| {
        check(
            LinkStatus::LinkedWithGaps,
            CheckState::Done(done(CheckOutcome::LinkedWithGaps, rows(missing, &[]))),
        )
    };
    let required = || {
        let report = done(
            CheckOutcome::Failed(ProblemCode::PermissionMissing),
            rows(&[Permission::EmployeePersonDetails], &[]),
        );
        check(LinkStatus::InProgress, CheckState::Done(report))
    };
    let unclear = CheckState::Done(done(CheckOutcome::Linked, rows(&[], &[Permission::PayrollIntegration])));
    let rejected = || failed(ProblemCode::CredentialsRejected, ConnectionStep::Reached);
    let mut test = linked();
    test.frame.test = true;
    test.surplus = vec![Permission::PersonnelIntegration, Permission::EmployeeJobHistoryDetails];
    test.duplicate = true;
    let wait = Hold::Wait { until: NOW.plus_seconds(540), minutes: 9 };
    vec![
        c("check-ready", check(LinkStatus::InProgress, CheckState::Ready)),
        c("check-running", running()),
        c("check-linked", linked()),
        c("check-linked-notes", test),
        c("check-linked-unclear", check(LinkStatus::Linked, unclear)),
        c("check-gap", gaps(&[Permission::EmployeeCompensationDetails])),
        c("check-gaps", gaps(&[Permission::EmployeeCompensationDetails, Permission::PtoPlanIntegration])),
        c("check-required", required()),
        c("check-rejected", rejected()),
        c(
            "check-rejected-same",
            CheckView { hold: Some(Hold::NeedsChange { may_retry: true }), ..rejected() },
        ),
        c("check-rejected-wait", CheckView { hold: Some(wait), ..rejected() }),
        c(
            "check-rejected-replacement",
            CheckView { status: LinkStatus::Linked, replacement: Replacement::Failed, ..rejected() },
        ),
        c("check-address", failed(ProblemCode::HostNotWebServices, ConnectionStep::Reached)),
        c("check-trouble", failed(ProblemCode::UkgUnavailable, ConnectionStep::Reached)),
        c("check-unexpected", failed(ProblemCode::UkgUnexpected, ConnectionStep::Reached)),
        c(
            "check-replaced",
            CheckView { replacement: Replacement::Used { undo_until: NOW.plus_seconds(86_400) }, ..linked() },
        ),
        c(
            "check-weaker",
            CheckView {
                replacement: Replacement::Weaker { lost: vec![Permission::EmployeeCompensationDetails] },
                ..gaps(&[Permission::EmployeeCompensationDetails])
            },
        ),
        c(
            "check-other-account",
            CheckView {
                replacement: Replacement::OtherAccount {
                    old_host: HOST.to_owned(),
                    new_host: "service12.ultipro.ca".to_owned(),
                },
                ..linked()
            },
        ),
    ]
}
