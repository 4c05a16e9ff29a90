//! What owners do with other accounts.

use axum::http::StatusCode;
use domain::Role;

use crate::support::{Answer, Browser, STAFF_PASSWORD, TestApp};

const DAY: i64 = 86_400_000;
const NEW: &str = "/desk/settings/staff/new";
const SAM: &str = "sam@northwind.example";

async fn id(app: &TestApp, role: Role) -> String {
    app.staff(role).await;
    app.value(&format!("SELECT id FROM staff WHERE email = '{role}@northwind.example'")).await
}

async fn manage(owner: &mut Browser, id: &str, act: &str) -> Answer {
    owner.post(&format!("/desk/settings/staff/{id}"), &[("do", act)]).await
}

async fn set_role(owner: &mut Browser, id: &str, role: &str) -> Answer {
    owner.post(&format!("/desk/settings/staff/{id}"), &[("do", "role"), ("role", role)]).await
}

/// The path of the invite on the page that tells it.
fn join_path(made: &Answer) -> String {
    let urls: Vec<_> = made.attribute("value").into_iter().filter(|value| value.contains("/join/")).collect();
    assert_eq!(urls.len(), 1, "{}", made.text());
    let path = urls[0].split_once("/join/").unwrap().1;
    format!("/join/{path}")
}

