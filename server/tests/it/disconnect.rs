//! Ending a link: asked about first, then nothing of its credentials can be brought back.

use axum::http::StatusCode;
use domain::ProblemCode;

use crate::support::{Admin, KEY, PASSWORD, Script, TestApp, URL, USERNAME};

async fn end(admin: &mut Admin) {
    let answer = admin.post("disconnect", &[("confirm", "yes")]).await;
    assert_eq!(answer.location(), admin.path("done"));
}

/// The bytes of every envelope there is.
async fn envelopes(app: &TestApp) -> Vec<Vec<u8>> {
    let all = "SELECT hex(envelope) FROM sealed_value UNION ALL SELECT hex(envelope) FROM link_key";
    let unhex = |text: &str| -> Vec<u8> {
        let pairs = text.as_bytes().chunks(2);
        pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
    };
    app.value(all).await.split(',').map(unhex).collect()
}

async fn on_disk(app: &TestApp, envelope: &[u8]) -> bool {
    let found = |bytes: &[u8]| bytes.windows(envelope.len()).any(|window| window == envelope);
    app.database_bytes().await.iter().any(|(_, bytes)| found(bytes))
}

#[tokio::test]
async fn anything_but_a_clear_yes_ends_nothing() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    let before = app.dump().await;

    let page = admin.get("disconnect").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.offers("confirm", "yes"));
    for answer in
        [&[][..], &[("confirm", "")], &[("confirm", "no")], &[("confirm", "YES")], &[("yes", "yes")]]
    {
        assert_eq!(admin.post("disconnect", answer).await.location(), admin.path("disconnect"), "{answer:?}");
    }

    assert_eq!(app.dump().await, before);
}

#[tokio::test]
async fn a_link_that_is_ended_has_no_credentials_and_no_key_left_and_says_so() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;

    end(&mut admin).await;

    let dump = app.dump().await;
    assert!(dump.table("sealed_value").is_empty() && dump.table("link_key").is_empty());
    let link = format!(
        "SELECT status || ' ' || who_acts || ' ' || ifnull(problem, 'none') FROM link WHERE id = '{}'",
        admin.link
    );
    assert_eq!(app.value(&link).await, "disconnected nobody none");
    assert_eq!(app.audited("disconnected").await, 1);
    let page = admin.get("done").await;
    assert_eq!(page.link_status(), "disconnected");
    assert!(!page.text().contains("sealed, never shown"), "nothing is kept");
    assert!(!page.text().contains("action=\"check\"") && !page.text().contains("href=\"disconnect\""));
    assert_eq!(app.desk(admin.link).await.link_status(), "disconnected");
    assert_eq!(admin.get("disconnect").await.location(), admin.path("done"));
    assert_eq!(admin.get("check").await.location(), admin.path("done"));
}

// Fails without `forget_deleted` in `Services::disconnect`, or without `secure_delete` in the database.
#[tokio::test]
async fn no_byte_of_what_was_sealed_is_left_in_the_database_or_its_log() {
    let app = TestApp::new().await;
    // PostgreSQL's log and pages are its own affair: what is left there is sealed under a key that is gone.
    let Some(_) = app.database_file() else { return };
    let mut admin = app.linked_admin().await;
    admin.enter_password("Another+Pass(1)").await;
    app.ukg.answers(Script::Fails(ProblemCode::UkgTimeout));
    admin.post("key", &[("key", "ZZ9Z9")]).await;
    let sealed = envelopes(&app).await;
    assert_eq!(sealed.len(), 6, "three in use, one before, one that waits, and the key");
    for envelope in &sealed {
        assert!(on_disk(&app, envelope).await, "the search finds them");
    }

    end(&mut admin).await;

    for envelope in &sealed {
        assert!(!on_disk(&app, envelope).await);
    }
}

