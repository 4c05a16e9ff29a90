//! The running simulator.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::certificates::{self, Certificates};
use crate::handle::{Shared, SimulatorHandle};
use crate::{Scenarios, connection};

/// A running simulator; dropping it ends it.
#[derive(Debug)]
pub struct Simulator {
    address: SocketAddr,
    ca_pem: String,
    handle: SimulatorHandle,
    server: JoinHandle<()>,
}

/// Why a simulator did not start.
#[derive(Debug, thiserror::Error)]
pub enum SimulatorError {
    /// The address is taken, or not ours.
    #[error("the simulator could not listen on {address}; is it in use?")]
    Listen {
        /// Where it should have listened.
        address: SocketAddr,
        /// The operating system's reason.
        #[source]
        source: io::Error,
    },
    /// A name of the scenarios cannot stand in a certificate.
    #[error("the simulator could not make its certificate; are all `names` host names or addresses?")]
    Certificate(#[source] rcgen::Error),
    /// The certificate made just now was not accepted.
    #[error("the simulator could not set up TLS")]
    Tls(#[source] rustls::Error),
}

impl Simulator {
    /// Makes a certificate authority, and listens. Port 0 takes any free one.
    ///
    /// # Errors
    /// When the address cannot be listened on, or a name cannot stand in a certificate.
    pub async fn start(listen: SocketAddr, scenarios: Scenarios) -> Result<Self, SimulatorError> {
        let Certificates { ca_pem, identities } = certificates::make(&scenarios.names)?;
        let listening = |source| SimulatorError::Listen { address: listen, source };
        let listener = TcpListener::bind(listen).await.map_err(listening)?;
        let address = listener.local_addr().map_err(listening)?;

        let shared = Arc::new(Shared::new(scenarios));
        let server = tokio::spawn(connection::accept(listener, identities, Arc::clone(&shared)));
        Ok(Self { address, ca_pem, handle: SimulatorHandle::new(shared), server })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The certificate of its authority, for a client to trust. Made anew at each start; its key is never
    /// written anywhere.
    #[must_use]
    pub fn ca_pem(&self) -> &str {
        &self.ca_pem
    }

    /// To change what it does, and to see what it was asked, while it runs.
    #[must_use]
    pub fn handle(&self) -> SimulatorHandle {
        self.handle.clone()
    }

    /// Cuts every connection, answered or not; afterwards the address is free again.
    pub async fn stop(mut self) {
        self.server.abort();
        // The only outcome is the cancellation just asked for.
        let _ = (&mut self.server).await;
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.server.abort();
    }
}
