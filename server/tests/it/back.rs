//! An administrator who comes back to a link that was made: she reads how it stands, what it takes, and the one thing to do.

use domain::ProblemCode;
use storage::JobKind;

use crate::support::{Admin, PASSWORD, Script, TestApp};

const REFUSED: Script = Script::Fails(ProblemCode::CredentialsRejected);

/// The next re-check, whenever that is.
async fn recheck(app: &TestApp) {
    let wait = app.services.next_job(JobKind::Recheck).await.unwrap().unwrap();
    app.clock.advance(wait);
    for job in app.services.take_jobs(JobKind::Recheck, 10).await.unwrap() {
        app.services.do_job(&job).await.unwrap();
    }
}

/// What she reads at the address of her invite.
async fn welcome(app: &TestApp, admin: &Admin) -> String {
    let page = app.get(&admin.invite.path()).await.text().to_owned();
    assert!(page.contains("Start"), "the way on is the same as ever");
    page
}

/// A link whose account UKG Pro answers in this way from now on, twice.
async fn broken(script: Script) -> (TestApp, Admin) {
    let app = TestApp::new().await;
    let admin = app.linked_admin().await;
    app.ukg.answers(script);
    recheck(&app).await;
    recheck(&app).await;
    assert_eq!(app.stored_status(admin.link).await, "broken");
    (app, admin)
}

#[tokio::test]
async fn of_a_refused_account_a_new_password_is_asked_for_and_nothing_else() {
    let (app, mut admin) = broken(REFUSED).await;

    let page = welcome(&app, &admin).await;
    assert!(page.contains("has stopped working") && page.contains("Generate a new password in UKG Pro"));
    assert!(!page.contains("Make a service account"), "nothing is made anew");
    let page = admin.get("account").await.text().to_owned();
    assert!(page.contains("UKG Pro refused the saved one") && page.contains("Enter a new password"));
    assert!(page.contains("Your link works again once") && !page.contains("goes on with what is saved"));
    let page = admin.get("check").await.text().to_owned();
    assert!(
        page.contains("does not accept the account any more") && !page.contains("Was the whole line copied")
    );
    assert!(admin.get("done").await.text().contains("Update the password"));
}

#[tokio::test]
async fn an_empty_form_and_the_refused_password_are_answered_with_what_to_do() {
    let (app, mut admin) = broken(REFUSED).await;
    let calls = app.ukg.calls();

    let empty = admin.enter_password("").await;
    assert_eq!(empty.location(), admin.path("account"));
    let page = admin.get("account").await.text().to_owned();
    assert!(page.contains(r#"data-code="password_missing""#), "an empty form says so");
    assert!(page.contains("Enter a new password"), "and asks for no more than before");

    let same = admin.enter_password(PASSWORD).await;
    assert_eq!(same.location(), admin.path("check"));
    assert!(admin.get("check").await.text().contains("We do not send the same values again"));
    assert_eq!(app.ukg.calls(), calls, "nothing was asked of UKG Pro");

    admin.enter_password("Another+Wrong(1)").await;
    let page = admin.get("check").await.text().to_owned();
    assert!(page.contains("The new values do not work either") && !page.contains("Your link goes on"));

    app.ukg.answers(Script::Linked);
    admin.enter_password("The+Right(2)").await;
    assert_eq!(app.stored_status(admin.link).await, "linked");
}

#[tokio::test]
async fn of_a_permission_that_was_taken_away_its_box_is_asked_for_and_no_password() {
    let (app, mut admin) = broken(Script::RequiredMissing).await;

    let page = welcome(&app, &admin).await;
    assert!(page.contains("has stopped working") && page.contains("Employee Person Details"));
    assert!(!page.contains("Generate a new password"));
    let page = admin.get("done").await.text().to_owned();
    assert!(page.contains("Employee Person Details is not ticked any more"));
    assert!(page.contains(r#"data-code="permission_missing""#) && page.contains("Check again"));
    assert!(!page.contains("Update the password"), "another one would mend nothing");
    assert!(admin.get("check").await.text().contains("One box is not ticked any more"));

    app.ukg.answers(Script::Linked);
    admin.post("check", &[]).await;
    assert_eq!(app.stored_status(admin.link).await, "linked");
    assert!(welcome(&app, &admin).await.contains("is linked with"));
}

#[tokio::test]
async fn what_is_not_hers_to_mend_asks_nothing_of_her() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    app.ukg.answers(Script::Fails(ProblemCode::UkgUnavailable));
    recheck(&app).await;
    let since = format!("SELECT CAST(changed_at AS TEXT) FROM link WHERE id = '{}'", admin.link);
    let first = app.value(&since).await;
    recheck(&app).await;

    assert_eq!(app.value(&since).await, first, "since when it is so stays known");
    assert!(welcome(&app, &admin).await.contains("There is nothing you have to do"));
    let page = admin.get("done").await.text().to_owned();
    for words in ["note--warn", r#"data-code="ukg_unavailable""#, "We look again at"] {
        assert!(page.contains(words), "{words}");
    }
    assert!(
        page.contains("There is nothing you have to do") && !page.contains("check again in a few minutes")
    );
    assert!(admin.get("check").await.text().contains("Your account stays linked meanwhile"));

    app.ukg.answers(Script::Linked);
    recheck(&app).await;
    app.ukg.answers(REFUSED);
    recheck(&app).await;
    assert_eq!(app.stored_status(admin.link).await, "attention");
    let page = admin.get("done").await.text().to_owned();
    assert!(page.contains("UKG Pro refused the last check") && page.contains("nothing you have to do yet"));
}

#[tokio::test]
async fn who_begins_again_after_the_end_is_not_told_that_somebody_has_begun() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    admin.post("disconnect", &[("confirm", "yes")]).await;

    let page = welcome(&app, &admin).await;

    assert!(page.contains("About ten minutes") && !page.contains("have begun already"));
}
