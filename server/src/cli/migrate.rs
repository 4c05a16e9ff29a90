//! `linkdesk migrate`: needs no key, since it seals and opens nothing.

use anyhow::Result;

use super::output;
use crate::config::Config;
use crate::database::Database;

/// Brings the tables up to date.
pub async fn run(config: &Config) -> Result<()> {
    Database::open(&config.database_url).await?.close().await;
    output::line("the database is up to date")
}
