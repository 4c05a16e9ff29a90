//! What one staff account can do at a time, and for how long.

use axum::http::StatusCode;
use domain::{LinkId, LinkSort, Role};
use services::{ExportError, LinkExport};
use storage::LinkFilter;

use crate::support::{Browser, TestApp};

const MINUTE: i64 = 60_000;

async fn export(app: &TestApp, browser: &Browser) -> LinkExport {
    let caller = app.services.recognise_staff(&browser.cookies["linkdesk-desk"]).await.unwrap().unwrap();
    let asked = "every link".to_owned();
    app.services.export_links(&caller, LinkFilter::default(), LinkSort::Changed, asked).await.unwrap()
}

// Fails without the count in `Services::export_place`.
#[tokio::test]
async fn an_account_takes_two_files_away_at_a_time() {
    let app = TestApp::new().await;
    let (mut owner, mut other) = (app.as_staff(Role::Owner).await, app.as_staff(Role::Support).await);
    let (first, _second) = (export(&app, &owner).await, export(&app, &owner).await);

    for file in ["/desk/export.csv", "/desk/audit/export.csv"] {
        let third = owner.get(file).await;
        assert_eq!(third.status, StatusCode::TOO_MANY_REQUESTS, "{file}");
        assert!(third.text().contains("Two downloads are still running"));
    }
    assert_eq!(other.get("/desk/export.csv").await.status, StatusCode::OK, "a colleague's are hers");
    drop(first);
    assert_eq!(owner.get("/desk/audit/export.csv").await.status, StatusCode::OK);
}

// Fails without the look at the session before each part.
#[tokio::test]
async fn a_file_ends_with_the_session_it_was_asked_for_in() {
    let app = TestApp::new().await;
    app.linked_admin().await;
    for how in ["/sign-out", "closed", "idle"] {
        let mut owner = app.as_staff(Role::Owner).await;
        let mut file = export(&app, &owner).await;
        match how {
            "closed" => app.database.change("UPDATE staff SET deactivated_at = 1;").await,
            "idle" => app.clock.advance(30 * MINUTE),
            path => drop(owner.post(path, &[]).await),
        }

        assert!(matches!(file.next().await, Err(ExportError::Over)), "{how}");

        app.database.change("UPDATE staff SET deactivated_at = NULL;").await;
    }
    let owner = app.as_staff(Role::Owner).await;
    assert_eq!(export(&app, &owner).await.next().await.unwrap().unwrap().len(), 1, "the positive control");
}

async fn mail(staff: &mut Browser, link: LinkId) -> String {
    let answer = staff.post(&format!("/desk/links/{link}/invite"), &[("how", "mail")]).await;
    answer.location().split("said=").nth(1).unwrap().to_owned()
}

// Fails without `Services::mail_turn`.
#[tokio::test]
async fn a_customer_gets_ten_mails_a_day_from_staff_a_minute_apart() {
    let (app, mailer) = TestApp::with_mail().await;
    let admin = app.admin().await;
    let mut staff = app.as_staff(Role::Support).await;
    let invites = app.dump().await.table("invite").len();

    assert_eq!(mail(&mut staff, admin.link).await, "mailed");
    assert_eq!(mail(&mut staff, admin.link).await, "mail_too_soon");
    let reply = [("subject", "Hello"), ("body", "All is well."), ("how", "mail")];
    let page = format!("/desk/links/{}/reply", admin.link);
    let refused = staff.post(&page, &reply).await;
    assert!(refused.text().contains("less than a minute ago") && refused.text().contains("All is well."));
    for _ in 0..9 {
        app.clock.advance(MINUTE);
        assert_eq!(mail(&mut staff, admin.link).await, "mailed");
    }
    app.clock.advance(MINUTE);
    assert_eq!(mail(&mut staff, admin.link).await, "mails_enough");
    assert!(staff.post(&page, &reply).await.text().contains("ten mails went to this customer"));

    assert_eq!(mailer.sent().len(), 10);
    assert_eq!(app.dump().await.table("invite").len(), invites + 10, "none is made that is not sent");
    let other = app.admin().await;
    assert_eq!(mail(&mut staff, other.link).await, "mailed", "another customer's are counted apart");
    app.clock.advance(24 * 60 * MINUTE);
    let mut staff = app.as_staff(Role::Support).await;
    assert_eq!(mail(&mut staff, admin.link).await, "mailed", "a day later");
}

