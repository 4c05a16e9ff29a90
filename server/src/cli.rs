//! The command line. One file per command; each says what it did on standard output, and fails with one clear line.

mod audit;
mod backup;
mod copy;
mod demo;
mod doctor;
mod invite;
mod keygen;
mod link;
mod markdown;
mod migrate;
mod output;
mod problems;
mod rotate_keys;
mod seed;
mod serve;
mod simulator;
mod staff;
mod webhook;

use anyhow::{Context as _, Result};
use clap::{Parser, Subcommand};

use crate::config::{self, Config, Source};
use crate::database::Database;
use crate::startup::{self, Application, Deps};

/// Links a customer's UKG Pro account: the customer's administrator opens an invite and is led through three steps; the
/// values are checked live against UKG Pro and kept sealed; support sees where every customer stands.
#[derive(Debug, Parser)]
#[command(name = "linkdesk", version, after_help = config::help())]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// The server (also what no command means).
    Serve,
    /// The server on a fresh database in a temporary folder, with the UKG Pro simulator beside it.
    Demo,
    /// Staff accounts.
    #[command(subcommand)]
    Staff(staff::StaffCommand),
    /// Invites.
    #[command(subcommand)]
    Invite(invite::InviteCommand),
    /// Where links stand; never secrets.
    #[command(subcommand)]
    Link(link::LinkCommand),
    /// Everything that can be wrong, as tables in Markdown: what is said, who acts, how to try it in the demo.
    Problems,
    /// The UKG Pro simulator alone, over TLS.
    UkgSimulator(simulator::SimulatorArgs),
    /// Adds made-up links with a history, for benchmarks and screenshots. Refuses a database that holds real ones.
    Seed(seed::SeedArgs),
    /// Makes a key file, readable by its owner alone.
    Keygen(keygen::KeygenArgs),
    /// Brings the database's tables up to date. `serve` does it too.
    Migrate,
    /// Copies everything from one database into another, empty one, and compares every row.
    Copy(copy::CopyArgs),
    /// Copies a SQLite database into a new file, while servers go on.
    Backup(backup::BackupArgs),
    /// Wraps every data key by the primary key of the key file, while servers that know it go on; a second run goes on where
    /// one was stopped.
    RotateKeys,
    /// The audit log: is it whole, and all of it to keep elsewhere.
    #[command(subcommand)]
    Audit(audit::AuditCommand),
    /// Where other systems are told what happens to links.
    #[command(subcommand)]
    Webhook(webhook::WebhookCommand),
    /// Says what is missing and how to mend it.
    Doctor,
}

/// Runs the command.
///
/// # Errors
/// In one line: what could not be done, and why.
pub fn run(cli: Cli) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("could not start the async runtime")?;
    runtime.block_on(async {
        match cli.command.unwrap_or(Command::Serve) {
            Command::Serve => serve::run(&config()?).await,
            Command::Demo => demo::run(Source::read()?).await,
            Command::Staff(command) => staff::run(command, application().await?).await,
            Command::Invite(command) => {
                let config = config()?;
                invite::run(command, &config, quiet_application(&config).await?).await
            }
            Command::Link(command) => link::run(command, application().await?).await,
            Command::Problems => problems::run(),
            Command::UkgSimulator(args) => simulator::run(args).await,
            Command::Seed(args) => seed::run(&args, application().await?).await,
            Command::Keygen(args) => keygen::run(&args),
            Command::Migrate => migrate::run(&config()?).await,
            Command::Copy(args) => copy::run(&args).await,
            Command::Backup(args) => backup::run(&args, &Source::read()?).await,
            Command::RotateKeys => {
                let config = config()?;
                existing(&config).await?;
                let others = startup::keyring(&config)?.ids().skip(1).map(ToString::to_string).collect();
                rotate_keys::run(quiet_application(&config).await?, others).await
            }
            Command::Audit(command) => {
                let config = config()?;
                existing(&config).await?;
                audit::run(command, quiet_application(&config).await?).await
            }
            Command::Webhook(command) => webhook::run(command, application().await?).await,
            Command::Doctor => doctor::run(Source::read()?).await,
        }
    })
}

fn config() -> Result<Config> {
    Config::from_source(&Source::read()?)
}

async fn application() -> Result<Application> {
    quiet_application(&config()?).await
}

/// Refuses a database that holds no installation yet.
async fn existing(config: &Config) -> Result<()> {
    Database::expect_made(&config.database_url).await.context("LINKDESK_DATABASE_URL")
}

/// The application for a command that only uses its services.
async fn quiet_application(config: &Config) -> Result<Application> {
    Application::build(config, Deps::real(config)?).await
}
