//! How many guesses are let through to the password's hash, so that nobody can try many and nobody can lock others out.
//!
//! A guess counts twice: against the address it comes from, and against the account it is about, known or not. From a
//! browser that signed in to the account before it counts against that browser alone, so whatever strangers do, the
//! account's holder gets in. A guess is counted before it is tried, and given back when it was right: of many at once no
//! more get through than of as many in a row.
//!
//! Kept in memory: writing each guess down would be the very load that is to be kept away, and a restart, which forgets
//! them, is not in a stranger's hands. Servers that share a database count there instead (`admission`), in a table of its own
//! that costs no `fdatasync`: otherwise whoever guesses would have as many guesses as there are servers.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::{EmailAddress, SessionId, StaffId, Timestamp};
use storage::TokenHash;

/// How long a count lasts from its first guess, in seconds.
pub(super) const WINDOW_SECONDS: i64 = 3600;
/// The most counts kept at a time; beyond it the oldest make room.
const COUNTS_MAX: usize = 50_000;

/// Against what a guess counts.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Budget {
    /// The address it comes from.
    Address(Network),
    /// The account it is about, by the digest of the address typed: an unknown one is counted just like a known one.
    Account([u8; 32]),
    /// A browser that the account signed in with before.
    Device(TokenHash),
    /// The code asked for after the right password.
    SecondFactor(StaffId),
    /// Somebody signed in who is to prove again who they are.
    Session(SessionId),
}

/// The part of an address that is one party's: of IPv6 the first 64 bits. `None` when it is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Network(pub(super) Option<IpAddr>);

/// What was guessed lately.
#[derive(Default)]
pub(crate) struct Guesses(Mutex<HashMap<Budget, Count>>);

#[derive(Clone, Copy)]
struct Count {
    since: Timestamp,
    guesses: u32,
}

impl Budget {
    pub(super) fn account(email: &str) -> Self {
        let email =
            EmailAddress::parse(email).map_or_else(|_| email.to_owned(), |email| email.as_str().to_owned());
        Self::Account(vault::sha256(email.as_bytes()))
    }

    /// What it is about, in bytes, after the name of its kind.
    pub(super) fn about(&self) -> (&'static [u8], Vec<u8>) {
        match self {
            Self::Address(Network(Some(address))) => (b"address", address.to_string().into_bytes()),
            Self::Address(Network(None)) => (b"address", Vec::new()),
            Self::Account(digest) => (b"account", digest.to_vec()),
            Self::Device(token) => (b"device", token.0.to_vec()),
            Self::SecondFactor(staff) => (b"second factor", staff.as_bytes().to_vec()),
            Self::Session(session) => (b"session", session.as_bytes().to_vec()),
        }
    }

    /// How many guesses it allows in its window.
    pub(super) const fn allows(&self) -> u32 {
        match self {
            Self::Address(_) | Self::Device(_) => 20,
            Self::Account(_) => 100,
            Self::SecondFactor(_) => 30,
            Self::Session(_) => 10,
        }
    }
}

impl Network {
    pub(super) fn of(address: Option<IpAddr>) -> Self {
        Self(address.map(|address| match address.to_canonical() {
            IpAddr::V4(four) => IpAddr::V4(four),
            IpAddr::V6(six) => {
                let [a, b, c, d, ..] = six.segments();
                IpAddr::from([a, b, c, d, 0, 0, 0, 0])
            }
        }))
    }
}

impl Guesses {
    /// Counts one guess against all of these, or against none when one of them is used up.
    ///
    /// # Errors
    /// From when on there will be room again.
    pub(super) fn admit(&self, budgets: &[Budget], now: Timestamp) -> Result<(), Timestamp> {
        let mut counts = self.counts();
        let until = budgets.iter().filter_map(|budget| {
            let count = counts.get(budget).filter(|count| count.runs(now))?;
            (count.guesses >= budget.allows()).then(|| count.since.plus_seconds(WINDOW_SECONDS))
        });
        if let Some(until) = until.max() {
            return Err(until);
        }
        for budget in budgets {
            make_room(&mut counts, now);
            let count = counts.entry(budget.clone()).or_insert(Count { since: now, guesses: 0 });
            if !count.runs(now) {
                *count = Count { since: now, guesses: 0 };
            }
            count.guesses += 1;
        }
        Ok(())
    }

    /// Gives back what a right guess was counted as.
    pub(super) fn give_back(&self, budgets: &[Budget]) {
        let mut counts = self.counts();
        for budget in budgets {
            if let Some(count) = counts.get_mut(budget) {
                count.guesses = count.guesses.saturating_sub(1);
            }
        }
    }