#[tokio::test]
async fn mails_asked_for_at_once_are_not_counted_past_one_another() {
    let (app, mailer) = TestApp::with_mail().await;
    let admin = app.admin().await;
    let staff = app.as_staff(Role::Support).await;

    let mut asked = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (mut staff, link) = (staff.clone(), admin.link);
        asked.spawn(async move { mail(&mut staff, link).await });
    }
    let said = asked.join_all().await;

    assert_eq!(said.iter().filter(|said| *said == "mailed").count(), 1, "{said:?}");
    assert_eq!(mailer.sent().len(), 1);
}

// Fails without `end_oldest_staff_sessions` in `Services::open_session`.
#[tokio::test]
async fn an_account_has_twenty_sessions_and_the_oldest_ends() {
    let app = TestApp::new().await;
    // What is written beside it here is SQLite's.
    if app.database.file().is_none() {
        return;
    }
    let mut first = app.as_staff(Role::Support).await;
    let mut second = app.as_staff(Role::Support).await;
    app.clock.advance(1);
    let mut owner = app.as_staff(Role::Owner).await;
    let newer = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 18) INSERT INTO staff_session \
         (token_hash, id, staff_id, created_at, last_used_at, confirmed_at, browser) SELECT randomblob(32), \
         'ses_' || printf('%032x', i), staff_id, created_at + 1, last_used_at, 1, '' FROM n, staff_session \
         WHERE token_hash = (SELECT token_hash FROM staff_session ORDER BY created_at, id LIMIT 1);";
    app.database.change(newer).await;
    let count =
        "SELECT count(*) || '' FROM staff_session JOIN staff ON staff.id = staff_id WHERE role = 'support'";
    assert_eq!(app.value(count).await, "20");
    assert_eq!(second.get("/desk").await.status, StatusCode::OK);

    let mut last = app.as_staff(Role::Support).await;

    assert_eq!(app.value(count).await, "20");
    let in_still = [first.get("/desk").await.status, second.get("/desk").await.status];
    assert_eq!(in_still.iter().filter(|status| **status == StatusCode::OK).count(), 1, "the oldest ended");
    assert_eq!(last.get("/desk").await.status, StatusCode::OK);
    assert_eq!(owner.get("/desk").await.status, StatusCode::OK, "nobody else's");
    assert_eq!(app.audited("sessions_ended").await, 1);
}

#[tokio::test]
async fn a_closed_account_is_neither_offered_nor_taken_to_look_after_a_link() {
    let app = TestApp::new().await;
    let admin = app.admin().await;
    let (mut owner, _) = (app.as_staff(Role::Owner).await, app.as_staff(Role::Support).await);
    let support = app.value("SELECT id FROM staff WHERE role = 'support'").await;
    let (page, option) = (format!("/desk/links/{}", admin.link), format!("<option value=\"{support}\""));
    assert!(owner.get(&page).await.text().contains(&option), "the positive control");

    app.database.change("UPDATE staff SET deactivated_at = 1 WHERE role = 'support';").await;

    assert!(!owner.get(&page).await.text().contains(&option));
    let given = owner.post(&format!("{page}/assignee"), &[("staff", &support)]).await;
    assert!(given.location().ends_with("said=no_such_staff"), "{}", given.location());
    assert_eq!(app.value("SELECT ifnull(assignee, 'nobody') FROM link").await, "nobody");
}
