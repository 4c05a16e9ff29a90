//! A whole page of UKG Pro, pasted: what is asked for is taken, nothing else is kept.

use axum::http::StatusCode;
use domain::ProblemCode;
use server::forms::PASTE_MAX;

use crate::support::{Admin, Answer, KEY, PASSWORD, Script, TestApp, USERNAME};

/// The *Web Services* page as a browser copies it.
const WEB_SERVICES: &str = "Web Services\nCustomer API Key\tAB1C2\nUser API Key\tZK4WVR9120J8\nBusiness Intelligence\t\
     https://service4.ultipro.com/services/BIDataService\nLogin service endpoint\t\
     http://service4.ultipro.com/services/LoginService\nEmployee Person service endpoint\t\
     http://service4.ultipro.com/services/EmployeePerson\n";

async fn paste(admin: &mut Admin, step: &str, page: &str) -> Answer {
    admin.post("paste", &[("step", step), ("page", page)]).await
}

#[tokio::test]
async fn the_key_and_the_host_are_taken_from_one_page_whichever_step_it_is_pasted_on() {
    for step in ["key", "domain"] {
        let app = TestApp::new().await;
        let mut admin = app.admin().await;

        let answer = paste(&mut admin, step, WEB_SERVICES).await;

        assert_eq!(answer.location(), format!("{}?took=key+host", admin.path(step)), "{step}");
        admin.post("account", &[("username", USERNAME), ("password", PASSWORD)]).await;
        assert_eq!(app.ukg.last_asked(), ["service4.ultipro.com", KEY, USERNAME, PASSWORD], "{step}");
    }
}

#[tokio::test]
async fn what_was_taken_is_said_where_it_was_pasted_without_the_key() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    admin.post("account", &[("username", USERNAME), ("password", PASSWORD)]).await;

    let answer = paste(&mut admin, "key", "Customer API Key: ZQ7X9").await;

    assert_eq!(answer.location(), format!("{}?took=key", admin.path("key")));
    let page = admin.browser.get(answer.location()).await;
    assert!(page.text().contains("Customer API Key") && !page.text().contains("ZQ7X9"));
    assert!(page.codes().is_empty());
}

#[tokio::test]
async fn the_last_thing_that_was_missing_starts_the_check() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    admin.post("account", &[("username", USERNAME), ("password", PASSWORD)]).await;

    let answer = paste(&mut admin, "key", WEB_SERVICES).await;

    assert_eq!(answer.location(), admin.path("check"));
    assert_eq!(app.stored_status(admin.link).await, "linked");
}

#[tokio::test]
async fn nothing_else_of_the_page_is_kept_anywhere() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    let canaries = ["Canary-Line-77", "CNRY0USERKEY", "canary@contoso.example", "canary.example"];
    let page = format!(
        "{WEB_SERVICES}{}\nUser API Key\t{}\n{}\nhttps://{}/services/BIDataService\n",
        canaries[0], canaries[1], canaries[2], canaries[3]
    );

    for step in ["key", "domain", "key"] {
        paste(&mut admin, step, &page).await;
        admin.get("key").await;
        admin.get("domain?took=key+host").await;
    }
    app.desk(admin.link).await;

    let dump = app.dump().await;
    for canary in canaries {
        assert!(!dump.contains(canary), "{canary}");
        let found = |bytes: &[u8]| bytes.windows(canary.len()).any(|window| window == canary.as_bytes());
        assert!(!app.database_bytes().await.iter().any(|(_, bytes)| found(bytes)), "{canary}");
        assert!(admin.browser.seen.iter().all(|answer| !found(&answer.body)), "{canary}");
    }
    assert_eq!(dump.table("sealed_value").len(), 1, "the key");
}

/// The page, the step, the code its page shows then.
const NOT_TO_BE_USED: [(&str, &str, &str); 7] = [
    ("", "key", "key_missing"),
    ("Contoso Health\nHome\nInbox\nMy Team\n", "key", "key_missing"),
    ("Contoso Health\nHome\nInbox\nMy Team\n", "domain", "url_missing"),
    ("User API Key\tZK4WVR9120J8\n", "key", "key_is_user_api_key"),
    ("Login service endpoint\t[[REQUIRES CONFIGURATION]]\n", "domain", "url_placeholder"),
    ("Customer API Key\tAB1C2\nCustomer API Key\tZZ9Z9\n", "key", "key_missing"),
    (
        "Login service endpoint\thttps://servicet.ultipro.com/services/LoginService\n",
        "domain",
        "url_test_tenant",
    ),
];

