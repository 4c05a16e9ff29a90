//! The front door: whether anything may be called, then the call.

use std::sync::Arc;
use std::time::Duration;

use domain::{CheckReport, Permission, ProblemCode, WebServicesHost};
use rustls::ClientConfig;
use tracing::{Instrument as _, info_span};

use crate::client::{client, tls_config};
use crate::course::{Course, REQUIRED};
use crate::headers::headers;
use crate::limits::Limits;
use crate::resolve::{Addresses, Lookup, system_lookup};
use crate::session::Session;
use crate::settings::{Credentials, Target, UkgSettings, UkgSetupError};
use crate::watch::Watcher;
use crate::{flow, row, surplus};

/// Checks UKG Pro accounts. Cheap to clone; one for the whole program.
#[derive(Clone)]
pub struct UkgChecker {
    suffixes: Arc<[String]>,
    pub(crate) addresses: Arc<Addresses>,
    pub(crate) tls: ClientConfig,
    pub(crate) limits: Limits,
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
            addresses: Arc::new(Addresses::new(&settings.resolve, lookup, limits.lookup)),
            tls: tls_config(settings.extra_root_pem.as_deref())?,
            suffixes: settings.suffixes.into(),
            limits,
        })
    }

    /// Checks one account: is the host reached securely, are the credentials accepted, which permissions hold?
    ///
    /// Never fails: whatever goes wrong is in the report. Ends within 20 seconds and keeps what was found by then
    /// (time the watcher takes comes on top). While nothing is accepted, sends one request after the other, and at
    /// most three that are refused, or as many as `target` allows (`ukg-pro.md` §4d).
    ///
    /// A host outside the allowed domains is `url_not_ukg`, and nothing is resolved or connected to. A Customer API
    /// Key that no HTTP header can carry is `credentials_rejected`, and nothing is sent: no tenant can have it.
    pub async fn check(&self, target: &Target<'_>, watcher: &dyn Watcher) -> CheckReport {
        let span = info_span!("ukg.check", host = %target.host);
        match self.session(target.host, target.credentials, self.limits.whole) {
            Ok(session) => flow::run(&Arc::new(session), target, watcher).instrument(span).await,
            Err(problem) => {
                let mut course = Course::new(target.permissions, watcher);
                course.unclear(REQUIRED, problem, None);
                course.report()
            }
        }
    }

    /// Asks about one permission anew and gives `known` back with its row replaced and the outcome that follows.
    ///
    /// A fault leaves that row unchecked, with its reason, and every other row as known. A refused request is
    /// followed by others that may speak for the account, whose answers count for their rows too. Only when none does
    /// is the whole `credentials_rejected`, and then no row is known any more. Ends within 20 seconds; the rest is as
    /// with [`UkgChecker::check`].
    ///
    /// A permission that cannot be tested, or has no row in `known`, changes nothing, and nothing is sent.
    pub async fn check_row(
        &self,
        target: &Target<'_>,
        permission: Permission,
        known: &CheckReport,
        watcher: &dyn Watcher,
    ) -> CheckReport {
        let span = info_span!("ukg.check_row", host = %target.host, %permission);
        match self.session(target.host, target.credentials, self.limits.whole) {
            Ok(session) => row::run(&session, target, permission, known, watcher).instrument(span).await,
            Err(problem) => {
                let mut course = Course::resumed(known, permission, watcher);
                course.unclear(permission, problem, None);
                course.report()
            }
        }
    }

    /// Which of these permissions are granted although they are not asked for, as far as it can be told at little
    /// cost: for an account that was just accepted. In UKG's order.
    ///
    /// Ends within 5 seconds and at the first refusal, 429 or fault; nothing is tried twice, so at most one request
    /// is refused. What cannot be tested is left out.
    pub async fn surplus(
        &self,
        host: &WebServicesHost,
        credentials: &Credentials,
        not_asked: &[Permission],
    ) -> Vec<Permission> {
        let span = info_span!("ukg.surplus", %host);
        match self.session(host, credentials, self.limits.surplus) {
            Ok(session) => surplus::run(&Arc::new(session), not_asked).instrument(span).await,
            Err(_) => Vec::new(),
        }
    }

    /// Whether a host may be called at all.
    pub(crate) fn allows(&self, host: &WebServicesHost) -> bool {
        let suffixes: Vec<&str> = self.suffixes.iter().map(String::as_str).collect();
        host.is_allowed(&suffixes)
    }

    fn session(
        &self,
        host: &WebServicesHost,
        credentials: &Credentials,
        whole: Duration,
    ) -> Result<Session, ProblemCode> {
        if !self.allows(host) {
            return Err(ProblemCode::UrlNotUkg);
        }
        let headers = headers(credentials).ok_or(ProblemCode::CredentialsRejected)?;
        let client =
            client(&self.tls, host, &self.addresses, &self.limits).map_err(|_| ProblemCode::UkgUnexpected)?;
        Ok(Session::new(client, host, Arc::clone(&self.addresses), headers, self.limits, whole))
    }
}

#[cfg(test)]
impl UkgChecker {
    /// Takes the verification out, to show that the tests of it would notice.
    pub(crate) fn trust_anyone(&mut self) {
        self.tls.dangerous().set_certificate_verifier(Arc::new(crate::tests::Gullible));
    }

    /// Gives it other limits.
    pub(crate) fn limit(&mut self, limits: Limits) {
        self.limits = limits;
    }
}
