//! Certificates for the stand-in, from an authority made on the spot.

use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose, date_time_ymd,
};
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig, SupportedProtocolVersion};

#[derive(Clone)]
pub(super) struct Ca {
    pem: String,
    issuer: Arc<Issuer<'static, KeyPair>>,
}

impl Ca {
    pub(super) fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        params.distinguished_name.push(DnType::CommonName, "Stand-in authority");
        let pem = params.self_signed(&key).unwrap().pem();
        Self { pem, issuer: Arc::new(Issuer::new(params, key)) }
    }

    pub(super) fn pem(&self) -> String {
        self.pem.clone()
    }

    /// A server whose certificate is valid for this name.
    pub(super) fn server(&self, name: &str) -> Arc<ServerConfig> {
        self.server_of(CertificateParams::new(vec![name.to_owned()]).unwrap())
    }

    /// A server whose certificate is valid from the start of one year to that of another.
    pub(super) fn server_between(&self, name: &str, from: i32, to: i32) -> Arc<ServerConfig> {
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        params.not_before = date_time_ymd(from, 1, 1);
        params.not_after = date_time_ymd(to, 1, 1);
        self.server_of(params)
    }

    /// A server that wants to know who is calling.
    pub(super) fn server_asking_who(
        &self,
        name: &str,
        version: &'static SupportedProtocolVersion,
    ) -> Arc<ServerConfig> {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(self.pem.as_bytes()).unwrap()).unwrap();
        let provider = Arc::new(aws_lc_rs::default_provider());
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider))
            .build()
            .unwrap();
        let (certificate, key) = self.certificate(CertificateParams::new(vec![name.to_owned()]).unwrap());
        let config = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[version])
            .unwrap()
            .with_client_cert_verifier(verifier)
            .with_single_cert(vec![certificate], key)
            .unwrap();
        Arc::new(config)
    }

    /// A server that speaks one protocol alone.
    pub(super) fn server_speaking(&self, name: &str, protocol: &[u8]) -> Arc<ServerConfig> {
        let mut config = ServerConfig::clone(&self.server(name));
        config.alpn_protocols = vec![protocol.to_vec()];
        Arc::new(config)
    }

    fn server_of(&self, params: CertificateParams) -> Arc<ServerConfig> {
        let (certificate, key) = self.certificate(params);
        config(certificate, key)
    }

    fn certificate(&self, params: CertificateParams) -> (CertificateDer<'static>, PrivateKeyDer<'static>) {
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        (certificate.der().clone(), PrivateKeyDer::try_from(key.serialize_der()).unwrap())
    }
}

/// A server that vouches for itself.
pub(super) fn self_signed_server(name: &str) -> Arc<ServerConfig> {
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(vec![name.to_owned()]).unwrap().self_signed(&key).unwrap();
    config(certificate.der().clone(), PrivateKeyDer::try_from(key.serialize_der()).unwrap())
}

fn config(certificate: CertificateDer<'static>, key: PrivateKeyDer<'static>) -> Arc<ServerConfig> {
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    Arc::new(config)
}
