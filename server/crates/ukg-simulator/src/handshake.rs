//! The TLS handshake, and the ways in which it goes wrong on purpose, chosen by the name the client asks for.

use std::sync::Arc;

use rustls::ServerConfig;
use rustls::server::Acceptor;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};
use tokio_rustls::LazyConfigAcceptor;
use tokio_rustls::server::TlsStream;

use crate::certificates::Identities;
use crate::connection::PATIENCE;
use crate::handle::Shared;
use crate::scenarios::TlsFault;

/// What a server without TLS says to whatever it hears.
const PLAIN: &[u8] =
    b"HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\nContent-Length: 20\r\n\r\n<h1>Bad Request</h1>";

/// A ServerHello of TLS 1.1, as a server that knows nothing newer sends it: 32 random bytes, no session, the cipher
/// suite TLS_RSA_WITH_AES_128_CBC_SHA, no compression.
const OLD_HELLO_HEAD: [u8; 11] = [0x16, 3, 2, 0, 42, 2, 0, 0, 38, 3, 2];
const OLD_HELLO_TAIL: [u8; 4] = [0, 0, 0x2F, 0];

/// The secure connection; none when it did not come about, by mistake or on purpose.
pub(crate) async fn shake(
    stream: TcpStream,
    identities: &Identities,
    shared: &Shared,
) -> Option<TlsStream<TcpStream>> {
    let start = timeout(PATIENCE, LazyConfigAcceptor::new(Acceptor::default(), stream)).await.ok()?.ok()?;
    let host = start.client_hello().server_name().unwrap_or_default().to_ascii_lowercase();
    let config = match shared.tls_fault(&host) {
        None => Arc::clone(&identities.right),
        Some(fault) => match identity(fault, identities) {
            Some(config) => config,
            None => {
                break_off(start.io, fault).await;
                return None;
            }
        },
    };
    timeout(PATIENCE, start.into_stream(config)).await.ok()?.ok()
}

/// The certificate that is wrong in this way; none when the trouble is another.
fn identity(fault: TlsFault, identities: &Identities) -> Option<Arc<ServerConfig>> {
    let config = match fault {
        TlsFault::WrongName => &identities.wrong_name,
        TlsFault::Expired => &identities.expired,
        TlsFault::SelfSigned => &identities.self_signed,
        TlsFault::OtherAuthority => &identities.other_authority,
        TlsFault::OldVersion
        | TlsFault::PlainText
        | TlsFault::HangUp
        | TlsFault::Reset
        | TlsFault::Silent => return None,
    };
    Some(Arc::clone(config))
}

/// Says something else than TLS, or nothing.
async fn break_off(mut stream: TcpStream, fault: TlsFault) {
    match fault {
        TlsFault::OldVersion => {
            let hello = [&OLD_HELLO_HEAD[..], &[0x5A; 32], &OLD_HELLO_TAIL].concat();
            let _ = stream.write_all(&hello).await;
            // The client's alert is let arrive; closing at once could make a reset of it.
            sleep(std::time::Duration::from_millis(100)).await;
        }
        TlsFault::PlainText => {
            let _ = stream.write_all(PLAIN).await;
            let _ = stream.shutdown().await;
        }
        TlsFault::Reset => {
            // Closing without lingering makes the kernel send RST rather than FIN.
            let _ = stream.set_zero_linger();
        }
        TlsFault::Silent => sleep(PATIENCE).await,
        TlsFault::HangUp
        | TlsFault::WrongName
        | TlsFault::Expired
        | TlsFault::SelfSigned
        | TlsFault::OtherAuthority => {}
    }
}
