//! The simulator's own certificate authority and the one certificate it serves.

use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use rustls::ServerConfig;
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::version::{TLS12, TLS13};

use crate::SimulatorError;

/// The domains UKG Pro's Web Services live under.
const UKG_NAMES: [&str; 2] = ["*.ultipro.com", "*.ultipro.ca"];

/// What a client trusts, and what the server shows it.
pub(crate) struct Certificates {
    pub(crate) ca_pem: String,
    pub(crate) server_config: Arc<ServerConfig>,
}

/// A fresh authority, and a certificate from it for UKG's names and these.
pub(crate) fn make(names: &[String]) -> Result<Certificates, SimulatorError> {
    let (issuer, ca_pem) = authority().map_err(SimulatorError::Certificate)?;
    let (certificate, key) = leaf(names, &issuer).map_err(SimulatorError::Certificate)?;

    // The provider is named here, not taken from the process: a library must not choose for the program.
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&TLS13, &TLS12])
        .and_then(|builder| {
            let key = PrivatePkcs8KeyDer::from(key.serialize_der());
            builder.with_no_client_auth().with_single_cert(vec![certificate.der().clone()], key.into())
        })
        .map_err(SimulatorError::Tls)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Certificates { ca_pem, server_config: Arc::new(config) })
}

fn authority() -> Result<(Issuer<'static, KeyPair>, String), rcgen::Error> {
    let mut params = CertificateParams::new(Vec::new())?;
    params.distinguished_name.push(DnType::CommonName, "UKG Pro simulator, trust it in tests only");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let key = KeyPair::generate()?;
    let pem = params.self_signed(&key)?.pem();
    Ok((Issuer::new(params, key), pem))
}

fn leaf(
    names: &[String],
    issuer: &Issuer<'static, KeyPair>,
) -> Result<(rcgen::Certificate, KeyPair), rcgen::Error> {
    let names: Vec<_> = UKG_NAMES.into_iter().map(str::to_owned).chain(names.iter().cloned()).collect();
    let mut params = CertificateParams::new(names)?;
    params.distinguished_name.push(DnType::CommonName, "UKG Pro simulator");
    params.use_authority_key_identifier_extension = true;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let key = KeyPair::generate()?;
    Ok((params.signed_by(&key, issuer)?, key))
}
