//! A receiver that fails at random, and keeps what it was sent.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use tokio::net::TcpListener;

/// How many of ten it fails.
const FAILS: u64 = 3;

/// A message as it came, and whether it was taken.
#[derive(Clone, Debug)]
pub struct Came {
    pub id: String,
    pub body: String,
    pub taken: bool,
}

/// What came, and where chance stands.
type Kept = Arc<Mutex<(Vec<Came>, u64)>>;

/// The receiver.
#[derive(Clone)]
pub struct Receiver {
    pub address: SocketAddr,
    kept: Kept,
}

impl Receiver {
    pub async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let kept = Arc::new(Mutex::new((Vec::new(), u64::from(std::process::id()))));
        let router = Router::new().fallback(answer).with_state(kept.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, kept }
    }

    pub fn came(&self) -> Vec<Came> {
        self.kept.lock().unwrap().0.clone()
    }
}

async fn answer(State(kept): State<Kept>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let mut kept = kept.lock().unwrap();
    // splitmix64: by chance, and no two runs alike.
    kept.1 = kept.1.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = kept.1;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    let taken = (z ^ (z >> 31)) % 10 >= FAILS;
    let id = headers["webhook-id"].to_str().unwrap().to_owned();
    kept.0.push(Came { id, body: String::from_utf8(body.to_vec()).unwrap(), taken });
    if taken { StatusCode::NO_CONTENT } else { StatusCode::INTERNAL_SERVER_ERROR }
}
