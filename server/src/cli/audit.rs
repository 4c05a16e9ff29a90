//! `linkdesk audit`: is the log whole, and all of it to keep elsewhere.

use anyhow::{Context as _, Result, bail};
use app::text::desk::audit as words;
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use services::{Acceptance, Entries, Operator, Verification};
use storage::AuditRow;

use super::output;
use crate::csv;
use crate::startup::Application;

/// The audit log.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Walks the whole log and says whether every entry is as it was written and sealed; fails when one is not.
    Verify(VerifyArgs),
    /// Notes in the log that entries without a fitting seal are known, such as those of a time with a wrong key file.
    Accept(AcceptArgs),
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

/// Which entries are accepted, and by whom.
#[derive(Debug, Args)]
pub struct AcceptArgs {
    /// The last of them, as `linkdesk audit verify` names it.
    #[arg(long, value_name = "ENTRY")]
    until: u64,
    /// Your name, for the log; without it, the number of the account that runs the command.
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

/// The SHA-256 of an entry and all before it.
#[derive(Clone, Copy, Debug)]
struct Fingerprint([u8; 32]);

/// Runs the command.
pub async fn run(command: AuditCommand, application: Application) -> Result<()> {
    match command {
        AuditCommand::Verify(args) => verify(args, &application).await,
        AuditCommand::Accept(args) => accept(args, &application).await,
        AuditCommand::Export { json } => export(json, &application).await,
    }
}

async fn verify(args: VerifyArgs, application: &Application) -> Result<()> {
    let noted = args.head.map(|Fingerprint(hash)| hash);
    let walked = application.services.verify_audit_here(Operator::at_command_line(), noted).await;
    let found = walked.context("could not verify the audit log")?;
    if let Some(why) = not_whole(&found) {
        bail!(why);
    }
    if noted.is_some() && found.noted.is_none() {
        bail!(
            "no entry of the audit log has that fingerprint: what was noted is not in this log any more (or the \
             fingerprint is mistyped)"
        );
    }
    report(&found)
}

/// What is not whole, in one line.
fn not_whole(found: &Verification) -> Option<String> {
    let broken = found.broken.map(|(position, fault)| {
        let before = position.saturating_sub(1);
        format!("entry {position} of the audit log is not whole: {}; {before} before it are", fault.as_str())
    });
    let Some(last) = found.unsealed.last() else { return broken };
    let unsealed = format!(
        "entries of the audit log without a fitting seal: {}. They can be of a time with a wrong key file, or of somebody \
         who wrote to the database; when you know why they are there, `linkdesk audit accept --until {}` notes it",
        list(&found.unsealed),
        last.to
    );
    let rest = broken.unwrap_or_else(|| "every other entry is whole".to_owned());
    Some(format!("{unsealed}; {rest}"))
}

async fn accept(args: AcceptArgs, application: &Application) -> Result<()> {
    let AcceptArgs { until, by } = args;
    let by = by.unwrap_or_else(|| format!("account {}", rustix::process::getuid().as_raw()));
    let accepted = application.services.accept_audit_here(Operator::at_command_line(), until, &by).await;
    match accepted.context("could not accept entries of the audit log")? {
        Acceptance::Accepted(entries) => output::line(&format!(
            "accepted: {}; `linkdesk audit verify` names them from now on and does not fail for them",
            list(&entries)
        )),
        Acceptance::Nothing => bail!("up to entry {until} there is none without a fitting seal"),
        Acceptance::NotThere => bail!("the audit log has no entry {until}"),
        Acceptance::NotWhole(position, fault) => bail!(
            "entry {position} of the audit log is not whole: {}; that cannot be accepted",
            fault.as_str()
        ),
        Acceptance::HeadUnsealed => {
            bail!("run `linkdesk audit verify` first: it names the entries there are to accept")
        }
    }
}

fn list(entries: &[Entries]) -> String {
    entries.iter().map(Entries::text).collect::<Vec<_>>().join(", ")
}

fn report(found: &Verification) -> Result<()> {
    if found.accepted.is_empty() {
        output::line(&format!("{} entries, every one whole", found.whole))?;
    } else {
        output::line(&format!("{} entries, every one as it was written", found.whole))?;
        output::line(&format!("without a fitting seal, and accepted: {}", list(&found.accepted)))?;
    }
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
        "hash": row.bond.map(|bond| hex::encode(bond.hash)),
        "seal": row.bond.and_then(|bond| bond.seal).map(hex::encode),
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
        row.bond.map(|bond| hex::encode(bond.hash)).unwrap_or_default(),
    ];
    csv::row(cells.iter().map(String::as_str))
}

fn fingerprint(text: &str) -> Result<Fingerprint> {
    let mut hash = [0; 32];
    hex::decode_to_slice(text.trim(), &mut hash)
        .context("a fingerprint is 64 hexadecimal digits, as `linkdesk audit verify` prints them")?;
    Ok(Fingerprint(hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_read_as_it_is_printed() {
        let hash = std::array::from_fn(|n| u8::try_from(n * 7 % 256).unwrap());

        assert_eq!(fingerprint(&format!(" {} ", hex::encode(hash))).unwrap().0, hash);
        for text in ["", "00", &"g".repeat(64), &"é".repeat(32), &"0".repeat(65)] {
            assert!(fingerprint(text).is_err(), "{text}");
        }
    }
}
