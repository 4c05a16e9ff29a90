//! What a watcher is told, and when.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use domain::{CheckProgress, ConnectionStep, Permission, PermissionResult, PermissionSet};
use tokio::time::sleep;

use super::stand_in::{Reply, StandIn};
use super::{HOST, PERSON, PTO, Recorder, checker, credentials, host, some};
use crate::{Target, Watcher};

async fn watched(ukg: &StandIn, permissions: &PermissionSet, watcher: &dyn Watcher) -> domain::CheckReport {
    let (host, credentials) = (host(HOST), credentials());
    let target = Target { host: &host, credentials: &credentials, permissions, refusals_left: 3 };
    checker(&ukg.ca, ukg.address).check(&target, watcher).await
}

fn results(progress: &CheckProgress) -> Vec<PermissionResult> {
    progress.rows.iter().map(|row| row.result).collect()
}

#[tokio::test]
async fn each_step_is_told_in_its_order() {
    let ukg =
        StandIn::answering(|path, _| if path == PTO { Reply::status(403) } else { Reply::list() }).await;
    let recorder = Recorder::default();

    let report = watched(&ukg, &PermissionSet::new(&[Permission::PtoPlanIntegration]), &recorder).await;

    use ConnectionStep::{Accepted, NotReached, Reached};
    use PermissionResult::{Granted, Missing, Unchecked};
    let (person, pto) = (Permission::EmployeePersonDetails, Permission::PtoPlanIntegration);
    let steps: Vec<_> =
        recorder.progress().iter().map(|it| (it.connection, it.asking.clone(), results(it))).collect();
    assert_eq!(
        steps,
        [
            (NotReached, vec![person], vec![Unchecked, Unchecked]),
            (Reached, vec![person], vec![Unchecked, Unchecked]),
            (Accepted, vec![person], vec![Unchecked, Unchecked]),
            (Accepted, vec![], vec![Granted, Unchecked]),
            (Accepted, vec![pto], vec![Granted, Unchecked]),
            (Accepted, vec![], vec![Granted, Missing]),
        ]
    );
    // What was told last is what the report says.
    let last = recorder.progress().pop().unwrap();
    assert_eq!(last.rows, report.rows);
    assert_eq!((last.reached_ms, last.accepted_ms), (report.reached_ms, report.accepted_ms));
    assert!(report.rows.iter().all(|row| row.took_ms.is_some()));
    assert_eq!(recorder.refusals(), 0);
}

#[tokio::test]
async fn rows_asked_together_are_told_together() {
    let ukg = StandIn::answering(|_, _| Reply::list()).await;
    let recorder = Recorder::default();

    watched(&ukg, &super::all(), &recorder).await;

    let most = recorder.progress().iter().map(|progress| progress.asking.len()).max();
    assert_eq!(most, Some(4));
}

#[tokio::test]
async fn the_time_a_row_took_holds_its_tries_and_waits() {
    let ukg = StandIn::answering(|path, before| match (path, before) {
        (PTO, 0) => Reply::With(429, ("retry-after", "1".into()), ""),
        _ => Reply::list(),
    })
    .await;

    let report = watched(&ukg, &some(), &Recorder::default()).await;

    let took = |permission| report.rows.iter().find(|row| row.permission == permission).unwrap().took_ms;
    assert!(took(Permission::PtoPlanIntegration) >= Some(1000));
    assert!(took(Permission::EmployeePersonDetails) < Some(1000));
}

#[tokio::test]
async fn the_host_is_told_to_be_reached_while_its_answer_is_still_waited_for() {
    let ukg = StandIn::answering(|_, before| match before {
        0 => Reply::With(429, ("retry-after", "1".into()), ""),
        _ => Reply::list(),
    })
    .await;
    let recorder = Recorder::default();
    let permissions = PermissionSet::new(&[]);
    let check = watched(&ukg, &permissions, &recorder);

    tokio::select! {
        _ = check => panic!("it waits a second"),
        () = sleep(Duration::from_millis(500)) => {}
    }

    assert_eq!(recorder.progress().last().unwrap().connection, ConnectionStep::Reached);
}

/// Takes its time to keep a refusal, and looks what was sent meanwhile.
struct Slow {
    ukg: Arc<StandIn>,
    sent: AtomicUsize,
    kept: AtomicUsize,
}

#[async_trait]
impl Watcher for Slow {
    fn progressed(&self, _: &CheckProgress) {}

    async fn refused(&self) -> bool {
        let before = self.ukg.paths().len();
        sleep(Duration::from_millis(100)).await;
        self.sent.fetch_add(self.ukg.paths().len() - before, Ordering::SeqCst);
        self.kept.fetch_add(1, Ordering::SeqCst);
        true
    }
}

#[tokio::test]
async fn nothing_is_sent_before_a_refusal_is_kept() {
    let ukg = Arc::new(StandIn::answering(|_, _| Reply::status(401)).await);
    let slow = Slow { ukg: Arc::clone(&ukg), sent: AtomicUsize::new(0), kept: AtomicUsize::new(0) };

    watched(&ukg, &super::all(), &slow).await;

    assert_eq!(ukg.paths().len(), 3);
    assert_eq!(slow.kept.load(Ordering::SeqCst), 3);
    assert_eq!(slow.sent.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_refusal_is_kept_even_when_time_is_up() {
    let ukg =
        StandIn::answering(|path, _| if path == PERSON { Reply::status(401) } else { Reply::Hang }).await;
    let recorder = Recorder::default();

    let report = watched(&ukg, &some(), &recorder).await;

    assert_eq!(report.outcome, super::failed(domain::ProblemCode::UkgTimeout));
    assert_eq!(recorder.refusals(), 1);
}

/// Cannot keep anything: the disk is full.
struct Forgetful;

#[async_trait]
impl Watcher for Forgetful {
    fn progressed(&self, _: &CheckProgress) {}

    async fn refused(&self) -> bool {
        false
    }
}

#[tokio::test]
async fn after_a_refusal_that_could_not_be_kept_nothing_is_sent_and_nobody_is_blamed() {
    let ukg = StandIn::answering(|_, _| Reply::status(401)).await;

    let report = watched(&ukg, &super::all(), &Forgetful).await;

    assert_eq!(ukg.paths(), [PERSON]);
    assert_eq!(report.outcome, super::failed(domain::ProblemCode::UkgUnexpected));
}
