//! The outside world, as tests want it: time and chance.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use domain::Timestamp;
use services::{Clock, Entropy};

/// A clock that moves only when it is told to.
pub struct StoppedClock(AtomicI64);

impl StoppedClock {
    /// Stands at 2026-03-02 10:00 UTC.
    pub fn new() -> Self {
        Self(AtomicI64::new(1_772_445_600_000))
    }

    pub fn advance(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::Relaxed);
    }
}

impl Clock for StoppedClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::Relaxed))
    }
}

/// The same bytes in every run, never twice in one (splitmix64).
pub struct RepeatableEntropy(AtomicU64);

impl RepeatableEntropy {
    pub const fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    pub fn next(&self) -> u64 {
        let step = 0x9e37_79b9_7f4a_7c15;
        let mut z = self.0.fetch_add(step, Ordering::Relaxed).wrapping_add(step);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

impl Entropy for RepeatableEntropy {
    fn fill(&self, bytes: &mut [u8]) -> anyhow::Result<()> {
        for chunk in bytes.chunks_mut(8) {
            let drawn = self.next().to_le_bytes();
            chunk.copy_from_slice(&drawn[..chunk.len()]);
        }
        Ok(())
    }
}
