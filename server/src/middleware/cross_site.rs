//! Refuses what another site's page sends (CSRF): everything that may change something must come from our own pages.
//!
//! Browsers say where a request comes from in `Sec-Fetch-Site`, which no page can forge; older ones in `Origin`. A
//! request that says neither is refused: default deny.

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::ORIGIN;
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::error::HandlerError;
use crate::routes::STOP_REMINDERS;
use crate::startup::AppState;

/// Lets through what reads, and what our own pages send.
pub async fn refuse(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if reads || is_one_click(&request) || is_same_origin(request.headers(), state.public_url.as_str()) {
        next.run(request).await
    } else {
        HandlerError::CrossSite.into_response()
    }
}

/// Stopping reminders is asked for by mail programs, from anywhere (RFC 8058). What lets it through is the secret in its
/// address, never a cookie; and all that can come of it is that a reminder less is sent.
fn is_one_click(request: &Request) -> bool {
    let path = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    *request.method() == Method::POST && path == Some(STOP_REMINDERS)
}

/// Whether one of our own pages sends it.
pub fn is_same_origin(headers: &HeaderMap, ours: &str) -> bool {
    match headers.get("sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => headers.get(ORIGIN).is_some_and(|origin| origin == ours),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    const OURS: &str = "https://link.example.com";

    fn allowed(pairs: &[(&'static str, &'static str)]) -> bool {
        let headers = pairs.iter().map(|(name, value)| {
            (axum::http::HeaderName::from_static(name), HeaderValue::from_static(value))
        });
        is_same_origin(&headers.collect(), OURS)
    }

    #[test]
    fn only_our_own_pages_may_send() {
        assert!(allowed(&[("sec-fetch-site", "same-origin")]));
        assert!(allowed(&[("origin", OURS)]));
        for pairs in [
            &[][..],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
            &[("sec-fetch-site", "none")],
            &[("sec-fetch-site", "cross-site"), ("origin", OURS)],
            &[("origin", "null")],
            &[("origin", "https://link.example.com.evil.example")],
            &[("origin", "http://link.example.com")],
            &[("origin", "")],
        ] {
            assert!(!allowed(pairs), "{pairs:?}");
        }
    }
}
