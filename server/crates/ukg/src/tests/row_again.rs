//! "Check this row again": what is sent, and what becomes of everything else.

use domain::{
    CheckOutcome, CheckReport, ConnectionStep, Permission, PermissionResult, PermissionSet, ProblemCode,
    RowResult,
};

use super::stand_in::{Reply, StandIn};
use super::{COMPANY, EARNINGS, HOST, PERSON, PTO, Recorder, checker, credentials, failed, host, result};
use crate::Target;

const REQUIRED: Permission = Permission::EmployeePersonDetails;
const ASKED: [Permission; 4] = [
    Permission::PtoPlanIntegration,
    Permission::CompanyConfigurationIntegration,
    Permission::PayrollIntegration,
    Permission::EmployeePayStatement,
];
const GAP: (PermissionResult, Option<ProblemCode>) =
    (PermissionResult::Missing, Some(ProblemCode::PermissionMissing));
const GRANTED: (PermissionResult, Option<ProblemCode>) = (PermissionResult::Granted, None);

/// A report of an accepted account, with these permissions missing and the other testable ones granted.
fn known(missing: &[Permission]) -> CheckReport {
    let row = |permission: Permission| match RowResult::not_asked(permission) {
        row if !permission.is_testable() => row,
        row if missing.contains(&permission) => {
            RowResult { result: GAP.0, problem: GAP.1, took_ms: Some(1), ..row }
        }
        row => RowResult { result: GRANTED.0, took_ms: Some(1), ..row },
    };
    let rows: Vec<_> = PermissionSet::new(&ASKED).iter().map(row).collect();
    CheckReport {
        outcome: CheckReport::outcome_of(&rows),
        connection: ConnectionStep::Accepted,
        reached_ms: Some(10),
        accepted_ms: Some(20),
        rows,
    }
}

struct Again {
    report: CheckReport,
    recorder: Recorder,
}

async fn again(ukg: &StandIn, permission: Permission, known: &CheckReport, refusals_left: u8) -> Again {
    let (host, credentials, permissions) = (host(HOST), credentials(), PermissionSet::new(&ASKED));
    let target = Target { host: &host, credentials: &credentials, permissions: &permissions, refusals_left };
    let recorder = Recorder::default();
    let report = checker(&ukg.ca, ukg.address).check_row(&target, permission, known, &recorder).await;
    Again { report, recorder }
}

#[tokio::test]
async fn a_box_ticked_meanwhile_is_granted_with_one_request() {
    let ukg = StandIn::answering(|_, _| Reply::list()).await;
    let before = known(&[Permission::PtoPlanIntegration]);

    let it = again(&ukg, Permission::PtoPlanIntegration, &before, 3).await;

    assert_eq!(ukg.paths(), [PTO]);
    assert_eq!(it.report.outcome, CheckOutcome::Linked);
    assert_eq!((it.report.reached_ms, it.report.accepted_ms), (Some(10), Some(20)));
    for (was, is) in before.rows.iter().zip(&it.report.rows) {
        assert!(was == is || is.permission == Permission::PtoPlanIntegration);
    }
    let asking: Vec<_> = it.recorder.progress().iter().map(|progress| progress.asking.clone()).collect();
    assert_eq!(asking, [vec![Permission::PtoPlanIntegration], vec![]]);
}

#[tokio::test]
async fn a_box_still_not_ticked_is_missing_with_one_request() {
    for (kind, body) in [("", ""), ("text/html", "<h1>403</h1>")] {
        let ukg = StandIn::answering(move |_, _| Reply::Http(403, kind, body)).await;
        let before = known(&[Permission::PtoPlanIntegration]);

        let it = again(&ukg, Permission::PtoPlanIntegration, &before, 3).await;

        if kind.is_empty() {
            assert_eq!(it.report.outcome, CheckOutcome::LinkedWithGaps);
            assert_eq!(ukg.paths(), [PTO]);
        } else {
            // A guard that stops even a request without credentials says nothing about the box.
            let pto = result(&it.report, Permission::PtoPlanIntegration);
            assert_eq!(pto, (PermissionResult::Unchecked, Some(ProblemCode::UkgUnexpected)));
        }
        assert_eq!(it.recorder.refusals(), 0);
    }
}

