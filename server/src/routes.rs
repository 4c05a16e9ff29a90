//! Every route, with who may call it. `router` mounts this table and nothing else, and tests walk it, so a route
//! cannot exist without saying who may call it.

use axum::http::Method;
use axum::routing::{MethodRouter, get, post};

use crate::handlers::{
    check, check_events, desk, disconnect, done, expired, hand, hand_over, health, home, invite, paste,
    replacement, sign_in, step_account, step_domain, step_key,
};
use crate::startup::AppState;

/// Who may call a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anyone.
    Anyone,
    /// Whoever has the invite in the path.
    InviteHolder,
    /// An administrator whose session opens the link in the path.
    Flow,
    /// Whoever has the link to one step that is in the path.
    HandHolder,
    /// A colleague whose session opens the one step in the path.
    Step,
    /// Signed-in staff, whatever their role.
    Staff,
    /// Signed-in owners.
    Owner,
}

/// One method of one path.
#[derive(Clone)]
pub struct Route {
    /// The method; a GET answers HEAD too.
    pub method: Method,
    /// The path, with its parameters in braces.
    pub path: &'static str,
    /// Who may call it.
    pub access: Access,
    /// What answers.
    pub handler: MethodRouter<AppState>,
}

/// The table.
#[must_use]
pub fn all() -> Vec<Route> {
    use Access::{Anyone, Flow, HandHolder, InviteHolder, Owner, Staff, Step};
    vec![
        reads("/", Anyone, get(home::show)),
        reads("/i/{token}", InviteHolder, get(invite::show)),
        writes("/i/{token}", InviteHolder, post(invite::start)),
        reads("/i/{token}/forward", InviteHolder, get(invite::forward)),
        writes("/i/{token}/renew", InviteHolder, post(expired::renew)),
        reads("/hand/{token}", HandHolder, get(hand::welcome)),
        writes("/hand/{token}", HandHolder, post(hand::start)),
        reads("/link/{id}/only/{step}", Step, get(hand::show)),
        writes("/link/{id}/only/{step}", Step, post(hand::save)),
        reads("/link/{id}", Flow, get(step_key::go_on)),
        reads("/link/{id}/key", Flow, get(step_key::show)),
        writes("/link/{id}/key", Flow, post(step_key::save)),
        reads("/link/{id}/account", Flow, get(step_account::show)),
        writes("/link/{id}/account", Flow, post(step_account::save)),
        reads("/link/{id}/domain", Flow, get(step_domain::show)),
        writes("/link/{id}/domain", Flow, post(step_domain::save)),
        reads("/link/{id}/check", Flow, get(check::show)),
        writes("/link/{id}/check", Flow, post(check::start)),
        reads("/link/{id}/check/events", Flow, get(check_events::stream)),
        writes("/link/{id}/paste", Flow, post(paste::save)),
        reads("/link/{id}/hand-over", Flow, get(hand_over::show)),
        writes("/link/{id}/hand-over", Flow, post(hand_over::hand_over)),
        writes("/link/{id}/replace", Flow, post(replacement::answer)),
        writes("/link/{id}/undo", Flow, post(replacement::undo)),
        reads("/link/{id}/done", Flow, get(done::show)),
        reads("/link/{id}/disconnect", Flow, get(disconnect::show)),
        writes("/link/{id}/disconnect", Flow, post(disconnect::confirm)),
        reads("/sign-in", Anyone, get(sign_in::show)),
        writes("/sign-in", Anyone, post(sign_in::sign_in)),
        writes("/sign-out", Staff, post(sign_in::sign_out)),
        reads("/desk", Staff, get(desk::list::show)),
        reads("/desk/links/{id}", Staff, get(desk::link::show)),
        reads("/desk/insights", Staff, get(desk::insights::show)),
        reads("/desk/ukg", Staff, get(desk::ukg::show)),
        reads("/desk/audit", Owner, get(desk::audit::show)),
        writes("/desk/audit/verify", Owner, post(desk::audit::verify)),
        reads("/desk/audit/export.csv", Owner, get(desk::audit::export)),
        reads("/health/live", Anyone, get(health::live)),
        reads("/health/ready", Anyone, get(health::ready)),
    ]
}

fn reads(path: &'static str, access: Access, handler: MethodRouter<AppState>) -> Route {
    Route { method: Method::GET, path, access, handler }
}

fn writes(path: &'static str, access: Access, handler: MethodRouter<AppState>) -> Route {
    Route { method: Method::POST, path, access, handler }
}
