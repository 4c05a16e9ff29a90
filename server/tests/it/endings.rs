//! Who ended a link, whoever held the invite; who is told; and when it is said that everything is overwritten.

use std::time::{Duration, Instant};

use axum::http::StatusCode;
use domain::{LinkId, Role};

use crate::support::{Admin, Browser, TestApp, long_reader};

fn page(link: LinkId) -> String {
    format!("/desk/links/{link}")
}

/// The address of a fresh invite that this staff member makes and is shown.
async fn shown_invite(staff: &mut Browser, link: LinkId) -> String {
    let made = staff.post(&format!("{}/invite", page(link)), &[("how", "show")]).await;
    format!("/i/{}", made.text().split("/i/").nth(1).unwrap().get(..43).unwrap())
}

async fn end_at_desk(owner: &mut Browser, link: LinkId) -> String {
    let answer = owner.post(&format!("{}/end", page(link)), &[("customer", "Contoso Health")]).await;
    answer.location().to_owned()
}

async fn certificate(app: &TestApp, staff: &mut Browser, link: LinkId) -> String {
    let id = app.value("SELECT id FROM audit_entry WHERE action = 'disconnected'").await;
    staff.get(&format!("{}/certificate/{id}", page(link))).await.text().to_owned()
}

async fn overwritten(app: &TestApp) -> bool {
    app.value("SELECT count(*) || '' FROM to_overwrite").await == "0"
}

#[tokio::test]
async fn what_staff_do_with_an_invite_they_made_is_told_with_their_name_and_the_contact_hears_of_it() {
    let (app, mailer) = TestApp::with_mail().await;
    let admin = app.linked_admin().await;
    let mut support = app.as_staff(Role::Support).await;
    let invite = shown_invite(&mut support, admin.link).await;
    let mut holder = app.browser();
    holder.post(&invite, &[]).await;

    let ended = holder.post(&admin.path("disconnect"), &[("confirm", "yes")]).await;

    assert_eq!(ended.location(), admin.path("done"));
    app.mail_goes_out().await;
    let told = "Holder of the invite that support@northwind.example made and was shown on 2 March 2026";
    let (mut owner, desk) = (app.as_staff(Role::Owner).await, app.desk(admin.link).await);
    assert!(desk.text().contains(told), "{}", desk.text());
    assert!(desk.text().contains("Holder of the invite that Command line made"), "her own steps");
    let log = owner.get("/desk/audit").await;
    assert!(log.text().contains(told), "{}", log.text());
    assert!(owner.get("/desk/audit/export.csv").await.text().contains(told));
    assert!(certificate(&app, &mut owner, admin.link).await.contains(told));
    let [mail] = &mailer.sent()[..] else { panic!("{:?}", mailer.sent().len()) };
    assert_eq!(mail.to.as_str(), "maria@contoso.example");
    assert!(mail.subject.contains("was ended") && mail.text.contains("still opens"), "{}", mail.text);
    assert_eq!(app.get(&admin.invite.path()).await.status, StatusCode::OK, "she may link again");
    assert!(desk.text().contains("Mail sent: that the link was ended"));
}

#[tokio::test]
async fn an_invite_that_was_mailed_alone_is_told_as_one_nobody_here_saw() {
    let (app, mailer) = TestApp::with_mail().await;
    let admin = app.linked_admin().await;
    let mut support = app.as_staff(Role::Support).await;
    support.post(&format!("{}/invite", page(admin.link)), &[("how", "mail")]).await;
    let token = mailer.sent()[0].text.split("/i/").nth(1).unwrap().get(..43).unwrap().to_owned();

    app.browser().post(&format!("/i/{token}"), &[]).await;

    let desk = app.desk(admin.link).await;
    let told =
        "Holder of the invite that support@northwind.example had mailed to the contact on 2 March 2026";
    assert!(desk.text().contains(told), "{}", desk.text());
}

#[tokio::test]
async fn an_owner_s_ending_withdraws_the_invites_and_the_letter_says_so() {
    let (app, mailer) = TestApp::with_mail().await;
    let mut admin = app.linked_admin().await;
    let mut owner = app.as_staff(Role::Owner).await;
    let other = shown_invite(&mut owner, admin.link).await;

    assert!(end_at_desk(&mut owner, admin.link).await.ends_with("said=ended"));

    for invite in [&admin.invite.path(), &other] {
        assert_eq!(app.get(invite).await.status, StatusCode::GONE);
    }
    assert_eq!(admin.get("done").await.status, StatusCode::NOT_FOUND, "her session ended with her invite");
    assert_eq!(app.audited("invite_revoked").await, 2);
    app.mail_goes_out().await;
    let [mail] = &mailer.sent()[..] else { panic!() };
    assert!(mail.text.contains("open nothing any more"), "{}", mail.text);
}

// Fails when `Services::destroy` waits for the log to be folded, or says that it was whatever came of it.
#[tokio::test]
async fn a_long_reader_holds_nobody_up_and_overwriting_is_said_when_it_is_done() {
    let app = TestApp::new().await;
    // What a long reader can hold up is SQLite's own.
    let Some(file) = app.database.file() else { return };
    let admin = app.linked_admin().await;
    let mut owner = app.as_staff(Role::Owner).await;
    let reader = long_reader(file).await;
    let began = Instant::now();

    let said = end_at_desk(&mut owner, admin.link).await;

    assert!(began.elapsed() < Duration::from_millis(3500), "{:?}", began.elapsed());
    assert!(said.ends_with("said=ended_soon"), "{said}");
    assert!(!overwritten(&app).await);
    let before = certificate(&app, &mut owner, admin.link).await;
    assert!(
        before.contains("about to be overwritten") && !before.contains("holds nothing any more"),
        "{before}"
    );
    drop(reader);
    for _ in 0..100 {
        if overwritten(&app).await {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let after = certificate(&app, &mut owner, admin.link).await;
    assert!(after.contains("holds nothing any more"), "tried again by itself: {after}");
}

#[tokio::test]
async fn what_was_not_overwritten_before_a_stop_is_with_the_next_clean_up() {
    let app = TestApp::new().await;
    // What is written beside it here is SQLite's.
    if app.database.file().is_none() {
        return;
    }
    let mut admin: Admin = app.linked_admin().await;
    admin.post("disconnect", &[("confirm", "yes")]).await;
    let left = "INSERT INTO to_overwrite (link_id, at) SELECT link_id, at FROM audit_entry WHERE action = 'disconnected'";
    app.database.change(left).await;
    let mut staff = app.as_staff(Role::Support).await;
    assert!(certificate(&app, &mut staff, admin.link).await.contains("about to be"));

    app.services.clean_up().await.unwrap();

    assert!(overwritten(&app).await);
    assert!(certificate(&app, &mut staff, admin.link).await.contains("holds nothing any more"));
}
