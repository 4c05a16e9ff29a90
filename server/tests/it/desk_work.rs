//! Background work at the desk: what was given up is seen, and tried again when somebody asks for it.

use axum::http::StatusCode;
use domain::{LinkId, Role, WebhookEvents, WebhookUrl};
use services::{EndpointOutcome, NewEndpoint, Operator};
use storage::JobKind;

use crate::support::TestApp;

/// Gives up the re-check of a link, as a worker would after many tries.
async fn give_up(app: &TestApp, subject: &str, problem: &str) {
    let now = app.value("SELECT max(at) || '' FROM audit_entry").await;
    app.database.change(&format!("DELETE FROM job WHERE subject = '{subject}';")).await;
    let sql = format!(
        "INSERT INTO job (kind, subject, due_at, attempts, created_at, dead_at, problem) \
         VALUES ('recheck', '{subject}', {now}, 9, {now}, {now}, '{problem}');"
    );
    app.database.change(&sql).await;
}

async fn given_up(app: &TestApp) -> String {
    app.value("SELECT count(*) || '' FROM job WHERE dead_at IS NOT NULL").await
}

#[tokio::test]
async fn what_was_given_up_is_told_with_its_link_and_why() {
    let app = TestApp::new().await;
    let link = app.linked_admin().await.link;
    give_up(&app, &link.to_string(), "ukg_timeout").await;
    give_up(&app, "gone", "<b>odd_name</b>").await;
    let mut staff = app.as_staff(Role::Support).await;

    let page = staff.get("/desk/work").await;

    assert_eq!(page.status, StatusCode::OK);
    let text = page.text();
    assert!(text.contains(&format!("data-work-subject=\"{link}\"")), "{text}");
    assert!(text.contains(&format!("href=\"/desk/links/{link}\"")) && text.contains("Contoso Health"));
    assert!(
        text.contains("Nobody any more") && text.contains("odd name") && !text.contains("<b>odd"),
        "{text}"
    );
    assert!(text.contains("Try all again"));
    assert!(
        staff.get("/desk/insights").await.text().contains("href=\"/desk/work\""),
        "it is found without a notice"
    );
    let list = staff.get("/desk").await;
    assert!(list.text().contains("Linkdesk gave up on 2 background tasks"));
    assert!(list.text().contains("data-work-given-up=\"2\"") && list.text().contains("href=\"/desk/work\""));
}

#[tokio::test]
async fn of_webhooks_that_were_given_up_the_endpoint_is_told_without_its_path() {
    let app = TestApp::new().await;
    let new = NewEndpoint {
        url: WebhookUrl::parse("https://hooks.example.com/a-secret-of-theirs").unwrap(),
        events: WebhookEvents::All,
    };
    let added = app.services.add_endpoint_here(Operator::at_command_line(), new).await.unwrap();
    let EndpointOutcome::Done(created) = added else { panic!("{added:?}") };
    give_up(&app, &created.id.to_string(), "no_secret").await;
    app.database.change("UPDATE job SET kind = 'webhook' WHERE dead_at IS NOT NULL;").await;
    let mut staff = app.as_staff(Role::Support).await;

    let page = staff.get("/desk/work").await;

    let link = format!("<a href=\"/desk/webhooks/{}\">https://hooks.example.com</a>", created.id);
    assert!(page.text().contains(&link), "{}", page.text());
    assert!(!page.text().contains("a-secret-of-theirs"));
}

#[tokio::test]
async fn while_nothing_is_given_up_nothing_is_said_of_it() {
    let app = TestApp::new().await;
    app.linked_admin().await;
    let mut staff = app.as_staff(Role::Support).await;

    assert!(!staff.get("/desk").await.text().contains("data-work-given-up"));
    let page = staff.get("/desk/work").await;
    assert!(page.text().contains("Nothing was given up") && !page.text().contains("<button class=\"button"));
}

#[tokio::test]
async fn one_is_tried_again_once_and_the_audit_log_says_who_asked() {
    let app = TestApp::new().await;
    let link = app.linked_admin().await.link;
    let subject = link.to_string();
    give_up(&app, &subject, "ukg_timeout").await;
    give_up(&app, "other", "ukg_timeout").await;
    let mut staff = app.as_staff(Role::Support).await;
    let fields = [("do", "one"), ("kind", "recheck"), ("subject", subject.as_str())];
    assert!(app.services.take_jobs(JobKind::Recheck, 10).await.unwrap().is_empty());

    let done = staff.post("/desk/work", &fields).await;

    assert_eq!(done.location(), "/desk/work?done=one");
    assert!(staff.get(done.location()).await.text().contains("It is being tried again."));
    let taken = app.services.take_jobs(JobKind::Recheck, 10).await.unwrap();
    assert_eq!(taken.iter().map(|job| job.subject.parse::<LinkId>().unwrap()).collect::<Vec<_>>(), [link]);
    assert_eq!(given_up(&app).await, "1", "the other one stays");
    assert_eq!(app.audited("work_tried_again").await, 1);
    assert!(app.desk(link).await.text().contains("Background work tried again"));

    let again = staff.post("/desk/work", &fields).await;
    assert_eq!(again.location(), "/desk/work?done=none");
    assert_eq!(app.audited("work_tried_again").await, 1);
}

#[tokio::test]
async fn all_of_it_is_tried_again_at_once_also_what_is_not_shown() {
    let app = TestApp::new().await;
    app.linked_admin().await;
    for number in 0..130 {
        give_up(&app, &format!("gone-{number}"), "ukg_timeout").await;
    }
    let mut staff = app.as_staff(Role::Support).await;
    let page = staff.get("/desk/work").await;
    assert!(page.text().contains("The newest 100 are shown."), "{}", page.text());
    assert!(staff.get("/desk").await.text().contains("100 or more"));

    let done = staff.post("/desk/work", &[("do", "all")]).await;

    assert_eq!(done.location(), "/desk/work?done=all");
    assert_eq!(given_up(&app).await, "0");
    assert_eq!(app.audited("work_tried_again").await, 1);
}
