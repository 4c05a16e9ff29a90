//! From a page of `app` to a response, by leptos_axum, with a fresh nonce in its content security policy.

use app::shell::PageAssets;
use axum::body::Body;
use axum::http::header::{CONTENT_SECURITY_POLICY, LOCATION};
use axum::http::{HeaderValue, Request, StatusCode};
use axum::response::{IntoResponse, Response};
use leptos::nonce::use_nonce;
use leptos::prelude::{IntoView, use_context};
use leptos_axum::ResponseOptions;

use crate::embed;

/// The policy of a response that is no page: nothing may be loaded, nobody may frame it.
pub const NO_PAGE_POLICY: &str =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The built assets' addresses.
#[must_use]
pub fn assets() -> PageAssets {
    PageAssets {
        css: embed::css(),
        desk: embed::desk(),
        desk_script: embed::desk_script(),
        loader: embed::loader(),
        live: embed::live(),
        passkey: embed::passkey(),
    }
}

/// Renders a whole document. `view` is a function of data it owns: a page never waits for anything.
pub async fn page<V, F>(status: StatusCode, view: F) -> Response
where
    V: IntoView + 'static,
    F: Fn() -> V + Clone + Send + Sync + 'static,
{
    // The page is chosen by our own router, so leptos's need not know where it is.
    let request = Request::new(Body::empty());
    let mut response = leptos_axum::render_app_async_with_context(set_policy, view)(request).await;
    *response.status_mut() = status;
    response
}

/// Makes a page that can act on nothing: whatever it holds, no form of it is sent and nothing is asked for. Scripts without
/// the page's nonce do not run, as on every page, and such a page loads none of ours.
pub fn make_inert(page: &mut Response) {
    let policy = page.headers().get(CONTENT_SECURITY_POLICY).and_then(|policy| policy.to_str().ok());
    let policy = policy.unwrap_or(NO_PAGE_POLICY);
    let policy = policy.replace("form-action 'self'", "form-action 'none'");
    let policy = policy.replace("connect-src 'self'", "connect-src 'none'");
    let policy = HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static(NO_PAGE_POLICY));
    page.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
}

/// A redirect after a form was taken (303: the browser goes on with a GET).
pub fn see_other(to: &str) -> Response {
    match HeaderValue::from_str(to) {
        Ok(location) => (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Runs inside the rendering, after leptos drew the nonce that the page's script elements carry.
fn set_policy() {
    let (Some(nonce), Some(options)) = (use_nonce(), use_context::<ResponseOptions>()) else { return };
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        options.insert_header(CONTENT_SECURITY_POLICY, policy);
    }
}
