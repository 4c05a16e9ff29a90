//! Bar N4 at the limits of production, in a process of its own: each bad peer ends in its problem code within the
//! deadline, and the process grows by at most 16 MB meanwhile. Run with `--nocapture` it prints the figures.

#![cfg(target_os = "linux")]

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use domain::{CheckOutcome, CheckProgress, PermissionSet, ProblemCode, Secret, WebServicesHost};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, KeyUsagePurpose, date_time_ymd};
use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::PrivateKeyDer;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::time::sleep;
use tokio_rustls::TlsAcceptor;
use ukg::{Credentials, Target, UkgChecker, UkgSettings, Watcher};

const HOST: &str = "service4.ultipro.com";
const MOST_GROWTH_KB: u64 = 16 * 1024;
const DEADLINE: Duration = Duration::from_secs(20);
const OK_JSON: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

/// What the peer sends once it has heard something: a start, then pieces without end.
struct Manners {
    start: Vec<u8>,
    piece: Vec<u8>,
    pause: Duration,
}

/// Whose certificate it shows.
#[derive(Clone, Copy, PartialEq)]
enum Shows {
    Good,
    OtherAuthority,
    OtherName,
    Expired,
    NoTls,
}

struct BadPeer {
    name: &'static str,
    shows: Shows,
    manners: Manners,
    expected: CheckOutcome,
}

fn flood(name: &'static str, start: &str, piece: &[u8], expected: ProblemCode) -> BadPeer {
    let piece = piece.repeat(64 * 1024 / piece.len());
    let manners = Manners { start: start.into(), piece, pause: Duration::ZERO };
    BadPeer { name, shows: Shows::Good, manners, expected: CheckOutcome::Failed(expected) }
}

fn drip(name: &'static str, start: &str, piece: &[u8]) -> BadPeer {
    let manners = Manners { start: start.into(), piece: piece.to_vec(), pause: Duration::from_secs(1) };
    let expected = CheckOutcome::Failed(ProblemCode::UkgTimeout);
    BadPeer { name, shows: Shows::Good, manners, expected }
}

fn impostor(name: &'static str, shows: Shows, start: &[u8]) -> BadPeer {
    let manners = Manners { start: start.to_vec(), piece: Vec::new(), pause: Duration::from_secs(60) };
    BadPeer { name, shows, manners, expected: CheckOutcome::Failed(ProblemCode::HostTls) }
}

/// Those that end at once; each is measured alone.
fn quick() -> Vec<BadPeer> {
    use ProblemCode::{HostUnreachable, UkgUnexpected};
    let body = |extra: &str| format!("{OK_JSON}{extra}\r\n");
    let endless_list = BadPeer {
        expected: CheckOutcome::Linked,
        ..flood("a list without end", &(body("") + "[{\"a\":"), b"1", UkgUnexpected)
    };
    // The classic one: a kilobyte of zeros becomes a megabyte. Here the pieces go on for ever.
    let bomb = "Content-Encoding: gzip\r\nTransfer-Encoding: identity\r\n";
    // A ServerHello of TLS 1.1.
    let old = [&[0x16, 3, 2, 0, 42, 2, 0, 0, 38, 3, 2][..], &[0x5A; 32], &[0, 0, 0x2F, 0]].concat();
    vec![
        impostor("another authority", Shows::OtherAuthority, b""),
        impostor("another name", Shows::OtherName, b""),
        impostor("expired", Shows::Expired, b""),
        impostor("TLS 1.1", Shows::NoTls, &old),
        impostor("plain text", Shows::NoTls, b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]"),
        flood("10 GB promised", &body("Content-Length: 10000000000\r\n"), b" ", UkgUnexpected),
        flood("10 GB of spaces", &body(""), b" ", UkgUnexpected),
        flood("10 GB of zeros", &body(""), b"0", UkgUnexpected),
        endless_list,
        flood("gzip bomb", &body(bomb), b"\x1F\x8B\x08\0\0\0\0\0\0\xFF", UkgUnexpected),
        flood("headers without end", OK_JSON, b"X-More: 1234567890\r\n", UkgUnexpected),
        flood("one header without end", "HTTP/1.1 200 OK\r\nX-More: ", b"a", UkgUnexpected),
        flood("a status line without end", "HTTP/1.1 200 ", b"a", UkgUnexpected),
        flood("not HTTP", "220 mail.example ESMTP ready\r\n", b"250 ok\r\n", UkgUnexpected),
        BadPeer {
            manners: Manners { start: Vec::new(), piece: Vec::new(), pause: Duration::ZERO },
            ..flood("reset", "", b"a", HostUnreachable)
        },
    ]
}

