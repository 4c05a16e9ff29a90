//! The three steps: what is good is sealed, what is wrong is named, what is doubted waits, and nothing comes back.

use axum::http::StatusCode;
use domain::Permission;

use crate::support::{Admin, Answer, KEY, PASSWORD, TestApp, URL, USERNAME};

async fn sealed(app: &TestApp, admin: &Admin, field: &str, slot: &str) -> String {
    app.sealed(admin.link, field, slot).await
}

fn offers_use_it_anyway(page: &Answer) -> bool {
    page.text().contains("name=\"anyway\" value=\"yes\"")
}

#[tokio::test]
async fn each_step_is_saved_and_leads_to_the_next() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;

    let key = admin.post("key", &[("key", KEY)]).await;
    assert_eq!(key.location(), admin.path("account"));
    let account = admin.post("account", &[("username", USERNAME), ("password", PASSWORD)]).await;
    assert_eq!(account.location(), admin.path("domain"));
    let domain = admin.post("domain", &[("url", URL)]).await;
    assert_eq!(domain.location(), admin.path("check"));

    for page in ["key", "account", "domain"] {
        let page = admin.get(page).await;
        assert_eq!(page.status, StatusCode::OK, "a linked account may be given new values");
        assert!(page.codes().is_empty());
    }
    assert_eq!(app.audited("step_saved").await, 3);
}

#[tokio::test]
async fn what_is_saved_reaches_the_check_letter_for_letter_and_the_database_only_sealed() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;

    admin.save_all().await;

    assert_eq!(app.ukg.last_asked(), ["service4.ultipro.com", KEY, USERNAME, PASSWORD]);
    let dump = app.dump().await;
    assert_eq!((dump.table("sealed_value").len(), dump.table("link_key").len()), (3, 1));
    for secret in [KEY, USERNAME, PASSWORD] {
        let hex: String = secret.bytes().map(|byte| format!("{byte:02X}")).collect();
        assert!(!dump.contains(secret) && !dump.contains(&hex), "{secret}");
    }
    // The look into the database does see what is stored in the clear.
    assert!(dump.contains("service4.ultipro.com"));
}

#[tokio::test]
async fn space_around_a_value_and_the_keys_letter_case_do_not_matter() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;

    admin.post("key", &[("key", " ab1c2\r\n")]).await;
    admin
        .post("account", &[("username", &format!("\t{USERNAME} ")), ("password", &format!(" {PASSWORD}\n"))])
        .await;
    admin.post("domain", &[("url", " HTTPS://Service4.UltiPro.com:443/ ")]).await;

    assert_eq!(app.ukg.last_asked(), ["service4.ultipro.com", KEY, USERNAME, PASSWORD]);
}

/// A step, what was sent, and the code of the mistake.
type Mistake = (&'static str, &'static [(&'static str, &'static str)], &'static str);

#[tokio::test]
async fn every_mistake_is_named_on_the_step_again_and_never_repeated_there() {
    let app = TestApp::new().await;
    const TWELVE: &str = "ZK4WVR9120J8";
    const TENANT: &str = "2cedc1bb-57f0-4a3e-9b1e-0123456789ab";
    let table: [Mistake; 20] = [
        ("key", &[("key", "")], "key_missing"),
        ("key", &[("key", TWELVE)], "key_is_user_api_key"),
        ("key", &[("key", TENANT)], "key_is_tenant_id"),
        ("key", &[("key", "maria@contoso-typed.example")], "key_is_email"),
        ("key", &[("key", "https://service9.ultipro.com/x")], "key_is_url"),
        ("key", &[("key", "AB1C2D3E")], "key_unusual_shape"),
        ("account", &[("username", ""), ("password", PASSWORD)], "username_missing"),
        ("account", &[("username", "svc@typed.example"), ("password", PASSWORD)], "username_is_email"),
        ("account", &[("username", "ServiceTyped"), ("password", "")], "password_missing"),
        ("account", &[("username", "ServiceTyped"), ("password", TWELVE)], "password_is_api_key"),
        ("domain", &[("url", "")], "url_missing"),
        ("domain", &[("url", "my typed note")], "url_unreadable"),
        ("domain", &[("url", "https://[[REQUIRES CONFIGURATION]]/services/LoginService")], "url_placeholder"),
        ("domain", &[("url", "https://acme.ultipro.com/default.aspx")], "url_login_portal"),
        ("domain", &[("url", "https://recruiting2.ultipro.com/ACM1000")], "url_recruiting"),
        ("domain", &[("url", "https://acme.mykronos.com")], "url_wfm"),
        ("domain", &[("url", "https://secure6.saashr.com/ta/6110000.login")], "url_ready"),
        ("domain", &[("url", "https://service4.ultipro.com.evil.example")], "url_not_ukg"),
        ("domain", &[("url", "http://10.0.0.1/services")], "url_ip_address"),
        ("domain", &[("url", "servicet.ultipro.com")], "url_test_tenant"),
    ];

    for (step, fields, code) in table {
        let mut admin = app.admin().await;
        let empty = admin.get(step).await;
        assert!(empty.codes().is_empty(), "{code} is not there before");

        let answer = admin.post(step, fields).await;

        assert_eq!(answer.location(), admin.path(step), "{code}");
        let page = admin.get(step).await;
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(page.codes(), [code]);
        // The step's own, the one for a doubt, and that of a whole page, which step 2 has none of.
        let buttons = 1 + usize::from(offers_use_it_anyway(&page)) + usize::from(step != "account");
        assert_eq!(page.text().matches("type=\"submit\"").count(), buttons, "{code}");
        for (name, value) in fields.iter().filter(|(name, value)| *name != "url" && !value.is_empty()) {
            assert!(!page.text().contains(value), "{code}: {name} came back");
            assert!(!app.dump().await.contains(value), "{code}: {name} is in the database");
        }
        assert_eq!(app.stored_status(admin.link).await, expected_status(code), "{code}");
    }
}

/// Naming a mistake moves a link nowhere; a neighbour that was good is saved.
fn expected_status(code: &str) -> &'static str {
    match code {
        "username_missing" | "username_is_email" | "password_missing" | "password_is_api_key" => {
            "in_progress"
        }
        _ => "opened",
    }
}

