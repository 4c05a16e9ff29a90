//! Requests no page of ours would send: each gets a clear answer, changes nothing, and the server goes on.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Method, StatusCode};
use domain::Role;
use server::routes::Access;

use crate::support::{Admin, Answer, Browser, KEY, Placed, Script, TestApp, placed};

const FORM: &str = "application/x-www-form-urlencoded";

/// A body that is no honest form: its name, content type, bytes, and what a route that reads forms answers.
type BadBody = (&'static str, Option<&'static str>, Vec<u8>, StatusCode);

/// What a form answers that can be read but holds nothing: back to the page, which says what is missing.
const READABLE: StatusCode = StatusCode::SEE_OTHER;

fn bad_bodies() -> Vec<BadBody> {
    let fields =
        "key=AB1C2&username=Someone&password=Some+Pass(1)&url=service4.ultipro.com&email=x@y.example";
    let multipart = "--x\r\ncontent-disposition: form-data; name=\"key\"\r\n\r\nAB1C2\r\n--x--\r\n";
    let many: String = (0..1000).map(|n| format!("f{n}=v&")).collect();
    let nul = "key=%00&username=%00%00&password=%00&url=%00&email=%00";
    let refused = StatusCode::UNSUPPORTED_MEDIA_TYPE;
    vec![
        ("nothing at all", None, Vec::new(), READABLE),
        ("an empty form", Some(FORM), Vec::new(), READABLE),
        ("no content type", None, fields.into(), refused),
        ("text/plain", Some("text/plain"), fields.into(), refused),
        ("multipart", Some("multipart/form-data; boundary=x"), multipart.into(), refused),
        ("JSON", Some("application/json"), b"{\"key\":\"AB1C2\"}".to_vec(), refused),
        ("a content type of nonsense", Some(";;/"), fields.into(), refused),
        ("a megabyte of text", Some(FORM), vec![b'a'; 1 << 20], StatusCode::PAYLOAD_TOO_LARGE),
        (
            "a megabyte in one field",
            Some(FORM),
            [&b"key="[..], &vec![b'a'; 1 << 20]].concat(),
            StatusCode::PAYLOAD_TOO_LARGE,
        ),
        (
            "a megabyte of another type",
            Some("text/plain"),
            vec![b'a'; 1 << 20],
            StatusCode::PAYLOAD_TOO_LARGE,
        ),
        ("bytes that are no UTF-8", Some(FORM), b"\xff\xfe\x00=\xc3\x28".to_vec(), READABLE),
        (
            "fields that were given twice",
            Some(FORM),
            format!("{fields}&{fields}").into(),
            StatusCode::BAD_REQUEST,
        ),
        ("fields we do not know", Some(FORM), b"admin=true&id=1&key[]=AB1C2".to_vec(), READABLE),
        ("a thousand fields", Some(FORM), many.into(), READABLE),
        ("NUL bytes", Some(FORM), nul.into(), READABLE),
        ("separators only", Some(FORM), b"&&&===&%&%zz".to_vec(), READABLE),
    ]
}

async fn send(browser: &mut Browser, path: &str, kind: Option<&str>, body: Vec<u8>) -> Answer {
    let finish = |request: axum::http::request::Builder| {
        let request = request.header("sec-fetch-site", "same-origin");
        match kind {
            Some(kind) => request.header(CONTENT_TYPE, kind),
            None => request,
        }
    };
    browser.send(Method::POST, path, Body::from(body), finish).await
}

fn posts(admin: &Admin) -> Vec<Placed> {
    placed(admin).into_iter().filter(|route| route.method == Method::POST).collect()
}

/// Buttons without fields: whatever comes with them is not read.
fn is_bare_button(route: &Placed) -> bool {
    [
        "/i/{token}",
        "/i/{token}/renew",
        "/reminders/{token}",
        "/hand/{token}",
        "/link/{id}/undo",
        "/sign-out",
        "/desk/account/codes",
    ]
    .contains(&route.pattern)
        || AT_DESK.contains(&route.pattern)
        || OF_ENDPOINTS.contains(&route.pattern)
}

/// The same at the desk.
const AT_DESK: [&str; 6] = [
    "/desk/audit/verify",
    "/desk/links/{id}/check",
    "/desk/links/{id}/withdraw",
    "/desk/links/{id}/notes/{note}/delete",
    "/desk/links/{id}/pause",
    "/desk/links/{id}/resume",
];

