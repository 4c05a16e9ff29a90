//! Passkeys: added and used as the standard says, and in no other way.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use domain::Role;

use crate::support::{Browser, STAFF_PASSWORD, SecurityKey, TestApp, send};

const ORIGIN: &str = "https://link.example.com";
const PAGE: &str = "/desk/account/passkeys";
const MINUTE: i64 = 60_000;

async fn app() -> TestApp {
    TestApp::with(&[("LINKDESK_PUBLIC_URL", ORIGIN)]).await
}

#[tokio::test]
async fn a_passkey_is_added_and_signs_in_in_one_step_past_the_app() {
    let app = app().await;
    let mut owner = app.as_staff(Role::Owner).await;
    app.set_up_phone(&mut owner).await;
    let mut key = SecurityKey::new(ORIGIN);

    let added = key.added(&mut owner).await;
    assert_eq!(added.status, StatusCode::OK, "{}", added.text());
    assert!(added.text().contains("Key ring") && added.text().contains("The passkey is ready"));
    let mut browser = app.browser();
    let signed_in = key.sign_in(&mut browser).await;

    assert_eq!(signed_in.location(), "/desk");
    assert_eq!(browser.get("/desk/settings/staff").await.status, StatusCode::OK);
    assert!(owner.get(PAGE).await.text().contains("Last used: Just now"));
    assert_eq!(app.audited("second_factor_added").await, 2);
    let told = app.value("SELECT detail FROM audit_entry WHERE action = 'signed_in'").await;
    assert!(told.contains("with passkey"), "{told}");
    assert_eq!(key.sign_in(&mut app.browser()).await.location(), "/desk", "as often as one likes");
}

#[tokio::test]
async fn strangers_guesses_keep_no_passkey_out() {
    let app = app().await;
    let email = app.staff(Role::Owner).await;
    let mut key = SecurityKey::new(ORIGIN);
    key.added(&mut app.as_staff(Role::Owner).await).await;
    for _ in 0..30 {
        app.post("/sign-in", &[("email", &email), ("password", "wrong horse battery")]).await;
    }

    let refused = app.post("/sign-in", &[("email", &email), ("password", STAFF_PASSWORD)]).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(key.sign_in(&mut app.browser()).await.location(), "/desk");
}

#[tokio::test]
async fn an_answer_counts_once_and_for_ten_minutes() {
    let app = app().await;
    let mut key = SecurityKey::new(ORIGIN);
    key.added(&mut app.as_staff(Role::Owner).await).await;
    let mut browser = app.browser();
    let answer = key.signed(&browser.get("/sign-in/passkey").await);
    assert_eq!(send(&mut browser, "/sign-in/passkey", &answer).await.location(), "/desk");

    let again = send(&mut app.browser(), "/sign-in/passkey", &answer).await;
    assert_eq!((again.status, again.set_cookie()), (StatusCode::UNAUTHORIZED, None));
    assert!(again.text().contains("That passkey opens nothing here"));

    let late = key.signed(&app.get("/sign-in/passkey").await);
    app.clock.advance(10 * MINUTE);
    assert_eq!(send(&mut app.browser(), "/sign-in/passkey", &late).await.status, StatusCode::UNAUTHORIZED);
}

// Each of these lets somebody in when its check in `passkeys` or in `ceremony` is taken out.
#[tokio::test]
async fn whatever_is_not_as_it_must_be_is_refused() {
    let app = app().await;
    let mut owner = app.as_staff(Role::Owner).await;
    let mut key = SecurityKey::new(ORIGIN);
    key.added(&mut owner).await;
    let refuses = async |key: &mut SecurityKey, what: &str| {
        let answer = key.sign_in(&mut app.browser()).await;
        assert_eq!((answer.status, answer.set_cookie()), (StatusCode::UNAUTHORIZED, None), "{what}");
    };

    refuses(&mut SecurityKey::new(ORIGIN), "a key nobody added").await;
    key.origin = "https://evil.example".to_owned();
    refuses(&mut key, "another page's question").await;
    key.origin = ORIGIN.to_owned();
    key.host = "evil.example".to_owned();
    refuses(&mut key, "another host's passkey").await;
    key.host = "link.example.com".to_owned();
    key.flags = 1;
    refuses(&mut key, "the person did not prove it").await;
    key.flags = crate::support::PROVEN;

    let mut answer = key.signed(&app.get("/sign-in/passkey").await);
    let other = SecurityKey::new(ORIGIN).signed(&app.get("/sign-in/passkey").await);
    answer.insert("signature", other["signature"].clone());
    let forged = send(&mut app.browser(), "/sign-in/passkey", &answer).await;
    assert_eq!(forged.status, StatusCode::UNAUTHORIZED, "another key's signature");

    let page = owner.get(PAGE).await;
    let of_adding = page.attribute("data-challenge")[0].to_owned();
    let mut question = app.get("/sign-in/passkey").await;
    question.body = format!("{{\"challenge\":\"{of_adding}\"}}").into_bytes();
    let answer = key.signed(&question);
    let crossed = send(&mut app.browser(), "/sign-in/passkey", &answer).await;
    assert_eq!(crossed.status, StatusCode::UNAUTHORIZED, "a question asked for adding");
    question.body = b"{\"challenge\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}".to_vec();
    let answer = key.signed(&question);
    let made_up = send(&mut app.browser(), "/sign-in/passkey", &answer).await;
    assert_eq!(made_up.status, StatusCode::UNAUTHORIZED, "a question nobody asked");

    assert_eq!(key.sign_in(&mut app.browser()).await.location(), "/desk", "the positive control");
    key.count = 0;
    refuses(&mut key, "a copy that counts anew").await;
}

