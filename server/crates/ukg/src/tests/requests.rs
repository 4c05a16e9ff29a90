//! What is sent: exactly the documented requests, in the documented order.

use std::sync::Arc;

use domain::{CheckOutcome, ConnectionStep, Permission, PermissionResult, PermissionSet};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::sync::Barrier;

use super::stand_in::{Reply, StandIn};
use super::{HOST, KEY, PERSON, all, check, result};
use crate::limits::Limits;

#[tokio::test]
async fn a_full_check_sends_each_documented_request_once() {
    let ukg = StandIn::answering(|_, _| Reply::list()).await;

    let report = check(&ukg, &all()).await;

    assert_eq!(report.outcome, CheckOutcome::Linked);
    assert_eq!(report.connection, ConnectionStep::Accepted);
    assert!(report.reached_ms.unwrap() <= report.accepted_ms.unwrap());
    assert_eq!(report.rows.len(), 10);
    let mut sent: Vec<_> = ukg.seen().iter().map(|seen| format!("{}?{}", seen.path, seen.query)).collect();
    assert_eq!(sent[0], "/personnel/v1/person-details?page=1&per_Page=1");
    sent.sort();
    assert_eq!(
        sent,
        [
            "/configuration/v1/company-details?page=1&per_Page=1",
            "/payroll/v1/paygroup-payperiods?page=1&per_Page=1",
            "/personnel/v1/compensation-details?page=1&per_Page=1",
            "/personnel/v1/employee-job-history-details?page=1&per_Page=1",
            "/personnel/v1/employment-details?page=1&per_Page=1",
            "/personnel/v1/person-details?page=1&per_Page=1",
            "/personnel/v1/pto-plans?page=1&per_page=1",
        ]
    );
}

#[tokio::test]
async fn every_request_carries_the_two_credential_headers_and_nothing_unknown() {
    let ukg = StandIn::answering(|_, _| Reply::list()).await;

    check(&ukg, &all()).await;

    for seen in ukg.seen() {
        let mut names: Vec<_> = seen.headers.keys().map(ToString::to_string).collect();
        names.sort();
        assert_eq!(
            names,
            ["accept", "accept-encoding", "authorization", "host", "us-customer-api-key", "user-agent"]
        );
        assert_eq!(seen.method, "GET");
        assert_eq!(seen.header("host"), HOST);
        assert_eq!(seen.header("us-customer-api-key"), KEY);
        // base64 of `canary-user-3b91:canary+Pass/7f3a`
        assert_eq!(seen.header("authorization"), "Basic Y2FuYXJ5LXVzZXItM2I5MTpjYW5hcnkrUGFzcy83ZjNh");
        assert_eq!(seen.header("accept"), "application/json");
        assert_eq!(seen.header("accept-encoding"), "identity");
        assert_eq!(seen.header("user-agent"), concat!("Linkdesk/", env!("CARGO_PKG_VERSION")));
    }
}

#[tokio::test]
async fn only_what_was_asked_for_is_requested() {
    let ukg = StandIn::answering(|_, _| Reply::list()).await;

    let report = check(&ukg, &PermissionSet::new(&[Permission::EmployeePayStatement])).await;

    assert_eq!(ukg.paths(), [PERSON]);
    assert_eq!(report.outcome, CheckOutcome::Linked);
    assert_eq!(result(&report, Permission::EmployeePayStatement), (PermissionResult::Untestable, None));
}

// Requests sent one after the other, or fewer than four at a time, would wait at the barrier until the deadline.
#[tokio::test]
async fn after_the_first_request_four_go_out_together() {
    let four = Arc::new(Barrier::new(4));
    let ukg = StandIn::answering(move |path, _| match path {
        PERSON => Reply::list(),
        _ => Reply::Together(Arc::clone(&four), Box::new(Reply::list())),
    })
    .await;
    let five = PermissionSet::new(&[
        Permission::PtoPlanIntegration,
        Permission::CompanyConfigurationIntegration,
        Permission::PayrollIntegration,
        Permission::PersonnelIntegration,
    ]);

    let report = check(&ukg, &five).await;

    assert_eq!(report.outcome, CheckOutcome::Linked);
    assert!(report.rows.iter().all(|row| row.problem.is_none()), "{:?}", report.rows);
}

// More than four at a time would need more than four connections, and one is left over from the first request.
#[tokio::test]
async fn never_more_than_four_go_out_together() {
    let ukg = StandIn::answering(|_, _| Reply::list()).await;

    let report = check(&ukg, &all()).await;

    assert_eq!(report.outcome, CheckOutcome::Linked);
    assert!(ukg.connections() <= 5, "{}", ukg.connections());
}

#[tokio::test]
async fn a_second_check_uses_connections_of_its_own() {
    let ukg = StandIn::answering(|_, _| Reply::list()).await;
    let checker = super::checker(&ukg.ca, ukg.address);
    let only_required = PermissionSet::new(&[]);

    checker.quietly(&super::host(HOST), &super::credentials(), &only_required).await;
    checker.quietly(&super::host(HOST), &super::credentials(), &only_required).await;

    assert_eq!(ukg.connections(), 2);
}

// Without connections opened ahead there would be one when the first request is answered.
#[tokio::test]
async fn the_connections_that_will_be_needed_are_opened_meanwhile_and_nothing_is_sent_over_them() {
    for (permissions, connections) in [(PermissionSet::new(&[]), 1), (super::some(), 2), (all(), 4)] {
        let ukg = StandIn::answering(|_, _| Reply::Hang).await;

        check(&ukg, &permissions).await;

        assert_eq!((ukg.connections(), ukg.paths()), (connections, vec![PERSON.to_owned()]));
    }
}

// A server that serves one connection to its end before it takes the next: the first must be the one that is used.
#[tokio::test]
async fn a_server_that_takes_one_connection_at_a_time_is_checked_all_the_same() {
    let ca = super::identity::Ca::new();
    let acceptor = tokio_rustls::TlsAcceptor::from(ca.server(HOST));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let mut heard = [0; 4096];
            while matches!(stream.read(&mut heard).await, Ok(1..)) {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]").await;
                let _ = stream.flush().await;
            }
        }
    });

    let report =
        super::checker(&ca, address).quietly(&super::host(HOST), &super::credentials(), &all()).await;

    assert_eq!(report.outcome, CheckOutcome::Linked);
    assert_eq!(report.unchecked(), 0, "{report:?}");
}

#[test]
fn the_limits_are_those_promised() {
    let limits = Limits::PRODUCTION;

    assert_eq!((limits.whole.as_secs(), limits.connect.as_secs()), (20, 5));
    assert_eq!(limits.busy.map(|wait| wait.as_secs()), [1, 2, 4]);
    assert_eq!((limits.longest_retry_after.as_secs(), limits.unavailable.as_secs()), (10, 1));
}
