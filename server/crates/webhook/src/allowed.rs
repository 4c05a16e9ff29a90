//! Which addresses may be called: public ones over TLS, and those of networks that the installation allows in any way.

use std::net::{IpAddr, Ipv6Addr};

use domain::is_public_address;
use ipnet::IpNet;
use url::{Host, Url};

/// Which addresses may be called.
#[derive(Clone, Debug)]
pub(crate) struct Allowed {
    networks: Vec<IpNet>,
    /// Whether any address may be; only tests of the protection itself have this.
    everything: bool,
}

impl Allowed {
    /// Public addresses, and those in these networks.
    pub(crate) const fn new(networks: Vec<IpNet>) -> Self {
        Self { networks, everything: false }
    }

    /// No protection: what the tests of it are held against.
    #[cfg(test)]
    pub(crate) const fn everything() -> Self {
        Self { networks: Vec::new(), everything: true }
    }

    /// Whether this address may be called, over TLS or not.
    pub(crate) fn has(&self, address: IpAddr, over_tls: bool) -> bool {
        self.everything || self.is_in_network(address) || (over_tls && is_public_address(address))
    }

    /// Whether this URL may be called as far as it tells by itself: a name may lead anywhere, which is seen when it is
    /// looked up.
    pub(crate) fn may_call(&self, url: &Url) -> bool {
        let over_tls = url.scheme() == "https";
        let plain = url.username().is_empty() && url.password().is_none() && url.port() != Some(0);
        let host = match url.host() {
            Some(Host::Ipv4(address)) => self.has(address.into(), over_tls),
            Some(Host::Ipv6(address)) => self.has(address.into(), over_tls),
            Some(Host::Domain(_)) => over_tls || self.everything || !self.networks.is_empty(),
            None => false,
        };
        plain && host && matches!(url.scheme(), "https" | "http")
    }

    fn is_in_network(&self, address: IpAddr) -> bool {
        // An IPv4 address in IPv6 clothes is called at the IPv4 address.
        let address = match address {
            IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or(address, IpAddr::V4),
            IpAddr::V4(_) => address,
        };
        let mapped = |v6: Ipv6Addr| v6.to_ipv4_mapped().is_some();
        self.networks.iter().any(|network| match network {
            IpNet::V6(v6) if mapped(v6.network()) => false,
            IpNet::V4(_) | IpNet::V6(_) => network.contains(&address),
        })
    }
}
