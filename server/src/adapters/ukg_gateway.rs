//! UKG Pro, by the `ukg` crate.

use anyhow::{Context as _, Result};
use async_trait::async_trait;
use domain::{CheckProgress, CheckReport};
use services::{CheckRequest, UkgGateway};
use ukg::{Credentials, Target, UkgChecker, UkgSettings, Watcher};

use crate::config::UkgConfig;

/// How many requests of one check UKG Pro may refuse.
const REFUSALS: u8 = 3;

/// Checks accounts over HTTPS.
#[derive(Clone)]
pub struct HttpUkgGateway(UkgChecker);

impl HttpUkgGateway {
    /// Builds the client, with the extra root certificate if one is set.
    ///
    /// # Errors
    /// When that certificate cannot be read or used.
    pub fn new(config: &UkgConfig) -> Result<Self> {
        let extra_root_pem = match &config.ca_file {
            Some(path) => Some(
                std::fs::read(path)
                    .with_context(|| format!("LINKDESK_UKG_CA_FILE: could not read {}", path.display()))?,
            ),
            None => None,
        };
        let settings = UkgSettings {
            suffixes: config.suffixes.clone(),
            resolve: config.resolve.clone(),
            extra_root_pem,
        };
        Ok(Self(UkgChecker::new(settings).context("could not set up calls to UKG Pro")?))
    }
}

#[async_trait]
impl UkgGateway for HttpUkgGateway {
    async fn check(&self, request: CheckRequest) -> CheckReport {
        let credentials = Credentials {
            customer_api_key: request.customer_api_key,
            username: request.username,
            password: request.password,
        };
        let target = Target {
            host: &request.host,
            credentials: &credentials,
            permissions: &request.permissions,
            refusals_left: REFUSALS,
        };
        self.0.check(&target, &Nobody).await
    }
}

/// Nobody looks on, and nobody counts.
struct Nobody;

#[async_trait]
impl Watcher for Nobody {
    fn progressed(&self, _: &CheckProgress) {}

    async fn refused(&self) {}
}
