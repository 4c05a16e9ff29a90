//! One's own account: password, sessions, authenticator app, recovery codes.

use axum::http::StatusCode;
use domain::Role;

use crate::support::{Answer, Browser, STAFF_PASSWORD, TestApp};

const MINUTE: i64 = 60_000;
const NEW_PASSWORD: &str = "another good password";
const COOKIE: &str = "linkdesk-desk";

async fn first_step(browser: &mut Browser, email: &str) -> Answer {
    browser.post("/sign-in", &[("email", email), ("password", STAFF_PASSWORD)]).await
}

/// A browser that gave the right password and is asked for a code.
async fn half_way(app: &TestApp, email: &str) -> Browser {
    let mut browser = app.browser();
    assert_eq!(first_step(&mut browser, email).await.location(), "/sign-in/code");
    browser
}

async fn give(browser: &mut Browser, code: &str) -> Answer {
    browser.post("/sign-in/code", &[("code", code)]).await
}

/// Whether the session of this browser opens anything.
async fn is_in(browser: &Browser) -> bool {
    let mut browser = browser.clone();
    let answers = [browser.get("/desk").await, browser.get("/desk/account").await];
    answers.iter().all(|answer| answer.status == StatusCode::OK)
}

#[tokio::test]
async fn a_new_password_ends_every_session_and_opens_a_new_one_here() {
    let app = TestApp::new().await;
    let email = app.staff(Role::Support).await;
    let (mut here, elsewhere) = (app.as_staff(Role::Support).await, app.as_staff(Role::Support).await);
    let before = here.clone();

    let fields = [("present", STAFF_PASSWORD), ("new", NEW_PASSWORD)];
    let changed = here.post("/desk/account/password", &fields).await;

    assert_eq!(changed.location(), "/desk/account?done=password");
    assert!(is_in(&here).await);
    assert!(!is_in(&before).await, "the token before is worth nothing");
    assert!(!is_in(&elsewhere).await);
    assert_ne!(here.cookies[COOKIE], before.cookies[COOKIE]);
    let old = first_step(&mut app.browser(), &email).await;
    assert_eq!(old.status, StatusCode::UNAUTHORIZED);
    let new = app.post("/sign-in", &[("email", &email), ("password", NEW_PASSWORD)]).await;
    assert_eq!(new.location(), "/desk");
    assert_eq!(app.audited("password_changed").await, 1);
}

#[tokio::test]
async fn a_password_that_is_not_taken_changes_nothing_and_says_why() {
    let app = TestApp::new().await;
    let email = app.staff(Role::Support).await;
    let mut browser = app.as_staff(Role::Support).await;

    for (present, new, said) in [
        ("wrong horse battery", NEW_PASSWORD, "not your present password"),
        (STAFF_PASSWORD, "tooshort7", "at least 12 characters"),
        (STAFF_PASSWORD, &"x9".repeat(600), "more than a password can hold"),
        (STAFF_PASSWORD, "Support@Northwind.example", "Your email address is the first thing"),
        (STAFF_PASSWORD, "Password-1234", "among the first passwords"),
    ] {
        let answer = browser.post("/desk/account/password", &[("present", present), ("new", new)]).await;

        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{new}");
        assert!(answer.text().contains(said), "{new}: {}", answer.text());
        assert!(!answer.text().contains(new) && !answer.text().contains(STAFF_PASSWORD));
    }
    assert!(is_in(&browser).await);
    assert_eq!(first_step(&mut app.browser(), &email).await.location(), "/desk");
}

