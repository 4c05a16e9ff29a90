//! New values for a link that stands: proven first, put in use in one step, and for a day the way back.

use axum::http::StatusCode;
use domain::ProblemCode;

use crate::support::{Admin, Answer, KEY, PASSWORD, Script, TestApp, USERNAME};

const NEW: &str = "Another+Pass(1)";
const DAY: i64 = 86_400_000;
const OLD_HOST: &str = "service4.ultipro.com";
const NEW_HOST: &str = "service9.ultipro.com";

/// The password's envelope in a slot.
async fn password(app: &TestApp, admin: &Admin, slot: &str) -> String {
    app.sealed(admin.link, "password", slot).await
}

async fn host(app: &TestApp, admin: &Admin) -> String {
    app.value(&format!("SELECT host || ' ' || ifnull(fresh_host, '-') FROM link WHERE id = '{}'", admin.link))
        .await
}

fn asks(page: &Answer) -> bool {
    page.offers("choice", "use") && page.offers("choice", "keep")
}

fn offers_undo(page: &Answer) -> bool {
    page.text().contains("action=\"undo\"")
}

/// Which password the next check of the values in use is made with.
async fn in_use(app: &TestApp, admin: &mut Admin) -> String {
    app.ukg.answers(Script::Linked);
    let calls = app.ukg.calls();
    admin.post("check", &[]).await;
    assert_eq!(app.ukg.calls(), calls + 1);
    app.ukg.last_asked()[3].clone()
}

#[tokio::test]
async fn the_values_in_use_stay_in_use_until_the_new_ones_are_proven_and_are_then_replaced() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    let old = password(&app, &admin, "saved").await;
    app.ukg.hold();
    let mut tab = admin.clone();

    tokio::join!(admin.enter_password(NEW), async {
        app.ukg.called(2).await;
        assert_eq!(password(&app, &tab, "saved").await, old);
        assert_eq!(app.stored_status(tab.link).await, "linked");
        assert_eq!(tab.get("check").await.link_status(), "checking");
        assert_eq!(tab.get("done").await.link_status(), "linked");
        app.ukg.release();
    });

    assert_eq!(app.ukg.last_asked(), [OLD_HOST, KEY, USERNAME, NEW]);
    assert_ne!(password(&app, &admin, "saved").await, old);
    assert_eq!(password(&app, &admin, "previous").await, old);
    assert_eq!(password(&app, &admin, "fresh").await, "");
    assert_eq!(app.stored_status(admin.link).await, "linked");
    assert_eq!(app.audited("credentials_replaced").await, 1);
    for page in ["check", "done"] {
        assert!(offers_undo(&admin.get(page).await), "{page}");
    }
}

#[tokio::test]
async fn new_values_that_fail_change_nothing_and_can_be_mended() {
    let scripts = [
        Script::Fails(ProblemCode::UkgTimeout),
        Script::Fails(ProblemCode::CredentialsRejected),
        Script::Fails(ProblemCode::HostNotFound),
        Script::RequiredMissing,
        Script::Panics,
    ];
    for script in scripts {
        let app = TestApp::new().await;
        let mut admin = app.linked_admin().await;
        let old = password(&app, &admin, "saved").await;
        app.ukg.answers(script);

        let answer = admin.enter_password(NEW).await;

        assert_eq!(answer.location(), admin.path("check"), "{script:?}");
        assert_eq!(app.ukg.last_asked()[3], NEW, "{script:?}");
        assert_eq!(password(&app, &admin, "saved").await, old, "{script:?}");
        assert_eq!(password(&app, &admin, "previous").await, "", "{script:?}");
        assert_eq!(app.stored_status(admin.link).await, "linked", "{script:?}");
        let (check, done) = (admin.get("check").await, admin.get("done").await);
        assert!(!asks(&check) && !offers_undo(&check) && !offers_undo(&done), "{script:?}");
        assert_eq!(done.link_status(), "linked", "{script:?}");
        let next = admin.browser.get(&format!("/link/{}", admin.link)).await;
        assert_eq!(next.location(), admin.path("check"), "{script:?}");
        app.ukg.answers(Script::Linked);
        admin.enter_password("Third+Pass(1)").await;
        assert_eq!(app.ukg.last_asked()[3], "Third+Pass(1)", "{script:?}");
        assert_eq!(password(&app, &admin, "previous").await, old, "{script:?}");
    }
}

