//! `linkdesk serve`.

use anyhow::{Context as _, Result};
use tokio::net::TcpListener;

use crate::config::Config;
use crate::logging;
use crate::startup::{Application, Deps};

/// Serves until it is told to stop.
pub async fn run(config: &Config) -> Result<()> {
    logging::start(&config.log)?;
    let application = Application::build(config, Deps::real(config)?).await?;
    if !application.services.has_staff().await? {
        tracing::warn!(
            "nobody can sign in yet: make an account with `linkdesk staff add --email … --role owner`"
        );
    }
    let listener = TcpListener::bind(config.addr)
        .await
        .with_context(|| format!("could not listen on {} (LINKDESK_ADDR)", config.addr))?;
    tracing::info!(addr = %config.addr, public_url = config.public_url.as_str(), "serving");
    application.serve(listener).await
}
