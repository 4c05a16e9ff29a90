//! That something changed which somebody may be looking at: here, or on another server on the same database.
//!
//! It says no more than that. Whoever shows something looks again when it is told, and now and then besides: nothing
//! depends on being told.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

/// Wakes whoever waits for a change.
#[derive(Clone, Debug)]
pub struct Changes(Arc<watch::Sender<()>>);

/// Somebody who waits for a change.
#[derive(Debug)]
pub struct Waiting(watch::Receiver<()>);

impl Default for Changes {
    fn default() -> Self {
        Self(Arc::new(watch::channel(()).0))
    }
}

impl Changes {
    /// Something changed.
    pub fn happened(&self) {
        self.0.send_replace(());
    }

    /// Waits from now on.
    #[must_use]
    pub fn wait(&self) -> Waiting {
        Waiting(self.0.subscribe())
    }
}

impl Waiting {
    /// Returns at the next change, but neither sooner than after `least` nor later than after `most`: of many changes in
    /// a row, not each is looked at.
    pub async fn between(&mut self, least: Duration, most: Duration) {
        tokio::time::sleep(least).await;
        // An error means that nobody will tell any more: then time alone does.
        let told = async {
            if self.0.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        let _ = tokio::time::timeout(most.saturating_sub(least), told).await;
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::Instant;

    use super::*;

    const LEAST: Duration = Duration::from_millis(50);
    const MOST: Duration = Duration::from_millis(1500);

    #[tokio::test]
    async fn a_change_wakes_whoever_waits_but_not_at_once() {
        let changes = Changes::default();
        let mut waiting = changes.wait();
        let began = Instant::now();
        changes.happened();
        changes.happened();

        waiting.between(LEAST, MOST).await;
        let first = began.elapsed();
        assert!(first >= LEAST && first < MOST, "{first:?}");

        waiting.between(LEAST, MOST).await;
        assert!(began.elapsed() >= first + MOST, "both were one");
    }

    #[tokio::test]
    async fn time_alone_wakes_too_even_when_nobody_is_left_to_tell() {
        let mut waiting = Changes::default().wait();
        let began = Instant::now();

        waiting.between(LEAST, MOST).await;

        assert!(began.elapsed() >= MOST);
    }
}
