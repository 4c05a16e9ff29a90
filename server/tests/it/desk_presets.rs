//! Presets, as owners edit them.

use axum::http::StatusCode;
use domain::Role;

use crate::support::{Browser, TestApp};

const PRESETS: &str = "/desk/settings/presets";

/// An application whose server was started once.
async fn started() -> TestApp {
    let app = TestApp::new().await;
    app.services.seed_presets().await.unwrap();
    app
}

async fn owner() -> (TestApp, Browser) {
    let app = started().await;
    let browser = app.as_staff(Role::Owner).await;
    (app, browser)
}

async fn names(app: &TestApp) -> String {
    app.value("SELECT name FROM preset WHERE removed_at IS NULL ORDER BY name").await
}

async fn id(app: &TestApp, name: &str) -> String {
    app.value(&format!("SELECT id FROM preset WHERE name = '{name}' AND removed_at IS NULL")).await
}

#[tokio::test]
async fn a_new_installation_has_examples_once() {
    let (app, mut owner) = owner().await;
    let mut found: Vec<String> = names(&app).await.split(',').map(str::to_owned).collect();
    found.sort();
    assert_eq!(found, ["Everything", "Only people"]);
    assert_eq!(app.audited("preset_added").await, 2);
    app.services.seed_presets().await.unwrap();
    assert_eq!(app.audited("preset_added").await, 2, "every start asks, the first one adds");

    for name in ["Everything", "Only people"] {
        let id = id(&app, name).await;
        owner.post(PRESETS, &[("do", "remove"), ("id", &id)]).await.location();
    }
    let app = app.restarted().await;
    app.services.seed_presets().await.unwrap();

    assert_eq!(names(&app).await, "", "owners who removed them are not given them again");
    assert!(app.as_staff(Role::Owner).await.get(PRESETS).await.text().contains("There are no presets."));
}

#[tokio::test]
async fn an_owner_adds_changes_and_removes_a_preset_and_each_is_noted() {
    let (app, mut owner) = owner().await;

    let fields =
        [("do", "add"), ("name", " Pay "), ("permission", "payroll_integration"), ("permission", "x")];
    assert_eq!(owner.post(PRESETS, &fields).await.location(), "/desk/settings/presets?done=kept");
    let id = id(&app, "Pay").await;
    let permissions = format!("SELECT permissions FROM preset WHERE id = '{id}'");
    assert_eq!(app.value(&permissions).await, "employee_person_details,payroll_integration");

    let fields =
        [("do", "change"), ("id", &id), ("name", "Pay & time"), ("permission", "pto_plan_integration")];
    owner.post(PRESETS, &fields).await.location();
    assert_eq!(app.value(&permissions).await, "employee_person_details,pto_plan_integration");
    assert!(owner.get("/desk/invites/new").await.text().contains("Pay &amp; time"));
    // The same once more changes nothing, and nothing is noted.
    owner.post(PRESETS, &fields).await.location();
    assert_eq!(app.audited("preset_changed").await, 1);

    let removed = owner.post(PRESETS, &[("do", "remove"), ("id", &id)]).await;
    assert_eq!(removed.location(), "/desk/settings/presets?done=removed");
    assert!(owner.get("/desk/settings/presets?done=removed").await.text().contains("Removed."));
    owner.post(PRESETS, &[("do", "remove"), ("id", &id)]).await.location();
    assert_eq!(app.audited("preset_removed").await, 1);
    assert!(!owner.get("/desk/invites/new").await.text().contains("Pay &amp; time"));
}

#[tokio::test]
async fn a_name_that_is_missing_too_long_or_taken_is_refused_with_what_was_typed() {
    let (app, mut owner) = owner().await;
    let id = id(&app, "Only people").await;
    let long = "x".repeat(41);

    for (name, sentence) in [
        (" ", "Give it a name."),
        (long.as_str(), "Shorten the name to 40 characters."),
        ("a\tb", "invisible character"),
        ("EVERYTHING", "Another preset has this name."),
    ] {
        for fields in [&[("do", "add")][..], &[("do", "change"), ("id", &id)]] {
            let fields = [fields, &[("name", name), ("permission", "payroll_integration")]].concat();
            let page = owner.post(PRESETS, &fields).await;

            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
            assert!(page.text().contains(sentence), "{name}: {}", page.text());
            assert!(page.text().contains(&format!("value=\"{name}\"")), "{name}");
        }
    }
    assert_eq!(app.audited("preset_changed").await, 0);
    assert_eq!(app.audited("preset_added").await, 2);
}

#[tokio::test]
async fn a_preset_that_is_gone_is_offered_as_a_new_one() {
    let (_app, mut owner) = owner().await;
    let gone = format!("pre_{}", "0".repeat(32));

    let page = owner.post(PRESETS, &[("do", "change"), ("id", &gone), ("name", "Pay")]).await;

    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text().contains("removed in the meantime") && page.text().contains("value=\"Pay\""));
}

#[tokio::test]
async fn a_hostile_name_is_only_ever_text() {
    let (app, mut owner) = owner().await;
    let name = "\"><script>x</script>&lt;b";

    owner.post(PRESETS, &[("do", "add"), ("name", name)]).await.location();

    for path in [PRESETS, "/desk/invites/new", "/desk/invites/bulk"] {
        let page = owner.get(path).await;
        assert!(!page.text().contains("<script>x") && page.text().contains("&lt;script&gt;x"), "{path}");
        assert!(page.text().contains("&amp;lt;b"), "{path}");
    }
    assert_eq!(app.get("/health/ready").await.status, StatusCode::OK);
}

#[tokio::test]
async fn support_starts_from_presets_and_cannot_edit_them() {
    let app = started().await;
    let mut support = app.as_staff(Role::Support).await;

    let form = support.get("/desk/invites/new").await;
    assert!(form.text().contains(">Only people<") && !form.text().contains(PRESETS));
    let answer = support.post(PRESETS, &[("do", "add"), ("name", "Pay")]).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_eq!(app.audited("preset_added").await, 2);
}

#[tokio::test]
async fn there_are_at_most_thirty_presets() {
    let (app, mut owner) = owner().await;
    for n in 0..28 {
        owner.post(PRESETS, &[("do", "add"), ("name", &format!("Preset {n}"))]).await.location();
    }

    let page = owner.post(PRESETS, &[("do", "add"), ("name", "One more")]).await;

    assert!(page.text().contains("There are 30 presets already."), "{}", page.text());
    assert_eq!(app.audited("preset_added").await, 30);
}
