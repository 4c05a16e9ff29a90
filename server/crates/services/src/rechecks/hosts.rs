//! How many re-checks ask one UKG Pro host at a time, and whether it is asked at all: after several faults in a row it is
//! left alone for a while, then asked by one. Known to this process alone; each server finds out by itself.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::{Timestamp, WebServicesHost};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::Pace;

/// How many re-checks ask one host at a time.
const AT_A_TIME: usize = 8;
/// After so many faults in a row a host is left alone.
const FAULTS: u32 = 5;
/// For so long at first; each time that it is still out of order, twice as long.
const REST_MS: i64 = 30_000;
/// But never longer.
const REST_MOST_MS: i64 = 15 * 60 * 1_000;

/// What is known of each host that was asked.
#[derive(Default)]
pub(crate) struct Hosts(Arc<Mutex<HashMap<WebServicesHost, Host>>>);

/// Whether a host is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Breaker {
    /// It is; so many faults in a row came last.
    Closed {
        /// How many.
        faults: u32,
    },
    /// It is left alone until then; so often in a row.
    Open {
        /// Until when.
        until: Timestamp,
        /// How often.
        times: u32,
    },
    /// One asks, and the others wait for what it finds; it began then.
    Trying {
        /// When it began.
        since: Timestamp,
        /// How often the host was left alone in a row.
        times: u32,
    },
}

struct Host {
    breaker: Breaker,
    places: Arc<Semaphore>,
}

/// The right to ask a host once. Dropped without a word, it says nothing of the host.
pub(crate) struct Turn {
    hosts: Arc<Mutex<HashMap<WebServicesHost, Host>>>,
    host: WebServicesHost,
    _place: OwnedSemaphorePermit,
}

/// How long the one who tries may take before another does.
const TRIAL_MS: i64 = 60_000;

impl Breaker {
    /// Whether somebody may ask now, and what is known then; else in how many milliseconds to come back.
    pub(super) fn ask(self, now: Timestamp) -> Result<Self, i64> {
        match self {
            Self::Closed { .. } => Ok(self),
            Self::Open { until, .. } if now < until => Err(until.millis_since(now)),
            Self::Open { times, .. } => Ok(Self::Trying { since: now, times }),
            Self::Trying { since, .. } if now.millis_since(since) < TRIAL_MS => {
                Err(TRIAL_MS - now.millis_since(since).max(0))
            }
            Self::Trying { times, .. } => Ok(Self::Trying { since: now, times }),
        }
    }

    /// What is known after somebody asked.
    pub(super) fn told(self, faulted: bool, now: Timestamp, pace: Pace) -> Self {
        let rest = |times: u32| {
            let longest = REST_MS.saturating_mul(1 << times.min(10)).min(REST_MOST_MS).min(pace.every_ms());
            Self::Open { until: Timestamp::from_millis(now.as_millis() + longest), times: times + 1 }
        };
        match self {
            _ if !faulted => Self::Closed { faults: 0 },
            Self::Closed { faults } if faults + 1 < FAULTS => Self::Closed { faults: faults + 1 },
            Self::Closed { .. } => rest(0),
            Self::Trying { times, .. } => rest(times),
            // One that had begun before.
            Self::Open { .. } => self,
        }
    }
}

impl Hosts {
    /// Waits for a place and takes it; in how many milliseconds to come back when the host is left alone.
    pub(crate) async fn enter(
        &self,
        host: &WebServicesHost,
        now: impl Fn() -> Timestamp,
    ) -> Result<Turn, i64> {
        let places = {
            let mut hosts = locked(&self.0);
            let known = hosts.entry(host.clone()).or_insert_with(Host::new);
            known.breaker.ask(now()).map(|_| known.places.clone())?
        };
        // Closed never.
        let place = places.acquire_owned().await.map_err(|_| REST_MS)?;
        // Others may have found out meanwhile.
        let mut hosts = locked(&self.0);
        let known = hosts.entry(host.clone()).or_insert_with(Host::new);
        known.breaker = known.breaker.ask(now())?;
        Ok(Turn { hosts: self.0.clone(), host: host.clone(), _place: place })
    }
}

impl Turn {
    /// Tells how it went.
    pub(crate) fn over(self, faulted: bool, now: Timestamp, pace: Pace) {
        if let Some(known) = locked(&self.hosts).get_mut(&self.host) {
            let before = known.breaker;
            known.breaker = before.told(faulted, now, pace);
            match (before, known.breaker) {
                (Breaker::Closed { .. } | Breaker::Trying { .. }, Breaker::Open { until, .. }) => {
                    tracing::warn!(host = %self.host, rest_ms = until.millis_since(now),
                        "UKG Pro fails on this host: its links are not checked for a while, and keep their status");
                }
                (Breaker::Trying { .. }, Breaker::Closed { .. }) => {
                    tracing::info!(host = %self.host, "UKG Pro answers again on this host");
                }
                _ => {}
            }
        }
    }
}

impl Host {
    fn new() -> Self {
        Self { breaker: Breaker::Closed { faults: 0 }, places: Arc::new(Semaphore::new(AT_A_TIME)) }
    }
}

fn locked(hosts: &Mutex<HashMap<WebServicesHost, Host>>) -> MutexGuard<'_, HashMap<WebServicesHost, Host>> {
    hosts.lock().unwrap_or_else(PoisonError::into_inner)
}
