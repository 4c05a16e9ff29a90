//! One UKG Pro account under two links: both sides are told, and nobody is told whose the other link is.

use services::Operator;

use crate::support::{Admin, KEY, PASSWORD, Program, Script, TestApp, URL, USERNAME};

const SAID: &str = "This UKG Pro account is linked already";

/// An administrator of a customer of this name who entered these values and was linked.
async fn linked(app: &TestApp, customer: &str, key: &str, username: &str) -> Admin {
    let invite = app.invite_for(customer, &domain::Permission::ALL, 86_400 * 14).await;
    let mut admin = app.admin_of(invite).await;
    admin.post("key", &[("key", key)]).await;
    admin.post("account", &[("username", username), ("password", PASSWORD)]).await;
    admin.post("domain", &[("url", URL)]).await;
    assert_eq!(app.stored_status(admin.link).await, "linked");
    admin
}

async fn is_told(app: &TestApp, admin: &mut Admin) -> bool {
    let (done, check) = (admin.get("done").await, admin.get("check").await);
    let told = done.text().contains(SAID);
    assert_eq!(check.text().contains(SAID), told);
    let page = app.services.show_link_here(Operator::at_command_line(), admin.link).await.unwrap().unwrap();
    assert_eq!(!page.duplicates.is_empty(), told);
    told
}

#[tokio::test]
async fn the_same_account_under_two_links_is_noticed_on_every_side() {
    let app = TestApp::new().await;
    let mut one = linked(&app, "Contoso Health", KEY, USERNAME).await;
    assert!(!is_told(&app, &mut one).await);

    let mut two = linked(&app, "Fabrikam", KEY, &USERNAME.to_uppercase()).await;

    assert!(is_told(&app, &mut one).await && is_told(&app, &mut two).await);
    assert!(!one.get("done").await.text().contains("Fabrikam"), "whose it is, is not told");
    for (link, other, customer) in [(one.link, two.link, "Fabrikam"), (two.link, one.link, "Contoso Health")]
    {
        let desk = app.desk(link).await;
        assert!(
            desk.text().contains(&format!("href=\"/desk/links/{other}\"")) && desk.text().contains(customer)
        );
    }
}

#[tokio::test]
async fn an_account_with_another_key_or_username_is_another_account() {
    let app = TestApp::new().await;
    let mut one = linked(&app, "Contoso Health", KEY, USERNAME).await;

    let mut key = linked(&app, "Fabrikam", "ZZ9Z9", USERNAME).await;
    let mut username = linked(&app, "Fabrikam", KEY, "SomeoneElse").await;

    for admin in [&mut one, &mut key, &mut username] {
        assert!(!is_told(&app, admin).await);
    }
}

#[tokio::test]
async fn a_link_that_was_ended_is_no_second_one() {
    let app = TestApp::new().await;
    let mut one = linked(&app, "Contoso Health", KEY, USERNAME).await;
    let mut two = linked(&app, "Fabrikam", KEY, USERNAME).await;
    assert!(is_told(&app, &mut one).await);

    two.post("disconnect", &[("confirm", "yes")]).await;

    assert!(!is_told(&app, &mut one).await);
    assert!(!two.get("done").await.text().contains(SAID));
    assert!(!app.desk(one.link).await.text().contains("Fabrikam"));
}

#[tokio::test]
async fn an_account_that_was_not_accepted_is_nobodys_second_one() {
    let app = TestApp::new().await;
    let mut one = linked(&app, "Contoso Health", KEY, USERNAME).await;
    app.ukg.answers(Script::Fails(domain::ProblemCode::CredentialsRejected));

    app.checked_admin(Script::Fails(domain::ProblemCode::CredentialsRejected)).await;

    assert!(!is_told(&app, &mut one).await);
}

#[tokio::test]
async fn a_replacement_makes_or_ends_a_second_link() {
    let app = TestApp::new().await;
    let mut one = linked(&app, "Contoso Health", KEY, USERNAME).await;
    let mut two = linked(&app, "Fabrikam", KEY, "SomeoneElse").await;

    two.post("account", &[("username", USERNAME), ("password", "")]).await;
    assert!(is_told(&app, &mut one).await && is_told(&app, &mut two).await);
    two.post("undo", &[]).await;

    assert!(!is_told(&app, &mut one).await && !is_told(&app, &mut two).await);
}

// The answer to a question puts values in use as a check does.
#[tokio::test]
async fn an_account_that_was_confirmed_is_known_as_one_that_was_not_asked_about() {
    let app = TestApp::new().await;
    let mut one = linked(&app, "Contoso Health", KEY, USERNAME).await;
    let mut two = linked(&app, "Fabrikam", "ZZ9Z9", USERNAME).await;
    two.post("key", &[("key", KEY)]).await;

    two.post("replace", &[("choice", "use")]).await;

    assert!(is_told(&app, &mut two).await && is_told(&app, &mut one).await);
}

#[tokio::test]
async fn the_command_line_names_the_other_link() {
    let app = TestApp::new().await;
    let one = linked(&app, "Contoso Health", KEY, USERNAME).await;
    let two = linked(&app, "Fabrikam", KEY, USERNAME).await;
    let mut program = Program::bare();
    program.set("LINKDESK_MASTER_KEY_FILE", app.folder().join("master.key").to_str().unwrap());
    program.set("LINKDESK_DATABASE_URL", &app.database.url());

    let shown = program.run(&["link", "show", &one.link.to_string(), "--json"]);

    let json: serde_json::Value = serde_json::from_slice(&shown.stdout).unwrap();
    assert_eq!(json["same_account"], serde_json::json!([two.link.to_string()]));
    assert_eq!(json["test"], false);
}