#[tokio::test]
async fn a_named_mistake_is_gone_once_the_step_is_saved() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    admin.post("key", &[("key", "ZK4WVR9120J8")]).await;

    let answer = admin.post("key", &[("key", KEY)]).await;

    assert_eq!(answer.location(), admin.path("account"));
    let page = admin.get("key").await;
    assert!(page.codes().is_empty());
    assert!(page.text().contains("Saved"), "{}", page.text());
}

#[tokio::test]
async fn an_address_that_was_not_taken_is_shown_again_to_be_mended() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;

    admin.post("domain", &[("url", "https://acme.ultipro.com/default.aspx?user=maria")]).await;

    let page = admin.get("domain").await;
    assert_eq!(page.attribute("value")[0], "https://acme.ultipro.com/default.aspx");
    assert!(!app.dump().await.contains("user=maria"), "a query can hold anything");
}

// Fails without the conditions of `WebServicesUrl::typed_address`.
#[tokio::test]
async fn what_is_no_address_may_be_a_password_and_is_neither_shown_nor_kept() {
    let app = TestApp::new().await;
    let stray =
        [PASSWORD, "Hunter2!", "https://maria:Hunter2!@service4.ultipro.com", "correct horse", "Hunter2-x"];

    for text in stray {
        let mut admin = app.admin().await;
        admin.post("domain", &[("url", text)]).await;

        let page = admin.get("domain").await;
        assert_eq!(page.codes(), ["url_unreadable"], "{text}");
        assert_eq!(page.attribute("value")[0], "", "{text}");
        assert!(!page.text().contains(text) && !page.text().contains("Hunter2"), "{text}");
        assert!(!app.dump().await.contains(text), "{text}");
    }
}

#[tokio::test]
async fn a_doubted_key_waits_sealed_until_it_is_used_anyway_without_typing_it_again() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    admin.post("key", &[("key", "Odd-Key-77")]).await;
    let page = admin.get("key").await;
    assert_eq!(page.codes(), ["key_unusual_shape"]);
    assert!(offers_use_it_anyway(&page));
    let waiting = sealed(&app, &admin, "customer_api_key", "pending").await;
    assert!(!waiting.is_empty());

    let answer = admin.post("key", &[("key", ""), ("anyway", "yes")]).await;

    assert_eq!(answer.location(), admin.path("account"));
    assert_eq!(sealed(&app, &admin, "customer_api_key", "saved").await, waiting);
    assert_eq!(sealed(&app, &admin, "customer_api_key", "pending").await, "");
    admin.post("account", &[("username", USERNAME), ("password", PASSWORD)]).await;
    admin.post("domain", &[("url", URL)]).await;
    assert_eq!(app.ukg.last_asked()[1], "Odd-Key-77", "the check gets what was typed");
}

