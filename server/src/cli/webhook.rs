//! `linkdesk webhook add` and `webhook list`: where other systems are told what happens to links.

use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use domain::{WebhookEvent, WebhookEvents, WebhookUrl};
use services::{EndpointOutcome, NewEndpoint, Operator};

use super::output;
use crate::startup::Application;

/// Endpoints.
#[derive(Debug, Subcommand)]
pub enum WebhookCommand {
    /// Adds an endpoint, and prints its id and the secret to verify its messages with: this once.
    Add(AddArgs),
    /// Every endpoint, oldest first; never secrets.
    List,
}

/// What an endpoint is made from.
#[derive(Debug, Args)]
pub struct AddArgs {
    /// Where messages are sent, such as https://example.com/hooks.
    #[arg(long, value_parser = WebhookUrl::parse)]
    url: WebhookUrl,
    /// An event to tell of; may be given several times. Without it, all are told of.
    #[arg(long = "event", value_name = "NAME", value_parser = event)]
    events: Vec<WebhookEvent>,
}

/// Runs the command.
pub async fn run(command: WebhookCommand, application: Application) -> Result<()> {
    let operator = Operator::at_command_line();
    match command {
        WebhookCommand::Add(args) => {
            let new = NewEndpoint { url: args.url, events: WebhookEvents::of(&args.events) };
            match application.services.add_endpoint_here(operator, new).await? {
                EndpointOutcome::Done(created) => {
                    output::line(&format!("{}\n{}", created.id, created.secret.expose()))
                }
                EndpointOutcome::NotAllowed => bail!(
                    "nothing may be sent there: it has to be a public address over https, or in one of the networks of \
                     LINKDESK_WEBHOOK_ALLOW"
                ),
                EndpointOutcome::TooMany => {
                    bail!("there are as many endpoints as there may be; remove one first")
                }
                EndpointOutcome::NoSecret => {
                    bail!(
                        "cannot make a secret: the installation's key does not open with LINKDESK_MASTER_KEY_FILE"
                    )
                }
                EndpointOutcome::Invalid(invalid) => bail!("{invalid}"),
                EndpointOutcome::NoSuch | EndpointOutcome::NotNow => bail!("could not add the endpoint"),
            }
        }
        WebhookCommand::List => {
            for view in application.services.endpoints_here(operator).await? {
                let (endpoint, counts) = (&view.endpoint, view.counts);
                output::line(&format!(
                    "{}  {:<8}{} waiting, {} given up  {}  {}",
                    endpoint.id,
                    endpoint.state.as_str(),
                    counts.waiting,
                    counts.failed,
                    endpoint.events,
                    endpoint.url
                ))?;
            }
            Ok(())
        }
    }
}

/// The name of an event that can be asked for.
fn event(text: &str) -> Result<WebhookEvent> {
    match text.parse() {
        Ok(event) if WebhookEvent::ALL.contains(&event) => Ok(event),
        Ok(_) | Err(_) => {
            let names = WebhookEvent::ALL.map(WebhookEvent::as_str).join(" ");
            bail!("there is no such event; there are: {names}")
        }
    }
}