#[tokio::test]
async fn a_refused_row_is_missing_when_the_required_request_is_still_answered() {
    for required in [200, 403] {
        let ukg = StandIn::answering(move |path, _| match (path, required) {
            (PERSON, 200) => Reply::list(),
            (PERSON, _) => Reply::status(403),
            _ => Reply::status(401),
        })
        .await;

        let it = again(&ukg, Permission::PtoPlanIntegration, &known(&[]), 3).await;

        assert_eq!(ukg.paths(), [PTO, PERSON]);
        assert_eq!(result(&it.report, Permission::PtoPlanIntegration), GAP);
        // What the required request said counts as well.
        let expected = if required == 200 { GRANTED } else { GAP };
        assert_eq!(result(&it.report, REQUIRED), expected);
        assert_eq!(result(&it.report, Permission::PayrollIntegration), GRANTED);
        assert_eq!(it.recorder.refusals(), 1);
    }
}

#[tokio::test]
async fn an_account_that_is_refused_throughout_is_rejected_and_nothing_is_known_any_more() {
    let ukg = StandIn::answering(|_, _| Reply::status(401)).await;

    let it = again(&ukg, Permission::PtoPlanIntegration, &known(&[]), 4).await;

    assert_eq!(it.report.outcome, failed(ProblemCode::CredentialsRejected));
    assert_eq!((it.report.connection, it.report.accepted_ms), (ConnectionStep::Reached, None));
    assert!(it.report.rows.iter().all(|row| row.result != PermissionResult::Granted));
    assert_eq!(ukg.paths(), [PTO, PERSON, EARNINGS, COMPANY]);
    assert_eq!(it.recorder.refusals(), 4);
}

#[tokio::test]
async fn with_two_refusals_left_two_are_sent() {
    let ukg = StandIn::answering(|_, _| Reply::status(401)).await;

    let it = again(&ukg, Permission::PtoPlanIntegration, &known(&[]), 2).await;

    assert_eq!(it.report.outcome, failed(ProblemCode::CredentialsRejected));
    assert_eq!(ukg.paths(), [PTO, PERSON]);
}

// The row's own refusal could mean the box. So the account is asked about first, where a refusal is clear.
#[tokio::test]
async fn with_one_refusal_left_the_account_comes_first() {
    let refusing = StandIn::answering(|_, _| Reply::status(401)).await;
    let it = again(&refusing, Permission::PtoPlanIntegration, &known(&[]), 1).await;
    assert_eq!(it.report.outcome, failed(ProblemCode::CredentialsRejected));
    assert_eq!(refusing.paths(), [PERSON]);

    let gap_as_401 =
        StandIn::answering(|path, _| if path == PTO { Reply::status(401) } else { Reply::list() }).await;
    let it = again(&gap_as_401, Permission::PtoPlanIntegration, &known(&[]), 1).await;
    assert_eq!(it.report.outcome, CheckOutcome::LinkedWithGaps);
    assert_eq!(result(&it.report, Permission::PtoPlanIntegration), GAP);
    assert_eq!((gap_as_401.paths().len(), it.recorder.refusals()), (2, 0));
}

#[tokio::test]
async fn with_none_left_nothing_is_sent() {
    let ukg = StandIn::answering(|_, _| Reply::list()).await;
    for permission in [REQUIRED, Permission::PtoPlanIntegration] {
        let it = again(&ukg, permission, &known(&[]), 0).await;
        assert_eq!(it.report.outcome, failed(ProblemCode::CredentialsRejected));
    }
    assert_eq!(ukg.connections(), 0);
}

