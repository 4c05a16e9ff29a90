//! No credentials before the peer has proved to be the host (bar N3).

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use domain::{ConnectionStep, ProblemCode};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{DigitallySignedStruct, Error, SignatureScheme};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::identity::{self, Ca};
use super::stand_in::{Peer, Reply, StandIn, serve};
use super::{HOST, KEY, checker, credentials, failed, host, some};

/// What is wrong with the peer.
#[derive(Clone, Copy, Debug)]
enum Wrong {
    Authority,
    SelfSigned,
    Name,
    Expired,
    NotYetValid,
}

const ALL_WRONG: [Wrong; 5] =
    [Wrong::Authority, Wrong::SelfSigned, Wrong::Name, Wrong::Expired, Wrong::NotYetValid];

async fn impostor(wrong: Wrong) -> StandIn {
    let ca = Ca::new();
    let tls = match wrong {
        Wrong::Authority => Ca::new().server(HOST),
        Wrong::Name => ca.server("service5.ultipro.com"),
        Wrong::SelfSigned => identity::self_signed_server(HOST),
        Wrong::Expired => ca.server_between(HOST, 2019, 2020),
        Wrong::NotYetValid => ca.server_between(HOST, 2090, 2091),
    };
    StandIn::with(ca, tls, |_, _| Reply::list()).await
}

#[tokio::test]
async fn a_peer_that_cannot_prove_to_be_the_host_gets_no_request() {
    for wrong in ALL_WRONG {
        let peer = impostor(wrong).await;

        let report = super::check(&peer, &some()).await;

        assert_eq!(report.outcome, failed(ProblemCode::HostTls), "{wrong:?}");
        assert_eq!(report.connection, ConnectionStep::NotReached);
        // One for the request, one opened ahead, and nothing sent over either.
        assert_eq!((peer.connections(), peer.seen().len()), (2, 0), "{wrong:?}");
    }
}

// Positive control: the same peers, and only the verification taken out of the client.
#[tokio::test]
async fn with_verification_off_every_such_peer_would_get_the_key() {
    for wrong in ALL_WRONG {
        let peer = impostor(wrong).await;
        let mut blind = checker(&peer.ca, peer.address);
        blind.trust_anyone();

        blind.quietly(&host(HOST), &credentials(), &some()).await;

        assert_eq!(peer.seen().first().unwrap().header("us-customer-api-key"), KEY, "{wrong:?}");
    }
}

/// A peer that sends these bytes as soon as it has heard something, then goes on listening.
async fn plain_peer(answer: &'static [u8]) -> (SocketAddr, Arc<Mutex<Vec<u8>>>) {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let record = Arc::clone(&heard);
    let (address, _) = serve(None, move |peer| {
        let record = Arc::clone(&record);
        async move {
            let Peer::Plain(mut stream) = peer else { return };
            let mut buffer = [0; 4096];
            let mut answered = false;
            while let Ok(length @ 1..) = stream.read(&mut buffer).await {
                record.lock().unwrap().extend_from_slice(&buffer[..length]);
                if !answered {
                    answered = true;
                    let _ = stream.write_all(answer).await;
                }
            }
        }
    })
    .await;
    (address, heard)
}

#[tokio::test]
async fn a_peer_without_tls_or_with_an_old_one_hears_no_secret() {
    let peers: [(&str, &[u8]); 4] = [
        ("plain HTTP", b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[]"),
        ("alert protocol_version", &[0x15, 3, 2, 0, 2, 2, 70]),
        ("TLS 1.1", &TLS_1_1_HELLO),
        ("garbage", b"220 mail.example ESMTP\r\n"),
    ];
    for (what, answer) in peers {
        let (address, heard) = plain_peer(answer).await;

        let report = checker(&Ca::new(), address).quietly(&host(HOST), &credentials(), &some()).await;

        assert_eq!(report.outcome, failed(ProblemCode::HostTls), "{what}");
        let heard = heard.lock().unwrap().clone();
        // The start of a TLS handshake (positive control: it did hear something), and nothing of a request.
        assert_eq!(heard[..2], [0x16, 3], "{what}");
        assert!(!heard.windows(KEY.len()).any(|bytes| bytes == KEY.as_bytes()), "{what}");
        assert!(!heard.windows(6).any(|bytes| bytes == b"Basic "), "{what}");
    }
}

#[tokio::test]
async fn a_peer_that_asks_for_a_certificate_of_ours_or_for_http_2_alone_has_no_tls_with_us() {
    let ca = Ca::new();
    let peers = [
        ("client certificate, TLS 1.2", ca.server_asking_who(HOST, &rustls::version::TLS12)),
        ("client certificate, TLS 1.3", ca.server_asking_who(HOST, &rustls::version::TLS13)),
        ("HTTP/2 alone", ca.server_speaking(HOST, b"h2")),
    ];
    for (what, tls) in peers {
        let peer = StandIn::with(ca.clone(), tls, |_, _| Reply::list()).await;

        let report = super::check(&peer, &some()).await;

        assert_eq!(report.outcome, failed(ProblemCode::HostTls), "{what}");
        assert_eq!(peer.seen().len(), 0, "{what}");
    }
}

#[tokio::test]
async fn a_peer_that_hangs_up_on_the_handshake_has_no_tls_with_us() {
    let (address, connections) = serve(None, |peer| async move {
        let Peer::Plain(mut stream) = peer else { return };
        let mut hello = vec![0; 16 * 1024];
        let _ = stream.read(&mut hello).await;
    })
    .await;

    let report = checker(&Ca::new(), address).quietly(&host(HOST), &credentials(), &some()).await;

    assert_eq!(report.outcome, failed(ProblemCode::HostTls));
    assert!(connections.load(std::sync::atomic::Ordering::SeqCst) >= 1);
}

/// A ServerHello of TLS 1.1 with TLS_RSA_WITH_AES_128_CBC_SHA, as a server that knows nothing newer sends it.
const TLS_1_1_HELLO: [u8; 47] = {
    let mut hello = [0x5A; 47];
    let head = [0x16, 3, 2, 0, 42, 2, 0, 0, 38, 3, 2];
    let mut i = 0;
    while i < head.len() {
        hello[i] = head[i];
        i += 1;
    }
    // After 32 random bytes: no session id, the cipher suite, no compression.
    let tail = [0, 0, 0x2F, 0];
    let mut i = 0;
    while i < tail.len() {
        hello[43 + i] = tail[i];
        i += 1;
    }
    hello
};

/// Believes everybody. Only tests can have it: the production configuration has no way to switch verification off.
#[derive(Debug)]
pub(crate) struct Gullible;

impl ServerCertVerifier for Gullible {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        rustls::crypto::aws_lc_rs::default_provider().signature_verification_algorithms.supported_schemes()
    }
}
