//! Connections opened ahead: while the first request is under way, those that the next ones will need come about.
//!
//! At a real distance a connection costs two or three round trips, and the requests after the first go out four at a
//! time. A connection opened ahead is made like any other, TLS verified and all; nothing is sent over it before a
//! request needs it.

use std::collections::VecDeque;
use std::error::Error;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::sync::{Notify, oneshot};
use tokio::time::timeout;
use tower::{Layer, Service};

type BoxError = Box<dyn Error + Send + Sync>;

/// Connections (`C`) that nobody waits for any more, kept for whoever comes next. One for each check.
pub(crate) struct Ahead<C> {
    spare: Arc<Spare<C>>,
    limit: Duration,
}

struct Spare<C> {
    connections: Mutex<VecDeque<C>>,
    added: Notify,
}

impl<C> Ahead<C> {
    /// Nothing spare yet. A connection that takes longer than `limit` is given up.
    pub(crate) fn new(limit: Duration) -> Self {
        let spare = Spare { connections: Mutex::default(), added: Notify::new() };
        Self { spare: Arc::new(spare), limit }
    }
}

impl<C> Clone for Ahead<C> {
    fn clone(&self) -> Self {
        Self { spare: Arc::clone(&self.spare), limit: self.limit }
    }
}

impl<C> Spare<C> {
    fn take(&self) -> Option<C> {
        self.lock().pop_front()
    }

    fn put(&self, connection: C) {
        self.lock().push_back(connection);
        self.added.notify_one();
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<C>> {
        // Nothing can panic while it is locked.
        self.connections.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S, C> Layer<S> for Ahead<C> {
    type Service = Connector<S, C>;

    fn layer(&self, inner: S) -> Connector<S, C> {
        Connector { inner, ahead: self.clone() }
    }
}

/// The HTTP client's connector, which hands out what is spare first.
pub(crate) struct Connector<S, C> {
    inner: S,
    ahead: Ahead<C>,
}

impl<S: Clone, C> Clone for Connector<S, C> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone(), ahead: self.ahead.clone() }
    }
}

impl<S, R, C> Service<R> for Connector<S, C>
where
    S: Service<R, Response = C, Error = BoxError>,
    S::Future: Send + 'static,
    C: Send + 'static,
{
    type Response = C;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<C, BoxError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.inner.poll_ready(context)
    }

    /// A spare connection, or the first that comes about: this one, or one begun earlier that nobody waits for. What
    /// comes about too late, or for a request that was dropped, is spare.
    fn call(&mut self, request: R) -> Self::Future {
        let spare = Arc::clone(&self.ahead.spare);
        if let Some(connection) = spare.take() {
            return Box::pin(async { Ok(connection) });
        }
        let connecting = timeout(self.ahead.limit, self.inner.call(request));
        let (done, mut own) = oneshot::channel();
        let keep = Arc::clone(&spare);
        tokio::spawn(async move {
            if let Ok(result) = connecting.await
                && let Err(Ok(connection)) = done.send(result)
            {
                keep.put(connection);
            }
        });
        Box::pin(async move {
            loop {
                tokio::select! {
                    biased;
                    // The client's own limit is shorter than the one above, so it never comes to the second error.
                    result = &mut own => return result.unwrap_or_else(|_| Err("no connection in time".into())),
                    () = spare.added.notified() => {
                        if let Some(connection) = spare.take() {
                            return Ok(connection);
                        }
                    }
                }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc;
    use tower::service_fn;

    use super::*;

    /// A connector that takes as many milliseconds as it is asked for, and answers with that number.
    fn slow() -> impl Service<u64, Response = u64, Error = BoxError, Future: Send + 'static> + Clone {
        service_fn(|ms: u64| async move {
            tokio::time::sleep(Duration::from_millis(ms)).await;
            if ms == 13 { Err("unlucky".into()) } else { Ok(ms) }
        })
    }

    #[tokio::test]
    async fn what_was_begun_and_dropped_serves_the_next() {
        let mut connector = Ahead::new(Duration::from_secs(5)).layer(slow());
        drop(connector.call(20));

        // The one begun earlier is there first; the later one is kept for the third.
        assert_eq!(connector.call(60).await.unwrap(), 20);
        tokio::time::sleep(Duration::from_millis(80)).await;
        assert_eq!(connector.call(10_000).await.unwrap(), 60);
    }

    #[tokio::test]
    async fn a_failure_reaches_only_whoever_waits_for_it() {
        let mut connector = Ahead::new(Duration::from_secs(5)).layer(slow());
        drop(connector.call(13));

        assert_eq!(connector.call(40).await.unwrap(), 40);
        assert!(connector.call(13).await.is_err());
    }

    #[tokio::test]
    async fn a_connection_that_never_comes_about_is_given_up() {
        let (alive, mut ended) = mpsc::channel::<()>(1);
        let stuck = service_fn(move |_: u64| {
            let alive = alive.clone();
            async move {
                std::future::pending::<()>().await;
                drop(alive);
                Ok::<u64, BoxError>(0)
            }
        });
        let mut connector = Ahead::new(Duration::from_millis(50)).layer(stuck);

        drop(connector.call(0));
        drop(connector);

        assert_eq!(timeout(Duration::from_secs(2), ended.recv()).await.unwrap(), None);
    }
}