#[tokio::test]
async fn sessions_are_listed_with_browser_and_address_and_each_can_be_ended() {
    let app = TestApp::new().await;
    let email = app.staff(Role::Support).await;
    let mut here = app.as_staff(Role::Support).await;
    let mut there = app.browser().from([203, 0, 113, 9]);
    let form = crate::support::form(&[("email", &email), ("password", STAFF_PASSWORD)]);
    let (path, body) = ("/sign-in", axum::body::Body::from(form));
    let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    let answer = there.send(axum::http::Method::POST, path, body, |request| {
        let request = request.header("sec-fetch-site", "same-origin").header("user-agent", agent);
        request.header("content-type", "application/x-www-form-urlencoded")
    });
    assert_eq!(answer.await.location(), "/desk");

    let page = here.get("/desk/account").await;
    let ids: Vec<_> = page.attribute("data-session-id").into_iter().map(str::to_owned).collect();
    assert_eq!(ids.len(), 2);
    assert!(page.text().contains("Firefox on Linux") && page.text().contains("203.0.113.9"));
    assert_eq!(page.text().matches("This one").count(), 1);
    let theirs = there.get("/desk/account").await;
    let hers = theirs.text().split("data-session-id=").find(|row| row.contains("This one")).unwrap();
    let id = ids.iter().find(|id| hers.contains(*id)).unwrap();

    let ended = here.post("/desk/account", &[("end", id)]).await;

    assert_eq!(ended.location(), "/desk/account?done=sessions");
    assert!(is_in(&here).await && !is_in(&there).await);
    assert_eq!(app.audited("sessions_ended").await, 1);
}

#[tokio::test]
async fn all_other_sessions_are_ended_at_once_and_nobody_elses() {
    let app = TestApp::new().await;
    let mut here = app.as_staff(Role::Support).await;
    let others = [app.as_staff(Role::Support).await, app.as_staff(Role::Support).await];
    let owner = app.as_staff(Role::Owner).await;
    let owners = owner.clone().get("/desk/account").await;
    let owners = owners.attribute("data-session-id")[0].to_owned();

    here.post("/desk/account", &[("end", &owners)]).await;
    assert!(is_in(&owner).await, "another's session is not ended by its name");
    here.post("/desk/account", &[("end", "others")]).await;

    assert!(is_in(&here).await && is_in(&owner).await);
    for other in &others {
        assert!(!is_in(other).await);
    }
}

#[tokio::test]
async fn with_an_app_set_up_the_password_alone_opens_nothing() {
    let app = TestApp::new().await;
    let email = app.staff(Role::Owner).await;
    let (phone, codes) = app.set_up_phone(&mut app.as_staff(Role::Owner).await).await;
    assert_eq!(codes.len(), 10);
    let mut browser = half_way(&app, &email).await;

    assert!(!is_in(&browser).await);
    assert_eq!(browser.get("/sign-in/code").await.heading(), "Enter your code");
    let wrong = give(&mut browser, "000000").await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    let right = give(&mut browser, &phone.code(&app, 0)).await;

    assert_eq!(right.location(), "/desk");
    assert!(is_in(&browser).await);
    assert!(!browser.cookies.contains_key("linkdesk-pending"));
    assert_eq!(browser.get("/sign-in/code").await.location(), "/sign-in");
}

// Fails without `last_step < $2` in `authenticator::use_step`.
#[tokio::test]
async fn a_code_works_once_also_fifty_times_at_once() {
    let app = TestApp::new().await;
    let email = app.staff(Role::Owner).await;
    let (phone, _) = app.set_up_phone(&mut app.as_staff(Role::Owner).await).await;
    let code = phone.code(&app, 0);
    let mut browsers = Vec::new();
    for _ in 0..50 {
        browsers.push(half_way(&app, &email).await);
    }

    let mut tries = tokio::task::JoinSet::new();
    for mut browser in browsers {
        let code = code.clone();
        tries.spawn(async move { give(&mut browser, &code).await.status });
    }
    let statuses = tries.join_all().await;

    assert_eq!(statuses.iter().filter(|status| **status == StatusCode::SEE_OTHER).count(), 1);
    app.clock.advance(60 * MINUTE);
    let mut later = half_way(&app, &email).await;
    assert_eq!(give(&mut later, &code).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(give(&mut later, &phone.code(&app, 0)).await.location(), "/desk");
}

#[tokio::test]
async fn a_code_is_good_one_step_early_or_late_and_no_more() {
    for (steps, taken) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
        let app = TestApp::new().await;
        let email = app.staff(Role::Owner).await;
        let (phone, _) = app.set_up_phone(&mut app.as_staff(Role::Owner).await).await;
        app.clock.advance(2 * MINUTE);

        let answer = give(&mut half_way(&app, &email).await, &phone.code(&app, steps)).await;

        assert_eq!(answer.status == StatusCode::SEE_OTHER, taken, "{steps}");
    }
}

