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
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;

use crate::answer::{self, Asked, What};
use crate::handle::Shared;

/// More than any request of a link check; what is longer is refused with 413.
const LONGEST_BODY: usize = 64 * 1024;

/// A client that connects and says nothing is let go after this.
const PATIENCE: Duration = Duration::from_secs(10);

/// Takes connections until it is aborted, which ends them all.
pub(crate) async fn accept(listener: TcpListener, acceptor: TlsAcceptor, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    shared.count_connection();
                    connections.spawn(serve(stream, acceptor.clone(), Arc::clone(&shared)));
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

async fn serve(stream: TcpStream, acceptor: TlsAcceptor, shared: Arc<Shared>) {
    // Answers are small and waited for.
    let _ = stream.set_nodelay(true);
    let Ok(Ok(tls)) = timeout(PATIENCE, acceptor.accept(stream)).await else {
        tracing::debug!("a connection to the simulator ended before TLS was set up");
        return;
    };
    let reset = Notify::new();
    let service = service_fn(|request| respond(request, &shared, &reset));
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .serve_connection(TokioIo::new(tls), service);
    let wants_reset = tokio::select! {
        ended = &mut connection => {
            if let Err(error) = ended {
                tracing::debug!(%error, "a connection to the simulator broke off");
            }
            false
        }
        () = reset.notified() => true,
    };
    if wants_reset {
        let (tcp, _) = connection.into_parts().io.into_inner().into_inner();
        // Closing without lingering makes the kernel send RST rather than FIN.
        let _ = tcp.set_zero_linger();
    }
}

async fn respond(
    request: Request<Incoming>,
    shared: &Shared,
    reset: &Notify,
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
            reset.notify_one();
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