#[tokio::test]
async fn a_page_that_holds_nothing_to_use_is_named_on_its_step_and_saves_nothing() {
    let app = TestApp::new().await;
    for (page, step, code) in NOT_TO_BE_USED {
        let mut admin = app.admin().await;

        let answer = paste(&mut admin, step, page).await;

        let next = answer.location().to_owned();
        assert_eq!(next.split('?').next().unwrap(), admin.path(step), "{page:?}");
        assert_eq!(admin.browser.get(&next).await.codes(), [code], "{page:?}");
        let host = format!("SELECT ifnull(host, 'none') FROM link WHERE id = '{}'", admin.link);
        assert_eq!(app.value(&host).await, "none", "{page:?}");
        assert!(app.dump().await.table("sealed_value").is_empty(), "{page:?}");
    }
}

#[tokio::test]
async fn what_a_page_does_not_hold_is_not_missed_on_the_step_of_the_other() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;

    let answer = paste(&mut admin, "key", "Customer API Key: AB1C2").await;

    assert_eq!(answer.location(), format!("{}?took=key", admin.path("key")));
    assert!(admin.get("domain").await.codes().is_empty());
    let answer = paste(
        &mut admin,
        "domain",
        "Login service endpoint\thttp://service4.ultipro.com/services/LoginService\n",
    )
    .await;
    assert_eq!(answer.location(), format!("{}?took=host", admin.path("domain")));
    assert!(admin.get("key").await.codes().is_empty());
}

#[tokio::test]
async fn a_test_system_in_a_page_is_asked_about_and_then_used() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    let page = "Login service endpoint\thttps://servicet.ultipro.com/services/LoginService\n";
    paste(&mut admin, "domain", page).await;
    let asked = admin.get("domain").await;
    assert_eq!(asked.codes(), ["url_test_tenant"]);
    let shown = asked.attribute("value")[0].to_owned();

    admin.post("domain", &[("url", &shown), ("anyway", "yes")]).await;
    paste(&mut admin, "domain", page).await;

    assert!(admin.get("domain").await.codes().is_empty(), "asked once");
}

#[tokio::test]
async fn a_page_pasted_on_a_link_that_stands_waits_beside_what_is_in_use() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    let old = app.sealed(admin.link, "customer_api_key", "saved").await;
    app.ukg.answers(Script::Fails(ProblemCode::UkgTimeout));

    paste(&mut admin, "key", "Customer API Key: ZZ9Z9").await;

    assert_eq!(app.ukg.last_asked()[1], "ZZ9Z9");
    assert_eq!(app.sealed(admin.link, "customer_api_key", "saved").await, old);
    assert_eq!(app.stored_status(admin.link).await, "linked");
}

#[tokio::test]
async fn the_same_page_pasted_again_asks_ukg_pro_nothing() {
    for script in [Script::Linked, Script::Gaps, Script::Fails(ProblemCode::UkgTimeout)] {
        let app = TestApp::new().await;
        let mut admin = app.checked_admin(script).await;

        for step in ["key", "domain"] {
            paste(&mut admin, step, WEB_SERVICES).await;
        }

        assert_eq!(app.ukg.calls(), 1, "{script:?}: nothing has changed");
        assert_eq!(app.sealed(admin.link, "customer_api_key", "fresh").await, "", "{script:?}");
    }
}

#[tokio::test]
async fn a_page_may_be_large_and_has_a_limit() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    let fields = "step=key&page=Customer+API+Key%0AAB1C2%0A".len();
    let page = |bytes: usize| format!("Customer API Key\nAB1C2\n{}", "x".repeat(bytes - fields));

    let most = paste(&mut admin, "key", &page(PASTE_MAX)).await;
    assert!(most.location().ends_with("?took=key"));
    let before = app.dump().await;
    let more = paste(&mut admin, "key", &page(PASTE_MAX + 1)).await;

    assert_eq!(more.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(more.is_clear_page());
    assert_eq!(app.dump().await, before);
}

#[tokio::test]
async fn a_step_that_has_no_such_page_is_refused() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    let before = app.dump().await;

    for step in ["", "KEY", "check", "key "] {
        assert_eq!(paste(&mut admin, step, WEB_SERVICES).await.status, StatusCode::BAD_REQUEST, "{step:?}");
    }

    assert_eq!(app.dump().await, before);
}
