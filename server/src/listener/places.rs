//! How many connections are open: in all, and from one address. Half-sent requests from one machine must not keep everybody
//! out, and machines that ask whether the server lives are answered however full it is.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ipnet::IpNet;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many connections are open at a time.
const CONNECTIONS: usize = 4096;
/// How many of them come from one address; an office behind one address has some.
const PER_ADDRESS: usize = 256;
/// How many more may ask for `/health/…`, and for nothing else, when all are taken.
const KEPT_FREE: usize = 64;
/// How many of those come from one address.
const KEPT_PER_ADDRESS: usize = 4;

/// How many there may be.
#[derive(Clone, Debug)]
pub struct Limits {
    /// In all.
    pub connections: usize,
    /// From one address; of IPv6, from one /64.
    pub per_address: usize,
    /// Networks of proxies, whose addresses stand for many: they are not counted.
    pub trusted: Arc<[IpNet]>,
}

impl Limits {
    /// The usual ones.
    #[must_use]
    pub fn usual(trusted: Arc<[IpNet]>) -> Self {
        Self { connections: CONNECTIONS, per_address: PER_ADDRESS, trusted }
    }
}

/// What a connection may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum For {
    /// Anything.
    All,
    /// Whether the server lives and can work: every other place is taken.
    Health,
}

/// A connection's place; given back when it is dropped.
pub(super) struct Place {
    pub(super) is_for: For,
    _permit: OwnedSemaphorePermit,
    counted: Option<(Arc<Counts>, (IpAddr, bool))>,
}

/// Every place there is.
pub(super) struct Places {
    limits: Limits,
    all: Arc<Semaphore>,
    kept: Arc<Semaphore>,
    counts: Arc<Counts>,
}

/// How many are open from an address; those for health alone are counted apart.
#[derive(Default)]
struct Counts(Mutex<HashMap<(IpAddr, bool), usize>>);

impl Places {
    pub(super) fn new(limits: Limits) -> Self {
        let all = Arc::new(Semaphore::new(limits.connections));
        Self { limits, all, kept: Arc::new(Semaphore::new(KEPT_FREE)), counts: Arc::default() }
    }

    /// Waits until there is a place of any kind; more connections wait in the system's queue.
    pub(super) async fn free(&self) {
        if self.all.available_permits() > 0 {
            return;
        }
        // Either is given back at once: nobody but the one who waits here takes places.
        tokio::select! {
            _ = self.all.acquire() => {}
            _ = self.kept.acquire() => {}
        }
    }

    /// A place for a connection from there; `None` when it has to be turned away.
    pub(super) fn take(&self, peer: IpAddr) -> Option<Place> {
        let taken = self.all.clone().try_acquire_owned().map(|permit| (permit, For::All));
        let taken =
            taken.or_else(|_| self.kept.clone().try_acquire_owned().map(|permit| (permit, For::Health)));
        let (permit, is_for) = taken.ok()?;
        let most = match is_for {
            For::All => self.limits.per_address,
            For::Health => KEPT_PER_ADDRESS,
        };
        let is_proxy = self.limits.trusted.iter().any(|network| network.contains(&peer));
        let counted = if is_proxy {
            None
        } else {
            let key = (network(peer), is_for == For::All);
            self.counts.add(key, most)?;
            Some((self.counts.clone(), key))
        };
        Some(Place { is_for, _permit: permit, counted })
    }
}

impl Counts {
    /// One more; `None` when there are as many as may be.
    fn add(&self, key: (IpAddr, bool), most: usize) -> Option<()> {
        let mut counts = self.counts();
        let count = counts.entry(key).or_insert(0);
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(())
    }

    fn remove(&self, key: (IpAddr, bool)) {
        let mut counts = self.counts();
        if let Some(count) = counts.get_mut(&key) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                counts.remove(&key);
            }
        }
    }

    fn counts(&self) -> MutexGuard<'_, HashMap<(IpAddr, bool), usize>> {
        // Nothing that holds the lock can stop half-way.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some((counts, key)) = self.counted.take() {
            counts.remove(key);
        }
    }
}

/// What counts as one address: of IPv6 a whole /64, as one machine may have all of it.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(connections: usize, per_address: usize) -> Places {
        Places::new(Limits { connections, per_address, trusted: Arc::new(["10.0.0.0/8".parse().unwrap()]) })
    }

    #[test]
    fn one_address_has_so_many_and_a_proxy_as_many_as_there_are() {
        let places = places(10, 2);
        let [one, other, proxy] = ["192.0.2.1", "192.0.2.2", "10.0.0.1"].map(|text| text.parse().unwrap());

        let held: Vec<_> = (0..2).map(|_| places.take(one).unwrap()).collect();
        assert!(places.take(one).is_none());
        let others = places.take(other).unwrap();
        let proxies: Vec<_> = (0..7).map(|_| places.take(proxy).unwrap()).collect();
        assert!(proxies.iter().chain([&others]).all(|place| place.is_for == For::All));
        drop(held);
        assert!(places.take(one).is_some(), "given back");
    }

    #[test]
    fn when_all_are_taken_some_are_left_for_health_alone() {
        let places = places(1, 5);
        let [one, other] = ["192.0.2.1", "192.0.2.2"].map(|text| text.parse().unwrap());
        let first = places.take(one).unwrap();

        let kept: Vec<_> = (0..KEPT_PER_ADDRESS).map(|_| places.take(one).unwrap()).collect();

        assert!(kept.iter().all(|place| place.is_for == For::Health));
        assert!(places.take(one).is_none());
        assert_eq!(places.take(other).unwrap().is_for, For::Health);
        drop(first);
        assert_eq!(places.take(one).unwrap().is_for, For::All);
    }

    #[test]
    fn an_ipv6_machine_is_its_whole_network() {
        let places = places(10, 1);
        let _held = places.take("2001:db8::1".parse().unwrap()).unwrap();

        assert!(places.take("2001:db8::2".parse().unwrap()).is_none());
        assert!(places.take("2001:db8:0:1::1".parse().unwrap()).is_some());
        let _mapped = places.take("::ffff:192.0.2.1".parse().unwrap()).unwrap();
        assert!(places.take("192.0.2.1".parse().unwrap()).is_none());
    }
}
