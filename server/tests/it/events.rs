//! A check seen as it happens: its lines as server-sent events, for whoever may see the check and nobody else.

use app::pages::{CheckLinesView, check_lines};
use axum::body::Body;
use axum::http::{Method, StatusCode};
use domain::{CheckProgress, ConnectionStep, Permission, PermissionResult, PermissionSet};

use crate::support::{Admin, KEY, PASSWORD, Script, TestApp, URL, USERNAME, events};

/// A check that is held, asked for by an administrator who goes on looking elsewhere.
async fn held(app: &TestApp, admin: &mut Admin) {
    app.ukg.hold();
    let calls = app.ukg.calls();
    tokio::select! {
        _ = admin.post("check", &[]) => panic!("it waits for the check"),
        () = app.ukg.called(calls + 1) => {}
    }
}

fn progress() -> CheckProgress {
    CheckProgress::new(&PermissionSet::new(&Permission::ALL))
}

#[tokio::test]
async fn the_lines_arrive_as_the_check_goes_on_and_then_its_end() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    held(&app, &mut admin).await;

    let mut stream = events(&app.router, &admin).await;
    let (name, first) = stream.next().await.unwrap();
    assert_eq!(name, "progress");
    assert_eq!(first.matches("data-permission").count(), Permission::ALL.len());
    assert!(first.contains("service4.ultipro.com") && !first.contains("granted"));
    let mut now = progress();
    now.connection = ConnectionStep::Accepted;
    now.accepted_ms = Some(1290);
    now.asking = vec![Permission::PayrollIntegration];
    app.ukg.came(&now);
    let (name, second) = stream.next().await.unwrap();
    assert_eq!(name, "progress");
    assert!(second.contains("1.2 seconds") && second.contains("Asking now"), "{second}");
    now.rows[0].result = PermissionResult::Granted;
    now.rows[0].took_ms = Some(640);
    app.ukg.came(&now);
    let (_, third) = stream.next().await.unwrap();
    assert!(third.contains("data-result=\"granted\"") && third.contains("0.6 seconds"), "{third}");
    app.ukg.release();

    assert_eq!(stream.next().await.unwrap().0, "done");
    assert_eq!(stream.next().await, None, "the stream ends");
}

#[tokio::test]
async fn whoever_comes_late_or_comes_back_is_told_where_the_check_is() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    held(&app, &mut admin).await;
    let mut now = progress();
    now.connection = ConnectionStep::Reached;
    now.reached_ms = Some(410);
    app.ukg.came(&now);

    for _ in 0..2 {
        let (name, lines) = events(&app.router, &admin).await.next().await.unwrap();
        assert_eq!(name, "progress");
        assert!(lines.contains("0.4 seconds"), "{lines}");
    }
    let page = admin.get("check").await;

    assert_eq!(page.refresh(), Some("2"));
    assert!(page.text().contains("0.4 seconds"), "the page shows the same: {:?}", page.permissions());
    app.ukg.release();
}

#[tokio::test]
async fn the_page_says_when_the_stream_says_that_the_check_is_over() {
    let app = TestApp::new().await;
    let mut admin = app.checked_admin(Script::Gaps).await;
    app.ukg.answers(Script::Linked);
    held(&app, &mut admin).await;
    let mut stream = events(&app.router, &admin).await;
    stream.next().await.unwrap();
    app.ukg.release();

    assert_eq!(stream.next().await.unwrap().0, "done");

    // Whoever loads the page on that word must not find the check running still.
    let page = admin.get("check").await;
    assert_eq!((page.link_status(), page.refresh()), ("linked", None));
}

#[tokio::test]
async fn where_no_check_runs_the_stream_says_so_and_ends() {
    let app = TestApp::new().await;
    for mut admin in [app.admin().await, app.linked_admin().await] {
        let mut stream = events(&app.router, &admin).await;

        assert_eq!(stream.next().await.unwrap().0, "done");
        assert_eq!(stream.next().await, None);
        admin.get("check").await;
    }
    assert_eq!(app.ukg.calls(), 1, "looking starts nothing");
}

#[tokio::test]
async fn a_check_that_a_stop_cut_short_is_over_for_its_stream() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    held(&app, &mut admin).await;

    let again = app.restarted().await;
    let back = again.admin_of(admin.invite.clone()).await;

    assert_eq!(events(&again.router, &back).await.next().await.unwrap().0, "done");
}

#[tokio::test]
async fn nobody_else_sees_a_check_as_it_happens() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    let other = app.admin().await;
    let colleague = app.colleague(&mut admin, "account").await;
    held(&app, &mut admin).await;
    let path = admin.path("check/events");

    let staff = app.as_staff(domain::Role::Owner).await;
    for mut browser in [app.browser(), other.browser, colleague.browser, staff] {
        let answer = browser.get(&path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert!(answer.is_clear_page() && !answer.text().contains("service4"));
    }
    app.revoke(&admin.invite).await;
    assert_eq!(admin.browser.get(&path).await.status, StatusCode::NOT_FOUND);
    app.ukg.release();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_tabs_start_one_check_and_see_the_same() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    let mut tab = admin.clone();
    held(&app, &mut admin).await;

    assert_eq!(tab.post("check", &[]).await.location(), tab.path("check"));
    let (mut one, mut two) = (events(&app.router, &admin).await, events(&app.router, &tab).await);
    assert_eq!(one.next().await, two.next().await);
    app.ukg.release();

    assert_eq!(
        (one.next().await.unwrap().0, two.next().await.unwrap().0),
        ("done".to_owned(), "done".to_owned())
    );
    assert_eq!(app.ukg.calls(), 2);
}

#[tokio::test]
async fn what_the_stream_says_is_not_packed_and_kept_by_nobody() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    let path = admin.path("check/events");

    let asks = |r: axum::http::request::Builder| r.header("accept-encoding", "gzip, deflate, br, zstd");
    let answer = admin.browser.send(Method::GET, &path, Body::empty(), asks).await;

    assert_eq!(answer.header("content-encoding"), None, "a packed event would wait for the next");
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
}

#[tokio::test]
async fn no_event_holds_anything_that_was_entered() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    admin.save_two().await;
    app.ukg.hold();
    let domain = [("url", URL)];
    tokio::select! {
        _ = admin.post("domain", &domain) => panic!("it waits for the check"),
        () = app.ukg.called(1) => {}
    }
    let mut stream = events(&app.router, &admin).await;
    let (_, lines) = stream.next().await.unwrap();
    app.ukg.release();

    for secret in [KEY, USERNAME, PASSWORD] {
        assert!(!lines.contains(secret), "{secret}");
    }
}

#[test]
fn whatever_a_host_holds_is_only_ever_text_in_an_event() {
    for hostile in ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "</li></ol><h1>x</h1>"] {
        let lines = check_lines(&CheckLinesView { host: hostile.to_owned(), progress: progress() });

        assert!(!lines.contains("<script") && !lines.contains("<img") && !lines.contains("<h1>"), "{lines}");
        assert!(lines.contains("&lt;"), "it is shown: {lines}");
    }
}
