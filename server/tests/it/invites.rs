//! Invites: looking changes nothing, **Start** lets this browser in, and what leads nowhere says so.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use domain::{Permission, Role};

use crate::support::{KEY, PASSWORD, Script, TestApp, URL, USERNAME};

const HOUR: i64 = 3600;

#[tokio::test]
async fn looking_at_an_invite_changes_nothing_however_often() {
    let app = TestApp::new().await;
    let invite = app.invite().await;
    let (rows, bytes) = (app.dump().await, app.database_bytes().await);

    for _ in 0..20 {
        assert_eq!(app.get(&invite.path()).await.status, StatusCode::OK);
        let head = app.browser().send(Method::HEAD, &invite.path(), Body::empty(), |r| r).await;
        assert_eq!(head.status, StatusCode::OK);
        assert_eq!(head.set_cookie(), None);
    }

    assert_eq!(app.dump().await, rows);
    assert_eq!(app.database_bytes().await, bytes);
    // The comparison sees what **Start** changes.
    app.post(&invite.path(), &[]).await.location();
    assert_ne!(app.dump().await, rows);
    assert_ne!(app.database_bytes().await, bytes);
}

#[tokio::test]
async fn the_welcome_page_says_who_asks_for_what_and_starts_with_one_button() {
    let app = TestApp::new().await;
    let asked = [Permission::PtoPlanIntegration];
    let invite = app.invite_for("Contoso Health", &asked, HOUR).await;

    let page = app.get(&invite.path()).await;

    assert!(page.heading().contains("Northwind Learning"), "{}", page.heading());
    assert!(page.text().contains("Employee Person Details") && page.text().contains("PTO Plan Integration"));
    assert!(!page.text().contains("Payroll Integration"));
    assert_eq!(page.text().matches("type=\"submit\"").count(), 1);
}

#[tokio::test]
async fn start_sets_a_cookie_for_the_server_alone_and_leaves_the_token_behind() {
    let app = TestApp::new().await;
    let invite = app.invite_for("Contoso Health", &[], HOUR).await;

    let answer = app.post(&invite.path(), &[]).await;

    assert_eq!(answer.location(), format!("/link/{}/key", invite.link));
    let set = answer.set_cookie().unwrap();
    let (pair, attributes) = set.split_once("; ").unwrap();
    assert!(pair.starts_with(&format!("linkdesk-{}=", invite.link)), "{set}");
    assert_eq!(attributes, "Path=/; HttpOnly; SameSite=Lax; Max-Age=3600");
    assert!(!set.contains(&invite.token), "the cookie is a session of its own");
}

