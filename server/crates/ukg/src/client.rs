//! The one client factory: whatever leaves for UKG Pro leaves through a client made here.
//!
//! Each check gets a client, and with it connections, of its own: no answer meant for one customer's request can
//! ever be read as the answer to another's. What is costly, reading the trusted roots, is done once.

use std::sync::Arc;
use std::time::Duration;

use domain::WebServicesHost;
use reqwest::Client;
use reqwest::redirect::Policy;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::version::{TLS12, TLS13};
use rustls::{ClientConfig, RootCertStore};

use crate::ahead::Ahead;
use crate::limits::Limits;
use crate::resolve::{Addresses, OneHost};
use crate::settings::UkgSetupError;

/// What every call names as its sender.
const USER_AGENT: &str = concat!("Linkdesk/", env!("CARGO_PKG_VERSION"));

/// By how much a connection opened ahead may take longer than one that is waited for.
const MARGIN: Duration = Duration::from_millis(100);

/// A client for one check of one host.
///
/// Only https, no redirects (a portal's redirect would carry the credentials along), no proxy from the environment.
/// Cookies and decompression are not compiled in. There is no limit for a whole request: the check's own deadline,
/// which `session` keeps, bounds each.
pub(crate) fn client(
    tls: &ClientConfig,
    host: &WebServicesHost,
    addresses: &Arc<Addresses>,
    limits: &Limits,
) -> Result<Client, reqwest::Error> {
    Client::builder()
        .tls_backend_preconfigured(tls.clone())
        .https_only(true)
        .redirect(Policy::none())
        .no_proxy()
        .referer(false)
        // `session` decides what is tried again, so that refused requests can be counted.
        .retry(reqwest::retry::never())
        .http1_only()
        .connector_layer(Ahead::new(limits.connect + MARGIN))
        .connect_timeout(limits.connect)
        .user_agent(USER_AGENT)
        .dns_resolver(OneHost::new(host.as_str(), Arc::clone(addresses)))
        .build()
}

/// TLS 1.2 or 1.3, verified against the operating system's roots and the extra ones.
///
/// A machine without roots of its own will do as long as an extra one is given.
pub(crate) fn tls_config(extra_root_pem: Option<&[u8]>) -> Result<ClientConfig, UkgSetupError> {
    let system = rustls_native_certs::load_native_certs().certs;
    tls_config_of(system, extra_root_pem)
}

fn tls_config_of(
    system: Vec<CertificateDer<'static>>,
    extra_root_pem: Option<&[u8]>,
) -> Result<ClientConfig, UkgSetupError> {
    let mut roots = RootCertStore::empty();
    // One odd certificate among the system's is no reason to do without the others.
    roots.add_parsable_certificates(system);
    if let Some(pem) = extra_root_pem {
        let extra = CertificateDer::pem_slice_iter(pem)
            .collect::<Result<Vec<_>, _>>()
            .map_err(|_| UkgSetupError::ExtraRootUnreadable)?;
        if extra.is_empty() {
            return Err(UkgSetupError::ExtraRootUnreadable);
        }
        for root in extra {
            roots.add(root).map_err(UkgSetupError::ExtraRootUnusable)?;
        }
    }
    if roots.is_empty() {
        return Err(UkgSetupError::NoRoots);
    }
    let mut config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_protocol_versions(&[&TLS13, &TLS12])
        .map_err(UkgSetupError::Tls)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root_pem() -> String {
        let key = rcgen::KeyPair::generate().unwrap();
        let mut params = rcgen::CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        params.self_signed(&key).unwrap().pem()
    }

    #[test]
    fn a_machine_without_roots_needs_an_extra_one_and_no_more() {
        assert!(matches!(tls_config_of(Vec::new(), None), Err(UkgSetupError::NoRoots)));
        assert!(tls_config_of(Vec::new(), Some(root_pem().as_bytes())).is_ok());
    }

    #[test]
    fn an_extra_root_that_is_none_is_told_at_the_start() {
        for pem in ["", "hello", "-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n"] {
            let result = tls_config_of(Vec::new(), Some(pem.as_bytes()));
            assert!(matches!(result, Err(UkgSetupError::ExtraRootUnreadable)), "{pem}");
        }
        let not_der = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        let result = tls_config_of(Vec::new(), Some(not_der.as_bytes()));
        assert!(matches!(result, Err(UkgSetupError::ExtraRootUnusable(_))));
    }
}
