//! What every stream of events has in common: it is counted, and ends when the server stops. The browser then asks for
//! another, of the server that comes after this one.

use futures_util::{Stream, StreamExt as _};

use crate::health::Health;
use crate::metrics::Held;

/// The same events until the server stops.
pub fn until_stopped<S: Stream>(events: S, health: Health, counted: Held) -> impl Stream<Item = S::Item> {
    events.take_until(Box::pin(async move {
        health.stopping().await;
        drop(counted);
    }))
}