#[tokio::test]
async fn over_https_the_cookie_is_bound_to_the_host_and_to_tls() {
    let app = TestApp::with(&[("LINKDESK_PUBLIC_URL", "https://link.example.com")]).await;
    let invite = app.invite_for("Contoso Health", &[], HOUR).await;

    let answer = app.post(&invite.path(), &[]).await;

    let set = answer.set_cookie().unwrap();
    assert!(set.starts_with(&format!("__Host-linkdesk-{}=", invite.link)), "{set}");
    assert!(set.ends_with("; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600; Secure"), "{set}");
    let mut admin = app.admin_of(invite).await;
    assert_eq!(admin.get("key").await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_unknown_invite_says_so_with_a_next_step() {
    let app = TestApp::new().await;
    let unknown = "A".repeat(43);

    for answer in [app.get(&format!("/i/{unknown}")).await, app.post(&format!("/i/{unknown}"), &[]).await] {
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert_eq!(answer.codes(), ["invite_unknown"]);
        assert!(answer.is_clear_page(), "{}", answer.text());
        assert_eq!(answer.set_cookie(), None);
    }
}

#[tokio::test]
async fn an_invite_runs_out_at_its_very_second_and_its_session_with_it() {
    let app = TestApp::new().await;
    let invite = app.invite_for("Contoso Health", &[], HOUR).await;
    let mut admin = app.admin_of(invite.clone()).await;

    app.clock.advance(HOUR * 1000 - 1);
    assert_eq!(app.get(&invite.path()).await.status, StatusCode::OK);
    assert_eq!(admin.get("key").await.status, StatusCode::OK);
    app.clock.advance(1);
    let before = app.dump().await;

    for answer in [app.get(&invite.path()).await, app.post(&invite.path(), &[]).await] {
        assert_eq!(answer.status, StatusCode::GONE);
        assert_eq!(answer.codes(), ["invite_expired"]);
        assert!(answer.is_clear_page(), "{}", answer.text());
        assert_eq!(answer.set_cookie(), None);
    }
    assert_eq!(admin.get("key").await.status, StatusCode::NOT_FOUND);
    assert_eq!(admin.post("key", &[("key", KEY)]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(app.dump().await, before);
}

#[tokio::test]
async fn a_withdrawn_invite_lets_nobody_in_and_ends_the_sessions_it_began() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    assert_eq!(admin.get("key").await.status, StatusCode::OK);
    app.revoke(&admin.invite).await;
    let before = app.dump().await;

    for answer in [app.get(&admin.invite.path()).await, app.post(&admin.invite.path(), &[]).await] {
        assert_eq!(answer.status, StatusCode::GONE);
        assert_eq!(answer.codes(), ["invite_revoked"]);
        assert!(answer.is_clear_page(), "{}", answer.text());
    }
    assert_eq!(admin.get("key").await.status, StatusCode::NOT_FOUND);
    assert_eq!(admin.post("key", &[("key", KEY)]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(app.dump().await, before);
}

#[tokio::test]
async fn a_second_device_goes_on_where_the_first_one_was() {
    let app = TestApp::new().await;
    let mut first = app.admin().await;
    first.post("key", &[("key", KEY)]).await;

    let mut second = app.browser();
    let started = second.post(&first.invite.path(), &[]).await;

    assert_eq!(started.location(), first.path("account"));
    assert_eq!(second.get(&first.path("account")).await.status, StatusCode::OK);
    assert_eq!(first.get("account").await.status, StatusCode::OK, "the first device stays in");
    assert_eq!(app.stored_status(first.link).await, "in_progress");
}

#[tokio::test]
async fn a_new_invite_leads_back_to_what_was_saved_when_the_first_ran_out() {
    let app = TestApp::new().await;
    let mut admin = app.admin_of(app.invite_for("Contoso Health", &[], HOUR).await).await;
    admin.save_two().await;
    app.clock.advance(HOUR * 1000);
    let mut desk = app.as_staff(Role::Support).await;
    let lapsed = desk.get(&format!("/desk/links/{}", admin.link)).await;
    assert_eq!(lapsed.codes(), ["invite_expired"], "support sees that a new one is wanted");

    let again = app.invite_again(admin.link).await;
    let mut back = app.browser();
    let started = back.post(&again.path(), &[]).await;

    assert_eq!(started.location(), admin.path("domain"));
    assert_eq!(back.post(&admin.path("domain"), &[("url", URL)]).await.location(), admin.path("check"));
    assert_eq!(app.ukg.last_asked()[1..], [KEY, USERNAME, PASSWORD]);
    assert_eq!(app.get(&admin.invite.path()).await.codes(), ["invite_expired"], "the first stays as it is");
    assert!(desk.get(&format!("/desk/links/{}", admin.link)).await.codes().is_empty());
}

#[tokio::test]
async fn the_invite_of_a_linked_account_leads_to_the_receipt() {
    let app = TestApp::new().await;
    let admin = app.checked_admin(Script::Linked).await;

    let started = app.post(&admin.invite.path(), &[]).await;

    assert_eq!(started.location(), admin.path("done"));
    assert_eq!(app.stored_status(admin.link).await, "linked");
}

// Fails without `session.link == link` in `Services::enter_flow`.
#[tokio::test]
async fn an_invite_opens_its_own_link_and_no_other() {
    let app = TestApp::new().await;
    let mine = app.admin().await;
    let other = app.admin().await;
    let mut browser = mine.browser.clone();

    let plain = browser.get(&other.path("key")).await;
    // The same token under the name of the other link's cookie.
    let token = browser.cookies.values().next().unwrap().clone();
    browser.cookies.insert(format!("linkdesk-{}", other.link), token);
    let renamed = browser.get(&other.path("key")).await;
    let written = browser.post(&other.path("key"), &[("key", KEY)]).await;

    for answer in [plain, renamed, written] {
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(app.dump().await.table("sealed_value").len(), 0);
    assert_eq!(browser.get(&mine.path("key")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn two_invites_are_open_in_one_browser_side_by_side() {
    let app = TestApp::new().await;
    let (one, two) = (app.invite().await, app.invite().await);
    let mut browser = app.browser();

    browser.post(&one.path(), &[]).await;
    browser.post(&two.path(), &[]).await;

    for invite in [one, two] {
        assert_eq!(browser.get(&format!("/link/{}/key", invite.link)).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn what_cannot_be_a_token_is_an_unknown_invite() {
    let app = TestApp::new().await;
    let invite = app.invite().await;
    let before = app.dump().await;
    let token = &invite.token;
    let malformed = [
        "x".to_owned(),
        "A".repeat(42),
        "A".repeat(44),
        "A".repeat(10_000),
        format!("{token}x"),
        token[1..].to_owned(),
        token.to_lowercase(),
        format!("{token}%00"),
        format!("%00{}", &token[1..]),
        format!("{token}%20"),
        format!("{}%2F", &token[1..]),
        "%00".repeat(43),
        "%FF".to_owned(),
        "%C3%28".to_owned(),
        "%".to_owned(),
        "%zz".to_owned(),
        "%E2%98%83".repeat(43),
        "'%20OR%201=1--".to_owned(),
        "..%2F..%2Fdesk".to_owned(),
        "%3Cscript%3Ealert(1)%3C%2Fscript%3E".to_owned(),
    ];

    for text in malformed {
        let path = format!("/i/{text}");
        for answer in [app.get(&path).await, app.post(&path, &[]).await] {
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
            assert_eq!(answer.codes(), ["invite_unknown"], "{path}");
            assert!(answer.is_clear_page(), "{path}: {}", answer.text());
            assert!(!answer.text().contains("alert(1)"));
        }
        // The same text would stand in the address that this leads to.
        let forward = app.get(&format!("{path}?forward")).await;
        assert!(!forward.status.is_server_error(), "{path}");
    }
    assert_eq!(app.dump().await, before);
}
