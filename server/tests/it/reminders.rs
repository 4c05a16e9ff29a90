//! Reminders: to whoever has not gone on, at most twice, never twice for one reason.

use std::sync::Arc;

use domain::{LinkId, Role};
use storage::JobKind;

use crate::support::{FakeMailer, KEY, TestApp};

const DAY: i64 = 86_400_000;

/// An invite for two months, made at the desk, whose contact is reminded after three days.
async fn invited() -> (TestApp, Arc<FakeMailer>, String, LinkId) {
    let (app, mailer) = TestApp::with_mail().await;
    let mut staff = app.as_staff(Role::Support).await;
    let fields =
        [("customer", "Fabrikam"), ("email", "maria@fabrikam.example"), ("days", "60"), ("remind", "3")];
    let page = staff.post("/desk/invites/new", &fields).await;
    let token = page.text().split("/i/").nth(1).unwrap();
    let token: String =
        token.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
    let link = page.attribute("data-link-id")[0].parse().unwrap();
    (app, mailer, format!("/i/{token}"), link)
}

/// Owes every reminder that is due and mails what is owed; how many came to be owed.
async fn remind(app: &TestApp) -> u32 {
    let owed = app.services.send_due_reminders().await.unwrap();
    app.mail_goes_out().await;
    owed
}

fn mailed(mailer: &FakeMailer, n: usize) -> String {
    let mail = &mailer.sent()[n];
    let token = mail.text.split("https://link.example.com/i/").nth(1).unwrap();
    format!("/i/{}", token.split('\n').next().unwrap())
}

#[tokio::test]
async fn who_does_not_go_on_is_reminded_twice_with_a_fresh_invite_and_then_left_alone() {
    let (app, mailer, first, link) = invited().await;

    let mut today = 0;
    for (day, sent) in [(1, 0), (2, 0), (3, 1), (4, 1), (5, 1), (6, 2), (9, 2), (30, 2)] {
        app.clock.advance((day - today) * DAY);
        today = day;
        remind(&app).await;
        remind(&app).await;

        assert_eq!(mailer.sent().len(), sent, "on day {day}");
    }

    assert_eq!(mailer.sent()[0].subject, "Reminder: link your UKG Pro with Northwind Learning");
    assert_eq!(mailer.sent()[0].to.as_str(), "maria@fabrikam.example");
    for path in [first, mailed(&mailer, 0), mailed(&mailer, 1)] {
        assert!(app.post(&path, &[]).await.location().starts_with(&format!("/link/{link}")), "{path}");
    }
    assert_eq!(app.value("SELECT count(*) || '' FROM invite WHERE renews IS NOT NULL").await, "2");
    let desk = app.desk(link).await;
    assert!(desk.text().contains("Reminded, 1 of 2") && desk.text().contains("Reminded, 2 of 2"));
}

#[tokio::test]
async fn going_on_puts_the_reminder_off() {
    let (app, mailer, invite, _) = invited().await;
    app.clock.advance(2 * DAY);
    let mut browser = app.browser();
    let step = browser.post(&invite, &[]).await.location().to_owned();
    browser.post(&step, &[("key", KEY)]).await;

    app.clock.advance(2 * DAY);
    assert_eq!(remind(&app).await, 0);
    app.clock.advance(DAY);
    assert_eq!(remind(&app).await, 1);
    let fresh = mailed(&mailer, 0);
    assert!(app.post(&fresh, &[]).await.location().ends_with("/account"), "leads to where she stopped");
}

#[tokio::test]
async fn nobody_is_reminded_of_an_invite_that_is_over() {
    let (app, mailer, _, link) = invited().await;
    app.services.revoke_invites(services::Operator::at_command_line(), link).await.unwrap();
    let (late, late_mailer, ..) = invited().await;

    app.clock.advance(4 * DAY);
    late.clock.advance(61 * DAY);

    assert_eq!(remind(&app).await, 0);
    assert_eq!(remind(&late).await, 0);
    assert!(mailer.sent().is_empty() && late_mailer.sent().is_empty());
}

