//! A system that is sent webhooks: it keeps what it gets, and answers as it is told.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde_json::Value;
use tokio::net::TcpListener;

/// A message, as it came.
#[derive(Clone, Debug)]
pub struct Received {
    pub id: String,
    pub timestamp: String,
    pub signature: String,
    pub body: String,
    /// What it was answered.
    pub status: u16,
}

/// An answer: its status, and how long to wait with the next message.
#[derive(Clone, Copy, Debug)]
pub struct Reply(pub u16, pub Option<&'static str>);

#[derive(Default)]
struct Kept {
    received: Vec<Received>,
    next: VecDeque<Reply>,
    bad: Vec<String>,
    asked: usize,
}

/// The system.
#[derive(Clone)]
pub struct Receiver {
    address: SocketAddr,
    kept: Arc<Mutex<Kept>>,
}

impl Received {
    /// What it says.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub fn event(&self) -> String {
        self.json()["type"].as_str().unwrap().to_owned()
    }

    pub fn sequence(&self) -> u64 {
        self.json()["sequence"].as_u64().unwrap()
    }
}

impl Receiver {
    pub async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let receiver = Self { address: listener.local_addr().unwrap(), kept: Arc::default() };
        let router = Router::new().fallback(answer).with_state(receiver.kept.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        receiver
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn url(&self) -> String {
        format!("http://{}/hooks", self.address)
    }

    /// The next messages are answered so, one after another; those after them with 204.
    pub fn replies(&self, replies: &[Reply]) {
        self.kept.lock().unwrap().next.extend(replies.iter().copied());
    }

    /// Every message of this event is answered 500 from now on.
    pub fn chokes_on(&self, event: &str) {
        self.kept.lock().unwrap().bad.push(event.to_owned());
    }

    /// It takes everything again.
    pub fn takes_all(&self) {
        self.kept.lock().unwrap().bad.clear();
    }

    /// How often somebody asked for headers alone.
    pub fn asked(&self) -> usize {
        self.kept.lock().unwrap().asked
    }

    /// What it got, in the order it came.
    pub fn received(&self) -> Vec<Received> {
        self.kept.lock().unwrap().received.clone()
    }

    /// The events of what it took, by their number.
    pub fn events(&self) -> Vec<String> {
        let mut taken: Vec<_> = self.received().into_iter().filter(|one| one.status < 300).collect();
        taken.sort_by_key(Received::sequence);
        taken.iter().map(Received::event).collect()
    }

    /// Forgets what it got.
    pub fn forget(&self) {
        self.kept.lock().unwrap().received.clear();
    }
}

async fn answer(
    State(kept): State<Arc<Mutex<Kept>>>,
    method: Method,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if method == Method::HEAD {
        assert!(!headers.contains_key("webhook-id"));
        kept.lock().unwrap().asked += 1;
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let header = |name: &str| headers.get(name).unwrap().to_str().unwrap().to_owned();
    let body = String::from_utf8(body.to_vec()).unwrap();
    let mut kept = kept.lock().unwrap();
    let event = serde_json::from_str::<Value>(&body).unwrap()["type"].as_str().unwrap().to_owned();
    let reply = if kept.bad.contains(&event) {
        Reply(500, None)
    } else {
        kept.next.pop_front().unwrap_or(Reply(204, None))
    };
    kept.received.push(Received {
        id: header("webhook-id"),
        timestamp: header("webhook-timestamp"),
        signature: header("webhook-signature"),
        body,
        status: reply.0,
    });
    let status = StatusCode::from_u16(reply.0).unwrap();
    match reply.1 {
        Some(wait) => (status, [("retry-after", wait)]).into_response(),
        None if reply.0 == 302 => (status, [("location", "/elsewhere")]).into_response(),
        None => status.into_response(),
    }
}
