//! Each request gets an id: in its log lines, in a response header, on every error page. One log line per request. The
//! audit log is told from where it comes.

use std::net::SocketAddr;
use std::time::Instant;

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::header::USER_AGENT;
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use domain::Browser;
use storage::Client;
use tracing::Instrument as _;

use crate::startup::AppState;
use crate::visitor::client_address;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The request's id.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// Gives the request its id and writes its log line.
pub async fn assign(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let id = new_id(&state);
    request.extensions_mut().insert(RequestId(id.clone()));
    // The route, not the path: an invite's path holds its token.
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str).to_owned();
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let client = peer.map(|peer| client_address(peer, request.headers(), &state.trusted_proxies));
    let agent = request.headers().get(USER_AGENT).and_then(|agent| agent.to_str().ok());
    let from = Client { address: client, browser: agent.map(Browser::of_user_agent) };
    let method = request.method().clone();
    let span = tracing::info_span!("request", request.id = %id, %method, route);
    let started = Instant::now();
    async move {
        let mut response = services::asked_from(from, next.run(request)).await;
        let client = client.map(|client| client.to_string()).unwrap_or_default();
        tracing::info!(
            status = response.status().as_u16(),
            duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
            client,
            "answered"
        );
        if let Ok(value) = HeaderValue::from_str(&id) {
            response.headers_mut().insert(HEADER, value);
        }
        response
    }
    .instrument(span)
    .await
}

fn new_id(state: &AppState) -> String {
    let mut bytes = [0_u8; 6];
    // Without randomness the id is all zeros: worse to find in a log, but no reason to refuse a request.
    let _ = state.entropy.fill(&mut bytes);
    format!("req_{}", hex::encode(bytes))
}