#[tokio::test]
async fn a_passkey_is_added_only_in_answer_to_ones_own_question() {
    let app = app().await;
    let (mut owner, mut support) = (app.as_staff(Role::Owner).await, app.as_staff(Role::Support).await);
    let key = SecurityKey::new(ORIGIN);
    let page = owner.get(PAGE).await;

    let stolen = send(&mut support, PAGE, &key.made(&page)).await;
    assert_eq!(stolen.status, StatusCode::UNPROCESSABLE_ENTITY, "another's question");
    let mut answer = key.made(&page);
    answer.insert("algorithm", "-257".to_owned());
    assert_eq!(
        send(&mut owner, PAGE, &answer).await.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "another kind of key"
    );
    let mut answer = key.made(&page);
    answer.insert("credential", "AAAA".to_owned());
    assert_eq!(
        send(&mut owner, PAGE, &answer).await.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "another's id"
    );
    assert_eq!(send(&mut owner, PAGE, &Default::default()).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(app.value("SELECT CAST(count(*) AS TEXT) FROM passkey").await, "0");

    assert_eq!(send(&mut owner, PAGE, &key.made(&page)).await.status, StatusCode::OK);
    let twice = key.added(&mut support).await;
    assert!(twice.text().contains("known already"), "{}", twice.text());
}

#[tokio::test]
async fn a_removed_passkey_and_one_of_a_closed_account_open_nothing() {
    let app = app().await;
    let (mut owner, mut support) = (app.as_staff(Role::Owner).await, app.as_staff(Role::Support).await);
    let (mut key, mut other) = (SecurityKey::new(ORIGIN), SecurityKey::new(ORIGIN));
    let id =
        key.added(&mut owner).await.text().split("name=\"remove\" value=\"").nth(1).unwrap()[..36].to_owned();
    other.added(&mut support).await;

    assert_eq!(support.post(PAGE, &[("remove", &id)]).await.status, StatusCode::OK);
    assert_eq!(key.sign_in(&mut app.browser()).await.location(), "/desk", "another's passkey is not removed");
    owner.post(PAGE, &[("remove", &id)]).await;
    assert_eq!(key.sign_in(&mut app.browser()).await.status, StatusCode::UNAUTHORIZED);

    let staff = app.value("SELECT id FROM staff WHERE role = 'support'").await;
    owner.post(&format!("/desk/settings/staff/{staff}"), &[("do", "close")]).await;
    assert_eq!(other.sign_in(&mut app.browser()).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn where_only_a_number_leads_here_no_passkey_is_offered() {
    let app = TestApp::new().await;
    let mut owner = app.as_staff(Role::Owner).await;

    assert!(!app.get("/sign-in").await.text().contains("data-passkey"));
    let page = owner.get(PAGE).await;
    assert!(page.text().contains("LINKDESK_PUBLIC_URL") && !page.text().contains("data-passkey"));
}

const CONFIRM: &str = "/desk/confirm/passkey";

// Fails without the check in `Services::confirm_with_passkey` that it is the caller's own, or with one kind of question
// for everything in `AskedFor`.
#[tokio::test]
async fn a_passkey_proves_again_who_one_is_in_ones_own_session_alone() {
    let app = app().await;
    let (mut owner, mut support) = (app.as_staff(Role::Owner).await, app.as_staff(Role::Support).await);
    let (mut key, mut other) = (SecurityKey::new(ORIGIN), SecurityKey::new(ORIGIN));
    key.added(&mut owner).await;
    other.added(&mut support).await;
    let mut elsewhere = app.browser();
    key.sign_in(&mut elsewhere).await;
    app.clock.advance(10 * MINUTE);
    let asked = owner.get("/desk/settings/staff/new").await.location().to_owned();
    assert!(owner.get(&asked).await.text().contains("Confirm with a passkey"));

    let refuses = async |owner: &mut Browser, answer: &BTreeMap<&'static str, String>, what: &str| {
        let page = send(owner, CONFIRM, answer).await;
        assert_eq!(page.status, StatusCode::UNAUTHORIZED, "{what}");
        assert!(page.text().contains("That passkey was not taken"), "{what}");
        assert!(
            owner.get("/desk/settings/staff/new").await.location().starts_with("/desk/confirm"),
            "{what}"
        );
    };
    refuses(&mut owner, &key.signed(&app.get("/sign-in/passkey").await), "an answer to the door's question")
        .await;
    refuses(&mut owner, &key.signed(&elsewhere.get(CONFIRM).await), "a question asked in another session")
        .await;
    refuses(&mut owner, &other.signed(&support.get(CONFIRM).await), "a colleague's answer").await;
    let question = owner.get(CONFIRM).await;
    refuses(&mut owner, &other.signed(&question), "a colleague's passkey").await;

    // A colleague's good answer uses the question up.
    let question = owner.get(CONFIRM).await;
    let mut answer = key.signed(&question);
    answer.insert("to", "/desk/settings/staff/new".to_owned());
    assert_eq!(send(&mut owner, CONFIRM, &answer).await.location(), "/desk/settings/staff/new");
    assert_eq!(owner.get("/desk/settings/staff/new").await.status, StatusCode::OK);
    let told = app.value("SELECT detail FROM audit_entry WHERE action = 'confirmed'").await;
    assert!(told.contains("with passkey"), "{told}");
    assert!(elsewhere.get("/desk/settings/staff/new").await.location().starts_with("/desk/confirm"));
    assert_eq!(
        send(&mut owner, CONFIRM, &answer).await.status,
        StatusCode::UNAUTHORIZED,
        "an answer counts once"
    );
}

#[tokio::test]
async fn whoever_confirms_by_passkey_is_offered_their_own_and_led_to_the_desk_alone() {
    let app = app().await;
    let mut owner = app.as_staff(Role::Owner).await;
    app.clock.advance(10 * MINUTE);
    assert!(!owner.get("/desk/confirm").await.text().contains("data-passkey"), "there is none to use");
    owner.post("/desk/confirm", &[("password", STAFF_PASSWORD)]).await;
    let mut key = SecurityKey::new(ORIGIN);
    key.added(&mut owner).await;
    app.clock.advance(10 * MINUTE);

    let question = owner.get(CONFIRM).await;
    let answer = key.signed(&question);
    let told: serde_json::Value = serde_json::from_slice(&question.body).unwrap();
    assert_eq!(told["known"], serde_json::json!([answer["credential"]]));
    let mut answer = answer;
    answer.insert("to", "//evil.example".to_owned());
    assert_eq!(send(&mut owner, CONFIRM, &answer).await.location(), "/desk");

    let late = key.signed(&owner.get(CONFIRM).await);
    app.clock.advance(10 * MINUTE);
    assert_eq!(send(&mut owner, CONFIRM, &late).await.status, StatusCode::UNAUTHORIZED);
}

// Fails when `Services::suffices_for` does not look for passkeys.
#[tokio::test]
async fn with_a_passkey_in_use_the_password_lets_in_and_proves_nothing_beyond() {
    let app = app().await;
    let mut key = SecurityKey::new(ORIGIN);
    key.added(&mut app.as_staff(Role::Owner).await).await;
    let mut browser = app.as_staff(Role::Owner).await;

    assert!(browser.get("/desk/settings/staff/new").await.location().starts_with("/desk/confirm"));
    let page = browser.get("/desk/confirm").await;
    assert!(!page.text().contains("name=\"password\"") && page.text().contains("an owner can take it"));
    let alone = browser.post("/desk/confirm", &[("password", STAFF_PASSWORD)]).await;
    assert_eq!(alone.status, StatusCode::UNAUTHORIZED);
    let answer = key.signed(&browser.get(CONFIRM).await);
    assert_eq!(send(&mut browser, CONFIRM, &answer).await.location(), "/desk");
    assert_eq!(browser.get("/desk/settings/staff/new").await.status, StatusCode::OK);
}
