//! A client as programs and proxies are: it keeps its connection for many requests, and notices when a request that was
//! sent is not answered.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// A client with one connection at a time.
pub struct KeepAlive {
    address: SocketAddr,
    stream: Option<TcpStream>,
}

/// What came of a request.
#[derive(Debug, PartialEq, Eq)]
pub enum Sent {
    /// A complete answer: its head.
    Answered(String),
    /// Nobody takes connections any more: nothing was sent.
    Refused,
    /// It was sent, and no complete answer came.
    Unanswered(String),
}

impl KeepAlive {
    pub fn new(address: SocketAddr) -> Self {
        Self { address, stream: None }
    }

    pub async fn send(&mut self, method: &str, path: &str, cookie: &str, body: &str) -> Sent {
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => match tokio::time::timeout(PATIENCE, TcpStream::connect(self.address)).await {
                Ok(Ok(stream)) => stream,
                Ok(Err(_)) | Err(_) => return Sent::Refused,
            },
        };
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\nsec-fetch-site: same-origin\r\ncookie: {cookie}\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        match tokio::time::timeout(PATIENCE, exchange(&mut stream, &request)).await {
            Ok(Ok(head)) => {
                if !head.contains("connection: close\r\n") {
                    self.stream = Some(stream);
                }
                Sent::Answered(head)
            }
            Ok(Err(why)) => Sent::Unanswered(why),
            Err(_) => Sent::Unanswered("nothing came for a long time".to_owned()),
        }
    }
}

async fn exchange(stream: &mut TcpStream, request: &str) -> Result<String, String> {
    stream.write_all(request.as_bytes()).await.map_err(|error| format!("while sending: {error}"))?;
    let mut answer = Vec::new();
    loop {
        if let Some(head) = complete(&answer) {
            return Ok(head);
        }
        let mut part = [0; 16_384];
        match stream.read(&mut part).await {
            Ok(0) => return Err(format!("closed after {} bytes of the answer", answer.len())),
            Ok(read) => answer.extend_from_slice(&part[..read]),
            Err(error) => return Err(format!("after {} bytes of the answer: {error}", answer.len())),
        }
    }
}

/// The head of a complete answer.
fn complete(answer: &[u8]) -> Option<String> {
    let end = answer.windows(4).position(|part| part == b"\r\n\r\n")? + 4;
    let head = String::from_utf8_lossy(&answer[..end]).to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let is_complete = match length {
        Some(length) => answer.len() - end >= length.trim().parse::<usize>().unwrap(),
        None if head.contains("transfer-encoding: chunked") => answer.ends_with(b"0\r\n\r\n"),
        None => true,
    };
    is_complete.then_some(head)
}
