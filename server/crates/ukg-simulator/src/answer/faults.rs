//! What goes out when something goes wrong.

use hyper::StatusCode;
use hyper::header::{HeaderValue, LOCATION, RETRY_AFTER};
use serde_json::json;

use super::{Answer, What, bare, responses};
use crate::scenarios::Fault;

/// Where a portal sends whoever is not signed in. Nothing is there; a client must not go.
const SIGN_IN: &str = "https://signin.ultipro.com/login?returnUrl=%2F";

/// The fault's answer. A slow answer is a right one: the caller waits and never asks for it here.
pub(crate) fn what(fault: Fault) -> What {
    What::Answer(match fault {
        Fault::Busy => bare(StatusCode::TOO_MANY_REQUESTS),
        Fault::BusyRetryAfter { seconds } => busy(seconds),
        Fault::ServerError | Fault::Slow { .. } => responses::problem(
            StatusCode::INTERNAL_SERVER_ERROR,
            &json!({ "type": "about:blank", "title": "An error occurred.", "status": 500 }),
        ),
        Fault::Maintenance => responses::html(
            StatusCode::SERVICE_UNAVAILABLE,
            "<h1>Scheduled maintenance</h1><p>UKG Pro is not available at the moment.</p>",
        ),
        Fault::PortalRedirect => redirect(),
        Fault::PortalPage => responses::html(
            StatusCode::OK,
            "<h1>Sign in</h1><form method=\"post\"><input name=\"username\"><input name=\"password\"></form>",
        ),
        Fault::Garbage => responses::json(StatusCode::OK, &json!({ "status": "ok", "items": {} })),
        Fault::Hang => return What::Hang,
        Fault::Reset => return What::Reset,
    })
}

fn busy(seconds: u32) -> Answer {
    let mut answer = bare(StatusCode::TOO_MANY_REQUESTS);
    answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    answer
}

fn redirect() -> Answer {
    let page = format!("<h1>Object moved</h1><a href=\"{SIGN_IN}\">here</a>");
    let mut answer = responses::html(StatusCode::FOUND, &page);
    answer.headers_mut().insert(LOCATION, HeaderValue::from_static(SIGN_IN));
    answer
}
