//! Where log lines go: standard error, as text or JSON. Sentences with fields; never a secret, a token or a body.

use anyhow::{Context as _, Result};
use tracing_subscriber::EnvFilter;

use crate::config::LogConfig;

/// Starts logging for the whole process.
///
/// # Errors
/// When the filter is not one, or logging was started before.
pub fn start(config: &LogConfig) -> Result<()> {
    let filter = EnvFilter::try_new(&config.filter)
        .with_context(|| format!("LINKDESK_LOG is {:?}; try info or debug", config.filter))?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = if config.json { builder.json().try_init() } else { builder.with_ansi(false).try_init() };
    started.map_err(|error| anyhow::anyhow!("could not start logging: {error}"))
}
