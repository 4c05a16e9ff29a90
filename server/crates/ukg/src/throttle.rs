//! One wait for all: when UKG Pro says it is busy, every request of the check waits for the same moment, instead of
//! each trying on its own.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::limits::Limits;

/// The waits of one check.
pub(crate) struct Throttle {
    own: [Duration; 3],
    longest_asked: Duration,
    deadline: Instant,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// How many of our own waits were used.
    used: usize,
    /// When the last wait was called for, and until when it lasts.
    wait: Option<(Instant, Instant)>,
    /// Waiting longer is of no use to this check.
    given_up: bool,
}

impl Throttle {
    /// For a check that must end at `deadline`.
    pub(crate) fn new(limits: &Limits, deadline: Instant) -> Self {
        let state = Mutex::default();
        Self { own: limits.busy, longest_asked: limits.longest_retry_after, deadline, state }
    }

    /// A request sent at `sent` was answered with 429, which may ask for a wait.
    ///
    /// Never waits shorter than UKG's documentation says, whatever the answer asks for. A request that was under way
    /// when the others were told to wait joins their wait: it tells nothing new.
    pub(crate) fn busy(&self, sent: Instant, asked: Option<Duration>) {
        let now = Instant::now();
        let mut state = self.state();
        let joins = state.wait.is_some_and(|(since, _)| sent <= since);
        let own = if joins { Some(Duration::ZERO) } else { self.own.get(state.used).copied() };
        let asked = asked.unwrap_or_default();
        match own {
            Some(own) if asked <= self.longest_asked && now + own.max(asked) < self.deadline => {
                let until = now + own.max(asked);
                state.wait = match state.wait {
                    Some((since, earlier)) if joins => Some((since, earlier.max(until))),
                    Some(_) | None => Some((now, until)),
                };
                state.used += usize::from(!joins);
            }
            Some(_) | None => state.given_up = true,
        }
    }

    /// Returns when a request may be sent: `true`; or `false` when none should be any more.
    pub(crate) async fn clear(&self) -> bool {
        loop {
            let until = {
                let state = self.state();
                if state.given_up {
                    return false;
                }
                state.wait.map(|(_, until)| until)
            };
            match until {
                // The wait may have grown meanwhile, hence the loop.
                Some(until) if until > Instant::now() => sleep_until(until).await,
                Some(_) | None => return true,
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing can panic while it is locked.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn throttle() -> Throttle {
        Throttle::new(&Limits::PRODUCTION, Instant::now() + Duration::from_secs(20))
    }

    fn waits(throttle: &Throttle) -> Option<Duration> {
        let state = throttle.state();
        (!state.given_up).then(|| state.wait.map_or(Duration::ZERO, |(since, until)| until - since))
    }

    /// As if sent after every wait so far.
    fn busy_again(throttle: &Throttle, asked: Option<u64>) -> Option<u64> {
        let later = Instant::now() + Duration::from_millis(1);
        throttle.busy(later, asked.map(Duration::from_secs));
        waits(throttle).map(|wait| wait.as_secs_f64().round() as u64)
    }

    #[test]
    fn waits_grow_and_end() {
        let throttle = throttle();

        let waits: Vec<_> = (0..4).map(|_| busy_again(&throttle, None)).collect();

        assert_eq!(waits, [Some(1), Some(2), Some(4), None]);
    }

    #[test]
    fn what_is_asked_for_never_shortens_a_wait_and_has_an_end() {
        assert_eq!(busy_again(&throttle(), Some(0)), Some(1));
        assert_eq!(busy_again(&throttle(), Some(7)), Some(7));
        assert_eq!(busy_again(&throttle(), Some(11)), None);
        assert_eq!(busy_again(&throttle(), Some(u64::MAX)), None);
    }

    #[test]
    fn requests_under_way_together_share_one_wait() {
        let throttle = throttle();
        let together = Instant::now();

        for _ in 0..4 {
            throttle.busy(together, None);
        }

        assert_eq!(throttle.state().used, 1);
        throttle.busy(together, Some(Duration::from_secs(5)));
        assert_eq!(waits(&throttle).map(|wait| wait.as_secs()), Some(5));
    }

    #[tokio::test]
    async fn nothing_is_sent_before_the_wait_is_over_or_once_it_is_of_no_use() {
        let limits = Limits { busy: [Duration::from_millis(60); 3], ..Limits::PRODUCTION };
        let throttle = Throttle::new(&limits, Instant::now() + Duration::from_secs(20));
        assert!(throttle.clear().await);
        let began = Instant::now();
        throttle.busy(began, None);

        assert!(throttle.clear().await);
        assert!(began.elapsed() >= Duration::from_millis(60));

        throttle.busy(Instant::now(), Some(Duration::from_secs(3600)));
        assert!(!throttle.clear().await);
    }
}
