//! `linkdesk ukg-simulator`.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Args;
use domain::{CheckOutcome, ProblemCode};
use ukg_simulator::{Scenarios, Simulator, demo_table};

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
    /// Lists the demo's scenarios as a table in Markdown, and starts nothing.
    #[arg(long, conflicts_with_all = ["ca_out", "scenario"])]
    list: bool,
}

const INTRODUCTION: &str = "\
# The demo's scenarios

Made by `linkdesk ukg-simulator --list`; change the scenarios in `ukg-simulator` and run `make tables`. What `linkdesk demo` \
plays, and `linkdesk ukg-simulator` too: the credentials are made up and open nothing else, and whatever is not listed is \
refused. How a check ends is said for a link that asks for every permission; the problem may be that of one permission.
";

/// Runs until it is interrupted.
pub async fn run(args: SimulatorArgs) -> Result<()> {
    let Some(ca_out) = args.ca_out else {
        // `--list`, or the command line would have been refused.
        return output::line(page().trim_end());
    };
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

/// What to type for each thing that can happen, as `docs/simulator.md` holds it.
fn page() -> String {
    let header = [
        "Scenario",
        "What it shows",
        "How the check ends",
        "Web Services URL",
        "Customer API Key",
        "Username",
        "Password",
    ];
    let rows = demo_table().into_iter().map(|scenario| {
        [
            markdown::code(&scenario.name),
            scenario.shows,
            ending(scenario.outcome, scenario.problem),
            markdown::code(&scenario.host),
            markdown::code(&scenario.customer_api_key),
            markdown::code(&scenario.username),
            markdown::code(&scenario.password),
        ]
    });
    format!("{INTRODUCTION}\n{}", markdown::table(header, rows))
}

fn ending(outcome: CheckOutcome, problem: Option<ProblemCode>) -> String {
    let outcome = match outcome {
        CheckOutcome::Linked => "linked",
        CheckOutcome::LinkedWithGaps => "linked, with gaps",
        CheckOutcome::Failed(_) => "not linked",
    };
    match problem {
        Some(problem) => format!("{outcome}: {}", markdown::code(problem.as_str())),
        None => outcome.to_owned(),
    }
}
