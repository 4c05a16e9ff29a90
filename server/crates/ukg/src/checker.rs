//! The front door: whether anything may be called, then the call.

use std::sync::Arc;

use domain::{CheckReport, Permission, PermissionSet, ProblemCode, WebServicesHost};
use rustls::ClientConfig;
use tokio::time::Instant;
use tracing::{Instrument as _, info_span};

use crate::client::{client, tls_config};
use crate::flow;
use crate::headers::headers;
use crate::limits::Limits;
use crate::resolve::{Addresses, Lookup, system_lookup};
use crate::rows::Rows;
use crate::session::Session;
use crate::settings::{Credentials, UkgSettings, UkgSetupError};

/// Checks UKG Pro accounts. Cheap to clone; one for the whole program.
#[derive(Clone)]
pub struct UkgChecker {
    suffixes: Arc<[String]>,
    addresses: Arc<Addresses>,
    tls: ClientConfig,
    limits: Limits,
}

impl UkgChecker {
    /// Reads the trusted roots, once.
    ///
    /// # Errors
    /// [`UkgSetupError`] when the extra root cannot be used, or there is no root at all.
    pub fn new(settings: UkgSettings) -> Result<Self, UkgSetupError> {
        Self::with(settings, system_lookup(), Limits::PRODUCTION)
    }

    /// The same with another way to ask DNS and other limits, for tests.
    pub(crate) fn with(settings: UkgSettings, lookup: Lookup, limits: Limits) -> Result<Self, UkgSetupError> {
        Ok(Self {
            addresses: Arc::new(Addresses::new(&settings.resolve, lookup)),
            tls: tls_config(settings.extra_root_pem.as_deref())?,
            suffixes: settings.suffixes.into(),
            limits,
        })
    }

    /// Checks one account: is the host reached securely, are the credentials accepted, which permissions hold?
    ///
    /// Never fails: whatever goes wrong is in the report. Ends within 20 seconds and keeps what was found by then.
    /// Sends at most three requests that are refused because of the credentials (`ukg-pro.md` §4d).
    ///
    /// A host outside the allowed domains is `url_not_ukg`, and nothing is resolved or connected to. A Customer API
    /// Key that no HTTP header can carry is `credentials_rejected`, and nothing is sent: no tenant can have it.
    pub async fn check(
        &self,
        host: &WebServicesHost,
        credentials: &Credentials,
        permissions: &PermissionSet,
    ) -> CheckReport {
        let span = info_span!("ukg.check", %host);
        match self.session(host, credentials) {
            Ok(session) => flow::run(&Arc::new(session), permissions).instrument(span).await,
            Err(problem) => {
                let mut rows = Rows::new(permissions);
                rows.unclear(Permission::EmployeePersonDetails, problem);
                rows.report(None, None)
            }
        }
    }

    fn session(&self, host: &WebServicesHost, credentials: &Credentials) -> Result<Session, ProblemCode> {
        let started = Instant::now();
        let suffixes: Vec<&str> = self.suffixes.iter().map(String::as_str).collect();
        if !host.is_allowed(&suffixes) {
            return Err(ProblemCode::UrlNotUkg);
        }
        let headers = headers(credentials).ok_or(ProblemCode::CredentialsRejected)?;
        let client =
            client(&self.tls, host, &self.addresses, &self.limits).map_err(|_| ProblemCode::UkgUnexpected)?;
        Ok(Session::new(client, host, headers, self.limits, started))
    }
}

#[cfg(test)]
impl UkgChecker {
    /// Takes the verification out, to show that the tests of it would notice.
    pub(crate) fn trust_anyone(&mut self) {
        self.tls.dangerous().set_certificate_verifier(Arc::new(crate::tests::Gullible));
    }
}
