//! From a host to the addresses it may be reached at.
//!
//! The client connects to exactly what comes out of here, so the address that was checked is the address called:
//! there is no second look-up that could answer differently.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use domain::is_public_address;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::net::TcpStream;
use tokio::sync::OnceCell;
use tokio::time::timeout;

/// The port of every Web Services URL.
const HTTPS: u16 = 443;

/// Asks DNS for a host's addresses.
pub(crate) type Lookup =
    Arc<dyn Fn(String) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>> + Send + Sync>;

/// Why a host has no usable address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ResolveError {
    /// DNS knows no address, or answered twice that it cannot say: the operating system does not tell these apart in
    /// a way that could be relied on.
    #[error("the host has no address")]
    NotFound,
    /// DNS answers with addresses, none of them public.
    #[error("the host has no public address")]
    NotPublic,
    /// DNS did not answer in time.
    #[error("the name could not be looked up in time")]
    Silent,
    /// Another name than the one this check is about.
    #[error("the name is not the checked host")]
    OtherName,
}

/// Pinned addresses first, then DNS.
#[derive(Clone)]
pub(crate) struct Addresses {
    pinned: HashMap<String, Vec<SocketAddr>>,
    lookup: Lookup,
    patience: Duration,
}

impl Addresses {
    /// Addresses by these settings; `patience` is for one question to DNS.
    pub(crate) fn new(resolve: &[(String, SocketAddr)], lookup: Lookup, patience: Duration) -> Self {
        let mut pinned: HashMap<String, Vec<SocketAddr>> = HashMap::new();
        for (host, address) in resolve {
            pinned.entry(host.to_ascii_lowercase()).or_default().push(*address);
        }
        Self { pinned, lookup, patience }
    }

    /// Where `host` may be connected to.
    pub(crate) async fn of(&self, host: &str) -> Result<Vec<SocketAddr>, ResolveError> {
        if let Some(pinned) = self.pinned.get(host) {
            // Nothing listens on port 0, so it can stand for "no address".
            let pinned: Vec<_> = pinned.iter().copied().filter(|address| address.port() != 0).collect();
            return if pinned.is_empty() { Err(ResolveError::NotFound) } else { Ok(pinned) };
        }
        let found = timeout(self.patience, self.ask_dns(host)).await.map_err(|_| ResolveError::Silent)??;
        if found.is_empty() {
            return Err(ResolveError::NotFound);
        }
        let public: Vec<_> = found
            .into_iter()
            .filter(|ip| is_public_address(*ip))
            .map(|ip| SocketAddr::new(ip, HTTPS))
            .collect();
        if public.is_empty() { Err(ResolveError::NotPublic) } else { Ok(public) }
    }

    /// Whether a bare connection to `host` comes about; nothing is sent over it.
    pub(crate) async fn takes_connections(&self, host: &str) -> bool {
        for address in self.of(host).await.unwrap_or_default() {
            if TcpStream::connect(address).await.is_ok() {
                return true;
            }
        }
        false
    }

    /// A stray failure of a name server looks like a name that does not exist, so it is asked once more.
    async fn ask_dns(&self, host: &str) -> Result<Vec<IpAddr>, ResolveError> {
        match (self.lookup)(host.to_owned()).await {
            Ok(found) => Ok(found),
            Err(_) => (self.lookup)(host.to_owned()).await.map_err(|_| ResolveError::NotFound),
        }
    }
}

/// The operating system's own look-up.
pub(crate) fn system_lookup() -> Lookup {
    Arc::new(|host| {
        Box::pin(async move {
            Ok(tokio::net::lookup_host((host.as_str(), HTTPS)).await?.map(|address| address.ip()).collect())
        })
    })
}

/// Resolves one host for one check: DNS is asked once, all connections go to the same addresses, or nowhere.
pub(crate) struct OneHost {
    host: String,
    addresses: Arc<Addresses>,
    found: Arc<OnceCell<Result<Vec<SocketAddr>, ResolveError>>>,
}

impl OneHost {
    /// For this host and no other.
    pub(crate) fn new(host: &str, addresses: Arc<Addresses>) -> Self {
        Self { host: host.to_owned(), addresses, found: Arc::new(OnceCell::new()) }
    }
}

