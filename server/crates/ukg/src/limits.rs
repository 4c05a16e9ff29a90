//! How long anything may take and how often it is asked again.

use std::time::Duration;

/// Every duration a check keeps to. One value in production; tests bring shorter ones.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// From the start of the check to its report, whatever the peer does.
    pub(crate) whole: Duration,
    /// The same for the look at permissions that were not asked for, which nobody waits for.
    pub(crate) surplus: Duration,
    /// For one question to DNS; within `connect`.
    pub(crate) lookup: Duration,
    /// For one bare connection, to tell a host that takes none from one that takes it and then says nothing.
    pub(crate) knock: Duration,
    /// For resolving, connecting and the TLS handshake of one connection.
    pub(crate) connect: Duration,
    /// For the request without credentials that tells what stands at the front.
    pub(crate) front: Duration,
    /// Before each new try after a 429, at least. UKG: wait 1 s, then exponentially longer; it sends no Retry-After
    /// yet and may begin to (`ukg-pro.md` §4c).
    pub(crate) busy: [Duration; 3],
    /// The longest Retry-After that is waited for; a longer one is for the person, not for this check.
    pub(crate) longest_retry_after: Duration,
    /// Before the one new try after a 500, 502, 503 or 504; stray 500s do happen (`ukg-pro.md` §4c).
    pub(crate) unavailable: Duration,
    /// Before the one new try after a connection was cut.
    pub(crate) reset: Duration,
}

impl Limits {
    /// What holds in production.
    pub(crate) const PRODUCTION: Self = Self {
        whole: Duration::from_secs(20),
        surplus: Duration::from_secs(5),
        lookup: Duration::from_secs(4),
        knock: Duration::from_secs(2),
        connect: Duration::from_secs(5),
        front: Duration::from_secs(5),
        busy: [Duration::from_secs(1), Duration::from_secs(2), Duration::from_secs(4)],
        longest_retry_after: Duration::from_secs(10),
        unavailable: Duration::from_secs(1),
        reset: Duration::from_millis(200),
    };
}
