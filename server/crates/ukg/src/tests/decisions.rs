//! What follows from which answer (`ukg-pro.md` §4d).

use domain::{CheckOutcome, ConnectionStep, Permission, PermissionResult, ProblemCode};

use super::stand_in::{Reply, StandIn};
use super::{COMPANY, EARNINGS, LOGIN, PERSON, PTO, all, check, failed, result, some};

const GAP: (PermissionResult, Option<ProblemCode>) =
    (PermissionResult::Missing, Some(ProblemCode::PermissionMissing));

#[tokio::test]
async fn a_gap_is_missing_whether_ukg_says_403_or_401() {
    for status in [403, 401] {
        let ukg = StandIn::answering(move |path, _| match path {
            PTO => Reply::status(status),
            _ => Reply::list(),
        })
        .await;

        let report = check(&ukg, &all()).await;

        assert_eq!(report.outcome, CheckOutcome::LinkedWithGaps, "{status}");
        assert_eq!(result(&report, Permission::PtoPlanIntegration), GAP);
        assert_eq!(result(&report, Permission::PayrollIntegration), (PermissionResult::Granted, None));
    }
}

#[tokio::test]
async fn a_forbidden_required_request_means_the_account_is_good_and_the_rest_is_still_told() {
    for (kind, body) in
        [("", ""), ("application/json", r#"{"message":"no"}"#), ("text/html", "<h1>Forbidden</h1>")]
    {
        let ukg = StandIn::answering(move |path, _| match path {
            PERSON => Reply::Http(403, kind, body),
            PTO => Reply::status(403),
            _ => Reply::list(),
        })
        .await;

        let report = check(&ukg, &some()).await;

        assert_eq!(report.outcome, failed(ProblemCode::PermissionMissing), "{kind}");
        assert_eq!(report.connection, ConnectionStep::Accepted);
        assert_eq!(result(&report, Permission::EmployeePersonDetails), GAP);
        assert_eq!(result(&report, Permission::PtoPlanIntegration), GAP);
        let company = result(&report, Permission::CompanyConfigurationIntegration);
        assert_eq!(company, (PermissionResult::Granted, None));
    }
}

#[tokio::test]
async fn a_refused_required_request_is_a_missing_permission_when_earnings_are_open() {
    for earnings in [200, 403] {
        let ukg = StandIn::answering(move |path, _| match path {
            PERSON | PTO => Reply::status(401),
            EARNINGS if earnings == 403 => Reply::status(403),
            _ => Reply::list(),
        })
        .await;

        let report = check(&ukg, &some()).await;

        assert_eq!(report.outcome, failed(ProblemCode::PermissionMissing));
        assert_eq!(report.connection, ConnectionStep::Accepted);
        assert_eq!(result(&report, Permission::EmployeePersonDetails), GAP);
        assert_eq!(result(&report, Permission::PtoPlanIntegration), GAP);
        let company = result(&report, Permission::CompanyConfigurationIntegration);
        assert_eq!(company, (PermissionResult::Granted, None));
        assert_eq!(ukg.paths()[..2], [PERSON, EARNINGS]);
    }
}

#[tokio::test]
async fn a_refused_required_request_is_a_missing_permission_when_company_details_are_open() {
    let ukg = StandIn::answering(|path, _| match path {
        COMPANY => Reply::list(),
        _ => Reply::status(401),
    })
    .await;

    let report = check(&ukg, &some()).await;

    assert_eq!(report.outcome, failed(ProblemCode::PermissionMissing));
    let company = result(&report, Permission::CompanyConfigurationIntegration);
    assert_eq!(company, (PermissionResult::Granted, None));
    assert_eq!(result(&report, Permission::PtoPlanIntegration), GAP);
    // The answer about company details counts for their row: they are not asked for again.
    assert_eq!(ukg.paths(), [PERSON, EARNINGS, COMPANY, PTO]);
}

#[tokio::test]
async fn a_rejected_account_gets_three_refused_requests_and_no_more() {
    for (kind, body) in [("", ""), ("text/html", "<h1>401</h1>")] {
        let ukg = StandIn::answering(move |_, _| Reply::Http(401, kind, body)).await;

        let report = check(&ukg, &all()).await;

        assert_eq!(report.outcome, failed(ProblemCode::CredentialsRejected));
        assert_eq!(report.connection, ConnectionStep::Reached);
        assert_eq!(report.accepted_ms, None);
        assert!(report.rows.iter().all(|row| row.result != PermissionResult::Missing));
        assert_eq!(ukg.paths(), [PERSON, EARNINGS, COMPANY]);
    }
}

#[tokio::test]
async fn refusals_beside_a_fault_do_not_reject_the_account() {
    let ukg = StandIn::answering(|path, _| match path {
        EARNINGS => Reply::status(503),
        _ => Reply::status(401),
    })
    .await;

    let report = check(&ukg, &all()).await;

    assert_eq!(report.outcome, failed(ProblemCode::UkgUnavailable));
    assert_eq!(ukg.paths(), [PERSON, EARNINGS, EARNINGS, COMPANY]);
}

#[tokio::test]
async fn one_refusal_among_answers_that_say_nothing_does_not_reject_the_account() {
    let ukg = StandIn::answering(|path, _| match path {
        PERSON => Reply::status(401),
        _ => Reply::status(404),
    })
    .await;

    assert_eq!(check(&ukg, &all()).await.outcome, failed(ProblemCode::UkgUnexpected));
}

#[tokio::test]
async fn a_host_that_is_no_web_service_is_told_from_an_unexpected_answer() {
    const PAGE: &str = "<!doctype html><title>Sign in</title>";
    let table = [
        (200, "text/html; charset=utf-8", PAGE, ProblemCode::HostNotWebServices),
        (200, "text/html", "[]", ProblemCode::HostNotWebServices),
        (200, "", PAGE, ProblemCode::HostNotWebServices),
        (301, "", "", ProblemCode::HostNotWebServices),
        (404, "text/html", PAGE, ProblemCode::HostNotWebServices),
        (404, "application/json", "{}", ProblemCode::HostNotWebServices),
        (405, "text/html", PAGE, ProblemCode::HostNotWebServices),
        (404, "", "", ProblemCode::HostNotWebServices),
        (400, "text/html", "<h2>Bad Request - Invalid Hostname</h2>", ProblemCode::HostNotWebServices),
        (307, "", "", ProblemCode::HostNotWebServices),
        (200, "text/plain", PAGE, ProblemCode::HostNotWebServices),
        (304, "", "", ProblemCode::UkgUnexpected),
        (405, "", "", ProblemCode::UkgUnexpected),
        (406, "application/json", "{}", ProblemCode::UkgUnexpected),
        (407, "text/html", PAGE, ProblemCode::UkgUnexpected),
        (415, "", "", ProblemCode::UkgUnexpected),
        (418, "text/html", PAGE, ProblemCode::UkgUnexpected),
        (421, "", "", ProblemCode::UkgUnexpected),
        (451, "text/html", PAGE, ProblemCode::UkgUnexpected),
        (206, "application/json", "[]", ProblemCode::UkgUnexpected),
        (299, "application/json", "[]", ProblemCode::UkgUnexpected),
        (200, "application/json", "[\"Unauthorized\"]", ProblemCode::UkgUnexpected),
        (200, "application/json", r#"{"error":"unauthorized"}"#, ProblemCode::UkgUnexpected),
        (200, "application/json", "null", ProblemCode::UkgUnexpected),
        (200, "application/xml", "[]", ProblemCode::UkgUnexpected),
        (501, "text/html", PAGE, ProblemCode::UkgUnavailable),
        (511, "text/html", PAGE, ProblemCode::UkgUnavailable),
        (530, "text/html", PAGE, ProblemCode::UkgUnavailable),
        (400, "application/problem+json", "{}", ProblemCode::UkgUnexpected),
        (410, "application/json", "[]", ProblemCode::UkgUnexpected),
        (204, "", "", ProblemCode::UkgUnexpected),
        (200, "application/json", r#"{"items":[]}"#, ProblemCode::UkgUnexpected),
        (200, "application/json", "", ProblemCode::UkgUnexpected),
        (200, "application/xml", "<a/>", ProblemCode::UkgUnexpected),
    ];
    for (status, kind, body, expected) in table {
        let ukg = StandIn::answering(move |_, _| Reply::Http(status, kind, body)).await;

        let report = check(&ukg, &all()).await;

        assert_eq!(report.outcome, failed(expected), "{status} {kind} {body}");
        assert_eq!(report.connection, ConnectionStep::Reached);
        // A second look, without credentials, only where the host itself is in doubt: a portal's page leaves none.
        let in_doubt = expected == ProblemCode::HostNotWebServices && status >= 400;
        let doubt: &[&str] = if in_doubt { &[PERSON, LOGIN] } else { &[PERSON] };
        assert_eq!(ukg.paths(), doubt, "{status} {kind} {body}");
    }
}

#[tokio::test]
async fn a_list_is_a_list_whatever_stands_before_it() {
    for (kind, body) in [
        ("application/json", "\u{FEFF}  \r\n[]"),
        ("TEXT/JSON;charset=UTF-8", "[]"),
        ("application/hal+json", "[\n{\"a\":1}]"),
        ("text/plain", "[]"),
        ("application/octet-stream", "[{}]"),
        ("", " []"),
    ] {
        let ukg = StandIn::answering(move |_, _| Reply::Http(200, kind, body)).await;

        assert_eq!(check(&ukg, &some()).await.outcome, CheckOutcome::Linked, "{kind}");
    }
}

#[tokio::test]
async fn an_unclear_answer_about_another_permission_never_prevents_linking() {
    let table = [
        (404, ProblemCode::UkgUnexpected),
        (302, ProblemCode::UkgUnexpected),
        (400, ProblemCode::UkgUnexpected),
        (429, ProblemCode::UkgBusy),
        (500, ProblemCode::UkgUnavailable),
        (501, ProblemCode::UkgUnavailable),
    ];
    for (status, problem) in table {
        let ukg = StandIn::answering(move |path, _| match path {
            PTO => Reply::status(status),
            _ => Reply::list(),
        })
        .await;

        let report = check(&ukg, &some()).await;

        assert_eq!(report.outcome, CheckOutcome::Linked, "{status}");
        let pto = result(&report, Permission::PtoPlanIntegration);
        assert_eq!(pto, (PermissionResult::Unchecked, Some(problem)), "{status}");
    }
}
