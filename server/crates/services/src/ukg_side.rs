//! "It is UKG, not you": what the checks of all links say of each of UKG Pro's hosts. Told from the last half hour's
//! checks, and remembered for some seconds, so that however many pages ask, the database is asked seldom.

use std::sync::Arc;

use domain::{LinkId, Timestamp, WebServicesHost};
use storage::HostChecks;

use crate::{FlowCaller, ServiceError, Services, StaffCaller};

/// How far back checks count, in seconds.
const WINDOW_SECONDS: i64 = 30 * 60;
/// How long what was found is good for, in milliseconds.
const REMEMBERED_MILLIS: i64 = 5_000;
/// Fewer failing links than this may be chance, or one customer's own network.
const LINKS_AT_LEAST: u64 = 3;

/// How UKG Pro answers on one host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostSide {
    /// What the checks found.
    pub checks: HostChecks,
}

/// What was found, and when.
pub(crate) type Remembered = Option<(Timestamp, Arc<[HostSide]>)>;

impl HostSide {
    /// Whether so many links fail there that the host, and not the customers, is to be blamed: three at least, and at
    /// least half of those that were checked.
    #[must_use]
    pub const fn is_in_trouble(&self) -> bool {
        self.checks.failing >= LINKS_AT_LEAST && self.checks.failing * 2 >= self.checks.links
    }
}

impl Services {
    /// How UKG Pro answers, by host.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ukg_side(&self, _: &StaffCaller) -> Result<Arc<[HostSide]>, ServiceError> {
        self.host_sides().await
    }

    /// When a check of somebody else last failed on the host the caller's check asks, if that host is in trouble.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn others_failed(
        &self,
        caller: &FlowCaller,
        host: &WebServicesHost,
    ) -> Result<Option<Timestamp>, ServiceError> {
        let sides = self.host_sides().await?;
        let in_trouble = sides.iter().any(|side| side.checks.host == *host && side.is_in_trouble());
        if !in_trouble {
            return Ok(None);
        }
        self.last_fault_besides(host, caller.link()).await
    }

    async fn last_fault_besides(
        &self,
        host: &WebServicesHost,
        except: LinkId,
    ) -> Result<Option<Timestamp>, ServiceError> {
        Ok(self.storage().last_fault(host, except, self.window_start()).await?)
    }

    async fn host_sides(&self) -> Result<Arc<[HostSide]>, ServiceError> {
        let now = self.now();
        let remembered = self.remembered_sides().clone();
        if let Some((at, sides)) = remembered
            && (0..REMEMBERED_MILLIS).contains(&now.millis_since(at))
        {
            return Ok(sides);
        }
        let checks = self.storage().host_checks(self.window_start()).await?;
        let sides: Arc<[HostSide]> = checks.into_iter().map(|checks| HostSide { checks }).collect();
        *self.remembered_sides() = Some((now, sides.clone()));
        Ok(sides)
    }

    fn window_start(&self) -> Timestamp {
        self.now().plus_seconds(-WINDOW_SECONDS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_in_trouble_when_three_links_and_half_of_all_fail() {
        for (failing, links, expected) in [
            (0, 0, false),
            (2, 2, false),
            (3, 3, true),
            (3, 6, true),
            (3, 7, false),
            (50, 100, true),
            (49, 100, false),
        ] {
            let host = WebServicesHost::from_stored("service4.ultipro.com").unwrap();
            let at = Some(Timestamp::from_millis(0));
            let checks = HostChecks { host, checks: links, links, failing, first_fault: at };

            assert_eq!(HostSide { checks }.is_in_trouble(), expected, "{failing} of {links}");
        }
    }
}
