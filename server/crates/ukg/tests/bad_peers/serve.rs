//! A peer behaving as told, and a check at it with the limits of production.

use std::net::SocketAddr;
use std::sync::Arc;

use async_trait::async_trait;
use domain::{CheckOutcome, CheckProgress, PermissionSet, Secret, WebServicesHost};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, KeyUsagePurpose, date_time_ymd};
use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::PrivateKeyDer;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::time::sleep;
use tokio_rustls::TlsAcceptor;
use ukg::{Credentials, Target, UkgChecker, UkgSettings, Watcher};

use crate::peers::{Manners, Shows};

const HOST: &str = "service4.ultipro.com";

pub(crate) struct Ca {
    pub(crate) pem: String,
    pub(crate) issuer: Issuer<'static, KeyPair>,
}

impl Ca {
    pub(crate) fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        let pem = params.self_signed(&key).unwrap().pem();
        Self { pem, issuer: Issuer::new(params, key) }
    }

    fn server(&self, shows: Shows) -> Arc<ServerConfig> {
        let name = if shows == Shows::OtherName { "service5.ultipro.com" } else { HOST };
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        if shows == Shows::Expired {
            params.not_before = date_time_ymd(2019, 1, 1);
            params.not_after = date_time_ymd(2020, 1, 1);
        }
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.der().clone()],
                PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
            )
            .unwrap();
        Arc::new(config)
    }
}

pub(crate) async fn serve(ca: &Ca, shows: Shows, manners: Manners) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let tls = if shows == Shows::OtherAuthority { Ca::new().server(shows) } else { ca.server(shows) };
    let manners = Arc::new(manners);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (tls, manners) = (TlsAcceptor::from(Arc::clone(&tls)), Arc::clone(&manners));
            tokio::spawn(async move {
                if shows == Shows::NoTls {
                    behave(stream, &manners).await;
                } else if let Ok(stream) = tls.accept(stream).await {
                    behave(stream, &manners).await;
                }
            });
        }
    });
    address
}

async fn behave(mut stream: impl AsyncRead + AsyncWrite + Unpin, manners: &Manners) {
    let mut heard = [0; 4096];
    let _ = stream.read(&mut heard).await;
    let mut next = &manners.start;
    if next.is_empty() && manners.piece.is_empty() && manners.pause.is_zero() {
        return; // Hangs up.
    }
    while stream.write_all(next).await.is_ok() && stream.flush().await.is_ok() {
        next = &manners.piece;
        sleep(manners.pause).await;
    }
}

struct Nobody;

#[async_trait]
impl Watcher for Nobody {
    fn progressed(&self, _: &CheckProgress) {}

    async fn refused(&self) -> bool {
        true
    }
}

pub(crate) async fn check(ca: &Ca, address: SocketAddr) -> CheckOutcome {
    let settings = UkgSettings {
        suffixes: vec!["ultipro.com".into()],
        resolve: vec![(HOST.into(), address)],
        extra_root_pem: Some(ca.pem.clone().into_bytes()),
    };
    let secret = |text: &str| Secret::new(text.into());
    let credentials = Credentials {
        customer_api_key: secret("QX7MC"),
        username: secret("svc"),
        password: secret("made+up"),
    };
    let host = WebServicesHost::from_stored(HOST).unwrap();
    let permissions = PermissionSet::new(&[]);
    let target =
        Target { host: &host, credentials: &credentials, permissions: &permissions, refusals_left: 3 };
    UkgChecker::new(settings).unwrap().check(&target, &Nobody).await.outcome
}
