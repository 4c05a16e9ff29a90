//! `linkdesk staff add`, and the way back in: `linkdesk staff reset-password`.

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
    /// Gives an account a new password, for whoever forgot theirs; every session of the account ends.
    ResetPassword(ResetArgs),
}

/// Whose password is reset, and what else.
#[derive(Debug, Args)]
pub struct ResetArgs {
    /// The address the account signs in with.
    #[arg(long, value_parser = |text: &str| EmailAddress::parse(text))]
    email: EmailAddress,
    /// Read the password from standard input (its first line) instead of the terminal.
    #[arg(long)]
    password_stdin: bool,
    /// Also take the authenticator app, recovery codes and passkeys away, for whoever lost them.
    #[arg(long)]
    remove_second_factors: bool,
}

/// What a new staff account is made from.
#[derive(Debug, Args)]
pub struct AddArgs {
    /// The address to sign in with.
    #[arg(long, value_parser = |text: &str| EmailAddress::entered(text))]
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
    match command {
        StaffCommand::Add(args) => add(args, &application).await,
        StaffCommand::ResetPassword(args) => reset_password(args, &application).await,
    }
}

async fn add(args: AddArgs, application: &Application) -> Result<()> {
    let password = password(args.password_stdin)?;
    let added =
        application.services.add_staff(Operator::at_command_line(), args.email.clone(), args.role, password);
    added.await.context("could not add the staff account")?;
    output::line(&format!("{} can sign in as {}", args.email, args.role))
}

async fn reset_password(args: ResetArgs, application: &Application) -> Result<()> {
    let password = password(args.password_stdin)?;
    let (operator, without) = (Operator::at_command_line(), args.remove_second_factors);
    let reset = application.services.reset_password(operator, &args.email, password, without).await;
    let reset = reset.context("could not reset the password")?;
    output::line(&format!("{} has a new password; every session of the account ended", args.email))?;
    if reset.second_factors {
        output::line(
            "an authenticator app or a passkey is still in use; --remove-second-factors takes them away",
        )?;
    }
    if reset.closed_at.is_some() {
        output::line("the account is closed: an owner can open it at the desk")?;
    }
    Ok(())
}

fn password(from_stdin: bool) -> Result<Secret> {
    if from_stdin { from_standard_input() } else { from_terminal() }
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
