//! `linkdesk staff add`.

use std::io::Read as _;

use anyhow::{Context as _, Result};
use clap::{Args, Subcommand};
use domain::{EmailAddress, Role, Secret};
use services::Operator;

use super::output;
use crate::startup::Application;

/// Staff accounts.
#[derive(Debug, Subcommand)]
pub enum StaffCommand {
    /// Makes a staff account; the password comes from the terminal or from standard input, never from an argument.
    Add(AddArgs),
}

/// What a new staff account is made from.
#[derive(Debug, Args)]
pub struct AddArgs {
    /// The address to sign in with.
    #[arg(long, value_parser = |text: &str| EmailAddress::parse(text))]
    email: EmailAddress,
    /// `support` sees every link and helps; `owner` also manages.
    #[arg(long)]
    role: Role,
    /// Read the password from standard input (its first line) instead of the terminal.
    #[arg(long)]
    password_stdin: bool,
}

/// Runs the command.
pub async fn run(command: StaffCommand, application: Application) -> Result<()> {
    let StaffCommand::Add(args) = command;
    let password = if args.password_stdin { from_standard_input()? } else { from_terminal()? };
    let added =
        application.services.add_staff(Operator::at_command_line(), args.email.clone(), args.role, password);
    added.await.context("could not add the staff account")?;
    output::line(&format!("{} can sign in as {}", args.email, args.role))
}

fn from_standard_input() -> Result<Secret> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).context("could not read the password from standard input")?;
    Ok(Secret::new(text.lines().next().unwrap_or_default().to_owned()))
}

fn from_terminal() -> Result<Secret> {
    let typed =
        rpassword::prompt_password("Password: ").context("could not read the password from the terminal")?;
    let again =
        rpassword::prompt_password("Once more: ").context("could not read the password from the terminal")?;
    anyhow::ensure!(typed == again, "the two passwords differ");
    Ok(Secret::new(typed))
}
