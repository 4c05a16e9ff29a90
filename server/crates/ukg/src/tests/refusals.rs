//! Refused requests: how many there are, what they mean, and that nothing else is taken for one (bar R8).

use domain::{CheckOutcome, CheckReport, ConnectionStep, Permission, PermissionResult, ProblemCode};

use super::stand_in::{Reply, StandIn};
use super::{
    COMPANY, EARNINGS, HOST, PERSON, PTO, Recorder, all, checker, credentials, failed, host, result,
};
use crate::Target;

async fn with_left(ukg: &StandIn, refusals_left: u8) -> (CheckReport, usize) {
    let (host, credentials, permissions) = (host(HOST), credentials(), all());
    let target = Target { host: &host, credentials: &credentials, permissions: &permissions, refusals_left };
    let recorder = Recorder::default();
    let report = checker(&ukg.ca, ukg.address).check(&target, &recorder).await;
    (report, recorder.refusals())
}

#[tokio::test]
async fn no_more_requests_are_refused_than_are_left() {
    let table: [(u8, &[&str]); 5] = [
        (0, &[]),
        (1, &[PERSON]),
        (2, &[PERSON, EARNINGS]),
        (3, &[PERSON, EARNINGS, COMPANY]),
        (9, &[PERSON, EARNINGS, COMPANY]),
    ];
    for (left, paths) in table {
        let ukg = StandIn::answering(|_, _| Reply::status(401)).await;

        let (report, refusals) = with_left(&ukg, left).await;

        assert_eq!(report.outcome, failed(ProblemCode::CredentialsRejected), "{left}");
        assert!(report.connection < ConnectionStep::Accepted, "{left}");
        assert_eq!(ukg.paths(), paths, "{left}");
        assert_eq!(refusals, paths.len(), "{left}");
    }
}

#[tokio::test]
async fn what_speaks_for_the_account_ends_the_counting() {
    let ukg = StandIn::answering(|path, _| match path {
        EARNINGS => Reply::list(),
        _ => Reply::status(401),
    })
    .await;

    let (report, refusals) = with_left(&ukg, 2).await;

    // Six permissions are refused after that, and each is missing.
    assert_eq!(report.outcome, failed(ProblemCode::PermissionMissing));
    assert_eq!(report.rows.iter().filter(|row| row.result == PermissionResult::Missing).count(), 7);
    assert_eq!(refusals, 1);
}

#[tokio::test]
async fn an_account_accepted_at_once_is_never_counted_against() {
    let ukg =
        StandIn::answering(|path, _| if path == PERSON { Reply::list() } else { Reply::status(401) }).await;

    let (report, refusals) = with_left(&ukg, 1).await;

    assert_eq!((report.outcome, refusals), (CheckOutcome::LinkedWithGaps, 0));
    let pto = result(&report, Permission::PtoPlanIntegration);
    assert_eq!(pto, (PermissionResult::Missing, Some(ProblemCode::PermissionMissing)));
}

#[tokio::test]
async fn the_last_refusal_beside_a_fault_does_not_reject_the_account() {
    let ukg = StandIn::answering(|path, _| match path {
        EARNINGS => Reply::status(500),
        _ => Reply::status(401),
    })
    .await;

    let (report, refusals) = with_left(&ukg, 2).await;

    assert_eq!((report.outcome, refusals), (failed(ProblemCode::UkgUnavailable), 2));
}

// Whatever goes wrong on whichever request: it is never called a refusal, and never a missing permission.
#[tokio::test]
async fn no_fault_is_ever_taken_for_a_refusal() {
    type Fault = fn() -> Reply;
    let faults: [(&str, Fault); 12] = [
        ("429", || Reply::status(429)),
        ("429, long", || Reply::With(429, ("retry-after", "3600".into()), "")),
        ("500", || Reply::Http(500, "application/problem+json", r#"{"status":401,"title":"Unauthorized"}"#)),
        ("502", || Reply::Http(502, "text/html", "<h1>401 Unauthorized</h1>")),
        ("503", || Reply::Http(503, "text/html", "<h1>Maintenance</h1>")),
        ("504", || Reply::status(504)),
        ("523", || Reply::status(523)),
        ("407", || Reply::status(407)),
        ("cut", || Reply::Cut),
        ("object", || Reply::Http(200, "application/json", r#"{"error":"invalid_credentials"}"#)),
        ("text", || Reply::Http(200, "text/plain", "401 Unauthorized")),
        ("login page", || Reply::Http(200, "text/html", "<h1>Wrong password</h1>")),
    ];
    for (name, fault) in faults {
        for faulty in [PERSON, EARNINGS] {
            let ukg = StandIn::answering(move |path, _| match path {
                _ if path == faulty => fault(),
                PERSON => Reply::status(401),
                COMPANY | PTO => Reply::status(401),
                _ => Reply::status(404),
            })
            .await;

            let (report, refusals) = with_left(&ukg, 3).await;

            let CheckOutcome::Failed(problem) = report.outcome else { panic!("{name}: linked") };
            assert_ne!(problem, ProblemCode::PermissionMissing, "{name} on {faulty}");
            if faulty == PERSON {
                assert_ne!(problem, ProblemCode::CredentialsRejected, "{name}");
                assert_eq!(refusals, 0, "{name}");
            }
            assert!(refusals <= 3 && report.accepted_ms.is_none(), "{name} on {faulty}");
        }
    }
}
