//! Single rows: one asked anew, those that nobody asked for, and the TEST that a test system carries.

use domain::{Permission, ProblemCode, Role};

use crate::support::{Admin, Answer, PASSWORD, Program, Script, TestApp, USERNAME};

const ROW: &str = "payroll_integration";

fn result<'a>(page: &'a Answer, slug: &str) -> &'a str {
    page.permissions().into_iter().find(|(row, _)| *row == slug).unwrap().1
}

async fn row_again(admin: &mut Admin, slug: &str) -> Answer {
    assert_eq!(admin.post("check", &[("permission", slug)]).await.location(), admin.path("check"));
    admin.get("check").await
}

#[tokio::test]
async fn one_row_is_asked_anew_and_the_others_stay_as_they_were() {
    let app = TestApp::new().await;
    let mut admin = app.checked_admin(Script::Gaps).await;
    assert!(admin.get("check").await.offers("permission", ROW));
    app.ukg.answers(Script::Linked);

    let page = row_again(&mut admin, ROW).await;

    let known = app.ukg.last_request().known.unwrap();
    assert_eq!(known.ask, Permission::PayrollIntegration);
    assert_eq!(known.report.rows.len(), Permission::ALL.len());
    assert_eq!(result(&page, ROW), "granted");
    assert_eq!(page.permissions().iter().filter(|(_, result)| *result == "missing").count(), 5);
    assert_eq!(app.stored_status(admin.link).await, "linked_with_gaps");
}

#[tokio::test]
async fn row_by_row_a_link_with_gaps_becomes_whole() {
    let app = TestApp::new().await;
    let mut admin = app.checked_admin(Script::Gaps).await;
    app.ukg.answers(Script::Linked);

    for permission in Permission::ALL.into_iter().filter(|row| row.is_testable() && !row.is_required()) {
        assert_eq!(app.stored_status(admin.link).await, "linked_with_gaps");
        row_again(&mut admin, permission.slug()).await;
    }

    assert_eq!(app.stored_status(admin.link).await, "linked");
}

#[tokio::test]
async fn a_name_that_is_no_row_checks_everything() {
    let app = TestApp::new().await;
    let mut admin = app.checked_admin(Script::Gaps).await;

    for slug in ["", "nothing", "Payroll Integration", "payroll_integration ", "<script>"] {
        row_again(&mut admin, slug).await;
        assert!(app.ukg.last_request().known.is_none(), "{slug}");
    }
}

#[tokio::test]
async fn before_the_account_was_accepted_there_is_no_single_row_to_ask_about() {
    let app = TestApp::new().await;
    let mut admin = app.checked_admin(Script::Fails(ProblemCode::UkgTimeout)).await;
    assert!(!admin.get("check").await.offers("permission", ROW));

    row_again(&mut admin, ROW).await;

    assert!(app.ukg.last_request().known.is_none());
}

#[tokio::test]
async fn what_is_known_of_other_values_is_not_taken_for_these() {
    let app = TestApp::new().await;
    let mut admin = app.linked_admin().await;
    app.ukg.answers(Script::Fails(ProblemCode::UkgTimeout));
    admin.enter_password("Another+Pass(1)").await;
    app.ukg.answers(Script::Linked);

    row_again(&mut admin, ROW).await;

    assert!(app.ukg.last_request().known.is_none());
    assert_eq!(app.ukg.last_asked()[3], "Another+Pass(1)");
}

#[tokio::test]
async fn a_fault_while_one_row_is_asked_takes_nothing_back() {
    let app = TestApp::new().await;
    let mut admin = app.checked_admin(Script::Gaps).await;
    for script in [Script::Fails(ProblemCode::UkgTimeout), Script::Panics] {
        app.ukg.answers(script);
        row_again(&mut admin, ROW).await;
        assert_eq!(app.stored_status(admin.link).await, "linked_with_gaps", "{script:?}");
        assert_eq!(admin.get("done").await.link_status(), "linked_with_gaps");
    }
    app.ukg.answers(Script::Linked);

    let page = row_again(&mut admin, ROW).await;

    assert_eq!(result(&page, ROW), "granted", "the last accepted report is still known");
}

/// An administrator of whom one permission is asked besides the required one, checked.
async fn asked_little(app: &TestApp) -> Admin {
    let invite = app.invite_for("Contoso Health", &[Permission::PayrollIntegration], 86_400).await;
    let mut admin = app.admin_of(invite).await;
    admin.save_all().await;
    admin
}

fn says_untick(page: &Answer) -> bool {
    page.text().contains("You may untick") && page.text().contains("Personnel Integration")
}

