//! What is true of every response.

use std::collections::HashSet;

use axum::body::Body;
use axum::http::header::ACCEPT_ENCODING;
use axum::http::{Method, StatusCode};
use domain::Role;
use server::embed;

use crate::support::{Answer, Script, TestApp, placed_for};

const HTTPS: (&str, &str) = ("LINKDESK_PUBLIC_URL", "https://link.example.com");

/// Every kind of response there is: each route for several people, each error page, each asset. With what was asked.
async fn everything(app: &TestApp) -> Vec<(String, Answer)> {
    let begun = app.admin().await;
    let linked = app.checked_admin(Script::Gaps).await;
    let mut all = Vec::new();
    for mut admin in [begun, linked] {
        let mut owner = app.as_staff(Role::Owner).await;
        let colleague = app.colleague(&mut admin, "key").await;
        owner.cookies.extend(admin.browser.cookies.clone());
        for mut browser in [app.browser(), owner, colleague.browser] {
            for route in placed_for(&admin, &colleague.hand) {
                let answer = if route.method == Method::GET {
                    browser.get(&route.path).await
                } else {
                    browser.post(&route.path, &[]).await
                };
                all.push((format!("{} {}", route.method, route.path), answer));
            }
        }
    }
    all.push(("404".into(), app.get("/nothing").await));
    all.push(("404 invite".into(), app.get("/i/nothing").await));
    all.push(("404 invite, no UTF-8".into(), app.get("/i/%FF").await));
    all.push(("404 hand-over".into(), app.get("/hand/nothing").await));
    all.push(("410 invite".into(), app.get(&run_out(app).await).await));
    let put = app
        .browser()
        .send(Method::PUT, "/", Body::empty(), |r| r.header("sec-fetch-site", "same-origin"))
        .await;
    all.push(("405".into(), put));
    all.push(("403".into(), app.browser().send(Method::POST, "/sign-in", Body::empty(), |r| r).await));
    let json = |r: axum::http::request::Builder| {
        r.header("sec-fetch-site", "same-origin").header("content-type", "application/json")
    };
    all.push(("415".into(), app.browser().send(Method::POST, "/sign-in", Body::from("{}"), json).await));
    let large = Body::from(vec![b'a'; 1 << 16]);
    all.push(("413".into(), app.browser().send(Method::POST, "/sign-in", large, json).await));
    let twice = [("email", "a"), ("email", "b")];
    all.push(("400".into(), app.post("/sign-in", &twice).await));
    for asset in embed::all() {
        all.push((asset.path.to_owned(), app.get(asset.path).await));
        all.push((format!("POST {}", asset.path), app.post(asset.path, &[]).await));
    }
    all
}

/// An invite that is over at once.
async fn run_out(app: &TestApp) -> String {
    app.invite_for("Contoso Health", &[], 0).await.path()
}

/// What a colleague is told whose one step is not hers (any more): nothing to click, and nothing to write to us about.
fn is_hand_over(what: &str) -> bool {
    what.contains("/hand/") || what == "404 hand-over"
}

fn is_page(answer: &Answer) -> bool {
    answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html"))
}

fn is_asset(answer: &Answer) -> bool {
    answer.header("etag").is_some()
}

#[tokio::test]
async fn every_response_carries_the_headers_that_keep_browsers_strict() {
    let app = TestApp::new().await;
    let mut nonces = HashSet::new();
    let all = everything(&app).await;
    let statuses: HashSet<_> = all.iter().map(|(_, answer)| answer.status.as_u16()).collect();
    for status in [200, 303, 400, 401, 403, 404, 405, 410, 413, 415] {
        assert!(statuses.contains(&status), "{status} is among what is looked at");
    }

    for (what, answer) in all {
        let policy = answer.policy();
        assert!(policy.starts_with("default-src 'none'; "), "{what}: {policy}");
        assert!(
            policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"),
            "{what}: {policy}"
        );
        assert!(!policy.contains("'unsafe-inline'") && !policy.contains("'unsafe-eval'"), "{what}: {policy}");
        assert!(
            !policy.contains("http:") && !policy.contains("https:") && !policy.contains('*'),
            "{what}: {policy}"
        );
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{what}");
        assert_eq!(answer.header("x-frame-options"), Some("DENY"), "{what}");
        assert_eq!(answer.header("referrer-policy"), Some("strict-origin"), "{what}");
        assert_eq!(answer.header("cross-origin-resource-policy"), Some("same-origin"), "{what}");
        assert!(answer.header("permissions-policy").is_some(), "{what}");
        assert_eq!(answer.header("strict-transport-security"), None, "{what}: over http");
        assert_eq!((answer.header("server"), answer.header("x-powered-by")), (None, None), "{what}");
        assert!(answer.request_id().starts_with("req_") && answer.request_id().len() == 16, "{what}");
        for name in ["content-security-policy", "cache-control", "x-request-id", "content-type"] {
            assert!(answer.headers.get_all(name).iter().count() <= 1, "{what}: {name}");
        }
        if !is_asset(&answer) {
            assert_eq!(answer.header("cache-control"), Some("no-store"), "{what}");
        }
        if is_page(&answer) {
            assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"), "{what}");
            let nonce = answer.nonce().unwrap();
            assert!(nonce.len() >= 22, "{what}: 128 bits");
            assert!(nonces.insert(nonce.to_owned()), "{what}: the nonce is fresh");
            let scripts = answer.text().matches("<script").count();
            assert_eq!(answer.text().matches(&format!("nonce=\"{nonce}\"")).count(), scripts, "{what}");
            assert!(!answer.text().contains(" style=\"") && !answer.text().contains(" onclick"), "{what}");
        }
        let names_itself = answer.status != StatusCode::UNAUTHORIZED && !is_hand_over(&what);
        if answer.status.is_client_error() && is_page(&answer) && names_itself {
            assert!(answer.text().contains(answer.request_id()), "{what}");
        }
    }
    assert!(nonces.len() > 30);
}

