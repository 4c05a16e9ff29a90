//! Every route, with who may call it. `router` mounts this table and nothing else, and tests walk it, so a route
//! cannot exist without saying who may call it. Whether the handler asks for that caller the compiler checks (`access`).

use axum::http::Method;
use axum::routing::MethodRouter;

pub use crate::access::Access;
use crate::access::{
    Anyone, Flow, HandHolder, InviteHolder, JoinHolder, Owner, ReminderHolder, Staff, Step, get, post, reads,
    writes,
};
use crate::handlers::{
    check, check_events, desk, disconnect, done, expired, hand, hand_over, health, home, invite, join,
    passkey, paste, reminders, replacement, sign_in, step_account, step_domain, step_key,
};
use crate::startup::AppState;

/// Where reminders are stopped: the one path that may be sent to from anywhere, see `middleware::cross_site`.
pub const STOP_REMINDERS: &str = "/reminders/{token}";

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
    vec![
        reads("/", Anyone, get(home::show)),
        reads("/i/{token}", InviteHolder, get(invite::show)),
        writes("/i/{token}", InviteHolder, post(invite::start)),
        reads("/i/{token}/forward", InviteHolder, get(invite::forward)),
        writes("/i/{token}/renew", InviteHolder, post(expired::renew)),
        reads(STOP_REMINDERS, ReminderHolder, get(reminders::show)),
        writes(STOP_REMINDERS, ReminderHolder, post(reminders::stop)),
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
        reads("/sign-in/code", Anyone, get(sign_in::show_code)),
        writes("/sign-in/code", Anyone, post(sign_in::take_code)),
        reads("/sign-in/passkey", Anyone, get(passkey::ask)),
        writes("/sign-in/passkey", Anyone, post(passkey::sign_in)),
        reads("/join/{token}", JoinHolder, get(join::show)),
        writes("/join/{token}", JoinHolder, post(join::join)),
        writes("/sign-out", Staff, post(sign_in::sign_out)),
        reads("/desk", Staff, get(desk::list::show)),
        reads("/desk/events", Staff, get(desk::events::stream)),
        reads("/desk/export.csv", Staff, get(desk::export::show)),
        writes("/desk/views", Staff, post(desk::views::save)),
        writes("/desk/views/delete", Staff, post(desk::views::delete)),
        reads("/desk/invites/new", Staff, get(desk::invite_new::show)),
        writes("/desk/invites/new", Staff, post(desk::invite_new::make)),
        reads("/desk/invites/bulk", Staff, get(desk::invites_bulk::show)),
        writes("/desk/invites/bulk", Staff, post(desk::invites_bulk::send)),
        reads("/desk/settings/presets", Owner, get(desk::presets::show)),
        writes("/desk/settings/presets", Owner, post(desk::presets::save)),
        reads("/desk/confirm", Staff, get(desk::confirm::show)),
        writes("/desk/confirm", Staff, post(desk::confirm::confirm)),
        reads("/desk/confirm/passkey", Staff, get(desk::confirm::ask_passkey)),
        writes("/desk/confirm/passkey", Staff, post(desk::confirm::take_passkey)),
        reads("/desk/links/{id}", Staff, get(desk::link::show)),
        writes("/desk/links/{id}/check", Staff, post(desk::link::check::start)),
        writes("/desk/links/{id}/invite", Staff, post(desk::link::invite::make)),
        writes("/desk/links/{id}/withdraw", Staff, post(desk::link::invite::withdraw)),
        reads("/desk/links/{id}/reply", Staff, get(desk::link::reply::show)),
        writes("/desk/links/{id}/reply", Staff, post(desk::link::reply::send)),
        writes("/desk/links/{id}/notes", Staff, post(desk::link::notes::add)),
        writes("/desk/links/{id}/notes/{note}/delete", Staff, post(desk::link::notes::delete)),
        writes("/desk/links/{id}/assignee", Staff, post(desk::link::assignee::save)),
        writes("/desk/links/{id}/pause", Staff, post(desk::link::pause::pause)),
        writes("/desk/links/{id}/resume", Staff, post(desk::link::pause::resume)),
        reads("/desk/links/{id}/end", Owner, get(desk::link::end::show)),
        writes("/desk/links/{id}/end", Owner, post(desk::link::end::confirm)),
        reads("/desk/links/{id}/certificate/{number}", Staff, get(desk::link::certificate::download)),
        reads("/desk/preview", Staff, get(desk::preview::index)),
        reads("/desk/preview/{name}", Staff, get(desk::preview::show)),
        reads("/desk/account", Staff, get(desk::account::show)),
        writes("/desk/account", Staff, post(desk::account::end_sessions)),
        reads("/desk/account/mail", Staff, get(desk::account::mail::show)),
        writes("/desk/account/mail", Staff, post(desk::account::mail::change)),
        reads("/desk/account/password", Staff, get(desk::account::password::show)),
        writes("/desk/account/password", Staff, post(desk::account::password::change)),
        reads("/desk/account/app", Staff, get(desk::account::app::show)),
        writes("/desk/account/app", Staff, post(desk::account::app::change)),
        reads("/desk/account/codes", Staff, get(desk::account::codes::show)),
        writes("/desk/account/codes", Staff, post(desk::account::codes::make)),
        reads("/desk/account/passkeys", Staff, get(desk::account::passkeys::show)),
        writes("/desk/account/passkeys", Staff, post(desk::account::passkeys::change)),
        reads("/desk/settings/staff", Owner, get(desk::staff::list)),
        writes("/desk/settings/staff", Owner, post(desk::staff::revoke)),
        reads("/desk/settings/staff/new", Owner, get(desk::staff::invite::show)),
        writes("/desk/settings/staff/new", Owner, post(desk::staff::invite::invite)),
        reads("/desk/settings/staff/{staff}", Owner, get(desk::staff::show)),
        writes("/desk/settings/staff/{staff}", Owner, post(desk::staff::change)),
        reads("/desk/ukg", Staff, get(desk::ukg::show)),
        reads("/desk/work", Staff, get(desk::work::show)),
        writes("/desk/work", Staff, post(desk::work::try_again)),
        reads("/desk/insights", Staff, get(desk::insights::show)),
        reads("/desk/audit", Owner, get(desk::audit::show)),
        writes("/desk/audit/verify", Owner, post(desk::audit::verify)),
        reads("/desk/audit/export.csv", Owner, get(desk::audit::export)),
        reads("/desk/webhooks", Staff, get(desk::webhooks::list)),
        reads("/desk/webhooks/new", Owner, get(desk::webhooks::owners::ask_new)),
        writes("/desk/webhooks/new", Owner, post(desk::webhooks::owners::add)),
        reads("/desk/webhooks/{endpoint}", Staff, get(desk::webhooks::show)),
        writes("/desk/webhooks/{endpoint}", Owner, post(desk::webhooks::change)),
        reads("/desk/webhooks/{endpoint}/secret", Owner, get(desk::webhooks::owners::ask_secret)),
        writes("/desk/webhooks/{endpoint}/secret", Owner, post(desk::webhooks::owners::replace_secret)),
        reads("/desk/webhooks/{endpoint}/remove", Owner, get(desk::webhooks::owners::ask_removal)),
        writes("/desk/webhooks/{endpoint}/remove", Owner, post(desk::webhooks::owners::remove)),
        reads("/desk/webhooks/{endpoint}/messages/{message}", Staff, get(desk::webhooks::message::show)),
        writes("/desk/webhooks/{endpoint}/messages/{message}", Owner, post(desk::webhooks::message::replay)),
        reads("/health/live", Anyone, get(health::live)),
        reads("/health/ready", Anyone, get(health::ready)),
    ]
}
