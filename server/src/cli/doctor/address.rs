//! The addresses to listen on: free, or in use by Linkdesk itself.

use std::net::SocketAddr;

use tokio::net::TcpListener;

use super::Finding;
use crate::config::Config;

/// Where pages are served.
pub(super) async fn own(config: &Config) -> Finding {
    listen(config.addr, "LINKDESK_ADDR").await
}

/// Where metrics are told. They are told to anybody who asks.
pub(super) async fn metrics(config: &Config) -> Finding {
    let Some(addr) = config.metrics_addr else {
        return Finding::Fine("not told; LINKDESK_METRICS_ADDR says where".to_owned());
    };
    match listen(addr, "LINKDESK_METRICS_ADDR").await {
        Finding::Fine(fine) if addr.ip().is_unspecified() => Finding::Warning(format!(
            "{fine}; it listens on every address of this machine, and tells anybody who asks: name the one that \
             Prometheus comes to"
        )),
        found @ (Finding::Fine(_) | Finding::Warning(_) | Finding::Failed(_)) => found,
    }
}

async fn listen(addr: SocketAddr, setting: &str) -> Finding {
    match TcpListener::bind(addr).await {
        Ok(_) => Finding::Fine(format!("{addr} is free")),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            Finding::Fine(format!("{addr} is in use: by Linkdesk itself, if it runs already"))
        }
        Err(error) => Finding::Failed(format!("cannot listen on {addr}: {error}; {setting} chooses another")),
    }
}