#[tokio::test]
async fn a_fault_of_new_values_is_told_of_them_and_not_of_the_link() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    app.ukg.answers(Script::Fails(ProblemCode::CredentialsRejected));

    admin.enter_password(NEW).await;

    let page = admin.get("check").await;
    assert_eq!((page.link_status(), page.codes()), ("linked", vec!["credentials_rejected"]));
    assert!(page.text().contains("The new values are not in use"));
    let problem = format!("SELECT ifnull(problem, 'none') FROM link WHERE id = '{}'", admin.link);
    assert_eq!(app.value(&problem).await, "none");
    assert!(app.desk(admin.link).await.text().contains("linked"));
}

#[tokio::test]
async fn entering_the_value_in_use_again_drops_the_new_one() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    let old = password(&app, &admin, "saved").await;
    app.ukg.answers(Script::Fails(ProblemCode::UkgTimeout));
    admin.enter_password(NEW).await;
    assert_ne!(password(&app, &admin, "fresh").await, "");

    let answer = admin.enter_password(PASSWORD).await;

    assert_eq!(answer.location(), admin.path("done"));
    assert_eq!(password(&app, &admin, "fresh").await, "");
    assert_eq!(password(&app, &admin, "saved").await, old);
    assert_eq!(app.ukg.calls(), 2, "there is nothing to prove");
    assert_eq!(in_use(&app, &mut admin).await, PASSWORD);
}

#[tokio::test]
async fn the_host_in_use_entered_again_drops_the_new_one() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    app.ukg.answers(Script::Fails(ProblemCode::HostNotFound));
    admin.post("domain", &[("url", NEW_HOST)]).await;
    assert_eq!(host(&app, &admin).await, format!("{OLD_HOST} {NEW_HOST}"));
    assert_eq!(app.ukg.last_asked()[0], NEW_HOST);

    admin.post("domain", &[("url", OLD_HOST)]).await;

    assert_eq!(host(&app, &admin).await, format!("{OLD_HOST} -"));
    in_use(&app, &mut admin).await;
    assert_eq!(app.ukg.last_asked()[0], OLD_HOST);
}

#[tokio::test]
async fn a_replacement_is_undone_within_a_day() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    let old = password(&app, &admin, "saved").await;
    admin.enter_password(NEW).await;
    app.clock.advance(DAY - 1);

    let answer = admin.post("undo", &[]).await;

    assert_eq!(answer.location(), admin.path("check"), "the earlier ones are checked again");
    assert_eq!(password(&app, &admin, "saved").await, old);
    for slot in ["previous", "fresh"] {
        assert_eq!(password(&app, &admin, slot).await, "", "{slot}");
    }
    assert_eq!(app.stored_status(admin.link).await, "linked");
    assert_eq!(app.audited("replacement_undone").await, 1);
    assert!(!offers_undo(&admin.get("done").await), "once");
    assert_eq!(in_use(&app, &mut admin).await, PASSWORD);
}

#[tokio::test]
async fn after_a_day_there_is_no_way_back() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    admin.enter_password(NEW).await;
    app.clock.advance(DAY);
    let before = app.dump().await;

    assert!(!offers_undo(&admin.get("done").await));
    admin.post("undo", &[]).await;

    assert_eq!(app.dump().await, before);
    assert_eq!(in_use(&app, &mut admin).await, NEW);
}

#[tokio::test]
async fn what_was_replaced_is_forgotten_after_a_day_and_not_before() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    let old = password(&app, &admin, "saved").await;
    admin.enter_password(NEW).await;
    app.clock.advance(DAY - 1);
    app.services.clean_up().await.unwrap();
    assert_eq!(password(&app, &admin, "previous").await, old);
    let bytes = hex::decode(&old).unwrap();
    assert!(holds(&app, &bytes).await || app.database_file().is_none(), "the search would find it");

    app.clock.advance(2);
    app.services.clean_up().await.unwrap();

    assert_eq!(password(&app, &admin, "previous").await, "");
    assert!(!holds(&app, &bytes).await, "no byte of it is left");
    assert_eq!(in_use(&app, &mut admin).await, NEW);
}

#[tokio::test]
async fn what_is_replaced_a_second_time_is_undone_by_one_step() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    admin.enter_password(NEW).await;
    admin.enter_password("Third+Pass(1)").await;

    admin.post("undo", &[]).await;
    admin.post("undo", &[]).await;

    assert_eq!(in_use(&app, &mut admin).await, NEW);
}

