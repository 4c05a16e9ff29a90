//! UKG Pro, by the `ukg` crate.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use async_trait::async_trait;
use domain::{CheckProgress, CheckReport, Permission, ProblemCode, WebServicesHost};
use services::{CheckRequest, CheckWatcher, KnownReport, UkgGateway};
use ukg::{Credentials, Target, UkgChecker, UkgSettings, Watcher};

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

    /// Whether the host answers over TLS; nothing of anybody's is sent.
    ///
    /// # Errors
    /// What stands in the way, in words for whoever runs the server.
    pub async fn reach(&self, host: &WebServicesHost) -> Result<(), String> {
        let why = |problem| {
            if problem == ProblemCode::HostNotFound {
                "its name is not known: does this machine reach a name server?".to_owned()
            } else if problem == ProblemCode::HostUnreachable {
                "it takes no connection: does a firewall let this machine out to port 443?".to_owned()
            } else if problem == ProblemCode::HostTls {
                "its certificate is not trusted: does something on the way open TLS? LINKDESK_UKG_CA_FILE names one \
                 more root certificate"
                    .to_owned()
            } else {
                format!("it does not answer as it should ({problem})")
            }
        };
        self.0.reach(host).await.map_err(why)
    }
}

#[async_trait]
impl UkgGateway for HttpUkgGateway {
    async fn check(&self, request: CheckRequest, watcher: Arc<dyn CheckWatcher>) -> CheckReport {
        let CheckRequest { host, customer_api_key, username, password, permissions, refusals_left, known } =
            request;
        let credentials = Credentials { customer_api_key, username, password };
        let target =
            Target { host: &host, credentials: &credentials, permissions: &permissions, refusals_left };
        let watcher = Passed(watcher);
        match known {
            Some(KnownReport { ask, report }) => self.0.check_row(&target, ask, &report, &watcher).await,
            None => self.0.check(&target, &watcher).await,
        }
    }

    async fn surplus(&self, request: CheckRequest, others: Vec<Permission>) -> Vec<Permission> {
        let CheckRequest { host, customer_api_key, username, password, .. } = request;
        let credentials = Credentials { customer_api_key, username, password };
        self.0.surplus(&host, &credentials, &others).await
    }
}

/// The use cases' watcher, as the `ukg` crate knows one.
struct Passed(Arc<dyn CheckWatcher>);

#[async_trait]
impl Watcher for Passed {
    fn progressed(&self, progress: &CheckProgress) {
        self.0.progressed(progress);
    }

    async fn refused(&self) -> bool {
        self.0.refused().await
    }
}
