//! Mounts the table of routes, the assets, and the middleware, in the order a request meets them.

use std::any::Any;

use axum::extract::DefaultBodyLimit;
use axum::http::Uri;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::{Router, http};
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::error::HandlerError;
use crate::forms::FORM_MAX;
use crate::middleware::{cross_site, error_pages, measure, request_id, security_headers};
use crate::startup::AppState;
use crate::{embed, routes};

/// The whole application.
pub fn build(state: AppState) -> Router {
    let mut router = Router::new();
    for route in routes::all() {
        router = router.route(route.path, route.handler);
    }
    // Layers added later are met earlier: a request gets its id first, and its error page is drawn last.
    router
        .fallback(asset_or_not_found)
        .method_not_allowed_fallback(|| async { HandlerError::WrongMethod })
        .layer(DefaultBodyLimit::max(FORM_MAX))
        .layer(from_fn_with_state(state.clone(), cross_site::refuse))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(error_pages::draw))
        // One step above the default: 400 bytes less for a step's page, for a tenth of a millisecond.
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(5)))
        .layer(from_fn_with_state(state.clone(), security_headers::add))
        .layer(from_fn_with_state(state.clone(), request_id::assign))
        .layer(from_fn_with_state(state.clone(), measure::count))
        .with_state(state)
}

/// A panic is a mistake of ours: the person gets the page for one, the log gets the panic's own words.
fn panicked(_: Box<dyn Any + Send>) -> Response {
    HandlerError::Panic.into_response()
}

async fn asset_or_not_found(method: http::Method, uri: Uri, headers: http::HeaderMap) -> Response {
    if embed::find(uri.path()).is_some() {
        embed::serve(method, uri, headers).await
    } else {
        HandlerError::NotFound.into_response()
    }
}