#[tokio::test]
async fn a_colleague_is_invited_chooses_a_password_and_is_in() {
    let app = TestApp::new().await;
    let mut owner = app.as_staff(Role::Owner).await;

    let made = owner.post(NEW, &[("email", " Sam@Northwind.example "), ("role", "owner")]).await;
    let path = join_path(&made);
    assert!(made.text().contains("No mail is set up here"));
    let list = owner.get("/desk/settings/staff").await;
    assert!(list.text().contains(SAM) && !list.text().contains(&path), "the link is told once");
    let token = path.strip_prefix("/join/").unwrap();
    assert!(!app.dump().await.contains(token));
    let mut sam = app.browser();
    for _ in 0..3 {
        let page = sam.get(&path).await;
        assert_eq!((page.status, page.heading()), (StatusCode::OK, "Welcome to the desk"));
        assert!(page.text().contains(SAM) && !page.text().contains(token));
    }
    let short = sam.post(&path, &[("password", "short")]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    let joined = sam.post(&path, &[("password", "a good new password")]).await;

    assert_eq!(joined.location(), "/desk");
    assert_eq!(sam.get("/desk/settings/staff").await.status, StatusCode::OK, "an owner, as invited");
    assert_eq!(sam.get(&path).await.status, StatusCode::NOT_FOUND, "used up");
    assert_eq!(
        app.browser().post(&path, &[("password", "a good new password")]).await.status,
        StatusCode::NOT_FOUND
    );
    let again = app.post("/sign-in", &[("email", SAM), ("password", "a good new password")]).await;
    assert_eq!(again.location(), "/desk");
    assert_eq!((app.audited("staff_invited").await, app.audited("staff_joined").await), (1, 1));
}

#[tokio::test]
async fn of_two_browsers_with_one_invite_one_joins() {
    let app = TestApp::new().await;
    let mut owner = app.as_staff(Role::Owner).await;
    let path = join_path(&owner.post(NEW, &[("email", SAM), ("role", "support")]).await);

    let mut tries = tokio::task::JoinSet::new();
    for n in 0..8 {
        let (mut browser, path) = (app.browser(), path.clone());
        tries.spawn(async move {
            browser.post(&path, &[("password", &format!("a good new password {n}"))]).await.status
        });
    }
    let statuses = tries.join_all().await;

    assert_eq!(statuses.iter().filter(|status| **status == StatusCode::SEE_OTHER).count(), 1, "{statuses:?}");
    assert_eq!(app.audited("staff_joined").await, 1);
}

#[tokio::test]
async fn an_invite_is_over_after_three_days_when_withdrawn_and_when_made_anew() {
    let app = TestApp::new().await;
    let mut owner = app.as_staff(Role::Owner).await;
    let invite = [("email", SAM), ("role", "support")];
    let first = join_path(&owner.post(NEW, &invite).await);
    let second = join_path(&owner.post(NEW, &invite).await);
    assert_eq!(app.get(&first).await.status, StatusCode::NOT_FOUND, "replaced");
    assert_eq!(app.get(&second).await.status, StatusCode::OK);

    let list = owner.get("/desk/settings/staff").await;
    let id = list.attribute("data-staff-invite-id")[0].to_owned();
    owner.post("/desk/settings/staff", &[("revoke", &id)]).await;
    assert_eq!(app.get(&second).await.status, StatusCode::NOT_FOUND, "withdrawn");

    let third = join_path(&owner.post(NEW, &invite).await);
    app.clock.advance(3 * DAY - 1);
    assert_eq!(app.get(&third).await.status, StatusCode::OK);
    app.clock.advance(1);
    let late = app.post(&third, &[("password", "a good new password")]).await;
    assert_eq!((late.status, late.heading()), (StatusCode::NOT_FOUND, "This invite is not open any more"));
    assert!(late.is_clear_page());
}

#[tokio::test]
async fn an_address_that_is_none_or_has_an_account_is_not_invited() {
    let app = TestApp::new().await;
    let mut owner = app.as_staff(Role::Owner).await;
    app.staff(Role::Support).await;

    for (email, said) in [
        ("nonsense", "Please enter an email address"),
        ("support@northwind.example", "has an account already"),
        ("\"><script>alert(1)</script>", "Please enter an email address"),
    ] {
        let answer = owner.post(NEW, &[("email", email), ("role", "owner")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{email}");
        assert!(
            answer.text().contains(said) && !answer.text().contains("<script>alert"),
            "{}",
            answer.text()
        );
    }
    assert_eq!(app.audited("staff_invited").await, 0);
}

#[tokio::test]
async fn with_mail_set_up_the_invite_is_mailed_to_the_colleague_alone() {
    let (app, mailer) = TestApp::with_mail().await;
    let mut owner = app.as_staff(Role::Owner).await;

    let made = owner.post(NEW, &[("email", SAM), ("role", "support")]).await;

    assert!(made.text().contains("We mailed it to sam@northwind.example."), "{}", made.text());
    let sent = mailer.sent();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].to.as_str(), SAM);
    assert!(
        sent[0].text.contains(&format!("https://link.example.com{}", join_path(&made))),
        "{}",
        sent[0].text
    );
    assert!(!sent[0].subject.contains("join/"));
}

#[tokio::test]
async fn a_new_role_ends_the_sessions_and_counts_at_the_next_sign_in() {
    let app = TestApp::new().await;
    let mut owner = app.as_staff(Role::Owner).await;
    let mut support = app.as_staff(Role::Support).await;
    let id = id(&app, Role::Support).await;

    let changed = set_role(&mut owner, &id, "owner").await;

    assert_eq!(changed.location(), format!("/desk/settings/staff/{id}?done=role"));
    assert_eq!(support.get("/desk").await.location(), "/sign-in");
    let mut again = app.as_staff(Role::Support).await;
    assert_eq!(again.get("/desk/settings/staff").await.status, StatusCode::OK);
    assert_eq!(
        set_role(&mut owner, &id, "owner").await.location(),
        format!("/desk/settings/staff/{id}?done=unchanged")
    );
    assert_eq!(app.audited("role_changed").await, 1);
}

#[tokio::test]
async fn a_closed_account_is_out_at_once_and_signs_in_no_more_until_it_is_opened() {
    let app = TestApp::new().await;
    let mut owner = app.as_staff(Role::Owner).await;
    let mut support = app.as_staff(Role::Support).await;
    let id = id(&app, Role::Support).await;
    let fields = [("email", "support@northwind.example"), ("password", STAFF_PASSWORD)];

    manage(&mut owner, &id, "close").await;

    assert_eq!(support.get("/desk").await.location(), "/sign-in");
    let refused = app.post("/sign-in", &fields).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    assert!(owner.get("/desk/settings/staff").await.text().contains("Closed"));
    manage(&mut owner, &id, "open").await;
    assert_eq!(app.post("/sign-in", &fields).await.location(), "/desk");
    assert_eq!((app.audited("staff_deactivated").await, app.audited("staff_reactivated").await), (1, 1));
}

#[tokio::test]
async fn a_sign_in_that_waits_for_its_code_ends_with_the_account() {
    let app = TestApp::new().await;
    let mut owner = app.as_staff(Role::Owner).await;
    let (phone, _) = app.set_up_phone(&mut app.as_staff(Role::Support).await).await;
    let mut waiting = app.browser();
    let fields = [("email", "support@northwind.example"), ("password", STAFF_PASSWORD)];
    assert_eq!(waiting.post("/sign-in", &fields).await.location(), "/sign-in/code");
    let id = id(&app, Role::Support).await;

    manage(&mut owner, &id, "close").await;

    let code = phone.code(&app, 0);
    assert_eq!(waiting.post("/sign-in/code", &[("code", &code)]).await.location(), "/sign-in");
}

#[tokio::test]
async fn the_last_owner_stays_one() {
    let app = TestApp::new().await;
    let mut owner = app.as_staff(Role::Owner).await;
    let (own, support) = (id(&app, Role::Owner).await, id(&app, Role::Support).await);

    for refused in [set_role(&mut owner, &own, "support").await, manage(&mut owner, &own, "close").await] {
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.text().contains("This is the only owner"), "{}", refused.text());
    }
    assert_eq!(owner.get("/desk").await.status, StatusCode::OK);
    set_role(&mut owner, &support, "owner").await;
    manage(&mut owner, &support, "close").await;
    assert_eq!(
        set_role(&mut owner, &own, "support").await.status,
        StatusCode::CONFLICT,
        "a closed one does not count"
    );
    manage(&mut owner, &support, "open").await;

    assert_eq!(set_role(&mut owner, &own, "support").await.status, StatusCode::SEE_OTHER);
    assert_eq!(owner.get("/desk").await.location(), "/sign-in");
}

