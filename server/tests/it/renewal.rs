//! An invite that ran out heals itself: a fresh one goes to the invited address, to no other, and not too often.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Method, StatusCode};
use domain::Permission;

use crate::support::{Answer, FakeMailer, Invite, KEY, TestApp};

const MINUTE: i64 = 60_000;
const ADDRESS: &str = "maria@contoso.example";

/// An invite that has run out, with mail set up.
async fn run_out() -> (TestApp, Arc<FakeMailer>, Invite) {
    let (app, mailer) = TestApp::with_mail().await;
    let invite = app.invite_for("Contoso Health", &Permission::ALL, 60).await;
    app.clock.advance(MINUTE);
    (app, mailer, invite)
}

async fn ask(app: &TestApp, invite: &Invite) -> Answer {
    app.post(&format!("{}?renew", invite.path()), &[]).await
}

/// The path of the invite in a mail's text.
fn mailed(mailer: &FakeMailer, n: usize) -> String {
    let mail = &mailer.sent()[n];
    let token = mail.text.split("https://link.example.com/i/").nth(1).unwrap();
    let token: String =
        token.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
    assert!(mail.html.contains(&token));
    format!("/i/{token}")
}

#[tokio::test]
async fn a_fresh_invite_goes_to_the_invited_address_and_leads_back() {
    let (app, mailer) = TestApp::with_mail().await;
    let invite = app.invite_for("Contoso Health", &Permission::ALL, 60).await;
    let mut admin = app.admin_of(invite.clone()).await;
    admin.post("key", &[("key", KEY)]).await;
    app.clock.advance(MINUTE);

    let page = app.get(&invite.path()).await;
    assert_eq!((page.status, page.codes()), (StatusCode::GONE, vec!["invite_expired"]));
    assert_eq!(page.attribute("action"), ["?renew"]);
    let answer = ask(&app, &invite).await;

    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.heading(), "A new invite is on its way");
    assert_eq!(mailer.sent().len(), 1);
    assert_eq!(mailer.sent()[0].to.as_str(), ADDRESS);
    let fresh = mailed(&mailer, 0);
    assert_ne!(fresh, invite.path());
    assert_eq!(app.post(&fresh, &[]).await.location(), admin.path("account"), "what was saved is kept");
    assert_eq!(app.get(&invite.path()).await.status, StatusCode::GONE, "the old one stays over");
}

#[tokio::test]
async fn the_address_is_shown_masked_and_the_token_not_at_all() {
    let (app, mailer, invite) = run_out().await;

    let pages = [app.get(&invite.path()).await, ask(&app, &invite).await, ask(&app, &invite).await];

    let fresh = mailed(&mailer, 0);
    for page in pages {
        assert!(page.text().contains("m•••@contoso.example"), "{:?}", page.heading());
        assert!(!page.text().contains("maria"), "{:?}", page.heading());
        assert!(!page.text().contains(&invite.token) && !page.text().contains(&fresh[3..]));
        assert_eq!(page.set_cookie(), None, "nobody is let in by asking");
    }
}

#[tokio::test]
async fn nobody_can_have_it_sent_elsewhere() {
    let (app, mailer, invite) = run_out().await;
    let evil =
        [("email", "evil@evil.example"), ("to", "evil@evil.example"), ("contact", "evil@evil.example")];

    app.post(&format!("{}?renew", invite.path()), &evil).await;
    app.clock.advance(11 * MINUTE);
    app.post(&format!("{}/renew", invite.path()), &evil).await;

    let to: Vec<_> = mailer.sent().into_iter().map(|mail| mail.to.to_string()).collect();
    assert_eq!(to, [ADDRESS, ADDRESS]);
}

#[tokio::test]
async fn a_fresh_one_is_mailed_once_in_ten_minutes() {
    let (app, mailer, invite) = run_out().await;
    ask(&app, &invite).await;

    for _ in 0..5 {
        assert_eq!(ask(&app, &invite).await.heading(), "A new invite was sent a moment ago");
    }
    app.clock.advance(10 * MINUTE - 1);
    ask(&app, &invite).await;
    assert_eq!(mailer.sent().len(), 1);
    app.clock.advance(1);
    assert_eq!(ask(&app, &invite).await.heading(), "A new invite is on its way");

    assert_eq!(mailer.sent().len(), 2);
}

