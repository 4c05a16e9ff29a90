//! The table of routes with its parameters filled in.

use axum::http::Method;
use server::routes::{self, Access};

use super::Admin;

/// One route as a request can be made of it.
#[derive(Clone, Debug)]
pub struct Placed {
    pub method: Method,
    /// As the table has it.
    pub pattern: &'static str,
    pub path: String,
    pub access: Access,
}

/// Every route, for this administrator's invite and link.
pub fn placed(admin: &Admin) -> Vec<Placed> {
    let place = |route: routes::Route| {
        let path =
            route.path.replace("{token}", &admin.invite.token).replace("{id}", &admin.link.to_string());
        assert!(!path.contains('{'), "{path}: say above what its parameter is");
        Placed { method: route.method, pattern: route.path, path, access: route.access }
    };
    routes::all().into_iter().map(place).collect()
}
