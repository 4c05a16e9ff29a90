//! UKG Pro: can calls be set up, and do the hosts that are used answer over TLS. No credentials are sent.

use domain::WebServicesHost;
use futures_util::future::join_all;
use tokio::time::timeout;

use super::{Finding, LONGEST};
use crate::adapters::HttpUkgGateway;
use crate::config::Config;

/// How many hosts are asked at most.
pub(super) const HOSTS_MAX: u32 = 10;

/// Whether calls can be set up: the extra root certificate is read here.
pub(super) fn set_up(config: &Config) -> Finding {
    HttpUkgGateway::new(&config.ukg)
        .map(|_| match &config.ukg.ca_file {
            Some(file) => {
                format!("hosts under {}, trusting {} too", config.ukg.suffixes.join(", "), file.display())
            }
            None => format!("hosts under {}", config.ukg.suffixes.join(", ")),
        })
        .into()
}

/// Asks each host that is in the settings, and those that links are linked with, all at once.
pub(super) async fn reach_all(config: &Config, hosts: &[WebServicesHost]) -> Vec<(String, Finding)> {
    let Ok(gateway) = HttpUkgGateway::new(&config.ukg) else { return Vec::new() };
    let pinned = config.ukg.resolve.iter().filter(|(_, address)| address.port() != 0);
    let pinned = pinned.filter_map(|(host, _)| WebServicesHost::from_stored(host).ok());
    let mut all: Vec<WebServicesHost> = pinned.chain(hosts.iter().cloned()).collect();
    all.sort_by(|one, other| one.as_str().cmp(other.as_str()));
    all.dedup();
    all.truncate(usize::try_from(HOSTS_MAX).unwrap_or(usize::MAX));
    let gateway = &gateway;
    let asked = all.iter().map(|host| async move {
        let found = match timeout(LONGEST, gateway.reach(host)).await {
            Ok(Ok(())) => Finding::Fine("answers over TLS, with a certificate that is trusted".to_owned()),
            Ok(Err(why)) => Finding::Failed(why),
            Err(_) => Finding::Failed(format!("no answer within {} s", LONGEST.as_secs())),
        };
        (host.to_string(), found)
    });
    join_all(asked).await
}