// Where the required permission is missing and the tenant says 401 to that, another 401 for it proves nothing.
#[tokio::test]
async fn a_known_gap_in_the_required_permission_is_no_witness() {
    let ukg = StandIn::answering(|path, _| match path {
        PERSON | PTO => Reply::status(401),
        _ => Reply::list(),
    })
    .await;
    let before = known(&[REQUIRED, Permission::PtoPlanIntegration]);

    let it = again(&ukg, Permission::PtoPlanIntegration, &before, 3).await;

    assert_eq!(it.report.outcome, failed(ProblemCode::PermissionMissing));
    assert_eq!(ukg.paths(), [PTO, COMPANY]);
    assert_eq!(it.recorder.refusals(), 1);

    let nothing_granted = known(&Permission::ALL);
    let it = again(&ukg, Permission::PtoPlanIntegration, &nothing_granted, 3).await;
    assert_eq!(it.report.outcome, failed(ProblemCode::PermissionMissing));
    assert_eq!(ukg.paths()[2..], [PTO, EARNINGS]);
}

#[tokio::test]
async fn a_fault_leaves_one_row_unchecked_and_every_other_as_known() {
    for (reply, problem) in [(503, ProblemCode::UkgUnavailable), (429, ProblemCode::UkgBusy)] {
        let ukg = StandIn::answering(move |_, _| Reply::status(reply)).await;
        let before = known(&[Permission::PayrollIntegration]);

        let it = again(&ukg, Permission::PtoPlanIntegration, &before, 3).await;

        let pto = result(&it.report, Permission::PtoPlanIntegration);
        assert_eq!(pto, (PermissionResult::Unchecked, Some(problem)));
        assert_eq!(it.report.outcome, CheckOutcome::LinkedWithGaps);
        assert_eq!(it.report.connection, ConnectionStep::Accepted);
        for (was, is) in before.rows.iter().zip(&it.report.rows) {
            assert!(was == is || is.permission == Permission::PtoPlanIntegration);
        }
        let took = it.report.rows.iter().find(|row| row.permission == Permission::PtoPlanIntegration);
        assert!(took.unwrap().took_ms.is_some());
    }
}

#[tokio::test]
async fn a_refused_row_beside_a_fault_is_unchecked() {
    let ukg = StandIn::answering(|path, _| match path {
        PTO => Reply::status(401),
        _ => Reply::status(500),
    })
    .await;

    let it = again(&ukg, Permission::PtoPlanIntegration, &known(&[]), 3).await;

    let pto = result(&it.report, Permission::PtoPlanIntegration);
    assert_eq!(pto, (PermissionResult::Unchecked, Some(ProblemCode::UkgUnavailable)));
    assert_eq!(it.report.outcome, CheckOutcome::Linked);
    assert_eq!(result(&it.report, REQUIRED), GRANTED);
}

#[tokio::test]
async fn the_required_row_is_asked_like_in_a_full_check() {
    let before = known(&[REQUIRED]);
    let ticked = StandIn::answering(|_, _| Reply::list()).await;
    let it = again(&ticked, REQUIRED, &before, 3).await;
    assert_eq!((it.report.outcome, ticked.paths()), (CheckOutcome::Linked, vec![PERSON.to_owned()]));

    let still_401 =
        StandIn::answering(|path, _| if path == PERSON { Reply::status(401) } else { Reply::list() }).await;
    let it = again(&still_401, REQUIRED, &before, 3).await;
    assert_eq!(it.report.outcome, failed(ProblemCode::PermissionMissing));
    assert_eq!(still_401.paths(), [PERSON, EARNINGS]);

    let down = StandIn::answering(|_, _| Reply::status(503)).await;
    let it = again(&down, REQUIRED, &before, 3).await;
    assert_eq!(it.report.outcome, failed(ProblemCode::UkgUnavailable));
    assert_eq!(result(&it.report, Permission::PtoPlanIntegration), GRANTED);
}

#[tokio::test]
async fn what_cannot_be_asked_changes_nothing() {
    let ukg = StandIn::answering(|_, _| Reply::list()).await;
    for permission in [Permission::EmployeePayStatement, Permission::EmployeeCompensationDetails] {
        let it = again(&ukg, permission, &known(&[]), 3).await;
        assert_eq!(it.report, known(&[]));
    }
    assert_eq!(ukg.connections(), 0);
}
