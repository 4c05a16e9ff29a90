//! Takes connections, with the limits that `axum::serve` has not: a header that does not arrive ends its connection, one
//! address has only so many (`places`), and a client that holds one open cannot hold up a stop.

mod places;

use std::future::Future;
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::header::{CONNECTION, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt as _;

pub use places::Limits;
use places::{For, Place, Places};

/// How long a request's header may take.
const HEADER_TIME: Duration = Duration::from_secs(10);
/// The same where every place but those for `/health/…` is taken.
const SHORT_HEADER_TIME: Duration = Duration::from_secs(2);
/// How long a stop waits for requests under way.
const LAST_REQUESTS: Duration = Duration::from_secs(8);
/// How long to wait when the system has no place for another connection.
const FULL_WAIT: Duration = Duration::from_millis(100);

/// Serves until `stop` is ready, then finishes what is under way, for a while.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, stop: impl Future<Output = ()>) {
    let mut stop = pin!(stop);
    let places = Places::new(limits);
    let graceful = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &places) => accepted,
            () = &mut stop => break,
        };
        let Some((stream, peer, place)) = accepted else { continue };
        let (router, is_for) = (router.clone(), place.is_for);
        let header_time = if is_for == For::All { HEADER_TIME } else { SHORT_HEADER_TIME };
        let service = hyper::service::service_fn(move |mut request: hyper::Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            let router = router.clone();
            async move {
                let is_health = request.uri().path().starts_with("/health/");
                if is_for == For::Health && !is_health {
                    return Ok(full());
                }
                let mut response = router.oneshot(request).await?;
                if is_for == For::Health {
                    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
                }
                Ok::<_, std::convert::Infallible>(response)
            }
        });
        let connection = hyper::server::conn::http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(header_time)
            .serve_connection(TokioIo::new(stream), service);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // A connection that breaks is the client's affair; what was asked for is in the request's own log line.
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
            drop(place);
        });
    }
    drop(listener);
    if tokio::time::timeout(LAST_REQUESTS, graceful.shutdown()).await.is_err() {
        tracing::warn!("stopped while requests were still under way");
    }
}

/// Every place is taken: come back soon.
fn full() -> Response {
    let close =
        [(CONNECTION, HeaderValue::from_static("close")), (RETRY_AFTER, HeaderValue::from_static("5"))];
    (
        StatusCode::SERVICE_UNAVAILABLE,
        close,
        "Very many people are here at the moment. Please try again in a few seconds.\n",
    )
        .into_response()
}

/// The next connection and its place; `None` when it was turned away, or none could be taken.
async fn accept(listener: &TcpListener, places: &Places) -> Option<(TcpStream, SocketAddr, Place)> {
    places.free().await;
    match listener.accept().await {
        Ok((stream, peer)) => match places.take(peer.ip()) {
            Some(place) => Some((stream, peer, place)),
            None => {
                tracing::debug!("turned a connection away: there are too many from its address");
                None
            }
        },
        Err(error) => {
            tracing::warn!(%error, "could not take a connection");
            tokio::time::sleep(FULL_WAIT).await;
            None
        }
    }
}