#[tokio::test]
async fn a_recovery_code_gets_in_once_however_it_is_typed() {
    let app = TestApp::new().await;
    let email = app.staff(Role::Owner).await;
    let (_, codes) = app.set_up_phone(&mut app.as_staff(Role::Owner).await).await;
    let typed =
        [codes[0].clone(), codes[1].to_uppercase(), codes[2].replace('-', " "), codes[3].replace('-', "")];

    for code in &typed {
        let mut browser = half_way(&app, &email).await;
        assert_eq!(give(&mut browser, code).await.location(), "/desk", "{code}");
        let mut again = half_way(&app, &email).await;
        assert_eq!(give(&mut again, code).await.status, StatusCode::UNAUTHORIZED, "{code}");
    }
    let dump = app.dump().await;
    for code in &codes {
        assert!(!dump.contains(code) && !dump.contains(&code.replace('-', "").to_uppercase()));
    }
}

#[tokio::test]
async fn after_five_wrong_codes_the_password_is_asked_for_again() {
    let app = TestApp::new().await;
    let email = app.staff(Role::Owner).await;
    let (phone, _) = app.set_up_phone(&mut app.as_staff(Role::Owner).await).await;
    let mut browser = half_way(&app, &email).await;
    for _ in 0..5 {
        assert_eq!(give(&mut browser, "000000").await.status, StatusCode::UNAUTHORIZED);
    }

    assert_eq!(give(&mut browser, &phone.code(&app, 0)).await.location(), "/sign-in");
    assert_eq!(browser.get("/sign-in/code").await.location(), "/sign-in");

    let mut slow = half_way(&app, &email).await;
    app.clock.advance(10 * MINUTE);
    assert_eq!(give(&mut slow, &phone.code(&app, 0)).await.location(), "/sign-in", "too late");
}

