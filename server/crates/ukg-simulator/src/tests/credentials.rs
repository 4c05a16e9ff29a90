//! Who may sign in.

use super::{EARNINGS, HOST, KEY, PASSWORD, PERSONS, TestResult, USERNAME, World, signed};
use crate::{AccountState, ErrorBody};

#[tokio::test]
async fn the_right_three_values_are_answered_with_a_json_array() -> TestResult {
    let world = World::with(|_| {}).await?;

    let response = world.get(PERSONS).await?;

    assert_eq!(response.status(), 200);
    assert_eq!(super::content_type(&response), "application/json; charset=utf-8");
    let people: serde_json::Value = serde_json::from_str(&response.text().await?)?;
    assert_eq!(people.pointer("/0/nameSufixCode"), Some(&serde_json::Value::Null));
    assert_eq!(people.as_array().map(Vec::len), Some(1));
    Ok(())
}

#[tokio::test]
async fn any_one_value_wrong_or_missing_is_401() -> TestResult {
    let world = World::with(|_| {}).await?;
    let ask = || world.anonymous(PERSONS);
    let requests = [
        ask(),
        ask().basic_auth(USERNAME, Some(PASSWORD)),
        ask().header("us-customer-api-key", KEY),
        ask().header("us-customer-api-key", KEY).bearer_auth(PASSWORD),
        ask().header("us-customer-api-key", KEY).header("authorization", "Basic ?"),
        signed(ask(), "SIM98", USERNAME, PASSWORD),
        signed(ask(), KEY, "simtester", PASSWORD),
        signed(ask(), KEY, USERNAME, "MadeUp+wrong"),
        signed(ask(), KEY, USERNAME, ""),
    ];
    for (number, request) in requests.into_iter().enumerate() {
        let response = request.send().await?;

        assert_eq!(response.status(), 401, "request {number}");
        assert_eq!(response.text().await?, "", "request {number}");
    }
    Ok(())
}

#[tokio::test]
async fn a_suspended_or_locked_account_is_refused_like_a_wrong_password() -> TestResult {
    let world = World::with(|_| {}).await?;
    for state in [AccountState::Suspended, AccountState::Locked] {
        world.handle.update_account("tester", |account| account.state = state);

        assert_eq!(world.status(PERSONS).await?, 401, "{state:?}");
        assert_eq!(world.status(EARNINGS).await?, 401, "{state:?}");
    }
    Ok(())
}

#[tokio::test]
async fn an_account_exists_at_its_own_hosts_only() -> TestResult {
    let world = World::with(|account| account.hosts = vec!["service9.ultipro.com".into()]).await?;

    assert_eq!(world.status(PERSONS).await?, 401);
    let there = world.client.get(format!("https://service9.ultipro.com{PERSONS}"));
    assert_eq!(signed(there, KEY, USERNAME, PASSWORD).send().await?.status(), 200);
    Ok(())
}

#[tokio::test]
async fn each_error_body_can_be_chosen_for_known_and_unknown_usernames() -> TestResult {
    let world = World::with(|account| account.state = AccountState::Locked).await?;
    let table = [
        (ErrorBody::Empty, "", ""),
        (ErrorBody::AspNet, "application/json", "Authorization has been denied for this request."),
        (ErrorBody::ProblemJson, "application/problem+json", "\"status\":401"),
        (ErrorBody::Html, "text/html", "401 - Unauthorized"),
    ];
    for (body, content_type, part) in table {
        world.handle.update(|scenarios| {
            scenarios.error_body = body;
            scenarios.accounts.iter_mut().for_each(|account| account.error_body = body);
        });

        for request in [world.ask(PERSONS), world.anonymous(PERSONS)] {
            let response = request.send().await?;

            assert_eq!(response.status(), 401, "{body:?}");
            assert!(super::content_type(&response).starts_with(content_type), "{body:?}");
            let text = response.text().await?;
            assert!(text.contains(part) && text.is_empty() == part.is_empty(), "{body:?}: {text}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn the_soap_services_describe_themselves_to_anyone_and_fail_every_call() -> TestResult {
    let world = World::with(|_| {}).await?;

    let description = world.anonymous("/services/LoginService").send().await?;
    let call = world.client.post(format!("https://{HOST}/services/LoginService")).body("<s:Envelope/>");
    let called = call.send().await?;

    assert_eq!(description.status(), 200);
    assert!(super::content_type(&description).starts_with("text/xml"));
    assert!(description.text().await?.contains("wsdl:definitions"));
    assert_eq!(called.status(), 200);
    assert!(called.text().await?.contains("<Status>Failed</Status>"));
    Ok(())
}

#[tokio::test]
async fn an_unknown_path_is_404_and_another_method_405() -> TestResult {
    let world = World::with(|_| {}).await?;
    for path in ["/", "/services/", "/personnel/v1/nothing", "/personnel/v2/person-details", "/login"] {
        assert_eq!(world.status(path).await?, 404, "{path}");
    }

    let posted = world.client.post(format!("https://{HOST}{PERSONS}")).send().await?;

    assert_eq!((posted.status().as_u16(), super::header(&posted, "allow")), (405, "GET"));
    Ok(())
}

#[tokio::test]
async fn a_long_body_is_refused() -> TestResult {
    let world = World::with(|_| {}).await?;

    let long = world.client.post(format!("https://{HOST}/services/LoginService")).body(vec![b'x'; 70_000]);

    assert_eq!(long.send().await?.status(), 413);
    Ok(())
}
