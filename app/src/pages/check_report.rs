//! The lines of an ended check: the connection, then each permission with what is to be done about it.

use domain::{CheckOutcome, CheckReport, ConnectionStep, PermissionResult, ProblemCode};
use leptos::prelude::*;

use crate::components::{PermissionRow, PlainRow, RowHelp, Tone};
use crate::text::check;

/// Every line.
pub(super) fn report_lines(host: &str, report: CheckReport) -> impl IntoView {
    let failed = match report.outcome {
        CheckOutcome::Failed(ProblemCode::CredentialsRejected) => Some((Tone::Bad, check::REFUSED)),
        CheckOutcome::Failed(_) => Some((Tone::Warn, check::FAILED)),
        CheckOutcome::Linked | CheckOutcome::LinkedWithGaps => None,
    };
    let line = |reached: ConnectionStep, millis: Option<u32>| {
        if report.connection >= reached {
            (Tone::Good, millis.map(check::seconds).unwrap_or_default())
        } else if reached == next_after(report.connection) {
            failed.map_or((Tone::Unknown, check::NOT_CHECKED.to_owned()), |(tone, words)| {
                (tone, words.to_owned())
            })
        } else {
            (Tone::Unknown, check::NOT_CHECKED.to_owned())
        }
    };
    let (reached_tone, reached) = line(ConnectionStep::Reached, report.reached_ms);
    let (accepted_tone, accepted) = line(ConnectionStep::Accepted, report.accepted_ms);
    let missing = report.rows.iter().filter(|row| row.result == PermissionResult::Missing).count();
    let help = match (report.connection, missing) {
        // Before the account is accepted no row can be asked for.
        (ConnectionStep::NotReached | ConnectionStep::Reached, _) => RowHelp::None,
        (ConnectionStep::Accepted, 0 | 1) => RowHelp::Mend,
        (ConnectionStep::Accepted, _) => RowHelp::MendFolded,
    };
    let lines = report.rows.into_iter().map(|row| view! { <PermissionRow row help /> }).collect_view();
    view! {
        <div class="card checks">
            <ol>
                <PlainRow tone=reached_tone name=check::reached(host, report.connection) result=reached />
                <PlainRow
                    tone=accepted_tone
                    name=check::accepted(report.connection).to_owned()
                    result=accepted
                />
                {lines}
            </ol>
        </div>
    }
}

const fn next_after(step: ConnectionStep) -> ConnectionStep {
    match step {
        ConnectionStep::NotReached => ConnectionStep::Reached,
        ConnectionStep::Reached | ConnectionStep::Accepted => ConnectionStep::Accepted,
    }
}