#[tokio::test]
async fn ending_one_link_leaves_the_others_alone() {
    let app = TestApp::new().await;
    let mut one = app.linked_admin().await;
    let mut two = app.linked_admin().await;
    let kept = app.sealed(two.link, "password", "saved").await;

    end(&mut one).await;

    assert_eq!(app.sealed(two.link, "password", "saved").await, kept);
    two.post("check", &[]).await;
    assert_eq!(app.ukg.last_asked(), ["service4.ultipro.com", KEY, USERNAME, PASSWORD]);
}

#[tokio::test]
async fn a_link_that_was_ended_asks_ukg_pro_nothing_and_cannot_be_undone() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    admin.enter_password("Another+Pass(1)").await;
    end(&mut admin).await;
    let (before, calls) = (app.dump().await, app.ukg.calls());

    for page in ["check", "undo", "disconnect"] {
        admin.post(page, &[("confirm", "yes")]).await;
    }
    for choice in ["use", "keep"] {
        admin.post("replace", &[("choice", choice)]).await;
    }

    assert_eq!(app.dump().await, before);
    assert_eq!(app.ukg.calls(), calls);
    assert!(!admin.get("done").await.text().contains("action=\"undo\""));
}

#[tokio::test]
async fn a_link_that_was_ended_can_be_made_anew_under_a_new_key() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    let old = app.value("SELECT hex(envelope) FROM link_key").await;
    end(&mut admin).await;

    admin.post("key", &[("key", KEY)]).await;
    assert_eq!(app.stored_status(admin.link).await, "in_progress");
    admin.post("account", &[("username", USERNAME), ("password", PASSWORD)]).await;
    admin.post("domain", &[("url", URL)]).await;
    admin.post("check", &[]).await;

    assert_eq!(app.stored_status(admin.link).await, "linked");
    assert_ne!(app.value("SELECT hex(envelope) FROM link_key").await, old);
    assert_eq!(admin.get("done").await.link_status(), "linked");
}

#[tokio::test]
async fn a_link_that_was_never_linked_can_be_ended_too() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    assert_eq!(admin.get("disconnect").await.location(), admin.path("key"), "nothing was entered yet");
    admin.save_two().await;

    assert_eq!(admin.get("disconnect").await.status, StatusCode::OK);
    end(&mut admin).await;

    assert!(app.dump().await.table("sealed_value").is_empty());
    assert_eq!(admin.get("done").await.link_status(), "disconnected");
}

#[tokio::test]
async fn a_check_that_was_running_changes_nothing_of_an_ended_link() {
    for script in [Script::Linked, Script::Fails(ProblemCode::CredentialsRejected), Script::Panics] {
        let app = TestApp::new().await;
        let mut admin = app.linked_admin().await;
        app.ukg.answers(script);
        app.ukg.hold();
        let mut tab = admin.clone();

        tokio::join!(admin.enter_password("Another+Pass(1)"), async {
            app.ukg.called(2).await;
            end(&mut tab).await;
            app.ukg.release();
        });
        app.services.finish_checks().await;

        assert_eq!(app.stored_status(admin.link).await, "disconnected", "{script:?}");
        let dump = app.dump().await;
        assert!(dump.table("sealed_value").is_empty() && dump.table("link_key").is_empty(), "{script:?}");
        assert_eq!(app.value("SELECT ifnull(account, 'none') FROM link").await, "none", "{script:?}");
        assert_eq!(admin.get("done").await.link_status(), "disconnected", "{script:?}");
    }
}

#[tokio::test]
async fn a_step_that_was_handed_over_is_closed_when_the_link_is_ended() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    let mut colleague = app.colleague(&mut admin, "account").await;
    let waiting = app.handed(&mut admin, "key").await;

    end(&mut admin).await;

    assert_eq!(colleague.get().await.status, StatusCode::NOT_FOUND);
    let sent = colleague.post(&[("username", USERNAME), ("password", PASSWORD)]).await;
    assert_eq!(sent.status, StatusCode::NOT_FOUND);
    assert_eq!(app.post(&waiting, &[]).await.status, StatusCode::GONE);
    assert!(app.dump().await.table("sealed_value").is_empty());
}
