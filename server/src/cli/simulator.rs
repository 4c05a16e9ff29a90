//! `linkdesk ukg-simulator`.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Args;
use ukg_simulator::{Scenarios, Simulator};

use super::{markdown, output};

/// How the simulator runs.
#[derive(Debug, Args)]
pub struct SimulatorArgs {
    /// Where it listens.
    #[arg(long, default_value = "127.0.0.1:8443")]
    listen: SocketAddr,
    /// Where to write the certificate of its own authority, for LINKDESK_UKG_CA_FILE.
    #[arg(long, required_unless_present = "list")]
    ca_out: Option<PathBuf>,
    /// Accounts and faults of your own, as JSON; without it the demo's.
    #[arg(long)]
    scenario: Option<PathBuf>,
    /// Lists the accounts as a table in Markdown, and starts nothing.
    #[arg(long)]
    list: bool,
}

const INTRODUCTION: &str = "\
# The simulator's accounts

Made by `linkdesk ukg-simulator --list`; change the accounts in `ukg-simulator` and run `make tables`. `linkdesk demo` \
starts the simulator with these accounts, and so does `linkdesk ukg-simulator`. They are made up and open nothing else; \
whatever is not listed is refused.
";

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
    let Some(ca_out) = args.ca_out.filter(|_| !args.list) else {
        return output::line(page(&scenarios).trim_end());
    };
    let accounts = accounts(&scenarios);
    let simulator = Simulator::start(args.listen, scenarios).await?;
    std::fs::write(&ca_out, simulator.ca_pem())
        .with_context(|| format!("could not write {}", ca_out.display()))?;
    output::line(&format!(
        "UKG Pro simulator on {}; its authority is in {}",
        simulator.address(),
        ca_out.display()
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

/// The hosts and the accounts, as `docs/simulator.md` holds them.
fn page(scenarios: &Scenarios) -> String {
    let mut text = INTRODUCTION.to_owned();
    if !scenarios.host_faults.is_empty() {
        text.push_str("\n## Hosts\n\nAt every other host the account alone decides.\n\n");
        let rows =
            scenarios.host_faults.iter().map(|(host, fault)| [markdown::code(host), format!("{fault:?}")]);
        text.push_str(&markdown::table(["Host", "What is wrong there"], rows));
    }
    text.push_str("\n## Accounts\n\n");
    let header = ["Account", "What happens", "Customer API Key", "Username", "Password"];
    let rows = scenarios.table().into_iter().map(|row| {
        [
            markdown::code(&row.name),
            row.what_happens,
            markdown::code(&row.customer_api_key),
            markdown::code(&row.username),
            markdown::code(&row.password),
        ]
    });
    text + &markdown::table(header, rows)
}
