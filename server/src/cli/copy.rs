//! `linkdesk copy`: an installation moves from one database into another. Needs no key, since it opens nothing.

use anyhow::{Context as _, Result, ensure};
use clap::Args;

use super::output;
use crate::config::DatabaseUrl;
use crate::copying;
use crate::database::Database;

/// From where to where. Neither URL is repeated in any message, since it may hold a password.
#[derive(Args)]
pub struct CopyArgs {
    /// The database to copy: sqlite://path/to/file.db, or postgres://user@host/database with the password in PGPASSWORD.
    #[arg(long, value_name = "URL")]
    from: String,
    /// The database to copy into; it must be empty.
    #[arg(long, value_name = "URL")]
    to: String,
}

impl std::fmt::Debug for CopyArgs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CopyArgs").finish_non_exhaustive()
    }
}

/// Copies, compares every row, and says what was copied.
pub async fn run(args: &CopyArgs) -> Result<()> {
    let from = DatabaseUrl::parse(&args.from).context("--from")?;
    let to = DatabaseUrl::parse(&args.to).context("--to")?;
    ensure!(from.expose() != to.expose(), "--from and --to are one and the same database");
    Database::expect_made(&from).await.context("--from")?;
    let (source, target) = (Database::open(&from).await?, Database::open(&to).await?);
    let writer = target.write_rows().await.with_context(|| format!("could not copy into {to}"))?;
    let mut reader = source.read_rows().await.with_context(|| format!("could not read {from}"))?;
    let copied = copying::copy(&mut *reader, writer).await?;
    drop(reader);
    for table in &copied {
        let hash = hex::encode(table.hash);
        output::line(&format!(
            "{:<18}{:>12} rows  {}",
            table.table,
            table.rows,
            hash.get(..16).unwrap_or(&hash)
        ))?;
    }
    let rows: u64 = copied.iter().map(|table| table.rows).sum();
    output::line(&format!(
        "copied {rows} rows of {} tables; read again, every row is the same on both sides",
        copied.len()
    ))?;
    source.close().await;
    target.close().await;
    Ok(())
}