#[tokio::test]
async fn who_is_linked_is_not_reminded() {
    let (app, mailer, invite, link) = invited().await;
    let mut admin = app.admin_of(crate::support::Invite { link, token: invite.replace("/i/", "") }).await;
    admin.save_all().await;
    assert_eq!(app.stored_status(link).await, "linked");

    app.clock.advance(10 * DAY);

    assert_eq!(remind(&app).await, 0);
    assert!(mailer.sent().iter().all(|mail| !mail.subject.starts_with("Reminder")));
}

#[tokio::test]
async fn a_new_invite_by_staff_puts_the_reminder_off() {
    let (app, mailer, _, link) = invited().await;
    app.clock.advance(2 * DAY);
    app.invite_again(link).await;

    app.clock.advance(2 * DAY);
    assert_eq!(remind(&app).await, 0);
    app.clock.advance(DAY);
    assert_eq!(remind(&app).await, 1);
    assert_eq!(mailer.sent().len(), 1);
}

#[tokio::test]
async fn a_reminder_that_could_not_be_mailed_is_told_and_sent_as_soon_as_it_can() {
    let (app, mailer, _, link) = invited().await;
    mailer.breaks();
    app.clock.advance(3 * DAY);

    assert_eq!(remind(&app).await, 1);
    mailer.mends();
    assert_eq!(remind(&app).await, 0, "it waits before it is tried again");
    assert!(app.desk(link).await.text().contains("Mail could not be sent yet"));
    assert!(mailer.sent().is_empty());
    app.clock.advance(60_000);
    assert_eq!(app.mail_goes_out().await, 1);

    assert_eq!(mailer.sent().len(), 1);
    assert!(app.desk(link).await.text().contains("Mail sent: the reminder"));
    assert_eq!(app.audited("invite_created").await, 2, "a second try brings the invite of the first");
}

#[tokio::test]
async fn a_stop_between_keeping_a_reminder_and_mailing_it_neither_loses_it_nor_makes_a_second() {
    let (app, mailer, _, link) = invited().await;
    app.clock.advance(3 * DAY);
    assert_eq!(app.services.send_due_reminders().await.unwrap(), 1);
    mailer.hangs();
    let services = app.services.clone();
    let going = tokio::spawn(async move {
        let jobs = services.take_jobs(JobKind::Mail, 1).await.unwrap();
        services.do_job(&jobs[0]).await
    });
    while app.audited("invite_created").await == 1 {
        tokio::task::yield_now().await;
    }
    going.abort();
    mailer.mends();

    let app = app.restarted().await;
    assert_eq!(app.mail_goes_out().await, 0, "its worker might be alive");
    app.clock.advance(services::LEASE_MS);
    assert_eq!(app.mail_goes_out().await, 1);

    assert_eq!(mailer.sent().len(), 1);
    assert_eq!(app.audited("invite_created").await, 2);
    assert_eq!(app.audited("reminder_sent").await, 1);
    let fresh = mailed(&mailer, 0);
    assert!(app.post(&fresh, &[]).await.location().starts_with(&format!("/link/{link}")));
}

#[tokio::test]
async fn of_two_processes_that_look_at_one_time_one_sends() {
    let (app, mailer, ..) = invited().await;
    app.clock.advance(3 * DAY);

    let other = app.restarted().await;
    let (one, two) = tokio::join!(app.services.send_due_reminders(), other.services.send_due_reminders());

    assert_eq!(one.unwrap() + two.unwrap(), 1);
    tokio::join!(app.mail_goes_out(), other.mail_goes_out());
    assert_eq!(mailer.sent().len(), 1);
}

#[tokio::test]
async fn without_mail_there_are_no_reminders_and_the_form_offers_none() {
    let app = TestApp::new().await;
    let mut staff = app.as_staff(Role::Support).await;
    assert!(!staff.get("/desk/invites/new").await.text().contains("id=\"remind\""));
    let fields = [("customer", "Fabrikam"), ("email", "m@fabrikam.example"), ("remind", "3")];
    staff.post("/desk/invites/new", &fields).await;
    app.clock.advance(4 * DAY);

    assert_eq!(remind(&app).await, 0);
    assert_eq!(app.audited("reminder_sent").await, 0);
}
