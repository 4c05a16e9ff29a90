//! UKG Pro, by the `ukg` crate.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use async_trait::async_trait;
use domain::{CheckReport, Permission};
use services::{CheckRequest, CheckWatcher, UkgGateway};
use ukg::{Credentials, UkgChecker, UkgSettings};

use crate::config::UkgConfig;

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
    async fn check(&self, request: CheckRequest, _: Arc<dyn CheckWatcher>) -> CheckReport {
        let credentials = Credentials {
            customer_api_key: request.customer_api_key,
            username: request.username,
            password: request.password,
        };
        self.0.check(&request.host, &credentials, &request.permissions).await
    }

    async fn surplus(&self, _: CheckRequest, _: Vec<Permission>) -> Vec<Permission> {
        Vec::new()
    }
}
