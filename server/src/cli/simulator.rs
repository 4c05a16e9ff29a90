//! `linkdesk ukg-simulator`.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Args;
use ukg_simulator::{Scenarios, Simulator};

use super::output;

/// How the simulator runs.
#[derive(Debug, Args)]
pub struct SimulatorArgs {
    /// Where it listens.
    #[arg(long, default_value = "127.0.0.1:8443")]
    listen: SocketAddr,
    /// Where to write the certificate of its own authority, for LINKDESK_UKG_CA_FILE.
    #[arg(long)]
    ca_out: PathBuf,
    /// Accounts and faults of your own, as JSON; without it the demo's.
    #[arg(long)]
    scenario: Option<PathBuf>,
}

/// Runs until it is interrupted.
pub async fn run(args: SimulatorArgs) -> Result<()> {
    let scenarios = match &args.scenario {
        Some(path) => {
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("could not read {}", path.display()))?;
            Scenarios::from_json(&text).with_context(|| format!("{} is no scenario file", path.display()))?
        }
        None => Scenarios::demo(),
    };
    let accounts = accounts(&scenarios);
    let simulator = Simulator::start(args.listen, scenarios).await?;
    std::fs::write(&args.ca_out, simulator.ca_pem())
        .with_context(|| format!("could not write {}", args.ca_out.display()))?;
    output::line(&format!(
        "UKG Pro simulator on {}; its authority is in {}",
        simulator.address(),
        args.ca_out.display()
    ))?;
    output::line(&accounts)?;
    tokio::signal::ctrl_c().await.context("could not wait for an interrupt")?;
    simulator.stop().await;
    Ok(())
}

/// The scenario accounts as a table: made-up credentials that open nothing but the simulator.
pub fn accounts(scenarios: &Scenarios) -> String {
    let mut text = String::from("Accounts (made up; whatever is not listed is refused):\n");
    for row in scenarios.table() {
        text.push_str(&format!(
            "  {:<20} key {}  username {:<18}  password {}\n  {:<20} {}\n",
            row.name, row.customer_api_key, row.username, row.password, "", row.what_happens
        ));
    }
    text
}
