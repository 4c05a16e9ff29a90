//! What the outside relies on in the pages' HTML.

use domain::{
    CheckOutcome, CheckProgress, CheckReport, ConnectionStep, LinkId, LinkStatus, Permission,
    PermissionResult, PermissionSet, ProblemCode, RowResult, Timestamp,
};
use leptos::prelude::*;

use super::*;
use crate::components::{FlowFrame, Kept, StepMark};

const NOW: Timestamp = Timestamp::from_millis(1_795_516_920_000);

fn frame() -> FlowFrame {
    let open = || StepMark::Open(String::new());
    FlowFrame {
        company: "Acme".to_owned(),
        link: LinkId::new(NOW, [7; 10]),
        current: 4,
        marks: [open(), open(), open(), open()],
        test: false,
    }
}

fn html<V: RenderHtml>(view: impl FnOnce() -> V) -> String {
    Owner::new().with(|| view().to_html())
}

fn row(permission: Permission, result: PermissionResult) -> RowResult {
    let problem = (result == PermissionResult::Missing).then_some(ProblemCode::PermissionMissing);
    RowResult { permission, result, problem, took_ms: Some(400) }
}

fn check(outcome: CheckOutcome, connection: ConnectionStep, rows: Vec<RowResult>) -> CheckView {
    let report = CheckReport { outcome, connection, reached_ms: Some(1), accepted_ms: None, rows };
    CheckView {
        frame: frame(),
        status: LinkStatus::LinkedWithGaps,
        host: "service4.ultipro.com".to_owned(),
        state: CheckState::Done(report),
        hold: None,
        replacement: Replacement::No,
        surplus: Vec::new(),
        duplicate: false,
    }
}

fn gaps(missing: &[Permission]) -> CheckView {
    let rows = Permission::ALL.into_iter().map(|permission| {
        let result =
            if missing.contains(&permission) { PermissionResult::Missing } else { PermissionResult::Granted };
        row(permission, result)
    });
    check(CheckOutcome::LinkedWithGaps, ConnectionStep::Accepted, rows.collect())
}

#[test]
fn the_result_and_each_permission_stand_once_on_the_checks_page() {
    let page = html(|| view! { <CheckPage view=gaps(&[Permission::PtoPlanIntegration]) /> });

    assert_eq!(page.matches("data-link-status=").count(), 1);
    assert_eq!(page.matches("data-permission=").count(), 10);
    assert_eq!(page.matches("data-code=\"permission_missing\"").count(), 1);
}

#[test]
fn each_missing_row_can_be_checked_again_by_itself() {
    let missing = [Permission::PtoPlanIntegration, Permission::EmployeeCompensationDetails];
    let page = html(|| view! { <CheckPage view=gaps(&missing) /> });

    for permission in missing {
        assert!(page.contains(&format!("value=\"{}\"", permission.slug())), "{permission}");
    }
    assert_eq!(page.matches("name=\"permission\"").count(), 2);
    assert!(page.contains("<b>Employee Compensation</b> is not <b>Employee Compensation Details</b>"));
    assert!(page.contains("account#how-3"));
}

#[test]
fn no_row_can_be_checked_alone_before_the_account_is_accepted() {
    let rows = vec![RowResult::not_asked(Permission::EmployeePersonDetails)];
    let outcome = CheckOutcome::Failed(ProblemCode::CredentialsRejected);
    let view = CheckView { status: LinkStatus::InProgress, ..check(outcome, ConnectionStep::Reached, rows) };
    let page = html(|| view! { <CheckPage view /> });

    assert!(!page.contains("name=\"permission\""));
    for field in ["account#password", "account#username", "key#key", "domain#url"] {
        assert!(page.contains(&format!("href=\"{field}\"")), "{field}");
    }
}

#[test]
fn a_running_page_holds_exactly_the_lines_the_events_bring() {
    let set = PermissionSet::new(&[Permission::PayrollIntegration]);
    let mut progress = CheckProgress::new(&set);
    progress.asking = vec![Permission::EmployeePersonDetails];
    let lines =
        check_lines(&CheckLinesView { host: "service4.ultipro.com".to_owned(), progress: progress.clone() });
    let mut view = gaps(&[]);
    view.state = CheckState::Running(progress);
    let page = html(|| view! { <CheckPage view /> });

    assert!(page.contains(&lines), "{lines}\n{page}");
    assert!(page.contains("data-live=\"check/events\""));
}

#[test]
fn a_question_changes_nothing_before_it_is_answered() {
    let mut view = gaps(&[]);
    view.replacement = Replacement::OtherAccount {
        old_host: "service4.ultipro.com".to_owned(),
        new_host: "service5.ultipro.com".to_owned(),
    };
    let page = html(|| view! { <CheckPage view /> });

    assert!(
        page.contains("name=\"choice\" value=\"use\"") && page.contains("name=\"choice\" value=\"keep\"")
    );
    assert!(page.contains("service5.ultipro.com"));
}

fn key(hand_off: HandOff) -> KeyView {
    KeyView {
        frame: frame(),
        found: None,
        kept: Kept::Nothing,
        saved_at: None,
        problem: Some(ProblemCode::KeyIsTenantId),
        pasted: None,
        hand_off,
        standing: Standing::Made,
    }
}

#[test]
fn the_box_for_a_page_is_a_form_of_its_own_and_always_empty() {
    let page = html(|| view! { <KeyPage view=key(HandOff::Offer) /> });

    assert!(page.contains("action=\"paste\"") && page.contains("></textarea>"), "{page}");
    assert!(page.contains("href=\"hand-over?step=key\""));
    assert_eq!(page.matches("data-code=").count(), 1);
}

#[test]
fn a_problem_links_to_a_line_that_is_on_the_page_and_shows_the_spot() {
    let page = html(|| view! { <KeyPage view=key(HandOff::Offer) /> });

    assert!(page.contains("href=\"#how-2\"") && page.contains("id=\"how-2\""));
    assert!(page.contains("crop--on") && page.contains("href=\"#customer-api-key-picture\""));
    assert_eq!(page.matches("id=\"customer-api-key-picture\"").count(), 1);
}

#[test]
fn a_colleague_sees_the_step_and_nothing_around_it() {
    let page = html(|| view! { <KeyPage view=key(HandOff::Colleague) /> });

    for other in ["/account", "/domain", "hand-over", "action=\"paste\"", "stepper"] {
        assert!(!page.contains(other), "{other}");
    }
}

#[test]
fn pages_of_an_invite_hold_no_address_of_it() {
    let view = ForwardView {
        company: "Acme".to_owned(),
        permissions: PermissionSet::new(&[]),
        good_until: "8 December 2026".to_owned(),
    };
    let page = html(|| view! { <ForwardPage view /> });

    assert!(!page.contains("/i/") && page.contains("data-invite"));
}
