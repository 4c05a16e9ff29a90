//! `linkdesk keygen --out FILE`.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use vault::Keyring;

use super::output;

/// Where to write the key.
#[derive(Debug, Args)]
pub struct KeygenArgs {
    /// The file to make; never overwritten.
    #[arg(long)]
    out: PathBuf,
}

/// Makes the file.
pub fn run(args: &KeygenArgs) -> Result<()> {
    Keyring::create_file(&args.out)?;
    let path = args.out.display();
    output::line(&format!(
        "made {path}: keep a copy somewhere safe; without it nothing that was sealed can be opened"
    ))?;
    output::line(&format!("set LINKDESK_MASTER_KEY_FILE={path}"))
}
