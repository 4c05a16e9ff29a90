//! The proxies whose word is taken for where somebody comes from.

use super::Finding;
use crate::config::Config;

/// A network of more addresses than this is hardly proxies alone.
const PREFIX_V4: u8 = 8;
const PREFIX_V6: u8 = 32;

pub(super) fn look(config: &Config) -> Finding {
    let trusted = &config.trusted_proxies;
    let wide = trusted.iter().find(|network| match network {
        ipnet::IpNet::V4(network) => network.prefix_len() < PREFIX_V4,
        ipnet::IpNet::V6(network) => network.prefix_len() < PREFIX_V6,
    });
    if let Some(network) = wide {
        return Finding::Warning(format!(
            "{network} is much of the internet: whoever is in it can name any address as their own, and guess passwords \
             without end; name the proxies' own addresses in LINKDESK_TRUSTED_PROXIES"
        ));
    }
    if trusted.is_empty() && config.public_url.is_https() {
        return Finding::Warning(
            "none, but people come over https, so through a proxy: everybody then seems to come from its address, and one \
             who guesses passwords keeps the others out; set LINKDESK_TRUSTED_PROXIES, such as 127.0.0.1/32"
                .to_owned(),
        );
    }
    match trusted.len() {
        0 => Finding::Fine("none; X-Forwarded-For is not believed".to_owned()),
        networks => Finding::Fine(format!("X-Forwarded-For is believed from {networks} networks")),
    }
}