#[tokio::test]
async fn over_https_every_response_says_to_come_back_over_https() {
    let app = TestApp::with(&[HTTPS]).await;

    for (what, answer) in everything(&app).await {
        let hsts = answer.header("strict-transport-security");
        assert_eq!(hsts, Some("max-age=63072000; includeSubDomains"), "{what}");
    }
}

#[tokio::test]
async fn every_error_of_a_page_is_a_page() {
    let app = TestApp::new().await;

    for (what, answer) in everything(&app).await {
        let asset_method = what.starts_with("POST /") && answer.header("allow") == Some("GET, HEAD");
        if !answer.status.is_client_error() || answer.status == StatusCode::UNAUTHORIZED || asset_method {
            continue;
        }
        if is_hand_over(&what) {
            assert!(!answer.heading().is_empty() && answer.title().ends_with(" · Linkdesk"), "{what}");
        } else {
            assert!(answer.is_clear_page(), "{what}: {}", answer.text());
        }
    }
}

#[tokio::test]
async fn no_two_requests_have_one_id() {
    let app = TestApp::new().await;
    let mut ids = HashSet::new();

    for (what, answer) in everything(&app).await {
        assert!(ids.insert(answer.request_id().to_owned()), "{what}");
    }
}

#[tokio::test]
async fn a_file_whose_name_holds_its_hash_is_kept_for_good() {
    let app = TestApp::new().await;
    assert!(!embed::all().is_empty(), "`make assets` comes before the tests");

    for asset in embed::all() {
        let answer = app.get(asset.path).await;

        assert_eq!(answer.status, StatusCode::OK, "{}", asset.path);
        let hashed = asset.path.starts_with("/assets/");
        let expected = if hashed { "public, max-age=31536000, immutable" } else { "public, max-age=3600" };
        assert_eq!(answer.header("cache-control"), Some(expected), "{}", asset.path);
        assert_eq!(answer.set_cookie(), None);
    }
}

#[tokio::test]
async fn pages_are_packed_as_the_browser_likes() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    let key = admin.path("key");
    let plain = admin.browser.get(&key).await;
    assert_eq!(plain.header("content-encoding"), None);

    for (accepted, encoding) in
        [("gzip, deflate, br, zstd", "br"), ("gzip, deflate", "gzip"), ("br;q=0, gzip", "gzip")]
    {
        let mut browser = admin.browser.clone();
        let packed =
            browser.send(Method::GET, &key, Body::empty(), |r| r.header(ACCEPT_ENCODING, accepted)).await;
        let error = browser
            .send(Method::GET, "/nothing", Body::empty(), |r| r.header(ACCEPT_ENCODING, accepted))
            .await;

        for answer in [&packed, &error] {
            assert_eq!(answer.header("content-encoding"), Some(encoding), "{accepted}");
            assert_eq!(answer.header("vary"), Some("accept-encoding"));
        }
        assert!(packed.body.len() * 2 < plain.body.len(), "{accepted}: {}", packed.body.len());
    }
}

#[tokio::test]
async fn a_page_names_nothing_of_another_site() {
    let app = TestApp::new().await;

    for (what, answer) in everything(&app).await.iter().filter(|(_, answer)| is_page(answer)) {
        for name in ["src", "href", "action", "srcset", "poster", "formaction"] {
            for address in answer.attribute(name) {
                assert!(!address.contains("//") && !address.starts_with("data:"), "{what}: {name}={address}");
            }
        }
    }
}
