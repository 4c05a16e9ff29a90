//! For machines that ask whether the server lives and can work. The body says in one line what is wrong.

use axum::extract::State;
use axum::http::StatusCode;

use crate::startup::AppState;

/// 200 while the process answers and everything that goes on by itself still does, else 503: then a new start helps.
pub async fn live(State(state): State<AppState>) -> (StatusCode, String) {
    let ended = state.health.ended();
    if ended.is_empty() {
        return (StatusCode::OK, "ok\n".to_owned());
    }
    (StatusCode::SERVICE_UNAVAILABLE, format!("a background task has ended: {}\n", ended.join(", ")))
}

/// 200 while requests can be answered, else 503: the database can be read and written, the installation's key opens, and
/// the server is not stopping.
pub async fn ready(State(state): State<AppState>) -> (StatusCode, String) {
    if state.health.is_stopping() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n".to_owned());
    }
    match state.health.try_out(&state.services).await {
        Ok(_) => (StatusCode::OK, "ok\n".to_owned()),
        Err(why) => (StatusCode::SERVICE_UNAVAILABLE, format!("{why}\n")),
    }
}
