//! What the server's own gateway to UKG Pro is set to.

use std::net::SocketAddr;
use std::path::PathBuf;

/// The settings it reads.
pub struct UkgConfig {
    pub ca_file: Option<PathBuf>,
    pub suffixes: Vec<String>,
    pub resolve: Vec<(String, SocketAddr)>,
}