impl Resolve for OneHost {
    fn resolve(&self, name: Name) -> Resolving {
        let host = self.host.clone();
        let addresses = Arc::clone(&self.addresses);
        let found = Arc::clone(&self.found);
        Box::pin(async move {
            // The client is never asked for another name; should that change, it still connects nowhere.
            if name.as_str() != host {
                return Err(ResolveError::OtherName.into());
            }
            let found = found.get_or_init(|| async { addresses.of(&host).await }).await.clone()?;
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    const PATIENCE: Duration = Duration::from_millis(200);

    fn answering(ips: &[&str]) -> Lookup {
        let ips: Vec<IpAddr> = ips.iter().map(|ip| ip.parse().unwrap()).collect();
        Arc::new(move |_| {
            let ips = ips.clone();
            Box::pin(async move { Ok(ips) })
        })
    }

    #[tokio::test]
    async fn addresses_that_are_not_public_are_left_out() {
        let mixed = Addresses::new(&[], answering(&["10.0.0.1", "8.8.8.8", "::1"]), PATIENCE);
        let inside = Addresses::new(&[], answering(&["10.0.0.1", "::ffff:8.8.8.8"]), PATIENCE);

        assert_eq!(mixed.of("service4.ultipro.com").await, Ok(vec!["8.8.8.8:443".parse().unwrap()]));
        assert_eq!(inside.of("service4.ultipro.com").await, Err(ResolveError::NotPublic));
    }

    #[tokio::test]
    async fn a_pinned_host_keeps_its_address_and_port_and_dns_is_not_asked() {
        let pinned = [("Service4.ultipro.com".to_owned(), "127.0.0.1:9443".parse().unwrap())];
        let addresses = Addresses::new(&pinned, answering(&["8.8.8.8"]), PATIENCE);

        assert_eq!(addresses.of("service4.ultipro.com").await, Ok(vec!["127.0.0.1:9443".parse().unwrap()]));
        assert_eq!(addresses.of("service5.ultipro.com").await, Ok(vec!["8.8.8.8:443".parse().unwrap()]));
    }

    #[tokio::test]
    async fn a_host_pinned_to_port_0_has_no_address_and_dns_is_not_asked() {
        let pinned = [("service4.ultipro.com".to_owned(), "0.0.0.0:0".parse().unwrap())];
        let addresses = Addresses::new(&pinned, answering(&["8.8.8.8"]), PATIENCE);

        assert_eq!(addresses.of("service4.ultipro.com").await, Err(ResolveError::NotFound));
    }

    #[tokio::test]
    async fn no_name_but_the_checked_one_is_resolved() {
        let addresses = Arc::new(Addresses::new(&[], answering(&["8.8.8.8"]), PATIENCE));
        let resolver = OneHost::new("service4.ultipro.com", addresses);

        assert!(resolver.resolve("service4.ultipro.com".parse().unwrap()).await.is_ok());
        assert!(resolver.resolve("evil.example".parse().unwrap()).await.is_err());
    }

    #[tokio::test]
    async fn a_stray_failure_of_dns_is_forgiven_once_and_silence_has_an_end() {
        let asked = Arc::new(AtomicUsize::new(0));
        let flaky = |failures: usize| -> Lookup {
            let asked = Arc::clone(&asked);
            Arc::new(move |_| {
                let fails = asked.fetch_add(1, Ordering::SeqCst) < failures;
                Box::pin(async move {
                    if fails {
                        Err(io::Error::other("SERVFAIL"))
                    } else {
                        Ok(vec!["8.8.8.8".parse().unwrap()])
                    }
                })
            })
        };
        let host = "service4.ultipro.com";

        assert!(Addresses::new(&[], flaky(1), PATIENCE).of(host).await.is_ok());
        asked.store(0, Ordering::SeqCst);
        assert_eq!(Addresses::new(&[], flaky(9), PATIENCE).of(host).await, Err(ResolveError::NotFound));
        assert_eq!(asked.load(Ordering::SeqCst), 2);
        let silent: Lookup = Arc::new(|_| Box::pin(std::future::pending()));
        assert_eq!(Addresses::new(&[], silent, PATIENCE).of(host).await, Err(ResolveError::Silent));
    }
}
