//! The desk: signing in and out, and what staff see.

use axum::http::{Method, StatusCode};
use domain::{LinkStatus, Permission, Role};
use server::routes::Access;

use crate::support::{Browser, KEY, PASSWORD, Placed, STAFF_PASSWORD, Script, TestApp, USERNAME, placed};

const MINUTE: i64 = 60_000;
const COOKIE: &str = "linkdesk-desk";

#[tokio::test]
async fn the_right_password_lets_in_with_a_cookie_for_the_server_alone() {
    let app = TestApp::new().await;
    let email = app.staff(Role::Support).await;

    let answer = app.post("/sign-in", &[("email", &email), ("password", STAFF_PASSWORD)]).await;

    assert_eq!(answer.location(), "/desk");
    let (pair, attributes) = answer.set_cookie().unwrap().split_once("; ").unwrap();
    assert!(pair.starts_with("linkdesk-desk="));
    assert_eq!(attributes, "Path=/; HttpOnly; SameSite=Lax; Max-Age=43200");
    assert_eq!(app.audited("signed_in").await, 1);
}

#[tokio::test]
async fn over_https_the_cookie_is_bound_to_the_host_and_to_tls() {
    let app = TestApp::with(&[("LINKDESK_PUBLIC_URL", "https://link.example.com")]).await;
    let email = app.staff(Role::Support).await;

    let answer = app.post("/sign-in", &[("email", &email), ("password", STAFF_PASSWORD)]).await;

    let set = answer.set_cookie().unwrap();
    assert!(set.starts_with("__Host-linkdesk-desk="), "{set}");
    assert!(set.ends_with("; Path=/; HttpOnly; SameSite=Lax; Max-Age=43200; Secure"), "{set}");
}

