//! The program `linkdesk`: reads the command line, runs the command, says in one line what went wrong.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;
use server::cli::{self, Cli};

fn main() -> ExitCode {
    // Wrong usage ends here, with status 2.
    let cli = Cli::parse();
    match cli::run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // If standard error is closed there is nobody to tell.
            let _ = writeln!(std::io::stderr(), "linkdesk: {error:#}");
            ExitCode::FAILURE
        }
    }
}
