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
        (Fault::PlainText, 200, "text/plain", "[{\"employeeId\""),
        (Fault::Guard, 403, "text/html", "blocked this request"),
        (Fault::Hostile { status: 200 }, 200, "application/json", "linkdeskHostile()"),
        (Fault::Hostile { status: 503 }, 503, "text/html", "<script>linkdeskHostile()</script>"),
    ];
    for (fault, status, content_type, part) in table {
        world.handle.update_account("tester", |account| account.fault = Some(fault));

        let response = world.get(PERSONS).await?;

        assert_eq!(response.status(), status, "{fault:?}");
        assert!(super::content_type(&response).starts_with(content_type), "{fault:?}");
        if !matches!(fault, Fault::Hostile { .. }) {
            let retry_after = if status == 429 && fault != Fault::Busy { "7" } else { "" };
            assert_eq!(super::header(&response, "retry-after"), retry_after, "{fault:?}");
            assert_eq!(response.headers().contains_key("location"), status == 302, "{fault:?}");
        }
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

#[tokio::test]
async fn a_hostile_answer_is_hostile_in_every_part() -> TestResult {
    let world = suffering(Fault::Hostile { status: 200 }).await?;

    let response = world.get(PERSONS).await?;

    for name in ["server", "www-authenticate", "location", "link", "retry-after", "etag"] {
        assert!(super::header(&response, name).contains("linkdeskHostile"), "{name}");
    }
    let reason = response.extensions().get::<hyper::ext::ReasonPhrase>().ok_or("no reason")?;
    assert_eq!(reason.as_bytes(), b"<script>linkdeskHostile()</script>");
    let list: serde_json::Value = serde_json::from_str(&response.text().await?)?;
    assert_eq!(list.as_array().map(Vec::len), Some(16));
    Ok(())
}

#[tokio::test]
async fn a_compressed_answer_says_so_and_is_a_list() -> TestResult {
    let world = suffering(Fault::Gzip).await?;

    let response = world.get(PERSONS).await?;

    assert_eq!(super::header(&response, "content-encoding"), "gzip");
    let bytes = response.bytes().await?;
    assert_eq!(bytes.get(..3), Some(&[0x1F, 0x8B, 8][..]));
    Ok(())
}

#[tokio::test]
async fn what_never_ends_begins_well_and_goes_on() -> TestResult {
    let world = suffering(Fault::EndlessBody).await?;
    let mut endless = world.get(PERSONS).await?;
    let mut length = 0;
    while length < 1024 * 1024 {
        length += endless.chunk().await?.ok_or("it ended")?.len();
    }

    world.handle.update_account("tester", |account| account.fault = Some(Fault::SlowBody { ms: 50 }));
    let mut slow = world.get(PERSONS).await?;
    let began = Instant::now();
    for _ in 0..4 {
        assert_eq!(slow.chunk().await?.ok_or("it ended")?.as_ref(), b" ");
    }
    assert!(began.elapsed() >= Duration::from_millis(100), "{:?}", began.elapsed());
    Ok(())
}

#[tokio::test]
async fn what_is_no_http_is_no_answer() -> TestResult {
    let world = suffering(Fault::NotHttp).await?;
    for fault in [Fault::NotHttp, Fault::EndlessHeaders] {
        world.handle.update_account("tester", |account| account.fault = Some(fault));

        let error = world.get(PERSONS).await.err().ok_or("it answered")?;

        assert!(error.is_request() && !error.is_timeout(), "{fault:?}: {error:?}");
    }
    Ok(())
}
