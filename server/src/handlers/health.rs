//! For machines that ask whether the server lives and can work.

use axum::extract::State;
use axum::http::StatusCode;

use crate::startup::AppState;

/// 200 while the process answers at all.
pub async fn live() -> &'static str {
    "ok\n"
}

/// 200 while the database answers, else 503.
pub async fn ready(State(state): State<AppState>) -> (StatusCode, &'static str) {
    match state.services.ready().await {
        Ok(()) => (StatusCode::OK, "ok\n"),
        Err(error) => {
            tracing::error!(%error, "not ready: the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
        }
    }
}
