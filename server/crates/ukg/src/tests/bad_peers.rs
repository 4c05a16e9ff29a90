//! Peers with a proper certificate and bad manners (bar N4): each ends in its code, within the deadline, and having
//! been read no further than needed.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use domain::{CheckOutcome, ConnectionStep, PermissionSet, ProblemCode};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::sleep;
use tokio_rustls::server::TlsStream;

use super::identity::Ca;
use super::stand_in::{Peer, serve};
use super::{HOST, QUICK, checker, credentials, failed, host};

const OK_JSON: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

struct BadPeer {
    ca: Ca,
    address: SocketAddr,
    written: Arc<AtomicUsize>,
}

impl BadPeer {
    /// Sends `start`, then `piece` again and again with a pause after each, until nobody takes it any more.
    async fn sending(start: Vec<u8>, piece: Vec<u8>, pause: Duration) -> Self {
        let ca = Ca::new();
        let written = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&written);
        let (start, piece) = (Arc::new(start), Arc::new(piece));
        let (address, _) = serve(Some(ca.server(HOST)), move |peer| {
            let (count, start, piece) = (Arc::clone(&count), Arc::clone(&start), Arc::clone(&piece));
            async move {
                let Peer::Tls(mut stream) = peer else { return };
                let mut request = [0; 4096];
                let _ = stream.read(&mut request).await;
                let mut next = start;
                while send(&mut stream, &next).await {
                    count.fetch_add(next.len(), Ordering::SeqCst);
                    next = Arc::clone(&piece);
                    sleep(pause).await;
                }
            }
        })
        .await;
        Self { ca, address, written }
    }

    async fn check(&self) -> domain::CheckReport {
        let began = Instant::now();
        let required = PermissionSet::new(&[]);
        let report = checker(&self.ca, self.address).quietly(&host(HOST), &credentials(), &required).await;
        // Without the deadline the dripping peers, and without the caps the flooding ones, would never end.
        assert!(began.elapsed() < QUICK.whole + Duration::from_millis(500), "{:?}", began.elapsed());
        report
    }
}

async fn send(stream: &mut TlsStream<TcpStream>, bytes: &[u8]) -> bool {
    stream.write_all(bytes).await.is_ok() && stream.flush().await.is_ok()
}

fn with_body(head: &[u8], rest: &[u8]) -> Vec<u8> {
    [head, rest].concat()
}

#[tokio::test]
async fn a_list_that_never_ends_is_a_list_and_is_not_read() {
    let start = with_body(OK_JSON, b"\r\n[{");
    let peer = BadPeer::sending(start, vec![b'1'; 64 * 1024], Duration::ZERO).await;

    assert_eq!(peer.check().await.outcome, CheckOutcome::Linked);
    sleep(Duration::from_millis(200)).await;
    // What fits into the buffers of two sockets.
    let written = peer.written.load(Ordering::SeqCst);
    assert!(written < 16 * 1024 * 1024, "{written}");
}

#[tokio::test]
async fn a_body_that_promises_more_than_any_list_holds_is_no_list() {
    for (length, outcome) in [
        (b"10000000000", failed(ProblemCode::UkgUnexpected)),
        // Ten thousand records where one was asked for are within reason.
        (b"00030000000", CheckOutcome::Linked),
    ] {
        let start = with_body(OK_JSON, &[b"Content-Length: ", &length[..], b"\r\n\r\n[{"].concat());
        let peer = BadPeer::sending(start, vec![b'1'; 64 * 1024], Duration::ZERO).await;

        assert_eq!(peer.check().await.outcome, outcome);
    }
}

#[tokio::test]
async fn a_body_of_nothing_but_spaces_is_given_up() {
    let start = with_body(OK_JSON, b"\r\n");
    let peer = BadPeer::sending(start, vec![b' '; 64 * 1024], Duration::ZERO).await;

    assert_eq!(peer.check().await.outcome, failed(ProblemCode::UkgUnexpected));
    sleep(Duration::from_millis(200)).await;
    assert!(peer.written.load(Ordering::SeqCst) < 16 * 1024 * 1024);
}

#[tokio::test]
async fn one_byte_now_and_then_ends_with_the_deadline() {
    let start = with_body(OK_JSON, b"Content-Length: 1000\r\n\r\n");
    let peer = BadPeer::sending(start, vec![b' '], Duration::from_millis(50)).await;

    let report = peer.check().await;

    assert_eq!(report.outcome, failed(ProblemCode::UkgTimeout));
    assert_eq!(report.connection, ConnectionStep::Reached);
}

#[tokio::test]
async fn headers_that_trickle_without_end_end_with_the_deadline() {
    let peer = BadPeer::sending(OK_JSON.to_vec(), b"X-More: 1\r\n".to_vec(), Duration::from_millis(50)).await;

    let report = peer.check().await;

    assert_eq!(report.outcome, failed(ProblemCode::UkgTimeout));
    assert_eq!(report.connection, ConnectionStep::NotReached);
}

#[tokio::test]
async fn headers_that_flood_are_given_up() {
    let piece = b"X-More: 1234567890\r\n".repeat(1000);
    let peer = BadPeer::sending(OK_JSON.to_vec(), piece, Duration::ZERO).await;

    assert_eq!(peer.check().await.outcome, failed(ProblemCode::UkgUnexpected));
    assert!(peer.written.load(Ordering::SeqCst) < 16 * 1024 * 1024);
}

#[tokio::test]
async fn a_compressed_body_is_not_unpacked() {
    let start = with_body(OK_JSON, b"Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1F\x8B\x08\x00");
    let peer = BadPeer::sending(start, Vec::new(), Duration::from_secs(60)).await;

    assert_eq!(peer.check().await.outcome, failed(ProblemCode::UkgUnexpected));
}

#[tokio::test]
async fn what_is_not_http_is_unexpected() {
    let start = b"220 mail.example ESMTP ready\r\n\r\n".to_vec();
    let peer = BadPeer::sending(start, Vec::new(), Duration::from_secs(60)).await;

    assert_eq!(peer.check().await.outcome, failed(ProblemCode::UkgUnexpected));
}

#[tokio::test]
async fn a_peer_that_resets_is_tried_once_more_and_unreachable() {
    let (address, connections) = serve(None, |peer| async move {
        let Peer::Plain(stream) = peer else { return };
        // Closing with unread bytes in the buffer makes the operating system send a reset.
        let _ = stream.readable().await;
    })
    .await;

    let report =
        checker(&Ca::new(), address).quietly(&host(HOST), &credentials(), &PermissionSet::new(&[])).await;

    assert_eq!(report.outcome, failed(ProblemCode::HostUnreachable));
    assert_eq!(connections.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_peer_that_never_says_hello_runs_into_the_connect_timeout() {
    let (address, _) = serve(None, |peer| async move {
        let Peer::Plain(stream) = peer else { return };
        sleep(Duration::from_secs(60)).await;
        drop(stream);
    })
    .await;
    let began = Instant::now();

    let report =
        checker(&Ca::new(), address).quietly(&host(HOST), &credentials(), &PermissionSet::new(&[])).await;

    assert_eq!(report.outcome, failed(ProblemCode::UkgTimeout));
    assert!(began.elapsed() < QUICK.whole, "{:?}", began.elapsed());
}
