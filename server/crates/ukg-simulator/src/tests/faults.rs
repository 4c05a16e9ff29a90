//! What goes wrong, when, and for whom.

use std::time::{Duration, Instant};

use domain::Permission;

use super::{EARNINGS, Failure, HOST, PERSONS, TestResult, USERNAME, World, signed, tester};
use crate::{Fault, Scenarios};

async fn suffering(fault: Fault) -> Result<World, Failure> {
    World::with(|account| account.fault = Some(fault)).await
}

#[tokio::test]
async fn each_fault_answers_as_it_says() -> TestResult {
    let world = suffering(Fault::Busy).await?;
    let table = [
        (Fault::Busy, 429, "", ""),
        (Fault::BusyRetryAfter { seconds: 7 }, 429, "", ""),
        (Fault::ServerError, 500, "application/problem+json", "An error occurred."),
        (Fault::Maintenance, 503, "text/html", "Scheduled maintenance"),
        (Fault::PortalRedirect, 302, "text/html", "Object moved"),
        (Fault::PortalPage, 200, "text/html", "Sign in"),
        (Fault::Garbage, 200, "application/json", "{\"items\":{}"),
    ];
    for (fault, status, content_type, part) in table {
        world.handle.update_account("tester", |account| account.fault = Some(fault));

        let response = world.get(PERSONS).await?;

        assert_eq!(response.status(), status, "{fault:?}");
        assert!(super::content_type(&response).starts_with(content_type), "{fault:?}");
        let retry_after = if status == 429 && fault != Fault::Busy { "7" } else { "" };
        assert_eq!(super::header(&response, "retry-after"), retry_after, "{fault:?}");
        assert_eq!(response.headers().contains_key("location"), status == 302, "{fault:?}");
        assert!(response.text().await?.contains(part), "{fault:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_fault_comes_before_the_password_is_looked_at_but_needs_the_username() -> TestResult {
    let world = suffering(Fault::Maintenance).await?;

    let wrong = signed(world.anonymous(PERSONS), "SIM98", USERNAME, "MadeUp+wrong").send().await?;
    let stranger = signed(world.anonymous(PERSONS), "SIM98", "SimStranger", "MadeUp+wrong").send().await?;

    assert_eq!((wrong.status().as_u16(), stranger.status().as_u16()), (503, 401));
    assert_eq!(world.anonymous("/services/LoginService").send().await?.status(), 200);
    Ok(())
}

#[tokio::test]
async fn a_host_can_fail_for_everyone_and_everything() -> TestResult {
    let mut scenarios = Scenarios::of(vec![tester()]);
    scenarios.host_faults.insert(HOST.to_owned(), Fault::PortalPage);
    let world = World::playing(scenarios).await?;

    for path in ["/services/LoginService", PERSONS, "/nowhere"] {
        let response = world.get(path).await?;
        assert_eq!(
            (response.status().as_u16(), super::content_type(&response)),
            (200, "text/html; charset=utf-8")
        );
    }
    Ok(())
}

#[tokio::test]
async fn the_first_requests_alone_can_fail() -> TestResult {
    let world = World::with(|account| {
        account.fault = Some(Fault::ServerError);
        account.fail_first = Some(2);
    })
    .await?;

    for expected in [500, 500, 200, 200] {
        assert_eq!(world.status(PERSONS).await?, expected);
    }

    world.handle.forget();
    assert_eq!(world.status(PERSONS).await?, 500);
    Ok(())
}

#[tokio::test]
async fn a_fault_can_strike_one_service_alone() -> TestResult {
    let world = World::with(|account| {
        account.fault = Some(Fault::ServerError);
        account.fault_only_on = vec![Permission::EmployeeCompensationDetails];
    })
    .await?;

    assert_eq!(world.status("/personnel/v1/compensation-details").await?, 500);
    assert_eq!(world.status(PERSONS).await?, 200);
    assert_eq!(world.status(EARNINGS).await?, 200);
    Ok(())
}

#[tokio::test]
async fn slowness_and_latency_add_up() -> TestResult {
    let world = suffering(Fault::Slow { ms: 150 }).await?;
    world.handle.update(|scenarios| scenarios.latency_ms = 100);
    let began = Instant::now();

    assert_eq!(world.status(PERSONS).await?, 200);

    assert!(began.elapsed() >= Duration::from_millis(250), "{:?}", began.elapsed());
    Ok(())
}

#[tokio::test]
async fn a_hanging_answer_never_comes() -> TestResult {
    let world = suffering(Fault::Hang).await?;

    let error = world.ask(PERSONS).timeout(Duration::from_millis(300)).send().await.err();

    assert!(error.is_some_and(|error| error.is_timeout()));
    assert_eq!(world.handle.requests().first().map(|request| request.status), Some(None));
    Ok(())
}

#[tokio::test]
async fn a_reset_connection_is_reset_not_closed() -> TestResult {
    let world = suffering(Fault::Reset).await?;

    let error = world.get(PERSONS).await.err().ok_or("it answered")?;

    assert!(has_source(&error, std::io::ErrorKind::ConnectionReset), "{error:?}");
    Ok(())
}

fn has_source(error: &(dyn std::error::Error + 'static), kind: std::io::ErrorKind) -> bool {
    if error.downcast_ref::<std::io::Error>().is_some_and(|io| io.kind() == kind) {
        return true;
    }
    error.source().is_some_and(|source| has_source(source, kind))
}
