//! A receiver on this machine that counts who connects.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::resolve::Lookup;
use crate::sender::{Answer, Message, Sender};

/// Counts connections, and answers each request with this text.
pub(super) struct Receiver {
    pub(super) address: SocketAddr,
    connections: Arc<AtomicUsize>,
    requests: Arc<AtomicUsize>,
}

impl Receiver {
    pub(super) async fn on(address: &str, answer: &'static str) -> Self {
        Self::of(TcpListener::bind(address).await.unwrap(), answer)
    }

    pub(super) fn of(listener: TcpListener, answer: &'static str) -> Self {
        let address = listener.local_addr().unwrap();
        let (connections, requests) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let counters = (connections.clone(), requests.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                counters.0.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(serve(stream, answer, counters.1.clone()));
            }
        });
        Self { address, connections, requests }
    }

    pub(super) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    pub(super) fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

async fn serve(mut stream: TcpStream, answer: &'static str, requests: Arc<AtomicUsize>) {
    let mut read = Vec::new();
    let mut buffer = [0; 4096];
    while let Ok(1..) = stream.read(&mut buffer).await.inspect(|n| read.extend_from_slice(&buffer[..*n])) {
        // It speaks no TLS, and says so in its own way.
        if !read.starts_with(b"POST ") {
            let _ = stream.write_all(answer.as_bytes()).await;
            return;
        }
        // Every request of these tests ends in this.
        if read.ends_with(b"}") {
            read.clear();
            requests.fetch_add(1, Ordering::SeqCst);
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    }
}

/// Answers as these texts say, one after another, and the last one from then on.
pub(super) fn answering(answers: &[&[&str]]) -> Lookup {
    let answers: Vec<Vec<IpAddr>> =
        answers.iter().map(|ips| ips.iter().map(|ip| ip.parse().unwrap()).collect()).collect();
    let asked = Arc::new(AtomicUsize::new(0));
    Arc::new(move |_| {
        let place = asked.fetch_add(1, Ordering::SeqCst).min(answers.len() - 1);
        let found = answers[place].clone();
        Box::pin(async move { Ok(found) })
    })
}

pub(super) async fn send(sender: &Sender, url: &str) -> Answer {
    let message =
        Message { url, id: "msg_1", timestamp: 1, signature: "v1,AA==", body: r#"{"a":1}"#.to_owned() };
    sender.send(message).await
}
