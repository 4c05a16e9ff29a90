//! Starting, stopping, steering and the request log.

use super::{EARNINGS, HOST, KEY, PASSWORD, PERSONS, TestResult, USERNAME, World, any_port, signed, tester};
use crate::{Fault, Scenarios, Simulator, SimulatorError};

#[tokio::test]
async fn the_log_tells_what_was_asked_by_whom_and_how_it_ended() -> TestResult {
    let world = World::with(|_| {}).await?;
    world.status(PERSONS).await?;
    signed(world.anonymous(EARNINGS), KEY, USERNAME, "MadeUp+wrong").send().await?;
    world.anonymous("/services/LoginService").send().await?;

    let requests = world.handle.requests();

    let told: Vec<_> = requests
        .iter()
        .map(|it| {
            (it.path.as_str(), it.query.as_str(), it.account.as_deref(), it.with_credentials, it.status)
        })
        .collect();
    let expected = [
        ("/personnel/v1/person-details", "page=1&per_Page=1", Some("tester"), true, Some(200)),
        ("/configuration/v1/earnings", "page=1&per_Page=1", Some("tester"), true, Some(401)),
        ("/services/LoginService", "", None, false, Some(200)),
    ];
    assert_eq!(told, expected);
    assert!(requests.iter().all(|it| it.method == "GET" && it.host == HOST && it.at_once == 1));
    // Keep-alive: one connection served them all.
    assert_eq!(world.handle.connections(), 1);
    Ok(())
}

#[tokio::test]
async fn neither_the_log_nor_the_scenarios_show_a_password_or_key() -> TestResult {
    let world = World::with(|_| {}).await?;
    world.status(PERSONS).await?;

    let shown = format!("{:?} {:?} {:?}", world.handle.requests(), world.handle.scenarios(), world.simulator);

    assert!(!shown.contains(PASSWORD) && !shown.contains(KEY) && !shown.contains("BEGIN PRIVATE"), "{shown}");
    Ok(())
}

#[tokio::test]
async fn requests_at_once_are_counted() -> TestResult {
    let world = World::with(|account| account.fault = Some(Fault::Slow { ms: 200 })).await?;

    let (one, two, three) = tokio::join!(world.get(PERSONS), world.get(PERSONS), world.get(PERSONS));
    assert!([one?, two?, three?].iter().all(|response| response.status() == 200));

    assert_eq!(world.handle.requests().iter().map(|request| request.at_once).max(), Some(3));
    Ok(())
}

#[tokio::test]
async fn scenarios_change_while_it_runs() -> TestResult {
    let world = World::with(|_| {}).await?;
    assert_eq!(world.status(PERSONS).await?, 200);

    let mut account = tester();
    account.password = "MadeUp+changed".to_owned();
    world.handle.set_scenarios(Scenarios::of(vec![account]));

    assert_eq!(world.status(PERSONS).await?, 401);
    assert!(!world.handle.update_account("nobody", |_| {}));
    Ok(())
}

#[tokio::test]
async fn stopping_frees_the_address_even_while_a_request_hangs() -> TestResult {
    let world = World::with(|account| account.fault = Some(Fault::Hang)).await?;
    let address = world.simulator.address();
    let hanging = tokio::spawn(world.ask(PERSONS).send());
    while world.handle.requests().is_empty() {
        tokio::task::yield_now().await;
    }

    world.simulator.stop().await;

    assert!(hanging.await?.is_err());
    Simulator::start(address, Scenarios::demo()).await?.stop().await;
    Ok(())
}

#[tokio::test]
async fn a_taken_address_is_its_own_error() -> TestResult {
    let world = World::with(|_| {}).await?;

    let second = Simulator::start(world.simulator.address(), Scenarios::demo()).await;

    assert!(matches!(second, Err(SimulatorError::Listen { .. })));
    let unnamable = Scenarios { names: vec!["ünnamable".to_owned()], ..Scenarios::demo() };
    let refused = Simulator::start(any_port(), unnamable).await;
    assert!(matches!(refused, Err(SimulatorError::Certificate(_))));
    Ok(())
}
