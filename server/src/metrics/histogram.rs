//! How long something takes: how often it took at most so long.

use std::time::Duration;

/// The bounds of the buckets, in milliseconds: from a page out of memory to a check that ran out of time.
pub(super) const BOUNDS_MS: [u64; 12] = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 20_000];

/// Counts by duration.
#[derive(Clone, Debug, Default)]
pub struct Histogram {
    /// For each bound, how many took longer than the bound before and no longer than this.
    pub(super) buckets: [u64; BOUNDS_MS.len()],
    pub(super) count: u64,
    pub(super) sum: Duration,
}

impl Histogram {
    /// It took so long once more.
    pub fn observe(&mut self, took: Duration) {
        let bucket = BOUNDS_MS.into_iter().position(|bound| took <= Duration::from_millis(bound));
        if let Some(bucket) = bucket.and_then(|bucket| self.buckets.get_mut(bucket)) {
            *bucket += 1;
        }
        self.count += 1;
        self.sum = self.sum.saturating_add(took);
    }
}
