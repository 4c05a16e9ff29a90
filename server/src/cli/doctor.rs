//! `linkdesk doctor`: tries everything that is configured, and says in one line each what it found and how to mend it. One file
//! per thing tried; it changes nothing, sends no mail and no credentials, and waits ten seconds at most for each.

mod address;
mod database;
mod key_file;
mod mail;
mod proxies;
mod public_url;
mod surroundings;
mod ukg;
mod webhooks;

use std::time::Duration;

use anyhow::{Result, bail};

use super::output;
use crate::config::{Config, Source};

/// How long one thing may take.
const LONGEST: Duration = Duration::from_secs(10);

/// What trying one thing has shown.
enum Finding {
    /// It works, and how.
    Fine(String),
    /// It works, and could be better: how.
    Warning(String),
    /// It does not work: why, and how to mend it.
    Failed(String),
}

impl From<Result<String>> for Finding {
    fn from(found: Result<String>) -> Self {
        match found {
            Ok(fine) => Self::Fine(fine),
            Err(error) => Self::Failed(format!("{error:#}")),
        }
    }
}

/// How many of each there were.
#[derive(Default)]
struct Counts {
    failed: u32,
    warnings: u32,
}

impl Counts {
    /// Prints it.
    fn say(&mut self, what: &str, found: Finding) -> Result<()> {
        let (word, text) = match found {
            Finding::Fine(text) => ("ok      ", text),
            Finding::Warning(text) => {
                self.warnings += 1;
                ("warning ", text)
            }
            Finding::Failed(text) => {
                self.failed += 1;
                ("failed  ", text)
            }
        };
        output::line(&format!("{word} {what}: {text}"))
    }

    /// Tries it and prints what came of it.
    async fn ask(&mut self, what: &str, trial: impl Future<Output = Finding>) -> Result<()> {
        let found = tokio::time::timeout(LONGEST, trial).await;
        let silent = || Finding::Failed(format!("no answer within {} s", LONGEST.as_secs()));
        self.say(what, found.unwrap_or_else(|_| silent()))
    }
}

/// Prints one line for each thing; fails when one of them does.
pub async fn run(source: Source) -> Result<()> {
    let config = match Config::from_source(&source) {
        Ok(config) => config,
        Err(error) => bail!("settings: {error:#}"),
    };
    let mut counts = Counts::default();
    counts.say("settings", Finding::Fine("readable".to_owned()))?;
    counts.say("company name", surroundings::company(&source))?;
    counts.say("key file", key_file::try_out(&config))?;
    let looked = tokio::time::timeout(LONGEST, database::look(&config)).await;
    let looked = looked.unwrap_or_else(|_| database::Looked::silent());
    for (what, found) in looked.findings(&config) {
        counts.say(what, found)?;
    }
    counts.ask("calls to UKG Pro", async { ukg::set_up(&config) }).await?;
    for (host, found) in ukg::reach_all(&config, looked.hosts()).await {
        counts.say(&format!("UKG Pro at {host}"), found)?;
    }
    for (origin, found) in webhooks::reach_all(&config, looked.endpoints()).await {
        counts.say(&format!("webhooks to {origin}"), found)?;
    }
    counts.ask("mail", mail::try_out(&config)).await?;
    counts.say("pages", surroundings::pages())?;
    counts.ask("address", address::own(&config)).await?;
    counts.ask("metrics", address::metrics(&config)).await?;
    counts.ask("public address", public_url::try_out(&config)).await?;
    counts.say("trusted proxies", proxies::look(&config))?;
    counts.say("staff", looked.staff())?;
    match counts {
        Counts { failed: 0, warnings: 0 } => output::line("all well"),
        Counts { failed: 0, warnings } => {
            output::line(&format!("nothing must be mended; warnings: {warnings}"))
        }
        Counts { failed, .. } => bail!("{failed} of these must be mended"),
    }
}
