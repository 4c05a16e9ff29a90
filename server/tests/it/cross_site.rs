//! Bar B4: what another site's page sends changes nothing, on any route that can change something.

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, ORIGIN};
use axum::http::request::Builder;
use axum::http::{Method, StatusCode};
use domain::{ProblemCode, Role};
use server::routes::STOP_REMINDERS;
use storage::JobKind;

use crate::support::{
    Answer, Browser, Dump, Placed, STAFF_PASSWORD, Script, SecurityKey, TestApp, USERNAME, form, placed,
    placed_for,
};

const OURS: &str = "https://link.example.com";
const SITE: &str = "sec-fetch-site";
/// Background work that was given up.
const GIVEN_UP: &str =
    "INSERT INTO job (kind, subject, due_at, created_at, dead_at) VALUES ('recheck', 'x', 1, 1, 1);";

/// What a browser says of a request that another page sent, or what one that says nothing sends.
const HOSTILE: [&[(&str, &str)]; 12] = [
    &[(SITE, "cross-site")],
    &[(SITE, "same-site")],
    &[(SITE, "none")],
    &[(SITE, "")],
    &[(SITE, "cross-site"), ("origin", OURS)],
    &[(SITE, "same-site"), ("origin", "https://evil.example.com")],
    &[],
    &[("origin", "null")],
    &[("origin", "https://evil.example")],
    &[("origin", "http://link.example.com")],
    &[("origin", "https://link.example.com:8443")],
    &[("origin", "https://link.example.com.evil.example")],
];

