//! Takes connections, with the limits that `axum::serve` has not: a header that does not arrive ends its connection, one
//! address has only so many (`places`), and a client that holds one open cannot hold up a stop.
//!
//! A stop answers every request whose connection was made (`closing`): first for a moment as before, but each answer says
//! that its connection is closed, so that machines in front hear of the stop; then nobody comes in any more, and what is
//! under way is finished.

mod closing;
mod connection;
mod places;

use std::future::Future;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, sleep_until};

use crate::metrics::Gauge;
pub use places::Limits;
use places::{Place, Places};

/// For how long a stop goes on as before, when anybody is connected: connections that are in use hear of it.
const NOTICE: Duration = Duration::from_secs(1);
/// How long a stop waits for requests under way, from its beginning.
const LAST_REQUESTS: Duration = Duration::from_secs(8);
/// How long to wait when the system has no place for another connection.
const FULL_WAIT: Duration = Duration::from_millis(100);

/// Serves until `stop` is ready, then finishes what is under way, for a while. `open` counts connections.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    open: Gauge,
    stop: impl Future<Output = ()>,
) {
    let mut stop = pin!(stop);
    let places = Places::new(limits);
    let graceful = GracefulShutdown::new();
    let closing = Arc::new(AtomicBool::new(false));
    let serve = |accepted: (TcpStream, SocketAddr, Place)| {
        connection::serve(accepted, (router.clone(), closing.clone()), graceful.watcher(), open.hold());
    };
    loop {
        tokio::select! {
            accepted = accept(&listener, &places) => accepted.into_iter().for_each(&serve),
            () = &mut stop => break,
        }
    }
    let began = Instant::now();
    closing.store(true, Ordering::Relaxed);
    while open.now() > 0 && began.elapsed() < NOTICE {
        tokio::select! {
            accepted = accept(&listener, &places) => accepted.into_iter().for_each(&serve),
            () = sleep_until(began + NOTICE) => {}
        }
    }
    closing::let_nobody_in(&listener);
    while began.elapsed() < LAST_REQUESTS / 2
        && let Some((stream, peer)) = closing::left(&listener).await
    {
        places.take(peer.ip()).map(|place| (stream, peer, place)).into_iter().for_each(&serve);
    }
    drop(listener);
    if tokio::time::timeout_at(began + LAST_REQUESTS, graceful.shutdown()).await.is_err() {
        tracing::warn!("stopped while requests were still under way");
    }
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
