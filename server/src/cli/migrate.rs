//! `linkdesk migrate`: needs no key, since it seals and opens nothing.

use anyhow::{Context as _, Result};
use storage_sqlite::SqliteStorage;

use super::output;
use crate::config::Config;

/// Brings the tables up to date.
pub async fn run(config: &Config) -> Result<()> {
    let url = &config.database_url;
    let storage =
        SqliteStorage::open(url).await.with_context(|| format!("could not bring {url} up to date"))?;
    storage.close().await;
    output::line("the database is up to date")
}