/// Those that only the deadline ends; all at once, and measured together.
fn slow() -> Vec<BadPeer> {
    let interim =
        flood("interim answers without end", "", b"HTTP/1.1 103 Wait\r\n\r\n", ProblemCode::UkgTimeout);
    vec![
        drip("one byte of a body a second", &format!("{OK_JSON}Content-Length: 1000\r\n\r\n"), b" "),
        drip("one byte of a head a second", "HTTP/1.1 200 OK\r\nX-More: ", b"a"),
        drip("one header a second", OK_JSON, b"X-More: 1\r\n"),
        drip("silence", "", b""),
        interim,
    ]
}

struct Ca {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

impl Ca {
    fn new() -> Self {
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

async fn serve(ca: &Ca, shows: Shows, manners: Manners) -> SocketAddr {
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

    async fn refused(&self) {}
}

async fn check(ca: &Ca, address: SocketAddr) -> CheckOutcome {
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

/// Checks at this peer, and says when it ended and how.
async fn ends_as_expected(ca: &Ca, peer: BadPeer) {
    let address = serve(ca, peer.shows, peer.manners).await;
    let began = Instant::now();
    let outcome = check(ca, address).await;
    assert_eq!(outcome, peer.expected, "{}", peer.name);
    assert!(began.elapsed() < DEADLINE + Duration::from_secs(1), "{}: {:?}", peer.name, began.elapsed());
}

/// A line of this process's status, in kilobytes.
fn status_kb(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// By how much the process grew at most while this ran.
async fn growth_kb(during: impl Future<Output = ()>) -> u64 {
    // The mark of the most ever used goes back to what is used now.
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    let before = status_kb("VmRSS:");
    during.await;
    status_kb("VmHWM:").saturating_sub(before)
}

// One test, so that nothing else runs in this process.
#[tokio::test]
async fn every_bad_peer_ends_in_its_code_in_time_and_in_little_memory() {
    let ca = Ca::new();
    // What is made once, trusted roots and threads, is made before anything is measured.
    ends_as_expected(&ca, impostor("warm-up", Shows::Expired, b"")).await;

    for peer in quick() {
        let name = peer.name;
        let grown = growth_kb(ends_as_expected(&ca, peer)).await;
        println!("{name:<32} {grown:>6} KB");
        assert!(grown <= MOST_GROWTH_KB, "{name}: {grown} KB");
    }

    let grown = growth_kb(async {
        let mut all = tokio::task::JoinSet::new();
        let ca = Arc::new(Ca { pem: ca.pem.clone(), issuer: ca.issuer });
        for peer in slow() {
            let ca = Arc::clone(&ca);
            all.spawn(async move { ends_as_expected(&ca, peer).await });
        }
        all.join_all().await;
    })
    .await;
    println!("{:<32} {grown:>6} KB", "the slow ones together");
    assert!(grown <= MOST_GROWTH_KB, "{grown} KB");

    // Positive control: who reads what is sent does grow.
    let grown = growth_kb(async {
        let mut kept = Vec::new();
        while kept.len() < 32 * 1024 * 1024 {
            kept.extend_from_slice(&[b'1'; 64 * 1024]);
        }
        std::hint::black_box(&kept);
    })
    .await;
    assert!(grown > MOST_GROWTH_KB, "{grown} KB");
}
