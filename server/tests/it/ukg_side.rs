//! "It is UKG, not you": many faults on one host are told as UKG Pro's own, at the desk and in the flow.

use domain::{ProblemCode, Role};

use crate::support::{Admin, Answer, Script, TestApp};

const MINUTE: i64 = 60_000;
const HOST: &str = "service4.ultipro.com";
const BUSY: Script = Script::Fails(ProblemCode::UkgBusy);

/// That many administrators whose checks end so.
async fn checked(app: &TestApp, count: usize, script: Script) -> Vec<Admin> {
    let mut admins = Vec::new();
    for _ in 0..count {
        admins.push(app.checked_admin(script).await);
    }
    app.clock.advance(MINUTE);
    admins
}

async fn list(app: &TestApp) -> Answer {
    app.as_staff(Role::Support).await.get("/desk").await
}

fn troubles(answer: &Answer) -> Vec<&str> {
    answer.attribute("data-ukg-trouble")
}

#[tokio::test]
async fn three_links_and_half_of_all_make_it_ukg_pros_trouble() {
    let app = TestApp::new().await;
    checked(&app, 2, BUSY).await;
    assert_eq!(troubles(&list(&app).await), Vec::<&str>::new(), "two may be chance");

    let failing = checked(&app, 1, Script::Fails(ProblemCode::UkgTimeout)).await;

    let page = list(&app).await;
    assert_eq!(troubles(&page), [HOST]);
    for said in [
        "3 of 3 links checked there in the last 30 minutes fail, since",
        ">10:00</time>. This is UKG Pro, not your customers.",
    ] {
        assert!(page.text().contains(said), "{}", page.text());
    }
    assert_eq!(troubles(&app.desk(failing[0].link).await), [HOST]);

    checked(&app, 4, Script::Linked).await;
    assert_eq!(troubles(&list(&app).await), Vec::<&str>::new(), "three of seven are not half");
}

#[tokio::test]
async fn it_is_over_when_checks_work_again_or_time_has_passed() {
    let app = TestApp::new().await;
    let mut failing = checked(&app, 3, BUSY).await;
    assert_eq!(troubles(&list(&app).await), [HOST]);

    app.ukg.answers(Script::Linked);
    failing[0].post("check", &[]).await;
    app.clock.advance(MINUTE);
    assert_eq!(troubles(&list(&app).await), Vec::<&str>::new());

    let app = TestApp::new().await;
    checked(&app, 3, BUSY).await;
    app.clock.advance(30 * MINUTE);
    assert_eq!(troubles(&list(&app).await), Vec::<&str>::new());
}

#[tokio::test]
async fn refused_credentials_are_nobodys_but_the_customers() {
    let app = TestApp::new().await;

    checked(&app, 5, Script::Fails(ProblemCode::CredentialsRejected)).await;

    assert_eq!(troubles(&list(&app).await), Vec::<&str>::new());
    let page = app.as_staff(Role::Support).await.get("/desk/ukg").await;
    assert_eq!(page.attribute("data-ukg-state"), ["answers"]);
}

#[tokio::test]
async fn a_link_elsewhere_has_no_banner() {
    let app = TestApp::new().await;
    checked(&app, 3, BUSY).await;
    let mut elsewhere = app.admin().await;
    elsewhere.save_two().await;
    elsewhere.post("domain", &[("url", "https://service5.ultipro.com/services/LoginService")]).await;

    assert_eq!(troubles(&app.desk(elsewhere.link).await), Vec::<&str>::new());
    assert_eq!(elsewhere.get("check").await.attribute("data-others-failed"), Vec::<&str>::new());
}

#[tokio::test]
async fn the_administrator_reads_that_others_have_the_same_trouble_and_not_who() {
    let app = TestApp::new().await;
    let mut alone = checked(&app, 1, BUSY).await;
    assert_eq!(alone[0].get("check").await.attribute("data-others-failed"), Vec::<&str>::new());
    for customer in ["Canary Foods", "Canary Toys", "Canary Works"] {
        app.ukg.answers(BUSY);
        let mut admin = app.admin_of(app.invite_for(customer, &[], 86_400).await).await;
        admin.save_all().await;
    }
    app.clock.advance(4 * MINUTE);

    let page = alone[0].get("check").await;

    assert_eq!(page.attribute("data-others-failed"), ["4"]);
    assert!(page.text().contains("This is UKG Pro, not you"));
    assert!(page.text().contains("4 minutes ago, checks of others on the same UKG Pro system failed too."));
    assert!(!page.text().contains("Canary"));
}

#[tokio::test]
async fn the_page_lists_every_host_that_was_asked_of_late() {
    let app = TestApp::new().await;
    let mut staff = app.as_staff(Role::Support).await;
    let empty = staff.get("/desk/ukg").await;
    assert_eq!(empty.attribute("data-ukg-host"), Vec::<&str>::new());
    assert!(empty.text().contains("No checks in the last 30 minutes"));

    checked(&app, 3, BUSY).await;
    let mut other = app.admin().await;
    app.ukg.answers(Script::Linked);
    other.save_two().await;
    other.post("domain", &[("url", "https://service5.ultipro.com/services/LoginService")]).await;
    app.clock.advance(MINUTE);

    let page = staff.get("/desk/ukg").await;
    assert_eq!(page.attribute("data-ukg-host"), [HOST, "service5.ultipro.com"]);
    assert_eq!(page.attribute("data-ukg-state"), ["trouble", "answers"]);
}
