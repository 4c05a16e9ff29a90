//! `linkdesk backup`: a copy of the database's file while servers go on. Needs no key, since it opens nothing; the key file
//! is to be kept elsewhere anyway.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use clap::Args;

use super::output;
use crate::config::{DatabaseKind, DatabaseUrl, Source};
use crate::database::Database;
use crate::signals::told_to_stop;

/// How far a backup stands back for servers (of 19).
const NICENESS: i32 = 10;

/// Where to write it.
#[derive(Debug, Args)]
pub struct BackupArgs {
    /// The file to make; never overwritten.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
}

/// Makes the file. Of the settings it reads where the database is, and nothing else: a backup is not to fail because of mail.
pub async fn run(args: &BackupArgs, source: &Source) -> Result<()> {
    let url = DatabaseUrl::parse(&source.get("LINKDESK_DATABASE_URL")).context("LINKDESK_DATABASE_URL")?;
    let to = args.to.display();
    match url.kind() {
        DatabaseKind::Postgres => bail!(
            "{url} is backed up with PostgreSQL's own tools: pg_dump --format=custom --no-owner --no-privileges \
             --file={to} '{url}'; pg_restore --no-owner --exit-on-error brings it back into an empty database"
        ),
        DatabaseKind::Sqlite => {}
    }
    // Without the right to it, it is as fast as others.
    let _ = rustix::process::setpriority_process(None, NICENESS);
    let bytes = Database::back_up_file(&url, &args.to, told_to_stop()).await?;
    output::line(&format!(
        "made {to}: {bytes} bytes, checked; without the key file nothing in it can be opened"
    ))
}