/// The fields of a form, with values made while the stage was set.
type StaffFields = Vec<(&'static str, String)>;

/// An application where the same form, sent from our own page, would change something.
struct Stage {
    app: TestApp,
    browser: Browser,
    route: Placed,
    form: String,
}

impl Stage {
    async fn of(pattern: &str) -> Self {
        let app =
            TestApp::with(&[("LINKDESK_PUBLIC_URL", OURS), ("LINKDESK_WEBHOOK_ALLOW", "127.0.0.0/8")]).await;
        // A link with gaps is one that every form of the flow can still change.
        let mut admin = app.checked_admin(Script::Gaps).await;
        let mut browser = app.as_staff(Role::Owner).await;
        let colleague = app.colleague(&mut admin, "key").await;
        let hand = app.handed(&mut admin, "domain").await;
        match pattern {
            "/link/{id}/undo" => {
                admin.enter_password("Another+Pass(1)").await;
            }
            "/link/{id}/replace" => {
                app.ukg.answers(Script::Fails(ProblemCode::UkgTimeout));
                admin.enter_password("Another+Pass(1)").await;
            }
            "/desk/links/{id}/notes/{note}/delete" => {
                let notes = format!("/desk/links/{}/notes", admin.link);
                assert!(browser.post(&notes, &[("note", "Called.")]).await.location().ends_with("noted"));
            }
            "/desk/links/{id}/resume" => {
                let pause = format!("/desk/links/{}/pause", admin.link);
                assert!(browser.post(&pause, &[]).await.location().ends_with("paused"));
            }
            "/desk/views/delete" => {
                browser.post("/desk/views", &[("name", "Old"), ("query", "")]).await;
            }
            "/desk/work" => app.database.change(GIVEN_UP).await,
            "/i/{token}/renew" => app.clock.advance(30 * 86_400_000),
            _ => {}
        }
        browser.cookies.extend(colleague.browser.cookies);
        browser.cookies.extend(admin.browser.cookies.clone());
        let (placed, fields) = Self::of_staff(pattern, &app, &mut browser).await;
        let routes = placed_for(&admin, &hand);
        let mut route = routes.into_iter().find(|r| r.pattern == pattern && r.method != Method::GET).unwrap();
        route.path = placed.unwrap_or(route.path);
        let note = app.value("SELECT coalesce(max(id), '') FROM link_note").await;
        let me = app.value("SELECT max(id) FROM staff").await;
        route.path = route.path.replace(&format!("not_{}", "0".repeat(32)), &note);
        if let Some(fields) = fields {
            let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            return Self { form: form(&fields), app, browser, route };
        }
        let fields: &[(&str, &str)] = match pattern {
            "/link/{id}/key" | "/link/{id}/only/{step}" => &[("key", "ZZ9Z9")],
            "/link/{id}/account" => &[("username", USERNAME), ("password", "Another+Pass(1)")],
            "/link/{id}/domain" => &[("url", "service9.ultipro.com")],
            "/link/{id}/paste" => &[("step", "key"), ("page", "Customer API Key\nZZ9Z9\n")],
            "/link/{id}/hand-over" => &[("step", "account")],
            "/link/{id}/replace" => &[("choice", "keep")],
            "/link/{id}/disconnect" => &[("confirm", "yes")],
            "/desk/links/{id}/invite" => &[("how", "show")],
            "/desk/links/{id}/reply" => &[("subject", "Hello"), ("body", "[fresh link]"), ("how", "copy")],
            "/desk/links/{id}/notes" => &[("note", "Called.")],
            "/desk/links/{id}/assignee" => &[("staff", &me)],
            "/desk/links/{id}/end" => &[("customer", "Contoso Health")],
            "/desk/links/{id}/check"
            | "/desk/links/{id}/withdraw"
            | "/desk/links/{id}/notes/{note}/delete"
            | "/desk/links/{id}/pause"
            | "/desk/links/{id}/resume"
            | "/desk/audit/verify" => &[],
            "/desk/invites/new" => &[("customer", "Fabrikam")],
            "/desk/invites/bulk" => &[("do", "make"), ("table", "customer\nFabrikam\n")],
            "/desk/settings/presets" => &[("do", "add"), ("name", "Payroll")],
            "/desk/views" => &[("name", "Stuck"), ("query", "stage=action")],
            "/desk/views/delete" => &[("name", "Old")],
            "/desk/work" => &[("do", "all")],
            "/sign-in" => &[("email", "owner@northwind.example"), ("password", STAFF_PASSWORD)],
            "/i/{token}" | "/i/{token}/renew" | "/hand/{token}" | "/link/{id}/check" | "/link/{id}/undo"
            | "/sign-out" => &[],
            _ => panic!("{pattern}: say here what a form that changes something looks like"),
        };
        Self { form: form(fields), app, browser, route }
    }

    /// Where a form of staff's own is sent, when that is not what the table says, and what it holds.
    async fn of_staff(
        pattern: &str,
        app: &TestApp,
        browser: &mut Browser,
    ) -> (Option<String>, Option<StaffFields>) {
        let password = STAFF_PASSWORD.to_owned();
        let invite = [("email", "sam@northwind.example"), ("role", "support")];
        let (path, fields) = match pattern {
            "/sign-in/code" => {
                let (phone, _) = app.set_up_phone(browser).await;
                let email = app.staff(Role::Owner).await;
                browser.post("/sign-in", &[("email", &email), ("password", STAFF_PASSWORD)]).await;
                (None, vec![("code", phone.code(app, 0))])
            }
            "/desk/confirm" => {
                app.clock.advance(20 * 60_000);
                (None, vec![("password", password)])
            }
            "/desk/confirm/passkey" => {
                let mut key = SecurityKey::new(OURS);
                key.added(browser).await;
                app.clock.advance(20 * 60_000);
                let answer = key.signed(&browser.get("/desk/confirm/passkey").await);
                (None, answer.into_iter().collect())
            }
            "/sign-in/passkey" => {
                let mut key = SecurityKey::new(OURS);
                key.added(browser).await;
                let answer = key.signed(&browser.get("/sign-in/passkey").await);
                (None, answer.into_iter().collect())
            }
            "/desk/account/passkeys" => {
                let page = browser.get("/desk/account/passkeys").await;
                (None, SecurityKey::new(OURS).made(&page).into_iter().collect())
            }
            "/join/{token}" => {
                let made = browser.post("/desk/settings/staff/new", &invite).await;
                let url = made.attribute("value").into_iter().find(|value| value.contains("/join/")).unwrap();
                (Some(url.replace(OURS, "")), vec![("password", "another good password".to_owned())])
            }
            "/desk/account/mail" => (None, vec![("stuck", "every".to_owned())]),
            "/desk/account" => {
                app.as_staff(Role::Owner).await;
                (None, vec![("end", "others".to_owned())])
            }
            "/desk/account/password" => {
                (None, vec![("present", password), ("new", "another good password".to_owned())])
            }
            "/desk/account/app" => (None, vec![("do", "begin".to_owned())]),
            "/desk/account/codes" => {
                app.set_up_phone(browser).await;
                (None, Vec::new())
            }
            "/desk/settings/staff" => {
                browser.post("/desk/settings/staff/new", &invite).await;
                (None, vec![("revoke", app.value("SELECT id FROM staff_invite").await)])
            }
            "/desk/settings/staff/new" => {
                (None, invite.map(|(name, value)| (name, value.to_owned())).to_vec())
            }
            "/desk/settings/staff/{staff}" => {
                app.staff(Role::Support).await;
                let id = app.value("SELECT id FROM staff WHERE role = 'support'").await;
                (Some(format!("/desk/settings/staff/{id}")), vec![("do", "close".to_owned())])
            }
            "/desk/webhooks/new" => (None, vec![("url", "https://receiver.example/hooks".to_owned())]),
            "/desk/webhooks/{endpoint}" => {
                (Some(endpoint(app, browser).await), vec![("do", "pause".to_owned())])
            }
            "/desk/webhooks/{endpoint}/secret" | "/desk/webhooks/{endpoint}/remove" => {
                let page = pattern.rsplit('/').next().unwrap();
                (Some(format!("{}/{page}", endpoint(app, browser).await)), Vec::new())
            }
            "/desk/webhooks/{endpoint}/messages/{message}" => {
                let path = endpoint(app, browser).await;
                browser.post(&path, &[("do", "test")]).await;
                // Nobody listens there, so it is given up in the end.
                for wait in [0, 73 * 3_600_000] {
                    app.clock.advance(wait);
                    for job in app.services.take_jobs(JobKind::Webhook, 1).await.unwrap() {
                        app.services.do_job(&job).await.unwrap();
                    }
                }
                *browser = app.as_staff(Role::Owner).await;
                let message = app.value("SELECT id FROM webhook_delivery WHERE state = 'failed'").await;
                (Some(format!("{path}/messages/{message}")), Vec::new())
            }
            _ => return (None, None),
        };
        (path, Some(fields))
    }

    async fn send(&self, finish: impl FnOnce(Builder) -> Builder) -> Answer {
        let body = Body::from(self.form.clone());
        self.browser.clone().send(self.route.method.clone(), &self.route.path, body, finish).await
    }

    async fn dump(&self) -> Dump {
        self.app.dump().await
    }
}

/// The page of an endpoint where nobody listens.
async fn endpoint(app: &TestApp, browser: &mut Browser) -> String {
    let new = [("url", "http://127.0.0.1:9/hooks")];
    assert_eq!(browser.post("/desk/webhooks/new", &new).await.status, StatusCode::OK);
    format!("/desk/webhooks/{}", app.value("SELECT id FROM webhook_endpoint").await)
}

async fn patterns() -> Vec<&'static str> {
    let app = TestApp::new().await;
    let admin = app.admin().await;
    placed(&admin)
        .into_iter()
        // What a mail program sends from anywhere: `letters` says what can come of it.
        .filter(|route| route.method != Method::GET && route.pattern != STOP_REMINDERS)
        .map(|route| route.pattern)
        .collect()
}

