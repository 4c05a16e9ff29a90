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

/// The client's address: the nearest one in `X-Forwarded-For` that is no trusted proxy, if the peer is one. What stands
/// behind an entry that cannot be read may be the client's own invention: then it is the peer's.
#[must_use]
pub fn client_address(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    if !is_trusted(&peer) {
        return peer;
    }
    let values: Vec<_> = headers.get_all("x-forwarded-for").iter().collect();
    for value in values.into_iter().rev() {
        let Ok(text) = value.to_str() else { return peer };
        for entry in text.split(',').rev() {
            match forwarded(entry) {
                None => return peer,
                Some(address) if is_trusted(&address) => {}
                Some(address) => return address,
            }
        }
    }
    peer
}

/// An entry as proxies write it: an address, or one with a port; of IPv6, in brackets too.
fn forwarded(entry: &str) -> Option<IpAddr> {
    let entry = entry.trim();
    let in_brackets = || entry.strip_prefix('[')?.strip_suffix(']')?.parse().ok().map(IpAddr::V6);
    let with_port = || entry.parse::<SocketAddr>().ok().map(|address| address.ip());
    entry.parse().ok().or_else(with_port).or_else(in_brackets)
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
        assert_eq!(client("10.0.0.1", "10.2.3.4"), "10.0.0.1");
    }

    #[test]
    fn an_entry_with_a_port_is_read_and_one_that_cannot_be_read_ends_the_search() {
        for (entry, address) in [
            ("198.51.100.1:4711", "198.51.100.1"),
            ("[2001:db8::7]:4711", "2001:db8::7"),
            ("[2001:db8::7]", "2001:db8::7"),
            ("2001:db8::7", "2001:db8::7"),
            ("192.0.2.66, 198.51.100.1:4711, 10.0.0.9:80", "198.51.100.1"),
        ] {
            assert_eq!(client("10.0.0.1", entry), address, "{entry}");
        }
        for entry in [
            "nonsense",
            "192.0.2.66, nonsense",
            "192.0.2.66, unknown",
            "192.0.2.66, ",
            "192.0.2.66, [::1",
            "",
        ] {
            assert_eq!(client("10.0.0.1", entry), "10.0.0.1", "{entry}");
        }
    }

    #[test]
    fn of_several_lines_the_last_one_is_the_nearest() {
        let mut headers = HeaderMap::new();
        for line in ["192.0.2.66", "198.51.100.1:4711"] {
            headers.append("x-forwarded-for", HeaderValue::from_static(line));
        }
        let trusted = ["10.0.0.0/8".parse().unwrap()];
        assert_eq!(client_address([10, 0, 0, 1].into(), &headers, &trusted).to_string(), "198.51.100.1");
    }
}
