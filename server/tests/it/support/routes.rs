//! The table of routes with its parameters filled in.

use axum::http::Method;
use server::routes::{self, Access};

use super::Admin;

/// A token that belongs to nothing.
const NO_TOKEN: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// An id that is no account's.
const NO_STAFF: &str = "stf_00000000000070008000000000000000";

/// One route as a request can be made of it.
#[derive(Clone, Debug)]
pub struct Placed {
    pub method: Method,
    /// As the table has it.
    pub pattern: &'static str,
    pub path: String,
    pub access: Access,
}

/// Every route, for this administrator's invite and link. No step of hers is handed over.
pub fn placed(admin: &Admin) -> Vec<Placed> {
    placed_for(admin, &format!("/hand/{NO_TOKEN}"))
}

/// The same, where her step "key" is handed over with the address `hand`.
pub fn placed_for(admin: &Admin, hand: &str) -> Vec<Placed> {
    let place = |route: routes::Route| {
        let path = route
            .path
            .replace("/hand/{token}", hand)
            .replace("{token}", &admin.invite.token)
            .replace("{id}", &admin.link.to_string())
            .replace("{step}", "key")
            .replace("{staff}", NO_STAFF)
            .replace("{note}", &format!("not_{}", "0".repeat(32)))
            .replace("{endpoint}", &format!("whe_{}", "0".repeat(32)))
            .replace("{message}", &format!("msg_{}", "0".repeat(32)))
            .replace("{number}", &format!("aud_{}", "0".repeat(32)))
            .replace("{name}", "key");
        assert!(!path.contains('{'), "{path}: say above what its parameter is");
        Placed { method: route.method, pattern: route.path, path, access: route.access }
    };
    routes::all().into_iter().map(place).collect()
}