#[tokio::test]
async fn another_tenant_is_asked_about_and_taken_only_on_a_clear_yes() {
    let table: [(&str, &[(&str, &str)]); 2] =
        [("key", &[("key", "ZZ9Z9")]), ("domain", &[("url", NEW_HOST)])];
    for (step, fields) in table {
        let app = TestApp::new().await;
        let mut admin = app.linked_admin().await;
        let old = app.ukg.last_asked();

        admin.post(step, fields).await;

        let asked = app.ukg.last_asked();
        assert_ne!(asked, old, "{step}");
        let page = admin.get("check").await;
        assert!(asks(&page), "{step}");
        assert_eq!(page.link_status(), "linked", "{step}");
        assert_eq!(password(&app, &admin, "previous").await, "", "{step}");
        let waiting = app.dump().await;
        for answer in ["", "yes", "USE", "undo"] {
            admin.post("replace", &[("choice", answer)]).await;
        }
        assert_eq!(app.dump().await, waiting, "{step}");
        admin.post("replace", &[("choice", "use")]).await;
        assert!(!asks(&admin.get("check").await), "{step}");
        assert!(offers_undo(&admin.get("done").await), "{step}");
        in_use(&app, &mut admin).await;
        assert_eq!(app.ukg.last_asked(), asked, "{step}");
        admin.post("undo", &[]).await;
        in_use(&app, &mut admin).await;
        assert_eq!(app.ukg.last_asked(), old, "{step}");
    }
}

#[tokio::test]
async fn the_account_in_use_is_kept_when_that_is_the_answer() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    let old = app.ukg.last_asked();
    admin.post("key", &[("key", "ZZ9Z9")]).await;
    let fresh = hex::decode(app.sealed(admin.link, "customer_api_key", "fresh").await).unwrap();

    let answer = admin.post("replace", &[("choice", "keep")]).await;

    assert_eq!(answer.location(), format!("/link/{}", admin.link));
    assert_eq!(app.sealed(admin.link, "customer_api_key", "fresh").await, "");
    assert!(!fresh.is_empty());
    assert_eq!(app.audited("replacement_dropped").await, 1);
    assert!(!asks(&admin.get("check").await));
    in_use(&app, &mut admin).await;
    assert_eq!(app.ukg.last_asked(), old);
}

#[tokio::test]
async fn a_new_account_that_may_read_less_is_asked_about() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    app.ukg.answers(Script::Gaps);

    admin.enter_password(NEW).await;

    let page = admin.get("check").await;
    assert!(asks(&page));
    assert_eq!(
        page.text().matches("<li><b>Payroll Integration</b></li>").count(),
        1,
        "what is lost is named"
    );
    assert_eq!(app.stored_status(admin.link).await, "linked");
    admin.post("replace", &[("choice", "use")]).await;
    assert_eq!(app.stored_status(admin.link).await, "linked_with_gaps");
    app.ukg.answers(Script::Linked);
    admin.post("undo", &[]).await;
    assert_eq!(app.stored_status(admin.link).await, "linked");
}

#[tokio::test]
async fn a_new_account_that_may_read_as_much_or_more_is_not_asked_about() {
    for script in [Script::Gaps, Script::Linked] {
        let app = TestApp::new().await;
        let mut admin = app.checked_admin(Script::Gaps).await;
        app.ukg.answers(script);

        admin.enter_password(NEW).await;

        assert!(!asks(&admin.get("check").await), "{script:?}");
        assert_eq!(app.audited("credentials_replaced").await, 1, "{script:?}");
    }
}

#[tokio::test]
async fn what_has_not_been_proven_is_not_taken_whoever_says_so() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    let use_it = [("choice", "use")];
    admin.post("replace", &use_it).await;
    for script in [Script::Fails(ProblemCode::UkgTimeout), Script::RequiredMissing, Script::Panics] {
        app.ukg.answers(script);
        admin.enter_password(&format!("Pass+{:x}", app.ukg.calls())).await;
        let before = app.dump().await;

        admin.post("replace", &use_it).await;

        assert_eq!(app.dump().await, before, "{script:?}");
    }
    // A question about one key is not answered for the next one.
    app.ukg.answers(Script::Linked);
    admin.post("key", &[("key", "ZZ9Z9")]).await;
    assert!(asks(&admin.get("check").await));
    app.ukg.answers(Script::Fails(ProblemCode::UkgTimeout));
    admin.post("key", &[("key", "YY8Y8")]).await;
    admin.post("replace", &use_it).await;

    assert_eq!(app.audited("credentials_replaced").await, 0);
    assert!(!asks(&admin.get("check").await));
}