/// The same of webhooks' endpoints, of which there is none here.
const OF_ENDPOINTS: [&str; 3] = [
    "/desk/webhooks/{endpoint}/secret",
    "/desk/webhooks/{endpoint}/remove",
    "/desk/webhooks/{endpoint}/messages/{message}",
];

/// Staff's own forms that have a field of a step's name, or one of the door's.
const OF_STAFF_WITH_THEM: [&str; 8] = [
    "/sign-in",
    "/sign-in/code",
    "/sign-in/passkey",
    "/join/{token}",
    "/desk/confirm",
    "/desk/confirm/passkey",
    "/desk/account/passkeys",
    "/desk/settings/staff/new",
];

/// What a form answers that can be read but says nothing we know.
enum Blank {
    /// Back to its own page, which says what is missing.
    Itself,
    /// On to this page of the link.
    Leads(&'static str),
    /// Back to the desk, and nothing was changed.
    Desk,
    /// It cannot be done without.
    Refused(StatusCode),
}

fn blank(route: &Placed) -> Blank {
    match route.pattern {
        "/link/{id}/check" => Blank::Leads("key"),
        "/link/{id}/replace" => Blank::Leads("check"),
        "/link/{id}/disconnect" => Blank::Leads("disconnect"),
        "/link/{id}/paste" | "/link/{id}/hand-over" => Blank::Refused(StatusCode::BAD_REQUEST),
        "/desk/links/{id}/invite"
        | "/desk/links/{id}/notes"
        | "/desk/links/{id}/assignee"
        | "/desk/links/{id}/end" => Blank::Refused(StatusCode::SEE_OTHER),
        // What was written is shown again, with what is wrong.
        "/desk/links/{id}/reply" => Blank::Refused(StatusCode::OK),
        "/desk/invites/new" | "/desk/invites/bulk" => Blank::Refused(StatusCode::UNPROCESSABLE_ENTITY),
        "/desk/webhooks/new" => Blank::Refused(StatusCode::UNPROCESSABLE_ENTITY),
        "/desk/webhooks/{endpoint}" => Blank::Refused(StatusCode::BAD_REQUEST),
        "/desk/settings/presets" => Blank::Refused(StatusCode::BAD_REQUEST),
        "/sign-in" | "/sign-in/passkey" | "/desk/confirm" | "/desk/confirm/passkey" => {
            Blank::Refused(StatusCode::UNAUTHORIZED)
        }
        "/sign-in/code" => Blank::Refused(StatusCode::SEE_OTHER),
        "/join/{token}" => Blank::Refused(StatusCode::NOT_FOUND),
        "/desk/account/password" | "/desk/account/passkeys" | "/desk/settings/staff/new" => {
            Blank::Refused(StatusCode::UNPROCESSABLE_ENTITY)
        }
        "/desk/account" | "/desk/account/app" | "/desk/settings/staff" | "/desk/settings/staff/{staff}" => {
            Blank::Refused(StatusCode::BAD_REQUEST)
        }
        "/desk/views" => Blank::Refused(StatusCode::UNPROCESSABLE_ENTITY),
        "/desk/account/mail" => Blank::Refused(StatusCode::SEE_OTHER),
        "/desk/views/delete" => Blank::Desk,
        // Nothing to try again.
        "/desk/work" => Blank::Refused(StatusCode::SEE_OTHER),
        _ => Blank::Itself,
    }
}

// Fails without `Limited` around the body in `forms::read`, or with a larger `FORM_MAX`.
#[tokio::test]
async fn a_body_that_is_no_form_is_answered_clearly_by_every_route_and_saves_nothing() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    let mut browser = app.as_staff(Role::Owner).await;
    browser.cookies.extend(app.colleague(&mut admin, "key").await.browser.cookies);
    browser.cookies.extend(admin.browser.cookies.clone());

