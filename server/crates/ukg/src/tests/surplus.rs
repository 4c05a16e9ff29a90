//! The look at permissions nobody asked for.

use std::time::{Duration, Instant};

use domain::Permission;

use super::stand_in::{Reply, StandIn};
use super::{COMPANY, HOST, PTO, checker, credentials, host};

const COMPENSATION: &str = "/personnel/v1/compensation-details";

async fn surplus(ukg: &StandIn) -> Vec<Permission> {
    checker(&ukg.ca, ukg.address).surplus(&host(HOST), &credentials(), &Permission::ALL[1..]).await
}

#[tokio::test]
async fn what_is_answered_with_a_list_is_granted() {
    let ukg = StandIn::answering(|path, _| match path {
        PTO => Reply::status(403),
        COMPANY => Reply::status(404),
        _ => Reply::list(),
    })
    .await;

    let granted = surplus(&ukg).await;

    assert_eq!(
        granted,
        [
            Permission::PayrollIntegration,
            Permission::PersonnelIntegration,
            Permission::EmployeeJobHistoryDetails,
            Permission::EmployeeCompensationDetails,
        ]
    );
    assert_eq!(ukg.paths().len(), 6);
    assert!(ukg.connections() <= 4);
}

// Positive control for the rows below: without the stop each of them would see six requests.
#[tokio::test]
async fn the_first_trouble_ends_it() {
    for status in [401, 429, 500, 503, 400] {
        let ukg = StandIn::answering(move |path, _| match path {
            PTO => Reply::list(),
            _ => Reply::status(status),
        })
        .await;

        assert_eq!(surplus(&ukg).await, [Permission::PtoPlanIntegration], "{status}");
        assert_eq!(ukg.paths(), [PTO, COMPANY], "{status}");
    }
}

#[tokio::test]
async fn a_refusal_is_never_sent_twice_nor_beside_others_unless_the_tenant_says_403() {
    let ukg = StandIn::answering(|_, _| Reply::status(401)).await;

    assert_eq!(surplus(&ukg).await, []);
    assert_eq!(ukg.paths(), [PTO]);
}

#[tokio::test]
async fn it_keeps_to_its_own_deadline_and_what_it_found() {
    let ukg = StandIn::answering(|path, _| match path {
        PTO => Reply::status(403),
        COMPENSATION => Reply::Hang,
        _ => Reply::list(),
    })
    .await;
    let began = Instant::now();

    let granted = surplus(&ukg).await;

    assert_eq!(granted.len(), 4);
    assert!(began.elapsed() < super::QUICK.surplus + Duration::from_millis(1500), "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_host_that_may_not_be_called_is_not() {
    let ukg = StandIn::answering(|_, _| Reply::list()).await;

    let granted =
        checker(&ukg.ca, ukg.address).surplus(&host("evil.example"), &credentials(), &Permission::ALL).await;

    assert_eq!((granted, ukg.connections()), (Vec::new(), 0));
}
