//! The staff's door under guesses, and proving again who one is.

use std::net::IpAddr;

use axum::http::StatusCode;
use domain::Role;

use crate::support::{Answer, Browser, STAFF_PASSWORD, TestApp};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const WRONG: &str = "wrong horse battery";

/// The address of the stranger of this number.
fn stranger(n: u32) -> IpAddr {
    IpAddr::from((0xcb00_7100 + n).to_be_bytes())
}

async fn sign_in(browser: &mut Browser, email: &str, password: &str) -> Answer {
    browser.post("/sign-in", &[("email", email), ("password", password)]).await
}

/// How many of these guesses were tried against the password's hash. Another answer than 401 is 429.
async fn tried(app: &TestApp, email: &str, guesses: u32, addresses: u32) -> usize {
    let mut tried = 0;
    for n in 0..guesses {
        let answer = sign_in(&mut app.browser().from(stranger(n % addresses)), email, WRONG).await;
        match answer.status {
            StatusCode::UNAUTHORIZED => tried += 1,
            status => assert_eq!(status, StatusCode::TOO_MANY_REQUESTS),
        }
    }
    tried
}

#[tokio::test]
async fn of_ten_thousand_guesses_from_one_address_twenty_are_tried_and_the_owner_still_gets_in() {
    let app = TestApp::new().await;
    let email = app.staff(Role::Owner).await;
    let mut owner = app.browser().from([198, 51, 100, 7]);
    assert_eq!(sign_in(&mut owner, &email, STAFF_PASSWORD).await.location(), "/desk");

    assert_eq!(tried(&app, &email, 10_000, 1).await, 20);

    let right = sign_in(&mut app.browser().from(stranger(0)), &email, STAFF_PASSWORD).await;
    assert_eq!(right.status, StatusCode::TOO_MANY_REQUESTS, "not even a right guess gets in from there");
    let elsewhere = sign_in(&mut app.browser().from([192, 0, 2, 1]), &email, STAFF_PASSWORD).await;
    assert_eq!(elsewhere.location(), "/desk", "nobody else is kept out");
    owner.address = Some(stranger(0));
    assert_eq!(sign_in(&mut owner, &email, STAFF_PASSWORD).await.location(), "/desk", "a known browser");
}

#[tokio::test]
async fn of_ten_thousand_guesses_from_a_thousand_addresses_a_hundred_are_tried_and_the_owner_still_gets_in() {
    let app = TestApp::new().await;
    let email = app.staff(Role::Owner).await;
    let mut owner = app.browser().from([198, 51, 100, 7]);
    sign_in(&mut owner, &email, STAFF_PASSWORD).await;
    owner.post("/sign-out", &[]).await;

    assert_eq!(tried(&app, &email, 10_000, 1000).await, 100);

    assert_eq!(sign_in(&mut owner, &email, STAFF_PASSWORD).await.location(), "/desk");
    let mut elsewhere = app.browser().from([192, 0, 2, 1]);
    let refused = sign_in(&mut elsewhere, &email, STAFF_PASSWORD).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    app.clock.advance(HOUR);
    assert_eq!(sign_in(&mut elsewhere, &email, STAFF_PASSWORD).await.location(), "/desk");
}

#[tokio::test]
async fn guesses_all_at_once_get_no_further_than_guesses_in_a_row() {
    let app = TestApp::new().await;
    let email = app.staff(Role::Owner).await;

    let mut guesses = tokio::task::JoinSet::new();
    for _ in 0..200 {
        let (mut browser, email) = (app.browser().from(stranger(0)), email.clone());
        guesses.spawn(async move { sign_in(&mut browser, &email, WRONG).await.status });
    }
    let statuses = guesses.join_all().await;

    assert_eq!(statuses.iter().filter(|status| **status == StatusCode::UNAUTHORIZED).count(), 20);
}

#[tokio::test]
async fn too_many_guesses_are_answered_alike_whether_the_account_exists() {
    let app = TestApp::new().await;
    let email = app.staff(Role::Owner).await;
    let unknown = "nobody@northwind.example";
    for n in 0..100 {
        for email in [email.as_str(), unknown] {
            sign_in(&mut app.browser().from(stranger(n)), email, WRONG).await;
        }
    }

    let known = sign_in(&mut app.browser().from([192, 0, 2, 1]), &email, WRONG).await;
    let stranger = sign_in(&mut app.browser().from([192, 0, 2, 1]), unknown, WRONG).await;

    for answer in [&known, &stranger] {
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(answer.header("retry-after"), Some("3601"));
        assert!(answer.text().contains("try again after 11:00 UTC"), "{}", answer.text());
    }
    assert!(known.text().contains(&format!("value=\"{email}\"")), "the address need not be typed again");
    assert_eq!(known.settled().replace(&email, "EMAIL"), stranger.settled().replace(unknown, "EMAIL"));
    assert_eq!(known.settled_headers(), stranger.settled_headers());
}