#[tokio::test]
async fn a_broken_link_takes_new_values_that_link_at_once_and_offers_no_way_back() {
    for script in [Script::Linked, Script::Gaps] {
        let app = TestApp::new().await;
        let mut admin = app.linked_admin().await;
        app.ukg.answers_to(PASSWORD, Script::Fails(ProblemCode::CredentialsRejected));
        admin.post("check", &[]).await;
        admin.post("check", &[]).await;
        assert_eq!(app.stored_status(admin.link).await, "broken");
        let next = admin.browser.get(&format!("/link/{}", admin.link)).await;
        assert_eq!(next.location(), admin.path("account"), "only what broke is asked for");
        app.ukg.answers(script);

        admin.enter_password(NEW).await;

        assert!(app.stored_status(admin.link).await.starts_with("linked"), "{script:?}");
        let (check, done) = (admin.get("check").await, admin.get("done").await);
        assert!(!asks(&check) && !offers_undo(&check) && !offers_undo(&done), "{script:?}");
        assert_eq!(password(&app, &admin, "previous").await, "", "nobody wants a refused password back");
        let before = app.dump().await;
        admin.post("undo", &[]).await;
        assert_eq!(app.dump().await, before, "{script:?}");
    }
}

#[tokio::test]
async fn while_a_check_runs_nothing_can_be_entered_answered_or_undone() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    admin.enter_password(NEW).await;
    app.ukg.hold();
    let mut tab = admin.clone();

    tokio::join!(admin.post("check", &[]), async {
        app.ukg.called(3).await;
        let before = app.dump().await;
        let account = [("username", "Someone"), ("password", "Third+Pass(1)")];
        let forms: [(&str, &[(&str, &str)]); 4] = [
            ("key", &[("key", "ZZ9Z9")]),
            ("account", &account),
            ("domain", &[("url", NEW_HOST)]),
            ("paste", &[("step", "key"), ("page", "Customer API Key\nZZ9Z9\n")]),
        ];
        for (step, fields) in forms {
            assert!(tab.post(step, fields).await.location().starts_with(&tab.path("check")), "{step}");
        }
        for (page, fields) in
            [("undo", &[][..]), ("replace", &[("choice", "use")]), ("replace", &[("choice", "keep")])]
        {
            assert_eq!(tab.post(page, fields).await.status, StatusCode::SEE_OTHER, "{page}");
        }
        assert_eq!(app.dump().await, before);
        app.ukg.release();
    });

    assert_eq!(app.ukg.last_asked()[3], NEW);
}

#[tokio::test]
async fn a_stop_while_new_values_are_checked_leaves_the_link_as_it_was_and_the_way_open() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    let old = password(&app, &admin, "saved").await;
    app.ukg.hold();
    tokio::select! {
        _ = admin.enter_password(NEW) => panic!("it waits for the check"),
        () = app.ukg.called(2) => {}
    }

    let again = app.restarted().await;

    let mut back = again.admin_of(admin.invite.clone()).await;
    assert_eq!(password(&again, &back, "saved").await, old);
    assert_eq!(again.stored_status(back.link).await, "linked");
    assert!(back.get("check").await.text().contains("Check now"));
    back.post("check", &[]).await;
    assert_eq!(again.ukg.last_asked()[3], NEW);
    assert_eq!(password(&again, &back, "previous").await, old);
}

#[tokio::test]
async fn a_doubted_new_value_waits_beside_the_one_in_use() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;

    admin.post("key", &[("key", "Odd-Key-77")]).await;
    assert_eq!(admin.get("key").await.codes(), ["key_unusual_shape"]);
    assert_eq!(app.stored_status(admin.link).await, "linked");
    in_use(&app, &mut admin).await;
    assert_eq!(app.ukg.last_asked()[1], KEY);
    admin.post("key", &[("key", ""), ("anyway", "yes")]).await;

    assert_eq!(app.ukg.last_asked()[1], "Odd-Key-77");
    assert!(asks(&admin.get("check").await));
}

async fn holds(app: &TestApp, needle: &[u8]) -> bool {
    app.database_bytes()
        .await
        .iter()
        .any(|(_, bytes)| bytes.windows(needle.len()).any(|window| window == needle))
}
