//! `linkdesk link list` and `link show`: where links stand, as JSON or as text. Never secrets.

use anyhow::{Context as _, Result};
use app::when;
use clap::Subcommand;
use domain::{CheckOutcome, LinkId};
use serde_json::{Value, json};
use services::{LinkPage, Operator};
use storage::Link;

use super::output;
use crate::startup::Application;

/// Links.
#[derive(Debug, Subcommand)]
pub enum LinkCommand {
    /// Every link, last changed first.
    List {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// One link.
    Show {
        /// Its id.
        id: LinkId,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
}

/// Runs the command.
pub async fn run(command: LinkCommand, application: Application) -> Result<()> {
    let operator = Operator::at_command_line();
    match command {
        LinkCommand::List { json: true } => {
            let mut links = application.services.every_link_here(operator).await;
            let mut array = output::Array::begin()?;
            while let Some(part) = links.next().await? {
                part.iter().try_for_each(|listed| array.item(&link(&listed.link)))?;
            }
            array.end()
        }
        LinkCommand::List { json: false } => {
            let mut links = application.services.every_link_here(operator).await;
            while let Some(part) = links.next().await? {
                for listed in part {
                    let link = listed.link;
                    output::line(&format!("{}  {:<18}{}", link.id, link.status.as_str(), link.customer))?;
                }
            }
            Ok(())
        }
        LinkCommand::Show { id, json } => {
            let page = application.services.show_link_here(operator, id).await?;
            let page = page.with_context(|| format!("there is no link {id}"))?;
            let value = details(&page);
            if json { output::json(&value) } else { as_text(&value) }
        }
    }
}

fn link(link: &Link) -> Value {
    json!({
        "id": link.id.to_string(),
        "customer": link.customer.as_str(),
        "email": link.contact.as_ref().map(ToString::to_string),
        "status": link.status.as_str(),
        "who_acts": link.who_acts.as_str(),
        "problem": link.problem.map(domain::ProblemCode::as_str),
        "step_reached": link.step_reached.map(domain::Step::as_str),
        "host": link.host.as_ref().map(ToString::to_string),
        "permissions": link.permissions.iter().map(domain::Permission::slug).collect::<Vec<_>>(),
        "created_at": when::machine(link.created_at),
        "changed_at": when::machine(link.changed_at),
        "linked_at": link.linked_at.map(when::machine),
        "test": link.host.as_ref().is_some_and(domain::WebServicesHost::is_test_tenant),
    })
}

fn details(page: &LinkPage) -> Value {
    let mut value = link(&page.link);
    let check = page.check.as_ref().map(|check| {
        let report = check.report.as_ref();
        json!({
            "id": check.id.to_string(),
            "started_at": when::machine(check.started_at),
            "finished_at": check.finished_at.map(when::machine),
            "outcome": report.map(|report| match report.outcome {
                CheckOutcome::Linked => "linked",
                CheckOutcome::LinkedWithGaps => "linked_with_gaps",
                CheckOutcome::Failed(code) => code.as_str(),
            }),
            "permissions": report.map(|report| report.rows.iter().map(|row| {
                json!({
                    "permission": row.permission.slug(),
                    "result": row.result.as_str(),
                    "took_ms": row.took_ms,
                })
            }).collect::<Vec<_>>()),
            "of_replacement": check.of_replacement,
            "not_asked_but_granted": check.surplus.iter().map(|p| p.slug()).collect::<Vec<_>>(),
        })
    });
    if let Value::Object(fields) = &mut value {
        fields.insert("check".to_owned(), check.unwrap_or(Value::Null));
        let twins: Vec<_> = page.duplicates.iter().map(|link| link.id.to_string()).collect();
        fields.insert("same_account".to_owned(), json!(twins));
    }
    value
}

fn as_text(value: &Value) -> Result<()> {
    for (name, value) in value.as_object().into_iter().flatten() {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        output::line(&format!("{name:<14}{text}"))?;
    }
    Ok(())
}