#[tokio::test]
async fn a_doubted_value_is_asked_about_until_it_is_answered() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    admin.post("key", &[("key", "Odd-Key-77")]).await;

    let blank = admin.post("key", &[("key", "")]).await;
    assert_eq!(blank.location(), admin.path("key"));
    assert_eq!(admin.get("key").await.codes(), ["key_unusual_shape"]);
    let another = admin.post("key", &[("key", KEY)]).await;

    assert_eq!(another.location(), admin.path("account"));
    assert_eq!(sealed(&app, &admin, "customer_api_key", "pending").await, "", "the doubted one is forgotten");
}

#[tokio::test]
async fn a_doubted_username_is_used_anyway_beside_the_password_that_was_saved() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    admin.post("key", &[("key", KEY)]).await;
    admin.post("account", &[("username", "svc@contoso.example"), ("password", PASSWORD)]).await;
    let page = admin.get("account").await;
    assert_eq!(page.codes(), ["username_is_email"]);
    assert!(offers_use_it_anyway(&page));

    let answer = admin.post("account", &[("username", ""), ("password", ""), ("anyway", "yes")]).await;

    assert_eq!(answer.location(), admin.path("domain"));
    admin.post("domain", &[("url", URL)]).await;
    assert_eq!(app.ukg.last_asked()[2..], ["svc@contoso.example", PASSWORD]);
}

#[tokio::test]
async fn a_test_system_is_used_anyway_with_the_address_shown_again() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    admin.save_two().await;
    admin.post("domain", &[("url", "https://servicet.ultipro.com/services")]).await;
    let page = admin.get("domain").await;
    assert_eq!(page.codes(), ["url_test_tenant"]);
    assert!(offers_use_it_anyway(&page));
    let shown = page.attribute("value")[0].to_owned();

    let answer = admin.post("domain", &[("url", &shown), ("anyway", "yes")]).await;

    assert_eq!(answer.location(), admin.path("check"));
    assert_eq!(app.ukg.last_asked()[0], "servicet.ultipro.com");
}

#[tokio::test]
async fn a_mistake_is_not_taken_even_when_used_anyway() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;

    for (step, name, value) in [
        ("key", "key", "ZK4WVR9120J8"),
        ("account", "password", "AB1C2"),
        ("domain", "url", "http://10.0.0.1"),
    ] {
        let answer = admin.post(step, &[(name, value), ("anyway", "yes")]).await;
        assert_eq!(answer.location(), admin.path(step));
    }

    assert!(app.dump().await.table("sealed_value").is_empty());
    assert_eq!(app.value("SELECT count(*) || '' FROM link WHERE host IS NOT NULL").await, "0");
}

#[tokio::test]
async fn a_good_username_is_saved_although_the_password_is_missing() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    admin.post("key", &[("key", KEY)]).await;

    admin.post("account", &[("username", USERNAME), ("password", "")]).await;
    assert_eq!(admin.get("account").await.codes(), ["password_missing"]);
    let answer = admin.post("account", &[("username", ""), ("password", PASSWORD)]).await;

    assert_eq!(answer.location(), admin.path("domain"));
    admin.post("domain", &[("url", URL)]).await;
    assert_eq!(app.ukg.last_asked()[2..], [USERNAME, PASSWORD]);
}

#[tokio::test]
async fn both_mistakes_of_a_form_are_named_at_once() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;

    admin.post("account", &[("username", ""), ("password", "")]).await;

    assert_eq!(admin.get("account").await.codes(), ["username_missing", "password_missing"]);
}

#[tokio::test]
async fn a_blank_field_keeps_what_is_saved() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    admin.save_two().await;
    let before = app.dump().await;

    let key = admin.post("key", &[("key", "")]).await;
    let account = admin.post("account", &[("username", " "), ("password", "")]).await;

    assert_eq!(key.location(), admin.path("domain"));
    assert_eq!(account.location(), admin.path("domain"));
    assert_eq!(app.dump().await.table("sealed_value"), before.table("sealed_value"));
}

#[tokio::test]
async fn saving_again_replaces_the_value_under_the_same_data_key() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    admin.post("key", &[("key", "ZZ9Z9")]).await;
    let (old, before) = (sealed(&app, &admin, "customer_api_key", "saved").await, app.dump().await);

    admin.save_all().await;

    assert_ne!(sealed(&app, &admin, "customer_api_key", "saved").await, old);
    assert_eq!(app.dump().await.table("link_key"), before.table("link_key"));
    assert_eq!(app.ukg.last_asked()[1], KEY);
}

