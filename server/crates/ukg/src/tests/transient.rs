//! Faults that pass: what is tried again, how often, and what is said when it does not help.

use std::time::{Duration, Instant};

use domain::{CheckOutcome, ConnectionStep, Permission, PermissionResult, ProblemCode};

use super::stand_in::{Reply, StandIn};
use super::{PERSON, PTO, QUICK, all, check, checker, credentials, failed, host, result, some};
use crate::limits::Limits;

#[tokio::test]
async fn a_busy_ukg_is_asked_four_times_then_said_to_be_busy() {
    let ukg = StandIn::answering(|_, _| Reply::status(429)).await;

    let report = check(&ukg, &some()).await;

    assert_eq!(report.outcome, failed(ProblemCode::UkgBusy));
    assert_eq!(ukg.paths(), [PERSON; 4]);
}

#[tokio::test]
async fn a_busy_ukg_that_recovers_is_no_trouble() {
    let ukg = StandIn::answering(|path, before| match (path, before) {
        (PERSON, 0..3) => Reply::status(429),
        _ => Reply::list(),
    })
    .await;

    assert_eq!(check(&ukg, &some()).await.outcome, CheckOutcome::Linked);
}

#[tokio::test]
async fn the_wait_ukg_asks_for_is_kept() {
    let ukg = StandIn::answering(|path, before| match (path, before) {
        (PERSON, 0) => Reply::With(429, ("retry-after", "1".into()), ""),
        _ => Reply::list(),
    })
    .await;
    let began = Instant::now();

    assert_eq!(check(&ukg, &some()).await.outcome, CheckOutcome::Linked);
    assert!(began.elapsed() >= Duration::from_secs(1));
}

#[tokio::test]
async fn a_wait_that_is_too_long_is_left_to_the_person() {
    // 11 s is more than anybody should sit through, 5 s more than this check has left.
    for seconds in ["11", "5"] {
        let ukg = StandIn::answering(move |_, _| Reply::With(429, ("retry-after", seconds.into()), "")).await;
        let began = Instant::now();

        assert_eq!(check(&ukg, &some()).await.outcome, failed(ProblemCode::UkgBusy));
        assert_eq!(ukg.paths(), [PERSON]);
        assert!(began.elapsed() < QUICK.whole);
    }
}

#[tokio::test]
async fn a_stray_server_error_is_no_trouble() {
    for status in [500, 502, 503, 504, 520, 522, 524] {
        let ukg = StandIn::answering(move |_, before| match before {
            0 => Reply::Http(status, "text/html", "<h1>Oops</h1>"),
            _ => Reply::list(),
        })
        .await;

        assert_eq!(check(&ukg, &some()).await.outcome, CheckOutcome::Linked, "{status}");
    }
}

#[tokio::test]
async fn a_maintenance_page_is_never_taken_for_bad_credentials_or_a_wrong_host() {
    let ukg = StandIn::answering(|_, _| Reply::Http(503, "text/html", "<h1>Maintenance</h1>")).await;

    let report = check(&ukg, &some()).await;

    assert_eq!(report.outcome, failed(ProblemCode::UkgUnavailable));
    assert_eq!(report.connection, ConnectionStep::Reached);
    assert_eq!(ukg.paths(), [PERSON; 2]);
}

#[tokio::test]
async fn a_cut_connection_is_tried_once_more() {
    let once = StandIn::answering(|_, before| if before == 0 { Reply::Cut } else { Reply::list() }).await;
    let always = StandIn::answering(|_, _| Reply::Cut).await;

    assert_eq!(check(&once, &some()).await.outcome, CheckOutcome::Linked);
    assert_eq!(check(&always, &some()).await.outcome, failed(ProblemCode::HostUnreachable));
    assert_eq!(always.paths(), [PERSON; 2]);
}

#[tokio::test]
async fn an_answer_that_never_comes_is_not_asked_for_again() {
    let ukg = StandIn::answering(|_, _| Reply::Hang).await;
    let began = Instant::now();

    let report = check(&ukg, &some()).await;

    assert_eq!(report.outcome, failed(ProblemCode::UkgTimeout));
    assert_eq!(report.connection, ConnectionStep::NotReached);
    assert_eq!(ukg.paths(), [PERSON]);
    assert!(began.elapsed() < QUICK.whole + Duration::from_millis(1500));
}

