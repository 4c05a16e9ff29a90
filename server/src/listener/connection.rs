//! One connection, from its first byte to its last.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::header::{CONNECTION, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::Watcher;
use tokio::net::TcpStream;
use tower::ServiceExt as _;

use super::places::{For, Place};
use crate::metrics::Held;

/// How long a request's header may take.
const HEADER_TIME: Duration = Duration::from_secs(10);
/// The same where every place but those for `/health/…` is taken.
const SHORT_HEADER_TIME: Duration = Duration::from_secs(2);
const CLOSE: HeaderValue = HeaderValue::from_static("close");

/// Serves it in a task of its own. Once `closing` says so, each answer is the connection's last.
pub(super) fn serve(
    (stream, peer, place): (TcpStream, SocketAddr, Place),
    (router, closing): (Router, Arc<AtomicBool>),
    watcher: Watcher,
    open: Held,
) {
    let is_for = place.is_for;
    let header_time = if is_for == For::All { HEADER_TIME } else { SHORT_HEADER_TIME };
    let service = hyper::service::service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        let (router, closing) = (router.clone(), closing.clone());
        async move {
            let is_health = request.uri().path().starts_with("/health/");
            if is_for == For::Health && !is_health {
                return Ok(full());
            }
            let mut response = router.oneshot(request).await?;
            if is_for == For::Health || closing.load(Ordering::Relaxed) {
                response.headers_mut().insert(CONNECTION, CLOSE);
            }
            Ok::<_, std::convert::Infallible>(response)
        }
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(header_time)
        .serve_connection(TokioIo::new(stream), service);
    let connection = watcher.watch(connection);
    tokio::spawn(async move {
        // A connection that breaks is the client's affair; what was asked for is in the request's own log line.
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection ended early");
        }
        drop((place, open));
    });
}

/// Every place is taken: come back soon.
fn full() -> Response {
    let close = [(CONNECTION, CLOSE), (RETRY_AFTER, HeaderValue::from_static("5"))];
    (
        StatusCode::SERVICE_UNAVAILABLE,
        close,
        "Very many people are here at the moment. Please try again in a few seconds.\n",
    )
        .into_response()
}
