//! From a receiver's name to the addresses that may be called.
//!
//! The client connects to exactly what comes out of here, so the address that was checked is the address called: there is
//! no second look-up that could answer differently.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::allowed::Allowed;

/// Asks DNS for a name's addresses.
pub(crate) type Lookup =
    Arc<dyn Fn(String) -> Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>> + Send + Sync>;

/// Why a name has no address that may be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ResolveError {
    /// DNS knows none.
    NotFound,
    /// None of those it knows may be called.
    NotAllowed,
}

impl std::fmt::Display for ResolveError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NotFound => "the host has no address",
            Self::NotAllowed => "the host has no address that may be called",
        })
    }
}

impl std::error::Error for ResolveError {}

/// Looks names up for one client.
pub(crate) struct Checked {
    pub(crate) lookup: Lookup,
    pub(crate) allowed: Allowed,
    pub(crate) over_tls: bool,
}

impl Resolve for Checked {
    fn resolve(&self, name: Name) -> Resolving {
        let (lookup, allowed, over_tls) = (self.lookup.clone(), self.allowed.clone(), self.over_tls);
        Box::pin(async move {
            let found = lookup(name.as_str().to_owned()).await.map_err(|_| ResolveError::NotFound)?;
            if found.is_empty() {
                return Err(ResolveError::NotFound.into());
            }
            let callable: Vec<SocketAddr> = found
                .into_iter()
                .filter(|address| allowed.has(*address, over_tls))
                // The client puts the URL's own port in.
                .map(|address| SocketAddr::new(address, 0))
                .collect();
            if callable.is_empty() {
                return Err(ResolveError::NotAllowed.into());
            }
            Ok(Box::new(callable.into_iter()) as Addrs)
        })
    }
}

/// The operating system's own look-up.
pub(crate) fn system_lookup() -> Lookup {
    Arc::new(|host| {
        Box::pin(async move {
            Ok(tokio::net::lookup_host((host.as_str(), 0)).await?.map(|address| address.ip()).collect())
        })
    })
}