#[tokio::test]
async fn an_address_is_one_account_whatever_its_case_and_space_around_it() {
    let app = TestApp::new().await;
    app.staff(Role::Owner).await;

    let fields = [("email", " Owner@Northwind.Example "), ("password", STAFF_PASSWORD)];

    assert_eq!(app.post("/sign-in", &fields).await.location(), "/desk");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_get_the_same_answer() {
    let app = TestApp::new().await;
    let email = app.staff(Role::Owner).await;
    let unknown = "nobody@northwind.example";

    let wrong = app.post("/sign-in", &[("email", &email), ("password", "correct horse batterY")]).await;
    let stranger = app.post("/sign-in", &[("email", unknown), ("password", STAFF_PASSWORD)]).await;
    let no_address = app.post("/sign-in", &[("email", "x"), ("password", STAFF_PASSWORD)]).await;
    let nothing = app.post("/sign-in", &[]).await;

    let echo = |email: &str| format!("value=\"{email}\"");
    let settled = wrong.settled().replace(&echo(&email), "VALUE");
    for (answer, typed) in
        [(&wrong, email.as_str()), (&stranger, unknown), (&no_address, "x"), (&nothing, "")]
    {
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert_eq!(answer.settled().replace(&echo(typed), "VALUE"), settled);
        assert_eq!(answer.settled_headers(), wrong.settled_headers());
        assert_eq!(answer.set_cookie(), None);
        assert!(!answer.text().contains(STAFF_PASSWORD));
    }
    assert!(settled.contains("VALUE"), "the address need not be typed again");
    assert_eq!(app.audited("sign_in_refused").await, 1, "the others are told as a number, an hour later");
    assert!(!app.dump().await.contains(unknown), "what was typed is not noted: it may be a password");
}

#[tokio::test]
async fn passwords_that_are_nearly_right_too_long_or_empty_are_wrong() {
    let app = TestApp::new().await;
    let email = app.staff(Role::Owner).await;
    let long = format!("{STAFF_PASSWORD}{}", "x".repeat(2000));

    for password in ["", " ", &STAFF_PASSWORD[1..], "correct horse battery ", "CORRECT HORSE BATTERY", &long]
    {
        let answer = app.post("/sign-in", &[("email", &email), ("password", password)]).await;

        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{password}");
    }
}

#[tokio::test]
async fn a_cookie_that_somebody_planted_is_never_adopted() {
    let app = TestApp::new().await;
    let email = app.staff(Role::Owner).await;
    let planted = "A".repeat(43);
    let mut browser = app.browser();
    browser.cookies.insert(COOKIE.to_owned(), planted.clone());

    browser.post("/sign-in", &[("email", &email), ("password", STAFF_PASSWORD)]).await;

    assert_ne!(browser.cookies[COOKIE], planted);
    assert_eq!(browser.get("/desk").await.status, StatusCode::OK);
    let mut planter = app.browser();
    planter.cookies.insert(COOKIE.to_owned(), planted);
    assert_eq!(planter.get("/desk").await.location(), "/sign-in");
}

#[tokio::test]
async fn every_sign_in_is_a_session_of_its_own() {
    let app = TestApp::new().await;
    let (one, two) = (app.as_staff(Role::Owner).await, app.as_staff(Role::Owner).await);
    assert_ne!(one.cookies[COOKIE], two.cookies[COOKIE]);

    one.clone().post("/sign-out", &[]).await;

    assert_eq!(one.clone().get("/desk").await.location(), "/sign-in");
    assert_eq!(two.clone().get("/desk").await.status, StatusCode::OK);
}

// Fails without `delete_staff_session` in `Services::sign_out`.
#[tokio::test]
async fn signing_out_ends_the_session_and_takes_the_cookie() {
    let app = TestApp::new().await;
    let mut browser = app.as_staff(Role::Owner).await;
    let stolen = browser.clone();

    let answer = browser.post("/sign-out", &[]).await;

    assert_eq!(answer.location(), "/sign-in");
    assert_eq!(answer.set_cookie(), Some("linkdesk-desk=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"));
    assert_eq!(stolen.clone().get("/desk").await.location(), "/sign-in");
    assert_eq!(stolen.clone().post("/sign-out", &[]).await.location(), "/sign-in");
    assert_eq!(app.audited("signed_out").await, 1);
}

// Fails without `idle >= IDLE_MILLIS` in `Services::recognise_staff`.
#[tokio::test]
async fn a_session_that_is_not_used_for_half_an_hour_is_over() {
    let app = TestApp::new().await;
    let mut browser = app.as_staff(Role::Support).await;

    app.clock.advance(30 * MINUTE - 1);
    assert_eq!(browser.get("/desk").await.status, StatusCode::OK);
    app.clock.advance(30 * MINUTE - 1);
    assert_eq!(browser.get("/desk").await.status, StatusCode::OK, "using it counts");
    app.clock.advance(30 * MINUTE);

    assert_eq!(browser.get("/desk").await.location(), "/sign-in");
    assert_eq!(browser.get("/sign-in").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_session_is_over_after_twelve_hours_however_much_it_is_used() {
    let app = TestApp::new().await;
    let mut browser = app.as_staff(Role::Support).await;

    for _ in 0..47 {
        app.clock.advance(15 * MINUTE);
        assert_eq!(browser.get("/desk").await.status, StatusCode::OK);
    }
    app.clock.advance(15 * MINUTE);

    assert_eq!(browser.get("/desk").await.location(), "/sign-in");
}

#[tokio::test]
async fn both_roles_see_the_list_and_a_link() {
    let app = TestApp::new().await;
    let admin = app.checked_admin(Script::Gaps).await;
    app.invite_for("Fabrikam", &[], 60).await;

    for role in [Role::Support, Role::Owner] {
        let mut browser = app.as_staff(role).await;
        let list = browser.get("/desk").await;
        assert_eq!(list.status, StatusCode::OK);
        assert_eq!(list.attribute("data-link-id").len(), 2);
        assert!(list.text().contains("Contoso Health") && list.text().contains("Fabrikam"));
        let link = browser.get(&format!("/desk/links/{}", admin.link)).await;

        assert_eq!(link.link_status(), "linked_with_gaps");
        assert_eq!(link.attribute("data-link-id"), [admin.link.to_string()]);
        assert_eq!(link.permissions().len(), Permission::ALL.len());
        assert!(!link.codes().is_empty());
        assert!(link.codes().iter().all(|code| *code == "permission_missing"), "{:?}", link.codes());
        assert!(link.text().contains("service4.ultipro.com"));
    }
}

#[tokio::test]
async fn the_timeline_tells_what_happened_in_words_and_shapes_never_in_values() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    admin.post("key", &[("key", "ZK4WVR9120J8")]).await;
    admin.save_all().await;

    let page = app.as_staff(Role::Support).await.get(&format!("/desk/links/{}", admin.link)).await;

    assert!(page.text().contains("Pasted the User API Key instead of the Customer API Key."));
    assert!(page.text().contains("12 characters, letters, digits"));
    for value in ["ZK4WVR9120J8", KEY, USERNAME, "Zq+/"] {
        assert!(!page.text().contains(value), "{value}");
    }
    let items = page.text().matches("timeline__what").count();
    assert_eq!(items, 8, "made, started, refused, three saved, check started, checked");
}

#[tokio::test]
async fn the_list_is_filtered_by_status_and_nonsense_filters_nothing() {
    let app = TestApp::new().await;
    app.checked_admin(Script::Linked).await;
    app.admin().await;
    app.invite().await;
    let mut browser = app.as_staff(Role::Support).await;
    let statuses = |answer: &crate::support::Answer| -> Vec<String> {
        answer.attribute("data-link-status").into_iter().map(str::to_owned).collect()
    };

    for (query, expected) in [("linked", 1), ("opened", 1), ("invited", 1), ("broken", 0)] {
        let page = browser.get(&format!("/desk?status={query}")).await;
        assert_eq!(statuses(&page), vec![query; expected], "{query}");
    }
    for status in LinkStatus::ALL {
        assert_eq!(browser.get(&format!("/desk?status={status}")).await.status, StatusCode::OK);
    }
    for query in [
        "status=",
        "status=Linked",
        "status=%FF",
        "status=%00",
        "status=linked&status=opened",
        "status[]=linked",
        "%",
        "status=<script>alert(1)</script>",
        "status=' OR 1=1--",
        &"x".repeat(5000),
    ] {
        let query = query.replace(' ', "%20").replace('<', "%3C").replace('>', "%3E");
        let page = browser.get(&format!("/desk?{query}")).await;
        assert_eq!(page.status, StatusCode::OK, "{query}");
        assert_eq!(statuses(&page).len(), 3, "{query}");
        assert!(!page.text().contains("alert(1)"), "{query}");
    }
}

#[tokio::test]
async fn a_hostile_customer_name_is_only_ever_text() {
    let app = TestApp::new().await;
    let names = [
        "<script>alert(1)</script>",
        "</title><script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</td></tr></table><h1>Gone</h1>",
        "<!-- --><svg/onload=alert(1)>",
        "{{7*7}} ${7*7} <%= 7*7 %>",
        "**bold** [link](https://evil.example) `code` ((3))",
        "&lt;script&gt; &amp; &#x3C;",
        "\u{202e}moc.live\u{202c} \u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{645}\u{631}\u{62d}\u{628}\u{627}",
        "😀👩‍👩‍👧‍👦🏳️‍🌈 Zürich 北京",
        &"W".repeat(120),
        &"𝒲".repeat(120),
    ];
    let mut browser = app.as_staff(Role::Support).await;

    for name in names {
        app.ukg.answers(Script::Gaps);
        let mut admin = app.admin_of(app.invite_for(name, &Permission::ALL, 60).await).await;
        admin.save_all().await;
        let list = browser.get("/desk").await;
        let link = browser.get(&format!("/desk/links/{}", admin.link)).await;
        let receipt = admin.get("done").await;

        let escaped = escape(name);
        for (page, times) in [(&list, 1), (&link, 3), (&receipt, 1)] {
            assert!(page.text().matches(&escaped).count() >= times, "{name}: {}", page.text());
            assert!(!has_markup_of(page.text(), name), "{name}: {}", page.text());
            assert_eq!(page.text().matches("<h1>").count(), 1, "{name}");
        }
        assert!(link.title().starts_with(&escaped), "{name}: {}", link.title());
    }
}

/// Whether the name stands on the page as it was written, although it holds a character that must be escaped.
fn has_markup_of(page: &str, name: &str) -> bool {
    name.contains(['<', '"']) && page.contains(name)
        || page.contains("alert(1)>")
        || page.contains("<script>alert")
}

/// As Leptos escapes text.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[tokio::test]
async fn a_hostile_address_typed_at_the_door_is_only_ever_text() {
    let app = TestApp::new().await;

    for email in ["\"><script>alert(1)</script>", "' autofocus onfocus=alert(1) x='", "</form><h1>x</h1>"] {
        let page = app.post("/sign-in", &[("email", email), ("password", "x")]).await;

        assert_eq!(page.status, StatusCode::UNAUTHORIZED);
        assert!(!page.text().contains("<script>") && !page.text().contains("<h1>x"), "{}", page.text());
        assert_eq!(page.text().matches("<input").count(), 2);
        assert!(!page.text().contains("\"><script"), "{}", page.text());
    }
}

#[tokio::test]
async fn an_empty_desk_says_how_to_begin() {
    let app = TestApp::new().await;

    let page = app.as_staff(Role::Owner).await.get("/desk").await;

    assert!(page.attribute("href").contains(&"/desk/invites/new"), "{}", page.text());
    assert!(page.attribute("data-link-id").is_empty());
}

#[tokio::test]
async fn the_door_leads_on_whoever_is_in_already() {
    let app = TestApp::new().await;
    let mut browser: Browser = app.as_staff(Role::Owner).await;

    assert_eq!(browser.get("/sign-in").await.location(), "/desk");
    assert_eq!(app.get("/sign-in").await.status, StatusCode::OK);
}

#[tokio::test]
async fn no_page_of_the_desk_holds_a_secret_or_an_envelope() {
    let app = TestApp::new().await;
    let admin = app.checked_admin(Script::Gaps).await;
    let envelopes = "SELECT hex(envelope) FROM sealed_value UNION SELECT hex(envelope) FROM link_key UNION \
                     SELECT hex(token_hash) FROM invite UNION SELECT hex(token_hash) FROM staff_session";
    let mut browser = app.as_staff(Role::Owner).await;
    let hidden = app.value(envelopes).await;

    browser.get("/desk").await;
    browser.get(&format!("/desk/links/{}", admin.link)).await;

    for page in &browser.seen {
        let text = page.text().to_uppercase();
        for envelope in hidden.split(',') {
            assert!(envelope.len() >= 58 && !text.contains(&envelope[..24]), "{envelope}");
        }
        for secret in [KEY, USERNAME, PASSWORD, STAFF_PASSWORD, admin.invite.token.as_str()] {
            assert!(!page.text().contains(secret), "{secret}");
        }
        assert!(!page.text().contains("argon2"));
    }
}

// Bar A4. `lives` is the positive control: before it ends the session opens every one of these pages.
#[tokio::test]
async fn however_a_session_ended_no_route_of_the_desk_takes_it() {
    for end in
        ["signed out", "new password", "new role", "closed", "ended elsewhere", "idle", "absolute", "planted"]
    {
        let app = TestApp::new().await;
        let admin = app.admin().await;
        let mut owner = app.as_staff(Role::Owner).await;
        app.staff(Role::Support).await;
        let mut session = app.as_staff(Role::Support).await;
        let mut stolen = session.clone();
        let id = app.value("SELECT id FROM staff WHERE role = 'support'").await;
        let account = format!("/desk/settings/staff/{id}");
        assert_eq!(stolen.get("/desk/account").await.status, StatusCode::OK, "{end}: lives");

        match end {
            "signed out" => drop(session.post("/sign-out", &[]).await),
            "new password" => {
                let fields = [("present", STAFF_PASSWORD), ("new", "another good password")];
                assert!(session.post("/desk/account/password", &fields).await.set_cookie().is_some());
            }
            "new role" => drop(owner.post(&account, &[("do", "role"), ("role", "owner")]).await),
            "closed" => drop(owner.post(&account, &[("do", "close")]).await),
            "ended elsewhere" => {
                drop(app.as_staff(Role::Support).await.post("/desk/account", &[("end", "others")]).await);
            }
            "idle" => app.clock.advance(30 * MINUTE),
            "absolute" => {
                for _ in 0..48 {
                    stolen.get("/desk").await;
                    app.clock.advance(15 * MINUTE);
                }
            }
            _ => drop(stolen.cookies.insert(COOKIE.to_owned(), "A".repeat(43))),
        }

        let of_staff = |route: &Placed| matches!(route.access, Access::Staff | Access::Owner);
        let routes: Vec<_> = placed(&admin).into_iter().filter(of_staff).collect();
        assert!(routes.len() > 15);
        for route in routes {
            let mut stolen = stolen.clone();
            let answer = if route.method == Method::GET {
                stolen.get(&route.path).await
            } else {
                stolen.post(&route.path, &[]).await
            };
            assert_eq!(answer.location(), "/sign-in", "{end}: {} {}", route.method, route.path);
        }
    }
}
