//! Closing the door without shutting it in anybody's face: whoever has come in through the system's queue is served, and
//! nobody comes in behind them.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

/// How long nobody must have come until the door is shut: as long as it takes a far machine to shake hands.
const QUIET: Duration = Duration::from_millis(100);

/// Takes no new connections: machines that knock from now on get no answer, and are refused once the listener is closed.
/// Those that are shaking hands may finish. Closed at once, a listener would reset them, and with them whatever they sent.
#[cfg(target_os = "linux")]
pub(super) fn let_nobody_in(listener: &TcpListener) {
    use socket2::{SockFilter, SockRef};

    // Of a TCP header: byte 13 holds the flags; what has SYN and not ACK is dropped, all else passes.
    const LOAD_BYTE: u16 = 0x30;
    const AND: u16 = 0x54;
    const JUMP_IF_EQUAL: u16 = 0x15;
    const RETURN: u16 = 0x06;
    let filter = [
        SockFilter::new(LOAD_BYTE, 0, 0, 13),
        SockFilter::new(AND, 0, 0, 0x12),
        SockFilter::new(JUMP_IF_EQUAL, 0, 1, 0x02),
        SockFilter::new(RETURN, 0, 0, 0),
        SockFilter::new(RETURN, 0, 0, u32::MAX),
    ];
    if let Err(error) = SockRef::from(listener).attach_filter(&filter) {
        tracing::debug!(%error, "cannot turn new connections away before the listener is closed");
    }
}

/// Elsewhere the listener is closed as soon as nobody waits.
#[cfg(not(target_os = "linux"))]
pub(super) fn let_nobody_in(_: &TcpListener) {}

/// The next one who came in before; `None` when there are no more.
pub(super) async fn left(listener: &TcpListener) -> Option<(TcpStream, SocketAddr)> {
    timeout(QUIET, listener.accept()).await.ok()?.ok()
}