// `cross_site::refuse` taken out of `router::build`, or its `false` turned into `true`: this fails at the first route.
#[tokio::test]
async fn what_another_site_sends_changes_nothing_on_any_route() {
    for pattern in patterns().await {
        let stage = Stage::of(pattern).await;
        let (before, calls) = (stage.dump().await, stage.app.ukg.calls());

        for headers in HOSTILE {
            for kind in ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"]
            {
                let answer = stage
                    .send(|request| {
                        let request = request.header(CONTENT_TYPE, kind);
                        headers.iter().fold(request, |request, (name, value)| request.header(*name, *value))
                    })
                    .await;

                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{pattern} {headers:?} {kind}");
                assert!(answer.is_clear_page(), "{}", answer.text());
                assert_eq!(answer.set_cookie(), None);
            }
        }

        assert_eq!(stage.dump().await, before, "{pattern}");
        assert_eq!(stage.app.ukg.calls(), calls, "{pattern}");
    }
}

#[tokio::test]
async fn the_same_forms_from_our_own_page_do_change_something() {
    for pattern in patterns().await {
        for ours in [[(SITE, "same-origin")], [(ORIGIN.as_str(), OURS)]] {
            let stage = Stage::of(pattern).await;
            let before = stage.dump().await;

            let kind = "application/x-www-form-urlencoded";
            let answer = stage
                .send(|request| {
                    let request = request.header(CONTENT_TYPE, kind);
                    ours.iter().fold(request, |request, (name, value)| request.header(*name, *value))
                })
                .await;

            let pages = [
                "/i/{token}/renew",
                "/link/{id}/only/{step}",
                "/link/{id}/hand-over",
                "/desk/links/{id}/invite",
                "/desk/links/{id}/reply",
                "/desk/invites/new",
                "/desk/invites/bulk",
                "/desk/account/codes",
                "/desk/account/passkeys",
                "/desk/settings/staff/new",
                "/desk/webhooks/new",
                "/desk/webhooks/{endpoint}/secret",
            ];
            let page = pages.contains(&pattern);
            let expected = if page { StatusCode::OK } else { StatusCode::SEE_OTHER };
            assert_eq!(answer.status, expected, "{pattern} {ours:?}");
            assert_ne!(stage.dump().await, before, "{pattern} {ours:?}");
        }
    }
}

#[tokio::test]
async fn a_link_from_a_mail_or_another_site_still_opens_pages() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    let (invite, key) = (admin.invite.path(), admin.path("key"));

    for path in [invite, key] {
        let answer =
            admin.browser.send(Method::GET, &path, Body::empty(), |r| r.header(SITE, "cross-site")).await;

        assert_eq!(answer.status, StatusCode::OK, "{path}");
    }
}
