//! Machines that hold connections open, over real sockets: they keep nobody out.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use server::listener::{self, Limits};
use server::metrics::Gauge;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream};

use crate::support::TestApp;

const HALF: &str = "POST /sign-in HTTP/1.1\r\nhost: x\r\nsec-fetch-site: same-origin\r\n\
    content-type: application/x-www-form-urlencoded\r\ncontent-length: 900\r\n\r\n";
const HOME: &str = "GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
const HEALTH: &str = "GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n";

async fn served(app: &TestApp, connections: usize, per_address: usize, trusted: &[&str]) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let trusted: Vec<_> = trusted.iter().map(|text| text.parse().unwrap()).collect();
    let limits = Limits { connections, per_address, trusted: Arc::from(trusted) };
    tokio::spawn(listener::serve(
        listener,
        app.router.clone(),
        limits,
        Gauge::default(),
        std::future::pending(),
    ));
    address
}

/// A connection from this address of the machine, on which this was sent.
async fn sent(to: SocketAddr, from: &str, text: &str) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(format!("{from}:0").parse().unwrap()).unwrap();
    let mut stream = socket.connect(to).await.unwrap();
    // One that is turned away may be closed already.
    let _ = stream.write_all(text.as_bytes()).await;
    stream
}

/// Everything that comes until the other side closes; empty when it was turned away.
async fn rest(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    let _ = tokio::time::timeout(Duration::from_secs(15), stream.read_to_end(&mut answer)).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

// Fails without the count in `Places::take`.
#[tokio::test]
async fn half_sent_forms_from_one_address_keep_nobody_else_out() {
    let app = TestApp::new().await;
    let address = served(&app, 40, 8, &[]).await;
    let mut held = Vec::new();
    for _ in 0..100 {
        held.push(sent(address, "127.0.0.2", HALF).await);
    }

    let other = rest(sent(address, "127.0.0.3", HOME).await).await;
    assert!(other.starts_with("HTTP/1.1 200"), "{other}");
    let same = rest(sent(address, "127.0.0.2", HOME).await).await;
    assert_eq!(same, "", "turned away");
    drop(held);
    tokio::time::sleep(Duration::from_millis(300)).await;
    let again = rest(sent(address, "127.0.0.2", HOME).await).await;
    assert!(again.starts_with("HTTP/1.1 200"), "the places are given back: {again}");
}

#[tokio::test]
async fn a_trusted_proxy_stands_for_many() {
    let app = TestApp::new().await;
    let address = served(&app, 40, 8, &["127.0.0.2/32"]).await;
    let mut held = Vec::new();
    for _ in 0..30 {
        held.push(sent(address, "127.0.0.2", HALF).await);
    }

    let answer = rest(sent(address, "127.0.0.2", HOME).await).await;

    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

// Fails without the places kept free.
#[tokio::test]
async fn a_full_server_still_says_that_it_lives_and_nothing_else() {
    let app = TestApp::new().await;
    let address = served(&app, 10, 10, &[]).await;
    let mut held = Vec::new();
    for _ in 0..10 {
        held.push(sent(address, "127.0.0.2", HALF).await);
    }
    tokio::time::sleep(Duration::from_millis(200)).await;

    let health = rest(sent(address, "127.0.0.3", HEALTH).await).await;
    assert!(health.starts_with("HTTP/1.1 200") && health.contains("connection: close"), "{health}");
    let home = rest(sent(address, "127.0.0.3", HOME).await).await;
    assert!(home.starts_with("HTTP/1.1 503") && home.contains("retry-after"), "{home}");
}

// Fails when `forms::read` waits for the whole of its time, or for a byte at a time.
#[tokio::test]
async fn a_form_that_stops_coming_or_trickles_is_waited_for_a_few_seconds() {
    let app = TestApp::new().await;
    let address = served(&app, 10, 10, &[]).await;
    let began = Instant::now();

    let silent = sent(address, "127.0.0.2", HALF).await;
    let mut trickle = sent(address, "127.0.0.2", HALF).await;
    let (read, mut write) = trickle.split();
    let drops = async {
        for _ in 0..60 {
            if write.write_all(b"a").await.is_err() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
    };
    let mut read = tokio::io::BufReader::new(read);
    let mut status = [0; 12];
    tokio::select! {
        () = drops => panic!("it was waited for to the end"),
        read = read.read_exact(&mut status) => { read.unwrap(); }
    }
    let silent = rest(silent).await;

    assert_eq!(&status, b"HTTP/1.1 400");
    assert!(silent.starts_with("HTTP/1.1 400"), "{silent}");
    let took = began.elapsed();
    assert!(took > Duration::from_secs(4) && took < Duration::from_secs(9), "{took:?}");
}
