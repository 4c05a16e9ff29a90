//! Counts every answer: by its route as the table of routes has it, never by its path, which holds ids and tokens.

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use tokio::time::Instant;

use crate::startup::AppState;

/// What is in no table: an asset, or nothing that is here.
const NO_ROUTE: &str = "asset or unknown";

/// Takes the time to an answer's head: a stream goes on long after that.
pub async fn count(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let method = request.method().clone();
    let response = next.run(request).await;
    let route = route.as_ref().map_or(NO_ROUTE, MatchedPath::as_str);
    state.metrics.answered(route, &method, response.status().as_u16(), began.elapsed());
    response
}
