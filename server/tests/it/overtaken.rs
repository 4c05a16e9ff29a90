//! What was true when somebody proved who they are, and is not any more when they are let in: a change that is committed
//! in between wins. Each of these lets somebody in without its second look inside the unit of work.

use axum::http::StatusCode;
use domain::Role;

use crate::support::{Phone, STAFF_PASSWORD, SecurityKey, TestApp, send};

const ORIGIN: &str = "https://link.example.com";
const OTHER_HASH: &str = "UPDATE staff SET password_hash = password_hash || 'x';";
const CLOSED: &str = "UPDATE staff SET deactivated_at = 1;";
const DEMOTED: &str = "UPDATE staff SET role = 'support';";

async fn sessions(app: &TestApp) -> String {
    app.value("SELECT ((SELECT count(*) FROM staff_session) + (SELECT count(*) FROM pending_sign_in)) || ''")
        .await
}

#[tokio::test]
async fn a_sign_in_that_a_password_change_or_a_closing_overtakes_opens_nothing() {
    for change in [OTHER_HASH, CLOSED, DEMOTED] {
        let app = TestApp::new().await;
        let email = app.staff(Role::Owner).await;
        let fields = [("email", email.as_str()), ("password", STAFF_PASSWORD)];

        let answer = app.database.overtakes(change, app.post("/sign-in", &fields)).await;

        assert_eq!((answer.status, answer.set_cookie()), (StatusCode::UNAUTHORIZED, None), "{change}");
        assert_eq!(sessions(&app).await, "0", "{change}");
    }
}

#[tokio::test]
async fn a_first_step_that_a_password_change_overtakes_asks_for_no_code() {
    let app = TestApp::new().await;
    let mut owner = app.as_staff(Role::Owner).await;
    app.set_up_phone(&mut owner).await;
    owner.post("/sign-out", &[]).await;
    let email = app.staff(Role::Owner).await;
    let fields = [("email", email.as_str()), ("password", STAFF_PASSWORD)];

    let answer = app.database.overtakes(OTHER_HASH, app.post("/sign-in", &fields)).await;

    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(sessions(&app).await, "0");
}

#[tokio::test]
async fn a_second_step_that_a_password_change_overtakes_opens_nothing() {
    let app = TestApp::new().await;
    let mut owner = app.as_staff(Role::Owner).await;
    let (phone, _) = app.set_up_phone(&mut owner).await;
    owner.post("/sign-out", &[]).await;
    let email = app.staff(Role::Owner).await;
    let mut browser = app.browser();
    browser.post("/sign-in", &[("email", &email), ("password", STAFF_PASSWORD)]).await;
    let code = phone.code(&app, 0);
    let code = [("code", code.as_str())];

    let answer = app.database.overtakes(OTHER_HASH, browser.post("/sign-in/code", &code)).await;

    assert_eq!(answer.location(), "/sign-in");
    assert_eq!(app.value("SELECT count(*) || '' FROM staff_session").await, "0");
}

#[tokio::test]
async fn of_two_password_changes_the_first_counts() {
    let app = TestApp::new().await;
    let mut browser = app.as_staff(Role::Support).await;
    let fields = [("present", STAFF_PASSWORD), ("new", "another good password")];
    let before = app.value("SELECT password_hash || 'x' FROM staff").await;

    let change = browser.post("/desk/account/password", &fields);
    let answer = app.database.overtakes(OTHER_HASH, change).await;

    assert_eq!(answer.location(), "/sign-in");
    assert_eq!(app.value("SELECT password_hash FROM staff").await, before);
}

#[tokio::test]
async fn a_passkey_that_a_closing_or_its_copy_overtakes_opens_nothing() {
    for change in [CLOSED, DEMOTED, "UPDATE passkey SET sign_count = 1;", "DELETE FROM passkey;"] {
        let app = TestApp::with(&[("LINKDESK_PUBLIC_URL", ORIGIN)]).await;
        let mut owner = app.as_staff(Role::Owner).await;
        let mut key = SecurityKey::new(ORIGIN);
        key.added(&mut owner).await;
        owner.post("/sign-out", &[]).await;
        let mut browser = app.browser();
        let answer = key.signed(&browser.get("/sign-in/passkey").await);

        let sign_in = send(&mut browser, "/sign-in/passkey", &answer);
        let answer = app.database.overtakes(change, sign_in).await;

        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{change}");
        assert_eq!(sessions(&app).await, "0", "{change}");
    }
}

#[tokio::test]
async fn setting_an_app_up_replaces_none_that_another_tab_took_into_use_and_confirms_no_other() {
    const PAGE: &str = "/desk/account/app";
    let app = TestApp::new().await;
    let mut owner = app.as_staff(Role::Owner).await;
    owner.post(PAGE, &[("do", "begin")]).await;
    let seed = app.value("SELECT hex(seed) FROM authenticator").await;

    let begun = owner.post(PAGE, &[("do", "begin")]);
    app.database.overtakes("UPDATE authenticator SET confirmed_at = 1;", begun).await;
    assert_eq!(app.value("SELECT hex(seed) FROM authenticator").await, seed, "one in use stays");

    app.database.change("DELETE FROM authenticator;").await;
    owner.post(PAGE, &[("do", "begin")]).await;
    let code = Phone::of(&owner.get(PAGE).await).code(&app, 0);
    let fields = [("do", "finish"), ("code", code.as_str())];
    let finished = owner.post(PAGE, &fields);
    let answer = app.database.overtakes("UPDATE authenticator SET seed = zeroblob(32);", finished).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(app.value("SELECT count(confirmed_at) || '' FROM authenticator").await, "0", "another's code");
}
