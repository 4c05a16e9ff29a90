//! The simulator's own certificate authority and the certificates it serves: the right one, and every wrong one.

use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};
use rustls::ServerConfig;
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::version::{TLS12, TLS13};

use crate::SimulatorError;

/// The domains UKG Pro's Web Services live under.
const UKG_NAMES: [&str; 2] = ["*.ultipro.com", "*.ultipro.ca"];

/// What the authority to trust is called.
const OURS: &str = "UKG Pro simulator, trust it in tests only";

/// What a client trusts, and what the server shows it.
pub(crate) struct Certificates {
    pub(crate) ca_pem: String,
    pub(crate) identities: Identities,
}

/// What the server can show: itself, or one of the ways in which a certificate is not right.
#[derive(Clone)]
pub(crate) struct Identities {
    pub(crate) right: Arc<ServerConfig>,
    pub(crate) wrong_name: Arc<ServerConfig>,
    pub(crate) expired: Arc<ServerConfig>,
    pub(crate) self_signed: Arc<ServerConfig>,
    pub(crate) other_authority: Arc<ServerConfig>,
}

/// A fresh authority, and certificates from it for UKG's names and these.
pub(crate) fn make(names: &[String]) -> Result<Certificates, SimulatorError> {
    let (issuer, ca_pem) = authority(OURS).map_err(SimulatorError::Certificate)?;
    let (stranger, _) = authority("An authority nobody knows").map_err(SimulatorError::Certificate)?;
    let all: Vec<_> = UKG_NAMES.into_iter().map(str::to_owned).chain(names.iter().cloned()).collect();
    let identity = |names: &[String], issuer: Option<&Issuer<'static, KeyPair>>, expired: bool| {
        let (certificate, key) = leaf(names, issuer, expired).map_err(SimulatorError::Certificate)?;
        server_config(&certificate, &key).map_err(SimulatorError::Tls)
    };
    let identities = Identities {
        right: identity(&all, Some(&issuer), false)?,
        wrong_name: identity(&["*.somewhere-else.example".to_owned()], Some(&issuer), false)?,
        expired: identity(&all, Some(&issuer), true)?,
        self_signed: identity(&all, None, false)?,
        other_authority: identity(&all, Some(&stranger), false)?,
    };
    Ok(Certificates { ca_pem, identities })
}

fn server_config(
    certificate: &rcgen::Certificate,
    key: &KeyPair,
) -> Result<Arc<ServerConfig>, rustls::Error> {
    // The provider is named here, not taken from the process: a library must not choose for the program.
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let key = PrivatePkcs8KeyDer::from(key.serialize_der());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&TLS13, &TLS12])?
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key.into())?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

fn authority(name: &str) -> Result<(Issuer<'static, KeyPair>, String), rcgen::Error> {
    let mut params = CertificateParams::new(Vec::new())?;
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let key = KeyPair::generate()?;
    let pem = params.self_signed(&key)?.pem();
    Ok((Issuer::new(params, key), pem))
}

/// Without an issuer it vouches for itself.
fn leaf(
    names: &[String],
    issuer: Option<&Issuer<'static, KeyPair>>,
    expired: bool,
) -> Result<(rcgen::Certificate, KeyPair), rcgen::Error> {
    let mut params = CertificateParams::new(names)?;
    params.distinguished_name.push(DnType::CommonName, "UKG Pro simulator");
    params.use_authority_key_identifier_extension = issuer.is_some();
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    if expired {
        params.not_before = date_time_ymd(2019, 1, 1);
        params.not_after = date_time_ymd(2020, 1, 1);
    }
    let key = KeyPair::generate()?;
    let certificate = match issuer {
        Some(issuer) => params.signed_by(&key, issuer)?,
        None => params.self_signed(&key)?,
    };
    Ok((certificate, key))
}