#[tokio::test]
async fn what_was_found_before_the_deadline_is_kept() {
    let ukg = StandIn::answering(|path, _| if path == PTO { Reply::Hang } else { Reply::list() }).await;

    let report = check(&ukg, &some()).await;

    assert_eq!(report.outcome, CheckOutcome::Linked);
    let pto = result(&report, Permission::PtoPlanIntegration);
    assert_eq!(pto, (PermissionResult::Unchecked, Some(ProblemCode::UkgTimeout)));
    let company = result(&report, Permission::CompanyConfigurationIntegration);
    assert_eq!(company, (PermissionResult::Granted, None));
}

#[tokio::test]
async fn many_checks_at_once_do_not_mix() {
    let good = StandIn::answering(|_, _| Reply::list()).await;
    let bad = StandIn::answering(|_, _| Reply::status(401)).await;
    let (good_checker, bad_checker) = (checker(&good.ca, good.address), checker(&bad.ca, bad.address));
    let (host, credentials, some) = (host(super::HOST), credentials(), some());

    let (linked, rejected) = tokio::join!(
        good_checker.quietly(&host, &credentials, &some),
        bad_checker.quietly(&host, &credentials, &some)
    );

    assert_eq!(linked.outcome, CheckOutcome::Linked);
    assert_eq!(rejected.outcome, failed(ProblemCode::CredentialsRejected));
}

#[tokio::test]
async fn probes_told_to_wait_together_wait_together() {
    let ukg = StandIn::answering(|path, before| match (path, before) {
        (PERSON, _) => Reply::list(),
        (_, 0) => Reply::With(429, ("retry-after", "1".into()), ""),
        _ => Reply::list(),
    })
    .await;
    let mut slow = checker(&ukg.ca, ukg.address);
    slow.limit(Limits { whole: Duration::from_secs(20), ..QUICK });
    let began = Instant::now();

    let report = slow.quietly(&host(super::HOST), &credentials(), &all()).await;

    assert_eq!(report.outcome, CheckOutcome::Linked);
    assert!(report.rows.iter().all(|row| row.problem.is_none()));
    // Four were told so at once, the last two once more: two waits, where each on its own would have waited six times.
    assert!((2..4).contains(&began.elapsed().as_secs()), "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_check_that_was_told_too_often_stops_asking() {
    let ukg =
        StandIn::answering(|path, _| if path == PERSON { Reply::list() } else { Reply::status(429) }).await;

    let report = check(&ukg, &all()).await;

    assert_eq!(report.outcome, CheckOutcome::Linked);
    let busy = report.rows.iter().filter(|row| row.problem == Some(ProblemCode::UkgBusy)).count();
    assert_eq!(busy, 6);
    // Four rounds of four; each on its own would be six times four.
    assert!(ukg.paths().len() <= 1 + 4 * 4, "{}", ukg.paths().len());
}

#[tokio::test]
async fn no_retry_after_makes_it_ask_sooner_or_wait_for_ever() {
    for value in ["0", "-1", "soon", "Sun, 06 Nov 1994 08:49:37 GMT", "1e9"] {
        let ukg = StandIn::answering(move |_, _| Reply::With(429, ("retry-after", value.into()), "")).await;
        let began = Instant::now();

        assert_eq!(check(&ukg, &some()).await.outcome, failed(ProblemCode::UkgBusy), "{value}");
        assert_eq!(ukg.paths(), [PERSON; 4], "{value}");
        assert!(began.elapsed() >= QUICK.busy.iter().sum::<Duration>(), "{value}");
    }
    for value in ["99999999999999999999999", "86400"] {
        let ukg = StandIn::answering(move |_, _| Reply::With(429, ("retry-after", value.into()), "")).await;

        assert_eq!(check(&ukg, &some()).await.outcome, failed(ProblemCode::UkgBusy), "{value}");
        assert_eq!(ukg.paths(), [PERSON], "{value}");
    }
}

#[tokio::test]
async fn a_gateway_that_calls_a_request_slow_or_early_is_asked_once_more() {
    for (status, problem) in [(408, ProblemCode::UkgTimeout), (425, ProblemCode::UkgUnavailable)] {
        let once = StandIn::answering(move |_, before| match before {
            0 => Reply::status(status),
            _ => Reply::list(),
        })
        .await;
        let always = StandIn::answering(move |_, _| Reply::status(status)).await;

        assert_eq!(check(&once, &some()).await.outcome, CheckOutcome::Linked, "{status}");
        assert_eq!(check(&always, &some()).await.outcome, failed(problem), "{status}");
        assert_eq!(always.paths(), [PERSON; 2]);
    }
}
