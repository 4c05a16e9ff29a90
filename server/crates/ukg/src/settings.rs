//! What is handed in: settings once, credentials for each check.

use std::fmt;
use std::net::SocketAddr;

use domain::{PermissionSet, Secret, WebServicesHost};

/// Where UKG Pro may be looked for and whom to trust there.
#[derive(Clone, Debug, Default)]
pub struct UkgSettings {
    /// Domains a host may belong to, on a label boundary (`LINKDESK_UKG_SUFFIXES`).
    pub suffixes: Vec<String>,
    /// Where to connect for a host instead of asking DNS (`LINKDESK_UKG_RESOLVE`). The port replaces 443, the TLS
    /// name stays the host's, and the address need not be public. Port 0 stands for no address, as if DNS did not know
    /// the host: `service15.ultipro.com=0.0.0.0:0`.
    pub resolve: Vec<(String, SocketAddr)>,
    /// One or more root certificates to trust besides the operating system's (`LINKDESK_UKG_CA_FILE`).
    pub extra_root_pem: Option<Vec<u8>>,
}

/// What UKG Pro's REST services ask for with every request (`ukg-pro.md` §1: two headers, no session, no token).
#[derive(Clone)]
pub struct Credentials {
    /// The Customer API Key, one per tenant.
    pub customer_api_key: Secret,
    /// The service account's username.
    pub username: Secret,
    /// The service account's password, as UKG Pro generated it.
    pub password: Secret,
}

/// Says nothing: not even lengths are anybody's business in a log.
impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(***)")
    }
}

/// What one check is about.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    /// The host to call.
    pub host: &'a WebServicesHost,
    /// The account.
    pub credentials: &'a Credentials,
    /// What the link asks for.
    pub permissions: &'a PermissionSet,
    /// How many more requests of this account UKG Pro may refuse before any is accepted. With 0 nothing is sent, and
    /// the account counts as rejected.
    pub refusals_left: u8,
}

/// Why no check can be made with these settings; found at start-up.
#[derive(Debug, thiserror::Error)]
pub enum UkgSetupError {
    /// The extra root is no PEM text that holds a certificate.
    #[error(
        "the extra root certificate cannot be read: it must be a PEM file with at least one CERTIFICATE block"
    )]
    ExtraRootUnreadable,
    /// The extra root is a certificate that cannot be trusted as a root.
    #[error("the extra root certificate cannot be used")]
    ExtraRootUnusable(#[source] rustls::Error),
    /// Neither the operating system nor the settings name anybody to trust.
    #[error("no root certificates were found; install the package ca-certificates or name an extra root")]
    NoRoots,
    /// The cryptography library refuses TLS 1.2 and 1.3.
    #[error("TLS could not be set up")]
    Tls(#[source] rustls::Error),
}