#[tokio::test]
async fn steps_may_be_done_in_any_order_and_lead_to_the_first_that_is_open() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;

    assert_eq!(admin.post("domain", &[("url", URL)]).await.location(), admin.path("key"));
    assert_eq!(admin.get("check").await.location(), admin.path("key"));
    assert_eq!(admin.post("check", &[]).await.location(), admin.path("key"));
    assert_eq!(admin.get("done").await.location(), admin.path("key"));
    let account = admin.post("account", &[("username", USERNAME), ("password", PASSWORD)]).await;
    assert_eq!(account.location(), admin.path("key"));
    assert_eq!(app.ukg.calls(), 0, "nothing is asked before everything is there");
    let key = admin.post("key", &[("key", KEY)]).await;

    assert_eq!(key.location(), admin.path("check"));
    assert_eq!(app.ukg.calls(), 1);
}

#[tokio::test]
async fn the_links_own_address_leads_to_the_page_that_is_next() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    let own = format!("/link/{}", admin.link);

    assert_eq!(admin.browser.get(&own).await.location(), admin.path("key"));
    admin.save_two().await;
    assert_eq!(admin.browser.get(&own).await.location(), admin.path("domain"));
    admin.post("domain", &[("url", URL)]).await;
    assert_eq!(admin.browser.get(&own).await.location(), admin.path("done"));
}

#[tokio::test]
async fn a_step_sent_while_a_check_runs_changes_nothing_and_leads_to_the_check() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    admin.save_two().await;
    app.ukg.hold();
    let mut tab = admin.clone();

    let domain = [("url", URL)];
    let (checked, ()) = tokio::join!(admin.post("domain", &domain), async {
        app.ukg.called(1).await;
        let before = app.dump().await;
        let account = [("username", "Someone"), ("password", "Another+Pass(1)")];
        let forms: [(&str, &[(&str, &str)]); 3] = [
            ("key", &[("key", "ZZ9Z9")]),
            ("account", &account),
            ("domain", &[("url", "service9.ultipro.com")]),
        ];
        for (step, fields) in forms {
            assert_eq!(tab.post(step, fields).await.location(), tab.path("check"), "{step}");
            assert_eq!(tab.get(step).await.location(), tab.path("check"), "{step}");
        }
        assert_eq!(app.dump().await, before);
        app.ukg.release();
    });

    assert_eq!(checked.location(), tab.path("check"));
    assert_eq!(app.stored_status(tab.link).await, "linked");
    assert_eq!(app.ukg.calls(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_step_sent_twice_at_once_is_answered_twice_and_saved_as_one_of_them() {
    let app = TestApp::new().await;

    for round in 0..10 {
        let admin = app.admin().await;
        let send = |key: &'static str| {
            let mut admin = admin.clone();
            tokio::spawn(async move { admin.post("key", &[("key", key)]).await.location().to_owned() })
        };

        let (one, two) = tokio::join!(send("AAAA1"), send("BBBB2"));

        let next = admin.path("account");
        assert_eq!((one.unwrap(), two.unwrap()), (next.clone(), next), "round {round}");
        let count =
            |table: &str| format!("SELECT count(*) || '' FROM {table} WHERE link_id = '{}'", admin.link);
        assert_eq!(app.value(&count("link_key")).await, "1");
        assert_eq!(app.value(&count("sealed_value")).await, "1");
        let saved = format!("{} AND action = 'step_saved'", count("audit_entry"));
        assert_eq!(app.value(&saved).await, "2");
        let mut admin = admin;
        admin.post("account", &[("username", USERNAME), ("password", PASSWORD)]).await;
        admin.post("domain", &[("url", URL)]).await;
        assert!(["AAAA1", "BBBB2"].contains(&app.ukg.last_asked()[1].as_str()), "what is saved opens");
    }
}

#[tokio::test]
async fn the_longest_honest_values_are_taken() {
    let app = TestApp::new().await;
    let mut admin =
        app.admin_of(app.invite_for("Contoso Health", &[Permission::PayrollIntegration], 60).await).await;
    let (username, password) = ("u".repeat(1024), "+é".repeat(341));
    admin.post("key", &[("key", KEY)]).await;

    admin.post("account", &[("username", &username), ("password", &password)]).await;
    admin.post("domain", &[("url", URL)]).await;

    assert_eq!(app.ukg.last_asked()[2..], [username, password]);
}