#[tokio::test]
async fn whoever_knows_the_password_guesses_few_codes_and_keeps_nobody_out() {
    let app = TestApp::new().await;
    let email = app.staff(Role::Owner).await;
    let mut known = app.as_staff(Role::Owner).await;
    let (phone, codes) = app.set_up_phone(&mut known).await;
    let mut tried = 0;
    for _ in 0..10 {
        let mut browser = half_way(&app, &email).await;
        for _ in 0..5 {
            match give(&mut browser, "000000").await.status {
                StatusCode::UNAUTHORIZED => tried += 1,
                status => assert_eq!(status, StatusCode::TOO_MANY_REQUESTS),
            }
        }
    }
    assert_eq!(tried, 30);

    assert_eq!(first_step(&mut known, &email).await.location(), "/sign-in/code");
    assert_eq!(give(&mut known, &phone.code(&app, 0)).await.location(), "/desk", "a known browser");
    let mut stranger = half_way(&app, &email).await;
    assert_eq!(give(&mut stranger, &phone.code(&app, 1)).await.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(give(&mut stranger, &codes[0]).await.location(), "/desk", "a recovery code");
}

#[tokio::test]
async fn what_the_app_is_told_is_shown_while_it_is_set_up_and_never_again() {
    let app = TestApp::new().await;
    let mut browser = app.as_staff(Role::Owner).await;
    let page = "/desk/account/app";
    browser.post(page, &[("do", "begin")]).await;
    let shown = browser.get(page).await;
    assert!(shown.text().contains("class=\"qr\"") && shown.text().contains("key-text"));
    let wrong = browser.post(page, &[("do", "finish"), ("code", "000000")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    app.set_up_phone(&mut browser).await;

    let after = browser.get(page).await;

    assert!(after.text().contains("It is on since") && !after.text().contains("class=\"qr\""));
    assert_eq!(browser.post(page, &[("do", "begin")]).await.location(), page);
    assert!(!browser.get(page).await.text().contains("key-text"), "an app in use is not replaced unasked");

    let mut late = app.as_staff(Role::Support).await;
    late.post(page, &[("do", "begin")]).await;
    app.clock.advance(15 * MINUTE);
    late.post("/desk/confirm", &[("password", STAFF_PASSWORD)]).await;
    assert!(!late.get(page).await.text().contains("key-text"), "left lying, it is not shown");
}

#[tokio::test]
async fn turned_off_neither_the_app_nor_its_codes_are_asked_for() {
    let app = TestApp::new().await;
    let email = app.staff(Role::Owner).await;
    let mut browser = app.as_staff(Role::Owner).await;
    app.set_up_phone(&mut browser).await;

    let off = browser.post("/desk/account/app", &[("do", "remove")]).await;

    assert_eq!(off.location(), "/desk/account?done=app-off");
    assert_eq!(first_step(&mut app.browser(), &email).await.location(), "/desk");
    assert_eq!(app.value("SELECT CAST(count(*) AS TEXT) FROM recovery_code").await, "0");
    assert_eq!(app.audited("second_factor_removed").await, 1);
}

#[tokio::test]
async fn new_recovery_codes_replace_those_before() {
    let app = TestApp::new().await;
    let email = app.staff(Role::Owner).await;
    let mut browser = app.as_staff(Role::Owner).await;
    let (_, before) = app.set_up_phone(&mut browser).await;
    assert!(browser.get("/desk/account/codes").await.text().contains("10 left"));

    let shown = browser.post("/desk/account/codes", &[]).await;

    let code = shown.text().split_once("<li>").unwrap().1[..19].to_owned();
    assert!(!before.contains(&code));
    let mut other = half_way(&app, &email).await;
    assert_eq!(give(&mut other, &before[0]).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(give(&mut other, &code).await.location(), "/desk");
    assert!(!browser.get("/desk/account/codes").await.text().contains(&code), "told once");
}

#[tokio::test]
async fn setting_up_turning_off_and_new_codes_ask_who_it_is() {
    let app = TestApp::new().await;
    let mut browser = app.as_staff(Role::Owner).await;
    let (phone, codes) = app.set_up_phone(&mut browser).await;
    app.clock.advance(10 * MINUTE);

    for page in ["/desk/account/app", "/desk/account/codes"] {
        let asked = format!("/desk/confirm?to={}", page.replace('/', "%2F"));
        assert_eq!(browser.get(page).await.location(), asked);
        assert_eq!(browser.post(page, &[("do", "remove")]).await.location(), asked);
    }
    assert_eq!(app.audited("second_factor_removed").await, 0);

    let code = phone.code(&app, 0);
    let to = ("to", "/desk/account/app");
    assert_eq!(browser.post("/desk/confirm", &[("code", &code), to]).await.location(), "/desk/account/app");
    app.clock.advance(10 * MINUTE);
    assert_eq!(browser.post("/desk/confirm", &[("code", &code), to]).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(
        browser.post("/desk/confirm", &[("code", &codes[0]), to]).await.location(),
        "/desk/account/app"
    );
}

// Fails without `Services::suffices_for` in `confirm_with_password`, and in `change_password`.
#[tokio::test]
async fn with_an_app_in_use_the_password_alone_proves_nothing_and_takes_nothing_away() {
    let app = TestApp::new().await;
    let mut browser = app.as_staff(Role::Owner).await;
    let (phone, _) = app.set_up_phone(&mut browser).await;
    app.clock.advance(10 * MINUTE);
    let page = browser.get("/desk/confirm").await;
    assert!(!page.text().contains("name=\"password\"") && page.text().contains("name=\"code\""));

    let alone = browser.post("/desk/confirm", &[("password", STAFF_PASSWORD)]).await;
    assert_eq!(alone.status, StatusCode::UNAUTHORIZED);
    assert!(alone.text().contains("The password alone is not enough"), "{}", alone.text());
    let fields = [("present", STAFF_PASSWORD), ("new", NEW_PASSWORD)];
    let changed = browser.post("/desk/account/password", &fields).await;
    assert_eq!(changed.location(), "/desk/account?done=password");
    for page in ["/desk/account/app", "/desk/account/codes"] {
        let asked = browser.post(page, &[("do", "remove")]).await;
        assert!(asked.location().starts_with("/desk/confirm"), "a new password is no proof either: {page}");
    }

    let code = phone.code(&app, 0);
    assert_eq!(browser.post("/desk/confirm", &[("code", &code)]).await.location(), "/desk");
    let off = browser.post("/desk/account/app", &[("do", "remove")]).await;
    assert_eq!(off.location(), "/desk/account?done=app-off");
}
