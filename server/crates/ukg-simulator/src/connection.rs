//! Connections: TLS, HTTP/1.1 with keep-alive, and the ways in which a connection goes wrong on purpose.

use std::convert::Infallible;
use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, OnceCell};
use tokio::task::JoinSet;
use tokio::time::sleep;
use tokio_rustls::server::TlsStream;

use crate::answer::{self, Asked, Raw, What};
use crate::certificates::Identities;
use crate::handle::Shared;
use crate::handshake::shake;

/// More than any request of a link check; what is longer is refused with 413.
const LONGEST_BODY: usize = 64 * 1024;

/// A client that connects and says nothing is let go after this.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// Takes connections until it is aborted, which ends them all.
pub(crate) async fn accept(listener: TcpListener, identities: Identities, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    shared.count_connection();
                    connections.spawn(serve(stream, identities.clone(), Arc::clone(&shared)));
                }
                Err(error) => {
                    // Out of file descriptors, mostly: waiting is better than spinning.
                    tracing::warn!(%error, "the simulator could not take a connection");
                    sleep(Duration::from_millis(50)).await;
                }
            },
            // Finished ones are collected as they come, or a long demo would gather them all.
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn serve(stream: TcpStream, identities: Identities, shared: Arc<Shared>) {
    // Answers are small and waited for.
    let _ = stream.set_nodelay(true);
    let Some(tls) = shake(stream, &identities, &shared).await else {
        tracing::debug!("a connection to the simulator ended before TLS was set up");
        return;
    };
    let takeover = Takeover::default();
    let service = service_fn(|request| respond(request, &shared, &takeover));
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .serve_connection(TokioIo::new(tls), service);
    tokio::select! {
        ended = &mut connection => {
            if let Err(error) = ended {
                tracing::debug!(%error, "a connection to the simulator broke off");
            }
            return;
        }
        () = takeover.wanted.notified() => {}
    }
    let mut tls = connection.into_parts().io.into_inner();
    match takeover.raw.into_inner() {
        Some(raw) => send_raw(&mut tls, &raw).await,
        None => {
            // Closing without lingering makes the kernel send RST rather than FIN.
            let _ = tls.into_inner().0.set_zero_linger();
        }
    }
}

/// The connection is wanted back from HTTP: to reset it or, with `raw`, to send what HTTP would not.
#[derive(Default)]
struct Takeover {
    wanted: Notify,
    raw: OnceCell<Raw>,
}

async fn send_raw(stream: &mut TlsStream<TcpStream>, raw: &Raw) {
    let mut next = &raw.start;
    while stream.write_all(next).await.is_ok() && stream.flush().await.is_ok() {
        next = &raw.piece;
        sleep(raw.pause).await;
    }
}

async fn respond(
    request: Request<Incoming>,
    shared: &Shared,
    takeover: &Takeover,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let asked = Asked::read(&head);
    let logged = shared.log_arrival(&asked);
    let fits = body_fits(body).await;

    let reply = shared.decide(&asked);
    sleep(reply.wait).await;
    let response = match reply.what {
        _ if !fits => answer::bare(StatusCode::PAYLOAD_TOO_LARGE),
        What::Answer(response) => response,
        What::Hang => pending().await,
        What::Reset => {
            takeover.wanted.notify_one();
            pending().await
        }
        What::Raw(raw) => {
            // One request at a time on a connection, so nothing was set before.
            let _ = takeover.raw.set(raw);
            takeover.wanted.notify_one();
            pending().await
        }
    };
    logged.answered(response.status());
    Ok(response)
}

/// Reads the body and throws it away: else the next request on this connection would begin in the middle of it.
async fn body_fits(mut body: Incoming) -> bool {
    let mut length = 0;
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else {
            return false;
        };
        length += frame.data_ref().map_or(0, Bytes::len);
        // Well past what fits: a client that is cut off while it still sends may never see the answer.
        if length > 16 * LONGEST_BODY {
            return false;
        }
    }
    length <= LONGEST_BODY
}
