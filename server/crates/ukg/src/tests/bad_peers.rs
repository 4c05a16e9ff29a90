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
        assert!(began.elapsed() < QUICK.whole + Duration::from_millis(1500), "{:?}", began.elapsed());
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

// What says it is compressed is not even looked at.
#[tokio::test]
async fn a_body_that_calls_itself_compressed_is_no_list() {
    for encoding in ["gzip", "br", "identity, deflate"] {
        let head = format!("Content-Encoding: {encoding}\r\nContent-Length: 2\r\n\r\n[]");
        let peer =
            BadPeer::sending(with_body(OK_JSON, head.as_bytes()), Vec::new(), Duration::from_secs(60)).await;

        assert_eq!(peer.check().await.outcome, failed(ProblemCode::UkgUnexpected), "{encoding}");
    }
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

/// A peer that sends these bytes, then closes in good order.
async fn closing_after(bytes: &'static [u8]) -> (Ca, SocketAddr) {
    let ca = Ca::new();
    let (address, _) = serve(Some(ca.server(HOST)), move |peer| async move {
        let Peer::Tls(mut stream) = peer else { return };
        let mut request = [0; 4096];
        let _ = stream.read(&mut request).await;
        let _ = send(&mut stream, bytes).await;
        let _ = stream.shutdown().await;
    })
    .await;
    (ca, address)
}

#[tokio::test]
async fn what_is_http_only_in_part_is_unexpected_and_what_is_cut_short_was_cut() {
    let (unexpected, cut) = (ProblemCode::UkgUnexpected, ProblemCode::HostUnreachable);
    let table: [(&[u8], ProblemCode); 12] = [
        // HTTP/0.9: a body and no head.
        (b"<html><body>Hello</body></html>", unexpected),
        // HTTP/2 alone: its settings, whatever was asked.
        (b"\0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0\x64\0\x04\0\x10\0\0\0\x06\0\0\x40\0", unexpected),
        (b"HTTP/3.0 200 OK\r\n\r\n[]", unexpected),
        (b"HTTP/1.1 abc OK\r\n\r\n", unexpected),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n[]", unexpected),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n[]", unexpected),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n[]", unexpected),
        (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n", unexpected),
        (b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n", unexpected),
        (b"", cut),
        (b"HTTP/1.1 200 OK\r\nContent-Ty", cut),
        (b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n ", cut),
    ];
    for (bytes, expected) in table {
        let (ca, address) = closing_after(bytes).await;

        let report =
            checker(&ca, address).quietly(&host(HOST), &credentials(), &PermissionSet::new(&[])).await;

        assert_eq!(report.outcome, failed(expected), "{}", bytes.escape_ascii());
    }
}

#[tokio::test]
async fn a_flood_of_any_part_of_a_head_is_given_up() {
    let table: [(&str, &[u8], &[u8]); 4] = [
        ("one header without end", b"HTTP/1.1 200 OK\r\nX-More: ", b"aaaaaaaaaaaaaaaa"),
        ("a status line without end", b"HTTP/1.1 200 ", b"OK OK OK OK OK "),
        (
            "a chunk's extension without end",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;",
            b"a=bbbbbbbbbb;",
        ),
        ("empty lines", b"", b"\r\n\r\n\r\n\r\n"),
    ];
    for (what, start, piece) in table {
        let peer = BadPeer::sending(start.to_vec(), piece.repeat(1000), Duration::ZERO).await;

        let outcome = peer.check().await.outcome;

        assert!(
            [failed(ProblemCode::UkgUnexpected), failed(ProblemCode::UkgTimeout)].contains(&outcome),
            "{what}: {outcome:?}"
        );
    }
}

#[tokio::test]
async fn answers_that_are_always_still_to_come_end_with_the_deadline() {
    let interim = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".repeat(100);
    for pause in [Duration::ZERO, Duration::from_millis(20)] {
        let peer = BadPeer::sending(Vec::new(), interim.clone(), pause).await;

        let report = peer.check().await;

        assert_eq!(report.outcome, failed(ProblemCode::UkgTimeout));
        assert_eq!(report.connection, ConnectionStep::NotReached);
    }
}

#[tokio::test]
async fn one_answer_still_to_come_is_no_trouble() {
    let start = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]".to_vec();
    let peer = BadPeer::sending(start, Vec::new(), Duration::from_secs(60)).await;

    assert_eq!(peer.check().await.outcome, CheckOutcome::Linked);
}

#[tokio::test]
async fn more_headers_than_any_server_sends_are_unexpected() {
    let many =
        |count: usize| [OK_JSON, &b"X-One: 1\r\n".repeat(count), b"Content-Length: 2\r\n\r\n[]"].concat();
    for (count, outcome) in [(50, CheckOutcome::Linked), (200, failed(ProblemCode::UkgUnexpected))] {
        let peer = BadPeer::sending(many(count), Vec::new(), Duration::from_secs(60)).await;

        assert_eq!(peer.check().await.outcome, outcome, "{count}");
    }
}

// A full queue makes the kernel drop further connections unanswered, as a firewall does.
#[tokio::test]
async fn a_host_that_takes_no_connection_is_unreachable_not_slow() {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let mut filling = Vec::new();
    for _ in 0..4 {
        filling.push(tokio::spawn(TcpStream::connect(address)));
    }
    sleep(Duration::from_millis(100)).await;
    let began = Instant::now();

    let report =
        checker(&Ca::new(), address).quietly(&host(HOST), &credentials(), &PermissionSet::new(&[])).await;

    assert_eq!(report.outcome, failed(ProblemCode::HostUnreachable));
    assert!(began.elapsed() < QUICK.whole + Duration::from_millis(1500));
    drop((filling, listener));
}