    fn counts(&self) -> MutexGuard<'_, HashMap<Budget, Count>> {
        // Nothing that holds the lock can stop half-way.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Count {
    fn runs(&self, now: Timestamp) -> bool {
        now.millis_since(self.since) < WINDOW_SECONDS * 1000
    }
}

/// Drops what is over when there are too many counts, and the older half when that is not enough. Each count has cost
/// whoever caused it a guess, so nobody empties them for the price of nothing.
fn make_room(counts: &mut HashMap<Budget, Count>, now: Timestamp) {
    if counts.len() < COUNTS_MAX {
        return;
    }
    counts.retain(|_, count| count.runs(now));
    if counts.len() >= COUNTS_MAX {
        let mut begun: Vec<Timestamp> = counts.values().map(|count| count.since).collect();
        begun.sort_unstable();
        let middle = begun.get(begun.len() / 2).copied();
        counts.retain(|_, count| middle.is_some_and(|middle| count.since > middle));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_000_000);

    fn address(text: &str) -> Budget {
        Budget::Address(Network::of(Some(text.parse().unwrap())))
    }

    #[test]
    fn an_address_has_twenty_guesses_an_hour_whatever_it_guesses_at() {
        let guesses = Guesses::default();
        let admitted = (0..10_000).filter(|n| {
            let account = Budget::account(&format!("{n}@northwind.example"));
            guesses.admit(&[address("203.0.113.9"), account], NOW).is_ok()
        });
        assert_eq!(admitted.count(), 20);

        let account = Budget::account("ann@northwind.example");
        assert_eq!(
            guesses.admit(&[address("203.0.113.9"), account.clone()], NOW.plus_seconds(10)),
            Err(NOW.plus_seconds(3600))
        );
        assert!(guesses.admit(&[address("203.0.113.10"), account.clone()], NOW).is_ok());
        assert!(guesses.admit(&[address("203.0.113.9"), account], NOW.plus_seconds(3600)).is_ok());
    }

    #[test]
    fn an_account_has_a_hundred_guesses_an_hour_wherever_they_come_from() {
        let guesses = Guesses::default();
        let account = Budget::account("ann@northwind.example");
        let admitted = (0..10_000_u32).filter(|n| {
            let from = Budget::Address(Network::of(Some(IpAddr::from((n % 1000).to_be_bytes()))));
            guesses.admit(&[from, account.clone()], NOW).is_ok()
        });
        assert_eq!(admitted.count(), 100);

        let device = Budget::Device(TokenHash([1; 32]));
        assert!(guesses.admit(&[device], NOW).is_ok(), "a known browser has its own budget");
        let same = Budget::account(" Ann@Northwind.Example ");
        assert!(guesses.admit(&[same], NOW).is_err(), "the same account in other letters");
    }

    #[test]
    fn a_right_guess_costs_nothing_and_a_refused_one_costs_the_others_nothing() {
        let guesses = Guesses::default();
        for _ in 0..100 {
            assert!(guesses.admit(&[address("203.0.113.9")], NOW).is_ok());
            guesses.give_back(&[address("203.0.113.9")]);
        }
        for _ in 0..20 {
            assert!(guesses.admit(&[address("203.0.113.9")], NOW).is_ok());
        }
        let account = Budget::account("ann@northwind.example");
        for _ in 0..200 {
            assert!(guesses.admit(&[address("203.0.113.9"), account.clone()], NOW).is_err());
        }
        assert!(guesses.admit(&[account], NOW).is_ok());
    }

    #[test]
    fn of_ipv6_the_first_half_counts_and_an_embedded_ipv4_address_is_itself() {
        let guesses = Guesses::default();
        let admitted = (0..100)
            .filter(|n| guesses.admit(&[address(&format!("2001:db8:1:2::{n:x}"))], NOW).is_ok())
            .count();
        assert_eq!(admitted, 20);
        assert!(guesses.admit(&[address("2001:db8:1:3::1")], NOW).is_ok());
        assert!(address("::ffff:203.0.113.9") == address("203.0.113.9"));
    }

    #[test]
    fn the_counts_do_not_grow_without_end() {
        let guesses = Guesses::default();
        for n in 0..(2 * u32::try_from(COUNTS_MAX).unwrap()) {
            let from = Budget::Address(Network::of(Some(IpAddr::from(n.to_be_bytes()))));
            assert!(guesses.admit(&[from], NOW.plus_seconds(i64::from(n) / 1000)).is_ok());
        }
        assert!(guesses.counts().len() <= COUNTS_MAX);
    }
}
