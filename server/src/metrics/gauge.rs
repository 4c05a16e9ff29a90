//! How many of something there are at the moment.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counts those that are held; every clone counts the same.
#[derive(Clone, Debug, Default)]
pub struct Gauge(Arc<AtomicU64>);

/// One of them; it is over when this is dropped, however that comes.
#[derive(Debug)]
pub struct Held(Gauge);

impl Gauge {
    /// One more, until it is dropped.
    #[must_use]
    pub fn hold(&self) -> Held {
        self.0.fetch_add(1, Ordering::Relaxed);
        Held(self.clone())
    }

    /// How many there are.
    #[must_use]
    pub fn now(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_counts_what_is_held() {
        let gauge = Gauge::default();
        let first = gauge.clone().hold();
        let second = gauge.hold();
        assert_eq!(gauge.now(), 2);

        drop(first);

        assert_eq!(gauge.now(), 1);
        drop(second);
        assert_eq!(gauge.now(), 0);
    }
}