#[tokio::test]
async fn two_invites_of_one_link_do_not_double_the_mails() {
    let (app, mailer, invite) = run_out().await;
    let other = app.invite_again(invite.link).await;
    app.clock.advance(15 * 86_400_000);

    ask(&app, &invite).await;
    ask(&app, &other).await;

    assert_eq!(mailer.sent().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_button_pressed_ten_times_at_once_sends_one_mail() {
    let (app, mailer, invite) = run_out().await;

    let asking: Vec<_> = (0..10)
        .map(|_| {
            let (mut browser, path) = (app.browser(), format!("{}?renew", invite.path()));
            tokio::spawn(async move { browser.post(&path, &[]).await.status })
        })
        .collect();
    for asked in asking {
        assert_eq!(asked.await.unwrap(), StatusCode::OK);
    }

    assert_eq!(mailer.sent().len(), 1);
    let invites = format!("SELECT count(*) || '' FROM invite WHERE link_id = '{}'", invite.link);
    assert_eq!(app.value(&invites).await, "2");
}

#[tokio::test]
async fn the_visits_of_a_mail_scanner_change_nothing() {
    let (app, mailer, invite) = run_out().await;
    let (rows, bytes) = (app.dump().await, app.database_bytes().await);

    for path in [
        invite.path(),
        format!("{}?renew", invite.path()),
        format!("{}/renew", invite.path()),
        format!("{}/forward", invite.path()),
    ] {
        for method in [Method::GET, Method::HEAD] {
            let answer = app.browser().send(method, &path, Body::empty(), |r| r).await;
            assert!(answer.status.is_client_error(), "{path}");
        }
    }

    assert_eq!((app.dump().await, app.database_bytes().await), (rows, bytes));
    assert!(mailer.sent().is_empty());
}

#[tokio::test]
async fn an_invite_that_is_withdrawn_unknown_or_still_good_sends_nothing() {
    let (app, mailer) = TestApp::with_mail().await;
    let good = app.invite().await;
    let withdrawn = app.invite_for("Contoso Health", &[], 60).await;
    app.revoke(&withdrawn).await;
    app.clock.advance(2 * MINUTE);
    let before = app.dump().await;
    let unknown = Invite { link: good.link, token: "A".repeat(43) };

    assert_eq!(ask(&app, &withdrawn).await.codes(), ["invite_revoked"]);
    assert_eq!(ask(&app, &unknown).await.codes(), ["invite_unknown"]);
    assert_eq!(ask(&app, &good).await.location(), good.path());
    assert!(!app.get(&withdrawn.path()).await.text().contains("?renew"));

    assert_eq!(app.dump().await, before);
    assert!(mailer.sent().is_empty());
}

#[tokio::test]
async fn the_desk_is_told_that_somebody_asked() {
    let (app, _, invite) = run_out().await;
    ask(&app, &invite).await;

    assert_eq!(app.audited("invite_renewed").await, 1);
    assert_eq!(app.audited("mail_sent").await, 1);
    assert!(app.desk(invite.link).await.text().contains("Asked for a new invite"));
}

#[tokio::test]
async fn the_desk_is_told_of_a_link_that_stands_too() {
    let app = TestApp::new().await;
    let admin = app.linked_admin().await;
    app.clock.advance(15 * 86_400_000);

    assert_eq!(ask(&app, &admin.invite).await.heading(), "We told them");

    let mut desk = app.as_staff(domain::Role::Support).await;
    assert!(desk.get("/desk").await.text().contains("New invite asked for"));
}

#[tokio::test]
async fn without_mail_or_without_an_address_the_company_is_told_and_says_so() {
    let without_mail = TestApp::new().await;
    let one = without_mail.invite_for("Contoso Health", &[], 60).await;
    let (without_address, mailer) = TestApp::with_mail().await;
    let two = without_address.invite_to(None, "Contoso Health", &[], 60).await;

    for (app, invite) in [(&without_mail, one), (&without_address, two)] {
        app.clock.advance(MINUTE);
        let page = app.get(&invite.path()).await;
        assert!(page.text().contains("Northwind Learning is told"), "{:?}", page.heading());
        assert!(!page.text().contains('•'));
        for _ in 0..3 {
            assert_eq!(ask(app, &invite).await.heading(), "We told them");
        }
        assert_eq!(app.audited("invite_renewed").await, 1, "told once");
        let mut desk = app.as_staff(domain::Role::Support).await;
        assert!(desk.get("/desk").await.text().contains("New invite asked for"));
        let invites = "SELECT count(*) || '' FROM invite";
        assert_eq!(app.value(invites).await, "1", "nobody could get another one");
        app.invite_again(invite.link).await;
        assert!(!desk.get("/desk").await.text().contains("New invite asked for"), "one was made");
        assert_eq!(app.audited("mail_sent").await, 0);
    }
    assert!(mailer.sent().is_empty());
}

#[tokio::test]
async fn a_mail_that_could_not_be_sent_is_no_mail_that_was() {
    let (app, mailer, invite) = run_out().await;
    mailer.breaks();

    let failed = ask(&app, &invite).await;

    assert_eq!((failed.status, failed.heading()), (StatusCode::OK, "The mail could not be sent yet"));
    let desk = app.desk(invite.link).await;
    assert!(desk.text().contains("could not") || desk.text().contains("failed"), "the desk is told");
    let again = ask(&app, &invite).await;
    assert_ne!(again.heading(), "A new invite was sent a moment ago", "nothing was sent");
    mailer.mends();
    app.clock.advance(10 * MINUTE);
    assert_eq!(ask(&app, &invite).await.heading(), "A new invite is on its way");
    assert_eq!(app.post(&mailed(&mailer, 0), &[]).await.status, StatusCode::SEE_OTHER);
}
