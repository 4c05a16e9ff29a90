//! The audit log's page: what owners see, search and download, and from where things were done.

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, StatusCode};
use domain::Role;

use crate::support::{STAFF_PASSWORD, TestApp, form};

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0";

#[tokio::test]
async fn owners_read_who_did_what_to_which_link_newest_first() {
    let app = TestApp::new().await;
    let mut owner = app.as_staff(Role::Owner).await;
    app.linked_admin().await;

    let page = owner.get("/desk/audit").await;

    assert_eq!(page.heading(), "Audit log");
    let places: Vec<u64> =
        page.attribute("data-audit-entry").iter().map(|place| place.parse().unwrap()).collect();
    assert!(places.len() > 10 && places.is_sorted_by(|a, b| a == &(b + 1)), "{places:?}");
    for text in [
        "owner@northwind.example",
        "Holder of the invite that Command line made and was shown on 2 March 2026",
        "The command line",
        "Signed in",
        "Sealed value opened for a check",
        "Checked: everything granted",
        ">Contoso Health</a>",
    ] {
        assert!(page.text().contains(text), "{text}");
    }
    assert_eq!(page.attribute("data-audit-state"), ["never"]);
}

#[tokio::test]
async fn the_log_is_for_owners_and_its_tab_too() {
    let app = TestApp::new().await;
    let mut support = app.as_staff(Role::Support).await;
    let mut owner = app.as_staff(Role::Owner).await;

    for path in ["/desk/audit", "/desk/audit/export.csv"] {
        assert_eq!(support.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(support.post("/desk/audit/verify", &[]).await.status, StatusCode::FORBIDDEN);
    assert!(!support.get("/desk").await.text().contains("/desk/audit"));
    assert!(owner.get("/desk").await.text().contains("href=\"/desk/audit\""));
    assert_eq!((app.audited("log_exported").await, app.audited("log_verified").await), (0, 0));
}

#[tokio::test]
async fn verifying_says_whether_the_log_is_whole() {
    let app = TestApp::new().await;
    let mut owner = app.as_staff(Role::Owner).await;

    assert_eq!(owner.post("/desk/audit/verify", &[]).await.location(), "/desk/audit");
    assert_eq!(owner.get("/desk/audit").await.attribute("data-audit-state"), ["whole"]);
    let sql = "DROP TRIGGER audit_entry_is_never_changed; UPDATE audit_entry SET at = 0 WHERE position = 1;";
    app.database.change(sql).await;
    owner.post("/desk/audit/verify", &[]).await;

    let page = owner.get("/desk/audit").await;
    assert_eq!(page.attribute("data-audit-state"), ["broken"]);
    assert!(page.text().contains("Entry 1 is not as it was written"));
}

#[tokio::test]
async fn a_search_narrows_the_list_and_is_kept_in_the_address() {
    let app = TestApp::new().await;
    let mut owner = app.as_staff(Role::Owner).await;
    let other = app.invite_for("Fabrikam", &[], 60).await;
    app.linked_admin().await;

    for (address, expected) in [
        ("/desk/audit?q=fabri", 1),
        ("/desk/audit?what=credentials_opened", 3),
        ("/desk/audit?q=owner%40&who=staff", 1),
        ("/desk/audit?who=command_line&what=invite_created&from=2026-03-02&to=2026-03-02", 2),
        ("/desk/audit?from=2026-03-03", 0),
        ("/desk/audit?to=2026-03-01", 0),
        ("/desk/audit?q=%27%3B+DROP+TABLE", 0),
        (&format!("/desk/audit?q={}", other.link), 1),
    ] {
        let page = owner.get(address).await;
        assert_eq!(page.attribute("data-audit-entry").len(), expected, "{address}");
    }
    let page = owner.get("/desk/audit?q=fabri&what=invite_created").await;
    assert!(page.text().contains("value=\"fabri\""));
    assert!(page.text().contains("/desk/audit/export.csv?q=fabri&amp;what=invite_created"));
    assert!(page.text().contains("Show everything"));
}

#[tokio::test]
async fn paging_shows_every_entry_once() {
    let app = TestApp::new().await;
    let mut owner = app.as_staff(Role::Owner).await;
    for _ in 0..12 {
        app.linked_admin().await;
    }

    let mut seen: Vec<u64> = Vec::new();
    let mut next = Some("/desk/audit".to_owned());
    while let Some(address) = next {
        let page = owner.get(&address).await;
        seen.extend(page.attribute("data-audit-entry").iter().map(|place| place.parse::<u64>().unwrap()));
        let older = page.text().split("href=\"").filter(|part| part.contains("rel=\"next\"")).last();
        next = older
            .and_then(|part| part.split('"').next())
            .filter(|href| href.contains("before="))
            .map(str::to_owned);
    }

    let last: u64 = app.value("SELECT max(position) || '' FROM audit_entry").await.parse().unwrap();
    assert!(last > 100);
    assert_eq!(seen, (1..=last).rev().collect::<Vec<_>>());
}

#[tokio::test]
async fn hostile_names_are_text_on_the_page_and_in_the_download() {
    let app = TestApp::new().await;
    let mut owner = app.as_staff(Role::Owner).await;
    app.invite_for("=HYPERLINK(\"http://evil.example\")", &[], 60).await;
    app.invite_for("<img src=x onerror=alert(1)>", &[], 60).await;
    app.invite_for("@SUM(1+1)*cmd|' /C calc'!A0", &[], 60).await;

    let page = owner.get("/desk/audit").await;
    let file = owner.get("/desk/audit/export.csv").await;

    assert!(!page.text().contains("<img src=x"));
    assert!(page.text().contains("&lt;img src=x onerror=alert(1)&gt;"));
    assert!(file.text().contains("\"'=HYPERLINK(\"\"http://evil.example\"\")\""), "{}", file.text());
    assert!(file.text().contains("\"'@SUM(1+1)*cmd|' /C calc'!A0\""));
}

#[tokio::test]
async fn a_download_holds_what_the_search_finds_and_is_itself_in_the_log() {
    let app = TestApp::new().await;
    let mut owner = app.as_staff(Role::Owner).await;
    app.linked_admin().await;

    let part = owner.get("/desk/audit/export.csv?what=credentials_opened").await;
    let all = owner.get("/desk/audit/export.csv").await;

    assert_eq!(part.header("content-type"), Some("text/csv; charset=utf-8"));
    assert_eq!(part.header("content-disposition"), Some("attachment; filename=\"linkdesk-audit.csv\""));
    assert_eq!(part.text().lines().count(), 1 + 3);
    assert!(part.text().contains(",credentials_opened,"));
    assert_eq!(app.audited("log_exported").await, 2);
    let entries: usize = app.value("SELECT count(*) || '' FROM audit_entry").await.parse().unwrap();
    assert_eq!(all.text().lines().count(), 1 + entries);
}

#[tokio::test]
async fn a_long_download_comes_in_one_piece() {
    let app = TestApp::new().await;
    let mut owner = app.as_staff(Role::Owner).await;
    let many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2300) INSERT INTO audit_entry \
         (position, id, at, actor_kind, action, detail) \
         SELECT 1000 + i, 'aud_' || printf('%032x', i), i, 'system', 'signed_out', 'n' || i FROM n; \
         DROP TRIGGER audit_head_only_moves_on; UPDATE audit_head SET position = 9000;";
    app.database.change(many).await;

    let file = owner.get("/desk/audit/export.csv?what=signed_out").await;

    let lines: Vec<_> = file.text().lines().collect();
    assert_eq!(lines.len(), 2301);
    assert!(lines[1].contains("n2300") && lines[2300].contains("n1"));
}

#[tokio::test]
async fn entries_tell_from_where_as_far_as_trusted_proxies_tell() {
    let app = TestApp::with(&[("LINKDESK_TRUSTED_PROXIES", "10.0.0.0/8")]).await;
    let email = app.staff(Role::Owner).await;
    let sign_in = |peer: [u8; 4], forwarded: &'static str, password: &'static str| {
        let (mut browser, email) = (app.browser(), email.clone());
        async move {
            let body = Body::from(form(&[("email", &email), ("password", password)]));
            browser
                .send(Method::POST, "/sign-in", body, |request| {
                    request
                        .header("sec-fetch-site", "same-origin")
                        .header("content-type", "application/x-www-form-urlencoded")
                        .header("user-agent", FIREFOX)
                        .header("x-forwarded-for", forwarded)
                        .extension(ConnectInfo(SocketAddr::from((peer, 1))))
                })
                .await;
            browser
        }
    };

    let mut through_proxy = sign_in([10, 0, 0, 1], "198.51.100.7", STAFF_PASSWORD).await;
    sign_in([203, 0, 113, 9], "198.51.100.8", "a wrong password").await;

    let of =
        |action: &str| format!("SELECT address || ' ' || browser FROM audit_entry WHERE action = '{action}'");
    assert_eq!(app.value(&of("signed_in")).await, "198.51.100.7 firefox");
    assert_eq!(
        app.value(&of("sign_in_refused")).await,
        "203.0.113.9 firefox",
        "its own claim is not believed"
    );
    assert!(through_proxy.get("/desk/audit").await.text().contains("198.51.100.7, Firefox"));
    let here = "SELECT coalesce(address, 'nowhere') FROM audit_entry WHERE action = 'staff_added'";
    assert_eq!(app.value(here).await, "nowhere", "the command line is no client");
}

#[tokio::test]
async fn what_a_customer_does_tells_from_where_too_and_a_check_s_own_entries_do_not() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    let body = Body::from(form(&[("key", crate::support::KEY)]));
    let path = admin.path("key");
    admin
        .browser
        .send(Method::POST, &path, body, |request| {
            request
                .header("sec-fetch-site", "same-origin")
                .header("content-type", "application/x-www-form-urlencoded")
                .header("user-agent", FIREFOX)
                .extension(ConnectInfo(SocketAddr::from(([192, 0, 2, 7], 1))))
        })
        .await;

    let of = "SELECT address || ' ' || browser FROM audit_entry WHERE action = 'step_saved'";
    assert_eq!(app.value(of).await, "192.0.2.7 firefox");
    admin.save_all().await;
    let ended = "SELECT coalesce(address, 'nowhere') FROM audit_entry WHERE action = 'check_finished'";
    assert_eq!(app.value(ended).await, "nowhere");
}
