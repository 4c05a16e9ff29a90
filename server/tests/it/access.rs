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
    /// "This part of the desk is for owners".
    ForOwners,
}

use Expected::{Flow, ForOwners, NotSignedIn, OpenAgain, Page, Step, StepOver, To, Unread};

/// One route: method, path, what is declared, and what each of `EVERYBODY` is answered.
type Case = (&'static str, &'static str, Access, [Expected; 6]);

const OPEN: [Expected; 6] = [Page; 6];
const ONLY_OWN: [Expected; 6] = only(Page);
const ONLY_STAFF: [Expected; 6] =
    [To("/sign-in"), To("/sign-in"), To("/sign-in"), Page, Page, To("/sign-in")];
const ONLY_OWNERS: [Expected; 6] = only_owners(Page);

const fn only_owners(answer: Expected) -> [Expected; 6] {
    [To("/sign-in"), To("/sign-in"), To("/sign-in"), ForOwners, answer, To("/sign-in")]
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
const CASES: [Case; 39] = [
    ("GET", "/", Access::Anyone, OPEN),
    ("GET", "/i/{token}", Access::InviteHolder, OPEN),
    ("POST", "/i/{token}", Access::InviteHolder, [Flow("key"); 6]),
    ("GET", "/i/{token}/forward", Access::InviteHolder, OPEN),
    ("POST", "/i/{token}/renew", Access::InviteHolder, [Expected::Invite; 6]),
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
    ("POST", "/sign-out", Access::Staff, [To("/sign-in"); 6]),
    ("GET", "/desk", Access::Staff, ONLY_STAFF),
    ("GET", "/desk/links/{id}", Access::Staff, ONLY_STAFF),
    ("GET", "/desk/insights", Access::Staff, ONLY_STAFF),
    ("GET", "/desk/ukg", Access::Staff, ONLY_STAFF),
    ("GET", "/desk/audit", Access::Owner, ONLY_OWNERS),
    ("POST", "/desk/audit/verify", Access::Owner, only_owners(To("/desk/audit"))),
    ("GET", "/desk/audit/export.csv", Access::Owner, ONLY_OWNERS),
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
        .into_iter()
        .map(|(method, path, access, _)| (method.to_owned(), path, format!("{access:?}")))
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

    for route in placed(&admin) {
        let case =
            CASES.into_iter().find(|(method, path, ..)| *method == route.method && *path == route.pattern);
        let (.., expected) = case.unwrap();
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
        return ForOwners;
    }
    if answer.status == StatusCode::BAD_REQUEST {
        return Unread;
    }
    if answer.status == StatusCode::NOT_FOUND {
        let headings =
            [("Please open your invite again", OpenAgain), ("This step is not open any more", StepOver)];
        return headings.into_iter().find(|(heading, _)| *heading == answer.heading()).unwrap().1;
    }
    let location = answer.location();
    let pages = ["key", "account", "domain", "check", "done", "disconnect"];
    if let Some(page) = pages.into_iter().find(|page| admin.path(page) == location) {
        return Flow(page);
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
    To(["/sign-in", "/desk", "/desk/audit"].into_iter().find(|path| *path == location).unwrap())
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
