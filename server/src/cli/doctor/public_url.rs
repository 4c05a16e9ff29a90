//! The address people see: over TLS, and somebody answers there.

use std::time::Duration;

use tokio::net::TcpStream;
use tokio::time::timeout;
use url::{Host, Url};

use super::Finding;
use crate::config::Config;

/// How long a connection may take.
const PATIENCE: Duration = Duration::from_secs(5);

pub(super) async fn try_out(config: &Config) -> Finding {
    let text = config.public_url.as_str();
    let Ok(url) = Url::parse(text) else {
        return Finding::Failed(format!("{text} cannot be read as an address; LINKDESK_PUBLIC_URL sets it"));
    };
    let (Some(host), Some(port)) = (url.host(), url.port_or_known_default()) else {
        return Finding::Failed(format!("{text} names no host; LINKDESK_PUBLIC_URL sets it"));
    };
    let is_here = match &host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    };
    if !config.public_url.is_https() && !is_here {
        return Finding::Warning(format!(
            "{text} is without TLS: passwords and invites can be read on the way, and passkeys do not work; put a proxy \
             with a certificate in front, and set LINKDESK_PUBLIC_URL to https://…"
        ));
    }
    if is_here {
        return Finding::Fine(format!(
            "{text} is seen on this machine alone; LINKDESK_PUBLIC_URL sets another"
        ));
    }
    let host = host.to_string();
    let connected = timeout(PATIENCE, TcpStream::connect((host.trim_matches(['[', ']']), port))).await;
    match connected {
        Ok(Ok(_)) => Finding::Fine(format!("{text} takes connections")),
        Ok(Err(error)) => Finding::Warning(format!(
            "{text} takes no connection from here: {error}; is the name right, and does the proxy run?"
        )),
        Err(_) => Finding::Warning(format!(
            "{text} takes no connection from here within {} s; is the name right, and does the proxy run?",
            PATIENCE.as_secs()
        )),
    }
}