    for route in posts(&admin).iter().filter(|route| !is_bare_button(route)) {
        for (name, kind, body, mut expected) in bad_bodies() {
            let before = app.dump().await;
            let what = format!("{name} to {}", route.path);
            // A field that is given twice matters only to a form that has it.
            let has_steps_fields =
                matches!(blank(route), Blank::Itself) || OF_STAFF_WITH_THEM.contains(&route.pattern);
            if expected == StatusCode::BAD_REQUEST && !has_steps_fields {
                expected = READABLE;
            }

            // The one form that takes a file.
            if name == "multipart" && route.pattern == "/desk/invites/bulk" {
                expected = READABLE;
            }

            let answer = send(&mut browser.clone(), &route.path, kind, body).await;

            match blank(route) {
                _ if expected != READABLE => {
                    assert_eq!(answer.status, expected, "{what}");
                    assert!(answer.is_clear_page(), "{what}: {}", answer.text());
                    assert_eq!(app.dump().await, before, "{what}");
                }
                Blank::Itself => {
                    let last = route.path.rsplit('/').next().unwrap();
                    assert!([route.path.as_str(), last].contains(&answer.location()), "{what}");
                    assert!(!browser.get(&route.path).await.codes().is_empty(), "{what}");
                }
                Blank::Leads(page) => {
                    assert_eq!(answer.location(), admin.path(page), "{what}");
                    assert_eq!(app.dump().await, before, "{what}");
                }
                Blank::Desk => {
                    assert_eq!(answer.location(), "/desk", "{what}");
                    assert_eq!(app.dump().await, before, "{what}");
                }
                Blank::Refused(status) => {
                    assert_eq!((answer.status, answer.set_cookie()), (status, None), "{what}");
                }
            }
            let after = app.dump().await;
            assert_eq!(after.table("sealed_value"), before.table("sealed_value"), "{what}");
            assert_eq!(after.rows_with("link", "host=NULL"), 1, "{what}");
            assert_eq!(app.get("/health/ready").await.status, StatusCode::OK, "{what}");
        }
    }
}

#[tokio::test]
async fn a_button_without_fields_does_its_work_whatever_is_sent_with_it() {
    let app = TestApp::new().await;
    let admin = app.checked_admin(Script::Gaps).await;
    let owner = app.as_staff(Role::Owner).await;
    let buttons: Vec<_> = posts(&admin).into_iter().filter(is_bare_button).collect();
    assert_eq!(buttons.len(), 16);

    for route in buttons {
        // One of the buttons signs out.
        let of_endpoint = OF_ENDPOINTS.contains(&route.pattern);
        let owner = if of_endpoint { app.as_staff(Role::Owner).await } else { owner.clone() };
        for (name, kind, body, _) in bad_bodies() {
            let mut browser = owner.clone();
            browser.cookies.extend(admin.browser.cookies.clone());

            let answer = send(&mut browser, &route.path, kind, body).await;

            // No step of hers is handed over, she got no reminder, and no endpoint is there.
            let holders = [Access::HandHolder, Access::ReminderHolder];
            let nobodys = holders.contains(&route.access) || of_endpoint;
            let expected = if nobodys { StatusCode::NOT_FOUND } else { StatusCode::SEE_OTHER };
            assert_eq!(answer.status, expected, "{name} to {}", route.path);
        }
    }
    assert_eq!(app.get("/health/ready").await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_id_that_is_unknown_anothers_or_malformed_is_not_found_on_every_route() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    let other = app.admin().await;
    let id = admin.link.to_string();
    let ids = [
        format!("lnk_{}", "0".repeat(32)),
        other.link.to_string(),
        id.to_uppercase(),
        id.replace("lnk_", "inv_"),
        id[..id.len() - 1].to_owned(),
        format!("{id}0"),
        format!("{id}%00"),
        format!("%20{id}"),
        "lnk_".to_owned(),
        "1".to_owned(),
        "%FF".to_owned(),
        "..%2F..".to_owned(),
        "x".repeat(5000),
        "%F0%9F%98%80".to_owned(),
    ];
    let before = app.dump().await;

    let own = [Access::Flow, Access::Step];
    for route in placed(&admin).iter().filter(|route| own.contains(&route.access)) {
        for wrong in &ids {
            let path = route.path.replace(&id, wrong);
            let answer = if route.method == Method::GET {
                admin.browser.get(&path).await
            } else {
                let fields =
                    [("key", KEY), ("username", "x"), ("password", "y(1)"), ("url", "service4.ultipro.com")];
                admin.browser.post(&path, &fields).await
            };
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
            assert!(answer.is_clear_page(), "{path}: {}", answer.text());
        }
    }
    assert_eq!(app.dump().await, before);
}

#[tokio::test]
async fn a_link_that_the_desk_does_not_know_is_not_found() {
    let app = TestApp::new().await;
    let mut owner = app.as_staff(Role::Owner).await;

    for id in [&format!("lnk_{}", "0".repeat(32)), "1", "%FF", "%00", "lnk_%3Cscript%3E", &"x".repeat(5000)] {
        let answer = owner.get(&format!("/desk/links/{id}")).await;

        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{id}");
        assert!(answer.is_clear_page(), "{id}: {}", answer.text());
    }
}

#[tokio::test]
async fn a_method_that_a_path_does_not_have_is_refused_with_a_page() {
    let app = TestApp::new().await;
    let admin = app.admin().await;
    let mut browser = app.as_staff(Role::Owner).await;
    browser.cookies.extend(admin.browser.cookies.clone());
    let routes = placed(&admin);
    let paths: BTreeSet<_> = routes.iter().map(|route| route.path.clone()).collect();
    let before = app.dump().await;

    for path in paths {
        let has = |method: &Method| routes.iter().any(|route| route.path == path && route.method == *method);
        for method in
            ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "BREW"]
        {
            let method: Method = method.parse().unwrap();
            if has(&method) {
                continue;
            }
            let same_origin = |r: axum::http::request::Builder| r.header("sec-fetch-site", "same-origin");
            let answer = browser.send(method.clone(), &path, Body::empty(), same_origin).await;

            assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
            assert!(answer.is_clear_page(), "{method} {path}: {}", answer.text());
            // RFC 9110 asks for the list of those that are allowed.
            let allowed = answer.header("allow").unwrap_or_default();
            assert_eq!(allowed.contains("GET"), has(&Method::GET), "{method} {path}: {allowed}");
            assert_eq!(allowed.contains("POST"), has(&Method::POST), "{method} {path}: {allowed}");
        }
    }
    assert_eq!(app.dump().await, before);
}