#[tokio::test]
async fn what_is_granted_though_nobody_asked_is_said_on_every_page_and_kept() {
    let app = TestApp::new().await;
    app.ukg.grants_besides(&[Permission::PersonnelIntegration]);

    let mut admin = asked_little(&app).await;

    let [asked] = app.ukg.surplus_asked().try_into().unwrap();
    assert!(asked.iter().all(|row: &Permission| row.is_testable()) && asked.len() == 5, "{asked:?}");
    let again = app.restarted().await;
    let mut back = again.admin_of(admin.invite.clone()).await;
    for page in [admin.get("check").await, admin.get("done").await, back.get("done").await] {
        assert!(says_untick(&page), "{:?}", page.heading());
    }
    assert!(app.desk(admin.link).await.text().contains("Personnel Integration"));
    assert_eq!(app.stored_status(admin.link).await, "linked");
}

#[tokio::test]
async fn nothing_more_is_asked_about_when_everything_was_asked_for_or_nothing_was_accepted() {
    let app = TestApp::new().await;
    app.ukg.grants_besides(&Permission::ALL);
    app.linked_admin().await;
    for script in [
        Script::Fails(ProblemCode::CredentialsRejected),
        Script::Fails(ProblemCode::UkgTimeout),
        Script::Panics,
    ] {
        app.ukg.answers(script);
        asked_little(&app).await;
    }

    assert!(app.ukg.surplus_asked().is_empty());
}

#[tokio::test]
async fn what_nobody_asked_for_stays_said_after_one_row_was_asked_anew() {
    let app = TestApp::new().await;
    app.ukg.grants_besides(&[Permission::PersonnelIntegration]);
    let mut admin = asked_little(&app).await;
    assert!(says_untick(&admin.get("check").await));

    let page = row_again(&mut admin, ROW).await;

    assert_eq!(app.ukg.surplus_asked().len(), 1, "one row is one row");
    assert!(says_untick(&page) && says_untick(&admin.get("done").await));
}

#[tokio::test]
async fn a_row_that_was_unticked_is_not_said_any_more_after_the_next_check() {
    let app = TestApp::new().await;
    app.ukg.grants_besides(&[Permission::PersonnelIntegration]);
    let mut admin = asked_little(&app).await;
    app.ukg.grants_besides(&[]);
    app.clock.advance(1000);

    admin.post("check", &[]).await;

    assert!(!says_untick(&admin.get("check").await) && !says_untick(&admin.get("done").await));
}

fn has_badge(page: &Answer) -> bool {
    page.text().contains("class=\"test\"")
}

/// An administrator whose link leads to a test system.
async fn on_test_system(app: &TestApp) -> Admin {
    let mut admin = app.admin().await;
    admin.save_two().await;
    admin.post("domain", &[("url", "servicet.ultipro.com")]).await;
    assert_eq!(admin.get("domain").await.codes(), ["url_test_tenant"]);
    admin.post("domain", &[("url", "servicet.ultipro.com"), ("anyway", "yes")]).await;
    admin
}

#[tokio::test]
async fn a_link_to_a_test_system_carries_its_badge_wherever_it_is_named() {
    let app = TestApp::new().await;
    let mut live = app.linked_admin().await;
    let mut desk = app.as_staff(Role::Support).await;
    for page in
        [live.get("check").await, live.get("done").await, desk.get("/desk").await, app.desk(live.link).await]
    {
        assert!(!has_badge(&page), "{:?}", page.heading());
    }

    let mut admin = on_test_system(&app).await;

    for page in ["key", "account", "domain", "check", "done", "disconnect"] {
        assert!(has_badge(&admin.get(page).await), "{page}");
    }
    assert!(has_badge(&desk.get("/desk").await) && has_badge(&app.desk(admin.link).await));
    let mut program = Program::bare();
    program.set("LINKDESK_MASTER_KEY_FILE", app.folder().join("master.key").to_str().unwrap());
    program.set("LINKDESK_DATABASE_URL", &app.database.url());
    for (link, is_test) in [(admin.link, true), (live.link, false)] {
        let shown = program.run(&["link", "show", &link.to_string(), "--json"]);
        let json: serde_json::Value = serde_json::from_slice(&shown.stdout).unwrap();
        assert_eq!(json["test"], is_test);
    }
}

#[tokio::test]
async fn a_test_system_is_asked_about_once() {
    let app = TestApp::new().await;
    let mut admin = on_test_system(&app).await;
    let calls = app.ukg.calls();

    for url in ["servicet.ultipro.com", "https://servicet.ultipro.com/services/LoginService"] {
        admin.post("domain", &[("url", url)]).await;
        assert!(admin.get("domain").await.codes().is_empty(), "{url}");
    }

    assert_eq!(app.ukg.calls(), calls, "and re-saving it is no change");
    assert_eq!(app.ukg.last_asked(), ["servicet.ultipro.com", "AB1C2", USERNAME, PASSWORD]);
}
