//! Who comes: from what address, with what browser, known or not. The address is the connection's, or, behind a proxy
//! that is trusted, the one that proxy tells.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::header::USER_AGENT;
use axum::http::request::Parts;
use domain::Browser;
use ipnet::IpNet;
use services::{Token, Visitor};

use crate::cookies::SessionCookie;
use crate::startup::AppState;

/// The one at the staff's door.
#[derive(Clone, Debug)]
pub struct AtDoor(pub Visitor);

impl FromRequestParts<AppState> for AtDoor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let agent = parts.headers.get(USER_AGENT).and_then(|value| value.to_str().ok());
        let device = state.cookies.read(&parts.headers, SessionCookie::Device);
        Ok(Self(Visitor {
            address: peer.map(|peer| client_address(peer, &parts.headers, &state.trusted_proxies)),
            browser: agent.map(Browser::on_system).unwrap_or_default(),
            device: device.as_deref().and_then(Token::parse),
        }))
    }
}

/// The client's address: the nearest one in `X-Forwarded-For` that is no trusted proxy, if the peer is one.
#[must_use]
pub fn client_address(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    if !is_trusted(&peer) {
        return peer;
    }
    let forwarded: Vec<IpAddr> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|part| part.trim().parse().ok())
        .collect();
    forwarded.into_iter().rev().find(|address| !is_trusted(address)).unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn client(peer: &str, forwarded: &'static str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", HeaderValue::from_static(forwarded));
        let trusted = ["10.0.0.0/8".parse().unwrap()];
        client_address(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn forwarded_addresses_are_believed_from_trusted_proxies_only() {
        assert_eq!(client("203.0.113.9", "198.51.100.1"), "203.0.113.9");
        assert_eq!(client("10.0.0.1", "198.51.100.1"), "198.51.100.1");
        assert_eq!(client("10.0.0.1", "1.1.1.1, 198.51.100.1, 10.2.3.4"), "198.51.100.1");
        assert_eq!(client("10.0.0.1", "nonsense"), "10.0.0.1");
    }
}