#[tokio::test]
async fn a_path_that_leads_nowhere_is_not_found_with_a_page_that_names_the_request() {
    let app = TestApp::new().await;
    let long = format!("/{}", "x".repeat(5000));
    let paths = [
        "/nothing",
        "/desk/",
        "/desk/nothing",
        "/desk/links/",
        "/link",
        "/link/",
        "/i",
        "/i/",
        "/i/a/b",
        "/hand",
        "/hand/",
        "/hand/a/b",
        "//",
        "//evil.example/",
        "/link/a/b/c",
        "/sign-in/",
        "/.env",
        "/.git/config",
        "/assets/",
        "/assets/none.js",
        "/assets/..%2fCargo.toml",
        "/%00",
        "/%FF",
        "/%E2%98%83",
        "/index.php?x=%3Cscript%3E",
        "/health",
        "/metrics",
        &long,
    ];

    for path in paths {
        let answer = app.get(path).await;

        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.is_clear_page(), "{path}: {}", answer.text());
        assert_eq!(app.post(path, &[]).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_query_that_nobody_asked_for_is_left_out() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;

    for query in ["?", "?x=1", "?status=%FF", "?a[]=1&a[]=2", "?%00", "?next=https://evil.example"] {
        assert_eq!(app.get(&format!("/{query}")).await.status, StatusCode::OK, "{query}");
        assert_eq!(app.get(&format!("/sign-in{query}")).await.status, StatusCode::OK, "{query}");
        assert_eq!(admin.get(&format!("key{query}")).await.status, StatusCode::OK, "{query}");
    }
}

#[tokio::test]
async fn cookies_of_nonsense_let_nobody_in_and_harm_nobody() {
    let app = TestApp::new().await;
    let admin = app.admin().await;
    let name = format!("linkdesk-{}", admin.link);
    let values =
        ["", "x", "\u{1}", "=;=;", &"A".repeat(43), &"A".repeat(100_000), "' OR 1=1--", "%00", "\"quoted\""];

    for value in values {
        let Ok(cookie) = axum::http::HeaderValue::from_str(&format!("{name}={value}; linkdesk-desk={value}"))
        else {
            continue;
        };
        let with = |r: axum::http::request::Builder| r.header("cookie", cookie.clone());
        let flow = app.browser().send(Method::GET, &admin.path("key"), Body::empty(), with).await;
        let desk = app.browser().send(Method::GET, "/desk", Body::empty(), with).await;

        assert_eq!(flow.status, StatusCode::NOT_FOUND, "{value}");
        assert_eq!(desk.location(), "/sign-in", "{value}");
    }
    let raw = |r: axum::http::request::Builder| r.header("cookie", &b"\xff\xfe=\xff"[..]);
    assert_eq!(app.browser().send(Method::GET, "/desk", Body::empty(), raw).await.location(), "/sign-in");
}
