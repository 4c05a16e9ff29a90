//! A scripted UKG Pro: answers as told, remembers every connection and request.

use std::convert::Infallible;
use std::future::pending;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{HeaderMap, Request, Response};
use hyper_util::rt::TokioIo;
use rustls::ServerConfig;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Barrier;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::identity::Ca;

/// How one request is answered.
pub(super) enum Reply {
    /// Status, content type (none when empty), body.
    Http(u16, &'static str, &'static str),
    /// The same with one more header.
    With(u16, (&'static str, String), &'static str),
    /// The connection is closed instead.
    Cut,
    /// No answer, ever.
    Hang,
    /// Once as many requests wait here as the barrier counts.
    Together(Arc<Barrier>, Box<Reply>),
}

impl Reply {
    pub(super) fn list() -> Self {
        Self::Http(200, "application/json", r#"[{"ssn":"canary-body-123"}]"#)
    }

    pub(super) fn status(status: u16) -> Self {
        Self::Http(status, "", "")
    }
}

/// A request as it arrived.
#[derive(Clone)]
pub(super) struct Seen {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: String,
    pub(super) headers: HeaderMap,
}

pub(super) struct StandIn {
    pub(super) ca: Ca,
    pub(super) address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
    connections: Arc<AtomicUsize>,
}

impl StandIn {
    /// Answers each request by path and by how often that path was asked for before.
    pub(super) async fn answering(answer: impl Fn(&str, usize) -> Reply + Send + Sync + 'static) -> Self {
        let ca = Ca::new();
        let tls = ca.server(super::HOST);
        Self::with(ca, tls, answer).await
    }

    /// The same with a certificate of one's own.
    pub(super) async fn with(
        ca: Ca,
        tls: Arc<ServerConfig>,
        answer: impl Fn(&str, usize) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let record = Arc::clone(&seen);
        let answer = Arc::new(answer);
        let (address, connections) = serve(Some(tls), move |stream| {
            let (record, answer) = (Arc::clone(&record), Arc::clone(&answer));
            async move {
                let Peer::Tls(stream) = stream else { return };
                let service = service_fn(move |request: Request<Incoming>| {
                    let reply = {
                        let mut seen = record.lock().unwrap();
                        let now = Seen::of(&request);
                        let before = seen.iter().filter(|earlier: &&Seen| earlier.path == now.path).count();
                        let reply = answer(&now.path, before);
                        seen.push(now);
                        reply
                    };
                    respond(reply)
                });
                let io = TokioIo::new(*stream);
                let _ = hyper::server::conn::http1::Builder::new().serve_connection(io, service).await;
            }
        })
        .await;
        Self { ca, address, seen, connections }
    }

    pub(super) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// The paths asked for, in order.
    pub(super) fn paths(&self) -> Vec<String> {
        self.seen().into_iter().map(|seen| seen.path).collect()
    }

    pub(super) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

impl Seen {
    fn of(request: &Request<Incoming>) -> Self {
        Self {
            method: request.method().to_string(),
            path: request.uri().path().to_owned(),
            query: request.uri().query().unwrap_or_default().to_owned(),
            headers: request.headers().clone(),
        }
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// A connection, after the TLS handshake if there is one.
pub(super) enum Peer {
    Tls(Box<TlsStream<TcpStream>>),
    Plain(TcpStream),
}

/// Listens; hands on each connection and counts them all, those with a failed handshake too.
pub(super) async fn serve<F>(
    tls: Option<Arc<ServerConfig>>,
    handle: impl Fn(Peer) -> F + Send + Sync + 'static,
) -> (SocketAddr, Arc<AtomicUsize>)
where
    F: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let connections = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&connections);
    let handle = Arc::new(handle);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::SeqCst);
            let (handle, tls) = (Arc::clone(&handle), tls.clone());
            tokio::spawn(async move {
                match tls {
                    None => handle(Peer::Plain(stream)).await,
                    Some(tls) => {
                        if let Ok(stream) = TlsAcceptor::from(tls).accept(stream).await {
                            handle(Peer::Tls(Box::new(stream))).await;
                        }
                    }
                }
            });
        }
    });
    (address, connections)
}

/// An error here closes the connection without an answer.
#[derive(Debug)]
struct CutNow;

impl std::fmt::Display for CutNow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("cut")
    }
}

impl std::error::Error for CutNow {}

async fn respond(mut reply: Reply) -> Result<Response<Full<Bytes>>, CutNow> {
    while let Reply::Together(barrier, then) = reply {
        barrier.wait().await;
        reply = *then;
    }
    let (status, header, body) = match reply {
        Reply::Http(status, "", body) => (status, None, body),
        Reply::Http(status, kind, body) => (status, Some(("content-type", kind.to_owned())), body),
        Reply::With(status, header, body) => (status, Some(header), body),
        Reply::Cut => return Err(CutNow),
        Reply::Hang | Reply::Together(..) => match pending::<Infallible>().await {},
    };
    let mut response = Response::builder().status(status);
    if let Some((name, value)) = header {
        response = response.header(name, value);
    }
    Ok(response.body(Full::new(Bytes::from_static(body.as_bytes()))).unwrap())
}
