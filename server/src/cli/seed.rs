//! `linkdesk seed`: made-up links with a history, for benchmarks and screenshots.

use anyhow::Result;
use clap::Args;
use services::Operator;

use super::output;
use crate::startup::Application;

/// Told at most so often.
const EVERY: u64 = 100_000;

/// How many.
#[derive(Debug, Args)]
pub struct SeedArgs {
    /// How many links to make up.
    #[arg(long)]
    links: u64,
}

/// Makes them up; refuses a database that holds real ones.
pub async fn run(args: &SeedArgs, application: Application) -> Result<()> {
    let progress = |made: u64| {
        if made.is_multiple_of(EVERY) {
            tracing::info!(links = made, "made up links");
        }
    };
    let operator = Operator::at_command_line();
    application.services.make_up_links(operator, args.links, progress).await?;
    output::line(&format!("made up {} links", args.links))
}
