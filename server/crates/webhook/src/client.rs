//! The one client factory: whatever leaves for a receiver leaves through a client made here.

use std::sync::Arc;
use std::time::Duration;

use reqwest::Client;
use reqwest::redirect::Policy;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::CertificateDer;
use rustls::version::{TLS12, TLS13};
use rustls::{ClientConfig, RootCertStore};

use crate::resolve::Checked;

/// What every message names as its sender.
const USER_AGENT: &str = concat!("Linkdesk-Webhooks/", env!("CARGO_PKG_VERSION"));
/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(5);
/// How long a connection is kept for the next message: shorter than most receivers do.
const IDLE: Duration = Duration::from_secs(20);
/// How many of these to one host: as many as requests go there at a time when every endpoint is on it. With fewer, each
/// burst would open connections anew.
const IDLE_MOST: usize = 64;

/// A client that looks names up in this way. No redirects, no proxy from the environment; cookies and decompression are
/// not compiled in, and what is tried again is decided elsewhere.
pub(crate) fn client(
    tls: ClientConfig,
    names: Checked,
    connect: Option<Duration>,
) -> Result<Client, reqwest::Error> {
    Client::builder()
        .tls_backend_preconfigured(tls)
        .https_only(names.over_tls)
        .redirect(Policy::none())
        .no_proxy()
        .referer(false)
        .retry(reqwest::retry::never())
        .http1_only()
        .connect_timeout(connect.unwrap_or(CONNECT))
        .pool_idle_timeout(IDLE)
        .pool_max_idle_per_host(IDLE_MOST)
        .tcp_nodelay(true)
        .user_agent(USER_AGENT)
        .dns_resolver(Arc::new(names))
        .build()
}

/// TLS 1.2 or 1.3, verified against the operating system's roots and these. A machine without any trusts nobody: every
/// attempt then says so.
pub(crate) fn tls_config(extra: &[CertificateDer<'static>]) -> Result<ClientConfig, rustls::Error> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    roots.add_parsable_certificates(extra.iter().cloned());
    let mut config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_protocol_versions(&[&TLS13, &TLS12])?
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}
