//! `linkdesk audit`: is the log whole, and all of it to keep elsewhere.

use anyhow::{Context as _, Result, bail};
use app::text::desk::audit as words;
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use services::{Operator, Verification, hex_of};
use storage::AuditRow;

use super::output;
use crate::csv;
use crate::startup::Application;

/// The audit log.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Walks the whole log and says whether every entry is as it was written; fails at the first that is not.
    Verify(VerifyArgs),
    /// Prints every entry, oldest first, with its fingerprint.
    Export {
        /// As JSON, one entry a line, instead of CSV.
        #[arg(long)]
        json: bool,
    },
}

/// What the log is held against.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// A fingerprint that was noted after an earlier run: it must be in the log still.
    #[arg(long, value_name = "FINGERPRINT", value_parser = fingerprint)]
    head: Option<Fingerprint>,
}

/// The SHA-256 of an entry and all before it.
#[derive(Clone, Copy, Debug)]
struct Fingerprint([u8; 32]);

/// Runs the command.
pub async fn run(command: AuditCommand, application: Application) -> Result<()> {
    match command {
        AuditCommand::Verify(args) => verify(args, &application).await,
        AuditCommand::Export { json } => export(json, &application).await,
    }
}

async fn verify(args: VerifyArgs, application: &Application) -> Result<()> {
    let noted = args.head.map(|Fingerprint(hash)| hash);
    let walked = application.services.verify_audit_here(Operator::at_command_line(), noted).await;
    let found = walked.context("could not verify the audit log")?;
    if let Some((position, fault)) = found.fault {
        bail!(
            "entry {position} of the audit log is not whole: {}; {} before it are",
            fault.as_str(),
            found.whole
        );
    }
    if noted.is_some() && found.noted.is_none() {
        bail!(
            "no entry of the audit log has that fingerprint: what was noted is not in this log any more (or the \
             fingerprint is mistyped)"
        );
    }
    report(&found)
}

fn report(found: &Verification) -> Result<()> {
    output::line(&format!("{} entries, every one whole", found.whole))?;
    if found.found > 0 {
        output::line(&format!(
            "entries 1 to {} are from before the log was chained: whole since then, not proven for the time before",
            found.found
        ))?;
    }
    if let Some(position) = found.noted {
        output::line(&format!(
            "the fingerprint that was noted is entry {position}'s; nothing up to it has changed"
        ))?;
    }
    output::line(&format!("fingerprint of entry {}: {}", found.whole, found.hash_text()))
}

async fn export(as_json: bool, application: &Application) -> Result<()> {
    let (services, operator) = (&application.services, Operator::at_command_line());
    services.begin_audit_export_here(operator).await.context("could not note the download")?;
    if !as_json {
        output::text(&csv::row(words::CSV_ROW_COLUMNS))?;
    }
    let mut after = 0;
    loop {
        let rows = services.audit_rows_here(operator, after).await.context("could not read the audit log")?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.position;
        for row in &rows {
            if as_json {
                output::line(&as_value(row).to_string())?;
            } else {
                output::text(&as_csv(row))?;
            }
        }
    }
}

fn as_value(row: &AuditRow) -> Value {
    let columns = &row.columns;
    json!({
        "position": row.position,
        "id": columns.id,
        "at": columns.at,
        "link_id": columns.link,
        "actor_kind": columns.actor_kind,
        "actor_id": columns.actor_id,
        "action": columns.action,
        "detail": columns.detail,
        "address": columns.address,
        "browser": columns.browser,
        "hash": row.bond.map(|bond| hex_of(&bond.hash)),
        "seal": row.bond.and_then(|bond| bond.seal).map(|seal| hex_of(&seal)),
    })
}

fn as_csv(row: &AuditRow) -> String {
    let columns = &row.columns;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let cells = [
        row.position.to_string(),
        columns.id.clone(),
        columns.at.to_string(),
        text(&columns.link),
        columns.actor_kind.clone(),
        text(&columns.actor_id),
        columns.action.clone(),
        columns.detail.clone(),
        text(&columns.address),
        text(&columns.browser),
        row.bond.map(|bond| hex_of(&bond.hash)).unwrap_or_default(),
    ];
    csv::row(cells.iter().map(String::as_str))
}

fn fingerprint(text: &str) -> Result<Fingerprint> {
    let digits = text.trim();
    if digits.len() != 64 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        bail!("a fingerprint is 64 hexadecimal digits, as `linkdesk audit verify` prints them");
    }
    let mut hash = [0; 32];
    for (n, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(digits.get(2 * n..2 * n + 2).unwrap_or_default(), 16)?;
    }
    Ok(Fingerprint(hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_read_as_it_is_printed() {
        let hash = std::array::from_fn(|n| u8::try_from(n * 7 % 256).unwrap());

        assert_eq!(fingerprint(&format!(" {} ", hex_of(&hash))).unwrap().0, hash);
        for text in ["", "00", &"g".repeat(64), &"é".repeat(32), &"0".repeat(65)] {
            assert!(fingerprint(text).is_err(), "{text}");
        }
    }
}