#[tokio::test]
async fn whoever_lost_the_phone_gets_in_by_the_password_after_a_reset() {
    let app = TestApp::new().await;
    let mut owner = app.as_staff(Role::Owner).await;
    let mut support = app.as_staff(Role::Support).await;
    app.set_up_phone(&mut support).await;
    let id = id(&app, Role::Support).await;
    let page = owner.get(&format!("/desk/settings/staff/{id}")).await;
    assert!(page.text().contains("Password and app") && page.text().contains("Reset second factor"));

    manage(&mut owner, &id, "reset").await;

    assert_eq!(support.get("/desk").await.location(), "/sign-in");
    let fields = [("email", "support@northwind.example"), ("password", STAFF_PASSWORD)];
    assert_eq!(app.post("/sign-in", &fields).await.location(), "/desk");
    assert_eq!(app.audited("second_factor_reset").await, 1);
}

#[tokio::test]
async fn what_an_owner_does_with_others_asks_who_it_is() {
    let app = TestApp::new().await;
    let mut owner = app.as_staff(Role::Owner).await;
    let id = id(&app, Role::Support).await;
    app.clock.advance(10 * 60_000);

    for path in [NEW.to_owned(), format!("/desk/settings/staff/{id}")] {
        let asked = format!("/desk/confirm?to={}", path.replace('/', "%2F"));
        assert_eq!(owner.get(&path).await.location(), asked);
        let fields = [("do", "close"), ("email", SAM), ("role", "owner")];
        assert_eq!(owner.post(&path, &fields).await.location(), asked);
    }
    assert_eq!((app.audited("staff_deactivated").await, app.audited("staff_invited").await), (0, 0));
    assert_eq!(owner.get("/desk/settings/staff").await.status, StatusCode::OK, "looking is free");
}

#[tokio::test]
async fn support_sees_no_settings_and_is_told_who_can() {
    let app = TestApp::new().await;
    let mut support = app.as_staff(Role::Support).await;

    let page = support.get("/desk").await;
    assert!(!page.text().contains("/desk/settings"), "{}", page.text());
    let refused = support.get("/desk/settings/staff").await;

    assert_eq!((refused.status, refused.heading()), (StatusCode::FORBIDDEN, "Only an owner can do this"));
    assert!(app.as_staff(Role::Owner).await.get("/desk").await.text().contains("/desk/settings/staff"));
}

#[tokio::test]
async fn what_an_owner_invited_is_over_with_their_account_and_with_their_role() {
    for (act, role) in [("close", None), ("role", Some("support"))] {
        let app = TestApp::new().await;
        let mut owner = app.as_staff(Role::Owner).await;
        let sam = join_path(&owner.post(NEW, &[("email", SAM), ("role", "owner")]).await);
        let mut sam_in = app.browser();
        sam_in.post(&sam, &[("password", "a good new password")]).await;
        let theirs =
            join_path(&sam_in.post(NEW, &[("email", "kim@northwind.example"), ("role", "owner")]).await);
        let other =
            join_path(&owner.post(NEW, &[("email", "lee@northwind.example"), ("role", "support")]).await);
        let id = app.value(&format!("SELECT id FROM staff WHERE email = '{SAM}'")).await;

        match role {
            Some(role) => set_role(&mut owner, &id, role).await,
            None => manage(&mut owner, &id, act).await,
        };

        let joined = app.post(&theirs, &[("password", "a good new password")]).await;
        assert_eq!(joined.status, StatusCode::NOT_FOUND, "{act}");
        assert!(!owner.get("/desk/settings/staff").await.text().contains("kim@northwind.example"), "{act}");
        assert_eq!(app.audited("staff_invite_revoked").await, 1, "{act}");
        let joined = app.post(&other, &[("password", "a good new password")]).await;
        assert_eq!(joined.location(), "/desk", "another's invite stays; {act}");
    }
}
