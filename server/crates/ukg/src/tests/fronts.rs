//! The second look without credentials: a wrong host, a guard, or UKG Pro in a strange mood?

use domain::{CheckOutcome, ConnectionStep, Permission, PermissionResult, ProblemCode};

use super::stand_in::{Reply, StandIn};
use super::{COMPANY, EARNINGS, LOGIN, PERSON, PTO, all, check, failed, result, some};

const WSDL: &str = r#"<?xml version="1.0"?><wsdl:definitions name="LoginService"/>"#;
const PAGE: &str = "<!doctype html><title>Sign in</title>";

#[tokio::test]
async fn a_host_that_describes_its_login_service_is_not_called_a_wrong_host() {
    for (kind, body) in [
        ("text/xml; charset=utf-8", WSDL),
        ("text/html", "<h1>LoginService Service</h1>svcutil.exe http://x/services/LoginService?wsdl"),
    ] {
        for (status, page) in [(404, ""), (404, "text/html"), (405, "text/html")] {
            let ukg = StandIn::answering(move |path, _| match path {
                LOGIN => Reply::Http(200, kind, body),
                _ => Reply::Http(status, page, ""),
            })
            .await;

            assert_eq!(check(&ukg, &all()).await.outcome, failed(ProblemCode::UkgUnexpected), "{status}");
            assert_eq!(ukg.paths(), [PERSON, LOGIN]);
        }
    }
}

#[tokio::test]
async fn a_host_that_has_nothing_and_describes_nothing_is_a_wrong_host() {
    for front in [200, 302, 403, 404, 503] {
        let ukg = StandIn::answering(move |path, _| match path {
            LOGIN => Reply::Http(front, "text/html", PAGE),
            _ => Reply::Http(404, "text/html", PAGE),
        })
        .await;

        assert_eq!(check(&ukg, &all()).await.outcome, failed(ProblemCode::HostNotWebServices), "{front}");
    }
}

// `ukg-pro.md` §4d: a page or a redirect where data belongs is a portal's, whatever else the host has.
#[tokio::test]
async fn a_page_or_a_redirect_where_data_belongs_leaves_no_doubt() {
    for (status, kind, body) in [(200, "text/html", PAGE), (302, "", ""), (200, "", PAGE)] {
        let ukg = StandIn::answering(move |path, _| match path {
            LOGIN => Reply::Http(200, "text/xml", WSDL),
            _ => Reply::Http(status, kind, body),
        })
        .await;

        assert_eq!(check(&ukg, &all()).await.outcome, failed(ProblemCode::HostNotWebServices), "{status}");
        assert_eq!(ukg.paths(), [PERSON]);
    }
}

#[tokio::test]
async fn the_second_look_carries_no_credentials() {
    let ukg = StandIn::answering(|_, _| Reply::status(404)).await;

    check(&ukg, &all()).await;

    let looks: Vec<_> = ukg.seen().into_iter().filter(|seen| seen.path == LOGIN).collect();
    assert_eq!(looks.len(), 1);
    for seen in &looks {
        let mut names: Vec<_> = seen.headers.keys().map(ToString::to_string).collect();
        names.sort();
        assert_eq!(names, ["accept", "accept-encoding", "host", "user-agent"]);
    }
    // Positive control: the first one does carry them.
    assert!(ukg.seen().iter().any(|seen| seen.path == PERSON && seen.headers.contains_key("authorization")));
}

#[tokio::test]
async fn a_guard_in_front_of_everything_is_not_blamed_on_a_permission() {
    let ukg = StandIn::answering(|_, _| Reply::Http(403, "text/html", "<h1>Request blocked</h1>")).await;

    let report = check(&ukg, &all()).await;

    assert_eq!(report.outcome, failed(ProblemCode::UkgUnexpected));
    assert_eq!(report.connection, ConnectionStep::Reached);
    assert!(report.rows.iter().all(|row| row.result != PermissionResult::Missing));
    assert_eq!(ukg.paths(), [PERSON, LOGIN, EARNINGS, COMPANY]);
}

// The very same pages, from a host that lets anybody see its front: then it is the account that may not.
#[tokio::test]
async fn a_page_for_each_missing_permission_is_a_missing_permission() {
    for front in [200, 404, 405, 500] {
        let ukg = StandIn::answering(move |path, _| match path {
            LOGIN => Reply::Http(front, "text/xml", WSDL),
            _ => Reply::Http(403, "text/html", "<h2>403 - Forbidden</h2>"),
        })
        .await;

        let report = check(&ukg, &some()).await;

        assert_eq!(report.outcome, failed(ProblemCode::PermissionMissing), "{front}");
        assert_eq!(report.connection, ConnectionStep::Accepted);
        assert!(report.rows.iter().all(|row| row.result == PermissionResult::Missing));
    }
}

#[tokio::test]
async fn every_answer_forbidden_in_json_or_without_a_body_means_a_good_account() {
    for (kind, body) in [("", ""), ("application/json", r#"{"Message":"no"}"#)] {
        let ukg = StandIn::answering(move |_, _| Reply::Http(403, kind, body)).await;

        let report = check(&ukg, &some()).await;

        assert_eq!(report.outcome, failed(ProblemCode::PermissionMissing));
        assert_eq!(report.connection, ConnectionStep::Accepted);
        assert!(!ukg.paths().contains(&LOGIN.to_owned()));
    }
}

#[tokio::test]
async fn a_guard_that_lets_one_request_through_shows_the_account_to_be_good() {
    let ukg = StandIn::answering(|path, _| match path {
        COMPANY | PTO => Reply::list(),
        _ => Reply::Http(403, "text/html", "<h1>403</h1>"),
    })
    .await;

    let report = check(&ukg, &some()).await;

    assert_eq!(report.outcome, failed(ProblemCode::PermissionMissing));
    assert_eq!(result(&report, Permission::PtoPlanIntegration), (PermissionResult::Granted, None));
    assert_eq!(ukg.paths(), [PERSON, LOGIN, EARNINGS, COMPANY, PTO]);
}

#[tokio::test]
async fn a_gap_told_with_a_page_needs_no_second_look_once_the_account_is_accepted() {
    let ukg = StandIn::answering(|path, _| match path {
        PTO => Reply::Http(403, "text/html", "<h2>403</h2>"),
        _ => Reply::list(),
    })
    .await;

    let report = check(&ukg, &some()).await;

    assert_eq!(report.outcome, CheckOutcome::LinkedWithGaps);
    assert!(!ukg.paths().contains(&LOGIN.to_owned()));
}