#[tokio::test]
async fn a_known_browser_of_one_account_is_a_stranger_to_another() {
    let app = TestApp::new().await;
    let (support, owner) = (app.staff(Role::Support).await, app.staff(Role::Owner).await);
    let mut browser = app.browser().from(stranger(0));
    sign_in(&mut browser, &support, STAFF_PASSWORD).await;
    tried(&app, &owner, 30, 1).await;

    let refused = sign_in(&mut browser, &owner, STAFF_PASSWORD).await;

    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn a_known_browser_has_twenty_guesses_an_hour_of_its_own() {
    let app = TestApp::new().await;
    let email = app.staff(Role::Owner).await;
    let mut browser = app.browser().from(stranger(0));
    sign_in(&mut browser, &email, STAFF_PASSWORD).await;

    let mut statuses = Vec::new();
    for _ in 0..30 {
        statuses.push(sign_in(&mut browser, &email, WRONG).await.status);
    }

    assert_eq!(statuses.iter().filter(|status| **status == StatusCode::UNAUTHORIZED).count(), 20);
    let mut other = app.browser().from(stranger(0));
    assert_eq!(sign_in(&mut other, &email, STAFF_PASSWORD).await.location(), "/desk");
}

#[tokio::test]
async fn guesses_do_not_fill_the_audit_log_and_their_number_is_told_when_the_hour_is_over() {
    let app = TestApp::new().await;
    let email = app.staff(Role::Owner).await;
    tried(&app, &email, 500, 2).await;
    assert_eq!(app.audited("sign_in_refused").await, 2, "the first from each address");

    app.clock.advance(HOUR);
    app.services.clean_up().await.unwrap();

    assert_eq!(app.audited("sign_in_refused").await, 5);
    let told = app.value("SELECT detail FROM audit_entry WHERE action = 'sign_in_refused'").await;
    assert!(told.contains("249 more from 203.0.113.0") && told.contains(": 500 in all"), "{told}");
    assert!(told.contains(": from 203.0.113.1"), "{told}");
}

#[tokio::test]
async fn behind_a_trusted_proxy_the_address_it_tells_counts() {
    let app = TestApp::with(&[("LINKDESK_TRUSTED_PROXIES", "10.0.0.0/8")]).await;
    let email = app.staff(Role::Owner).await;
    let guess = async |from: &str, password: &str| {
        let fields = crate::support::form(&[("email", &email), ("password", password)]);
        let mut browser = app.browser().from([10, 0, 0, 1]);
        let body = axum::body::Body::from(fields);
        let answer = browser.send(axum::http::Method::POST, "/sign-in", body, |request| {
            request
                .header("sec-fetch-site", "same-origin")
                .header("content-type", "application/x-www-form-urlencoded")
                .header("x-forwarded-for", from)
        });
        answer.await.status
    };
    for _ in 0..20 {
        assert_eq!(guess("203.0.113.9", WRONG).await, StatusCode::UNAUTHORIZED);
    }

    assert_eq!(guess("203.0.113.9", STAFF_PASSWORD).await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(guess("203.0.113.10", STAFF_PASSWORD).await, StatusCode::SEE_OTHER);
}

// Fails without the check of `confirmed_at` in `Services::is_confirmed`.
#[tokio::test]
async fn what_matters_asks_who_it_is_and_leads_back() {
    let app = TestApp::new().await;
    let mut browser = app.as_staff(Role::Owner).await;
    let ask = "/desk/confirm?to=%2Fdesk%2Fsettings%2Fstaff";
    assert_eq!(browser.get(ask).await.location(), "/desk/settings/staff", "just signed in");
    app.clock.advance(10 * MINUTE);

    let page = browser.get(ask).await;
    assert_eq!((page.status, page.heading()), (StatusCode::OK, "Is it you?"));
    assert!(page.text().contains("value=\"/desk/settings/staff\""));
    let to = ("to", "/desk/settings/staff");
    let wrong = browser.post("/desk/confirm", &[("password", WRONG), to]).await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    assert!(wrong.text().contains("value=\"/desk/settings/staff\""), "{}", wrong.text());
    let right = browser.post("/desk/confirm", &[("password", STAFF_PASSWORD), to]).await;

    assert_eq!(right.location(), "/desk/settings/staff");
    assert_eq!(browser.get(ask).await.location(), "/desk/settings/staff");
    assert_eq!(app.audited("confirmed").await, 1);
    let evil = browser.post("/desk/confirm", &[("password", STAFF_PASSWORD), ("to", "//evil.example")]).await;
    assert_eq!(evil.location(), "/desk");
}

#[tokio::test]
async fn whoever_guesses_at_a_browser_left_open_is_signed_out() {
    let app = TestApp::new().await;
    let mut browser = app.as_staff(Role::Owner).await;
    for _ in 0..10 {
        let wrong = browser.post("/desk/confirm", &[("password", WRONG)]).await;
        assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    }

    let over = browser.post("/desk/confirm", &[("password", STAFF_PASSWORD)]).await;

    assert_eq!(over.location(), "/sign-in");
    assert_eq!(browser.get("/desk").await.location(), "/sign-in");
    assert_eq!(app.audited("sessions_ended").await, 1);
}
