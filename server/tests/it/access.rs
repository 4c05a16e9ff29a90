//! Every route, for everybody: each answers whom its `Access` lets in, and tells the others nothing.

use axum::http::{Method, StatusCode};
use domain::Role;
use server::routes::{self, Access};

use crate::support::{Admin, Answer, Browser, Invite, Placed, TestApp, placed};

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    Nobody,
    /// The administrator of the link in the path.
    Admin,
    /// The administrator of another link.
    OtherAdmin,
    Support,
    Owner,
    /// The colleague to whom the step "key" of the link in the path was handed.
    Colleague,
}

use Who::{Admin as Own, Colleague, Nobody, OtherAdmin, Owner, Support};

const EVERYBODY: [Who; 6] = [Nobody, Own, OtherAdmin, Support, Owner, Colleague];

/// What is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    /// A page.
    Page,
    /// A page that refuses what was entered.
    NotSignedIn,
    /// A redirect to this page of the link.
    Flow(&'static str),
    /// A redirect.
    To(&'static str),
    /// A redirect to the invite.
    Invite,
    /// A redirect to the step that was handed over.
    Step,
    /// "Open your invite again", whatever the reason.
    OpenAgain,
    /// "This step is not open any more", whatever the reason.
    StepOver,
    /// A form that names nothing.
    Unread,
    /// A page that says what is wrong with the form.
    Refused,
    /// A redirect to the link's page at the desk.
    DeskLink,
    /// No such thing.
    Missing,
    /// "Only an owner can do this".
    OwnersOnly,
    /// "There is no such account".
    NoStaff,
    /// "This invite is not open any more", to become staff.
    JoinOver,
}

use Expected::{
    DeskLink, Flow, JoinOver, Missing, NoStaff, NotSignedIn, OpenAgain, OwnersOnly, Page, Refused, Step,
    StepOver, To, Unread,
};

/// One route: method, path, what is declared, and what each of `EVERYBODY` is answered.
type Case = (&'static str, &'static str, Access, [Expected; 6]);

const OPEN: [Expected; 6] = [Page; 6];
const ONLY_OWN: [Expected; 6] = only(Page);
const ONLY_STAFF: [Expected; 6] = only_staff(Page);

/// Staff of both roles are answered the same.
const fn only_staff(answer: Expected) -> [Expected; 6] {
    staff(answer, answer)
}

/// What support and owners are answered; everybody else is led to the door.
const fn staff(support: Expected, owner: Expected) -> [Expected; 6] {
    let door = To("/sign-in");
    [door, door, door, support, owner, door]
}

const fn only_owners(answer: Expected) -> [Expected; 6] {
    staff(OwnersOnly, answer)
}

const fn only(own: Expected) -> [Expected; 6] {
    [OpenAgain, own, OpenAgain, OpenAgain, OpenAgain, OpenAgain]
}

const fn only_own(page: &'static str) -> [Expected; 6] {
    only(Flow(page))
}

const fn only_colleague(answer: Expected) -> [Expected; 6] {
    [StepOver, StepOver, StepOver, StepOver, StepOver, answer]
}

/// Forms are sent empty, so that a step leads back to itself.
const CASES: &[Case] = &[
    ("GET", "/", Access::Anyone, OPEN),
    ("GET", "/i/{token}", Access::InviteHolder, OPEN),
    ("POST", "/i/{token}", Access::InviteHolder, [Flow("key"); 6]),
    ("GET", "/i/{token}/forward", Access::InviteHolder, OPEN),
    ("POST", "/i/{token}/renew", Access::InviteHolder, [Expected::Invite; 6]),
    ("GET", "/reminders/{token}", Access::ReminderHolder, [Missing; 6]),
    ("POST", "/reminders/{token}", Access::ReminderHolder, [Missing; 6]),
    ("GET", "/hand/{token}", Access::HandHolder, OPEN),
    ("POST", "/hand/{token}", Access::HandHolder, [Step; 6]),
    ("GET", "/link/{id}/only/{step}", Access::Step, only_colleague(Page)),
    ("POST", "/link/{id}/only/{step}", Access::Step, only_colleague(Step)),
    ("GET", "/link/{id}", Access::Flow, only_own("key")),
    ("GET", "/link/{id}/key", Access::Flow, ONLY_OWN),
    ("POST", "/link/{id}/key", Access::Flow, only_own("key")),
    ("GET", "/link/{id}/account", Access::Flow, ONLY_OWN),
    ("POST", "/link/{id}/account", Access::Flow, only_own("account")),
    ("GET", "/link/{id}/domain", Access::Flow, ONLY_OWN),
    ("POST", "/link/{id}/domain", Access::Flow, only_own("domain")),
    ("GET", "/link/{id}/check", Access::Flow, only_own("key")),
    ("POST", "/link/{id}/check", Access::Flow, only_own("key")),
    ("GET", "/link/{id}/check/events", Access::Flow, ONLY_OWN),
    ("POST", "/link/{id}/paste", Access::Flow, only(Unread)),
    ("GET", "/link/{id}/hand-over", Access::Flow, only_own("key")),
    ("POST", "/link/{id}/hand-over", Access::Flow, only(Unread)),
    ("POST", "/link/{id}/replace", Access::Flow, only_own("check")),
    ("POST", "/link/{id}/undo", Access::Flow, only_own("")),
    ("GET", "/link/{id}/done", Access::Flow, only_own("key")),
    ("GET", "/link/{id}/disconnect", Access::Flow, only_own("key")),
    ("POST", "/link/{id}/disconnect", Access::Flow, only_own("disconnect")),
    ("GET", "/sign-in", Access::Anyone, [Page, Page, Page, To("/desk"), To("/desk"), Page]),
    ("POST", "/sign-in", Access::Anyone, [NotSignedIn; 6]),
    ("GET", "/sign-in/code", Access::Anyone, [To("/sign-in"); 6]),
    ("POST", "/sign-in/code", Access::Anyone, [To("/sign-in"); 6]),
    ("GET", "/desk/confirm", Access::Staff, staff(To("/desk"), To("/desk"))),
    ("POST", "/desk/confirm", Access::Staff, staff(NotSignedIn, NotSignedIn)),
    ("GET", "/desk/confirm/passkey", Access::Staff, ONLY_STAFF),
    ("POST", "/desk/confirm/passkey", Access::Staff, staff(NotSignedIn, NotSignedIn)),
    ("POST", "/sign-out", Access::Staff, [To("/sign-in"); 6]),
    ("GET", "/desk", Access::Staff, ONLY_STAFF),
    ("GET", "/desk/events", Access::Staff, ONLY_STAFF),
    ("GET", "/desk/export.csv", Access::Staff, ONLY_STAFF),
    ("POST", "/desk/views", Access::Staff, only_staff(Refused)),
    ("POST", "/desk/views/delete", Access::Staff, only_staff(To("/desk"))),
    ("GET", "/desk/invites/new", Access::Staff, ONLY_STAFF),
    ("POST", "/desk/invites/new", Access::Staff, staff(Refused, Refused)),
    ("GET", "/desk/invites/bulk", Access::Staff, ONLY_STAFF),
    ("POST", "/desk/invites/bulk", Access::Staff, staff(Refused, Refused)),
    ("GET", "/desk/settings/presets", Access::Owner, staff(OwnersOnly, Page)),
    ("POST", "/desk/settings/presets", Access::Owner, staff(OwnersOnly, Unread)),
    ("GET", "/desk/links/{id}", Access::Staff, ONLY_STAFF),
    ("POST", "/desk/links/{id}/check", Access::Staff, staff(DeskLink, DeskLink)),
    ("POST", "/desk/links/{id}/invite", Access::Staff, staff(DeskLink, DeskLink)),
    ("POST", "/desk/links/{id}/withdraw", Access::Staff, staff(DeskLink, DeskLink)),
    ("GET", "/desk/links/{id}/reply", Access::Staff, ONLY_STAFF),
    ("POST", "/desk/links/{id}/reply", Access::Staff, ONLY_STAFF),
    ("POST", "/desk/links/{id}/notes", Access::Staff, staff(DeskLink, DeskLink)),
    ("POST", "/desk/links/{id}/notes/{note}/delete", Access::Staff, staff(DeskLink, DeskLink)),
    ("POST", "/desk/links/{id}/assignee", Access::Staff, staff(DeskLink, DeskLink)),
    ("POST", "/desk/links/{id}/pause", Access::Staff, staff(DeskLink, DeskLink)),
    ("POST", "/desk/links/{id}/resume", Access::Staff, staff(DeskLink, DeskLink)),
    ("GET", "/desk/links/{id}/end", Access::Owner, staff(OwnersOnly, DeskLink)),
    ("POST", "/desk/links/{id}/end", Access::Owner, staff(OwnersOnly, DeskLink)),
    ("GET", "/desk/links/{id}/certificate/{number}", Access::Staff, staff(Missing, Missing)),
    ("GET", "/desk/preview", Access::Staff, ONLY_STAFF),
    ("GET", "/desk/preview/{name}", Access::Staff, ONLY_STAFF),
    ("GET", "/sign-in/passkey", Access::Anyone, OPEN),
    ("POST", "/sign-in/passkey", Access::Anyone, [NotSignedIn; 6]),
    ("GET", "/desk/account/passkeys", Access::Staff, ONLY_STAFF),
    ("POST", "/desk/account/passkeys", Access::Staff, staff(Refused, Refused)),
    ("GET", "/join/{token}", Access::JoinHolder, [JoinOver; 6]),
    ("POST", "/join/{token}", Access::JoinHolder, [JoinOver; 6]),
    ("GET", "/desk/account", Access::Staff, ONLY_STAFF),
    ("POST", "/desk/account", Access::Staff, staff(Unread, Unread)),
    ("GET", "/desk/account/mail", Access::Staff, ONLY_STAFF),
    ("POST", "/desk/account/mail", Access::Staff, only_staff(To("/desk/account?done=mail"))),
    ("GET", "/desk/account/password", Access::Staff, ONLY_STAFF),
    ("POST", "/desk/account/password", Access::Staff, staff(Refused, Refused)),
    ("GET", "/desk/account/app", Access::Staff, ONLY_STAFF),
    ("POST", "/desk/account/app", Access::Staff, staff(Unread, Unread)),
    ("GET", "/desk/account/codes", Access::Staff, ONLY_STAFF),
    (
        "POST",
        "/desk/account/codes",
        Access::Staff,
        staff(To("/desk/account/codes"), To("/desk/account/codes")),
    ),
    ("GET", "/desk/settings/staff", Access::Owner, staff(OwnersOnly, Page)),
    ("POST", "/desk/settings/staff", Access::Owner, staff(OwnersOnly, Unread)),
    ("GET", "/desk/settings/staff/new", Access::Owner, staff(OwnersOnly, Page)),
    ("POST", "/desk/settings/staff/new", Access::Owner, staff(OwnersOnly, Refused)),
    ("GET", "/desk/settings/staff/{staff}", Access::Owner, staff(OwnersOnly, NoStaff)),
    ("POST", "/desk/settings/staff/{staff}", Access::Owner, staff(OwnersOnly, Unread)),
    ("GET", "/desk/insights", Access::Staff, ONLY_STAFF),
    ("GET", "/desk/audit", Access::Owner, only_owners(Page)),
    ("GET", "/desk/ukg", Access::Staff, ONLY_STAFF),
    ("GET", "/desk/work", Access::Staff, ONLY_STAFF),
    ("POST", "/desk/work", Access::Staff, only_staff(To("/desk/work?done=none"))),
    ("POST", "/desk/audit/verify", Access::Owner, only_owners(To("/desk/audit"))),
    ("GET", "/desk/audit/export.csv", Access::Owner, only_owners(Page)),
    ("GET", "/desk/webhooks", Access::Staff, ONLY_STAFF),
    ("GET", "/desk/webhooks/new", Access::Owner, only_owners(Page)),
    ("POST", "/desk/webhooks/new", Access::Owner, only_owners(Refused)),
    ("GET", "/desk/webhooks/{endpoint}", Access::Staff, only_staff(Missing)),
    ("POST", "/desk/webhooks/{endpoint}", Access::Owner, only_owners(Unread)),
    ("GET", "/desk/webhooks/{endpoint}/secret", Access::Owner, only_owners(Missing)),
    ("POST", "/desk/webhooks/{endpoint}/secret", Access::Owner, only_owners(Missing)),
    ("GET", "/desk/webhooks/{endpoint}/remove", Access::Owner, only_owners(Missing)),
    ("POST", "/desk/webhooks/{endpoint}/remove", Access::Owner, only_owners(Missing)),
    ("GET", "/desk/webhooks/{endpoint}/messages/{message}", Access::Staff, only_staff(Missing)),
    ("POST", "/desk/webhooks/{endpoint}/messages/{message}", Access::Owner, only_owners(Missing)),
    ("GET", "/health/live", Access::Anyone, OPEN),
    ("GET", "/health/ready", Access::Anyone, OPEN),
];

#[test]
fn every_route_has_a_case_and_every_case_a_route() {
    let mut declared: Vec<_> = routes::all()
        .into_iter()
        .map(|r| (r.method.to_string(), r.path, format!("{:?}", r.access)))
        .collect();
    let mut cases: Vec<_> = CASES
        .iter()
        .map(|(method, path, access, _)| ((*method).to_owned(), *path, format!("{access:?}")))
        .collect();
    declared.sort();
    cases.sort();

    assert_eq!(cases, declared);
}

#[tokio::test]
async fn every_route_answers_everybody_as_declared() {
    let app = TestApp::new().await;
    let mut admin = app.admin().await;
    let others = app.admin().await;
    let (support, owner) = (app.as_staff(Role::Support).await, app.as_staff(Role::Owner).await);
    let colleague = app.colleague(&mut admin, "key").await;

    let mut routes = placed(&admin);
    // Withdrawing ends the administrator's session, so it is asked for last.
    routes.sort_by_key(|route| route.pattern.ends_with("/withdraw"));
    for route in routes {
        let case = CASES.iter().find(|(method, path, ..)| *method == route.method && *path == route.pattern);
        let (.., expected) = *case.unwrap();
        for (who, expected) in EVERYBODY.into_iter().zip(expected) {
            // A clone goes its own way; only what ends a session on the server needs a new one.
            let mut browser = match who {
                Nobody => app.browser(),
                Own => admin.browser.clone(),
                OtherAdmin => others.browser.clone(),
                Support if route.pattern == "/sign-out" => app.as_staff(Role::Support).await,
                Owner if route.pattern == "/sign-out" => app.as_staff(Role::Owner).await,
                Support => support.clone(),
                Owner => owner.clone(),
                Colleague => colleague.browser.clone(),
            };
            let mut route = route.clone();
            if route.access == Access::HandHolder {
                // Such an address lets one browser in: each gets its own.
                route.path = app.handed(&mut admin, "account").await;
            }

            let answer = ask(&mut browser, &route).await;

            assert_eq!(answered(&answer, &admin), expected, "{who:?} {} {}", route.method, route.path);
        }
    }
}

async fn ask(browser: &mut Browser, route: &Placed) -> Answer {
    if route.method == Method::GET {
        browser.get(&route.path).await
    } else {
        browser.post(&route.path, &[]).await
    }
}

fn answered(answer: &Answer, admin: &Admin) -> Expected {
    if answer.status == StatusCode::OK {
        return Page;
    }
    if answer.status == StatusCode::UNAUTHORIZED {
        return NotSignedIn;
    }
    if answer.status == StatusCode::FORBIDDEN {
        assert_eq!(answer.heading(), "Only an owner can do this");
        return OwnersOnly;
    }
    if answer.status == StatusCode::UNPROCESSABLE_ENTITY {
        return Refused;
    }
    if answer.status == StatusCode::BAD_REQUEST {
        return Unread;
    }
    if answer.status == StatusCode::NOT_FOUND {
        let headings = [
            ("Please open your invite again", OpenAgain),
            ("This step is not open any more", StepOver),
            ("There is no page here", Missing),
            ("There is no such account", NoStaff),
            ("This invite is not open any more", JoinOver),
        ];
        return headings.into_iter().find(|(heading, _)| *heading == answer.heading()).unwrap().1;
    }
    let location = answer.location();
    let pages = ["key", "account", "domain", "check", "done", "disconnect"];
    if let Some(page) = pages.into_iter().find(|page| admin.path(page) == location) {
        return Flow(page);
    }
    if location.starts_with(&format!("/desk/links/{}", admin.link)) {
        return DeskLink;
    }
    if location == format!("/link/{}", admin.link) {
        return Flow("");
    }
    // The colleague's form leads back to the page it is on.
    if location == "key" || location == admin.path("only/account") {
        return Step;
    }
    if location == admin.invite.path() {
        return Expected::Invite;
    }
    let others = [
        "/sign-in",
        "/desk",
        "/desk/account/codes",
        "/desk/account?done=mail",
        "/desk/audit",
        "/desk/work?done=none",
    ];
    To(others.into_iter().find(|path| *path == location).unwrap())
}

#[tokio::test]
async fn no_answer_tells_an_unknown_link_from_anothers() {
    let app = TestApp::new().await;
    let admin = app.admin().await;
    let others = app.admin().await;
    let ended: Invite = app.invite_for("Contoso Health", &[], 60).await;
    let mut over = app.admin_of(ended).await;
    app.clock.advance(60_000);
    let id = admin.link.to_string();

    let own = [Access::Flow, Access::Step];
    for route in placed(&admin).iter().filter(|route| own.contains(&route.access)) {
        let at = |link: &str| Placed { path: route.path.replace(&id, link), ..route.clone() };
        let mut browser = admin.browser.clone();
        let unknown = ask(&mut browser, &at(&format!("lnk_{}", "0".repeat(32)))).await;
        let foreign = ask(&mut browser, &at(&others.link.to_string())).await;
        let malformed = ask(&mut browser, &at("lnk_x")).await;
        let signed_out = ask(&mut app.browser(), &at(&id)).await;
        let ended = ask(&mut over.browser, &at(&over.link.to_string())).await;
        let desk = ask(&mut app.as_staff(Role::Support).await, &at(&id)).await;

        for answer in [foreign, malformed, signed_out, ended, desk] {
            assert_eq!(answer.status, unknown.status, "{}", route.path);
            assert_eq!(answer.settled(), unknown.settled(), "{}", route.path);
            assert_eq!(answer.settled_headers(), unknown.settled_headers(), "{}", route.path);
        }
    }
}

#[tokio::test]
async fn without_a_session_the_desk_tells_no_link_from_another() {
    let app = TestApp::new().await;
    let admin = app.admin().await;

    let known = app.get(&format!("/desk/links/{}", admin.link)).await;
    let unknown = app.get(&format!("/desk/links/lnk_{}", "0".repeat(32))).await;

    assert_eq!(known.location(), "/sign-in");
    assert_eq!(known.settled_headers(), unknown.settled_headers());
    assert_eq!(known.body, unknown.body);
}
