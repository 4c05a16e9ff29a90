//! The lines of a running check. A page shows them, and each change is sent to it as the same lines anew.

use domain::{CheckProgress, ConnectionStep};
use leptos::prelude::*;

use crate::components::{PlainRow, RunningRow, Tone};
use crate::text::check;

/// What the lines show.
#[derive(Clone, Debug)]
pub struct CheckLinesView {
    /// The host that is asked.
    pub host: String,
    /// How far the check has come.
    pub progress: CheckProgress,
}

/// The lines.
#[component]
pub fn CheckLines(
    /// What they show.
    view: CheckLinesView,
) -> impl IntoView {
    let CheckLinesView { host, progress } = view;
    let connection = progress.connection;
    let line = |step: ConnectionStep, before: ConnectionStep, millis: Option<u32>| {
        if connection >= step {
            (Tone::Good, millis.map(check::seconds).unwrap_or_default())
        } else if connection >= before {
            (Tone::Asking, check::ASKING.to_owned())
        } else {
            (Tone::Waiting, check::WAITING.to_owned())
        }
    };
    let (reached_tone, reached) =
        line(ConnectionStep::Reached, ConnectionStep::NotReached, progress.reached_ms);
    let (accepted_tone, accepted) =
        line(ConnectionStep::Accepted, ConnectionStep::Reached, progress.accepted_ms);
    let rows = progress.rows.into_iter().map(|row| {
        view! { <RunningRow row asking=progress.asking.contains(&row.permission) /> }
    });
    let rows = rows.collect_view();
    view! {
        <ol>
            <PlainRow tone=reached_tone name=check::reached(&host, connection) result=reached />
            <PlainRow tone=accepted_tone name=check::accepted(connection).to_owned() result=accepted />
            {rows}
        </ol>
    }
}

/// The lines as HTML on their own, for the event that brings them to a page that is open.
#[must_use]
pub fn check_lines(view: &CheckLinesView) -> String {
    let view = view.clone();
    Owner::new().with(|| view! { <CheckLines view /> }.to_html())
}

#[cfg(test)]
mod tests {
    use domain::{Permission, PermissionResult, PermissionSet};

    use super::*;

    #[test]
    fn a_line_says_whether_it_is_asked_waits_or_how_long_it_took() {
        let set = PermissionSet::new(&[Permission::PayrollIntegration, Permission::PersonnelIntegration]);
        let mut progress = CheckProgress::new(&set);
        progress.connection = ConnectionStep::Accepted;
        progress.reached_ms = Some(410);
        progress.accepted_ms = Some(1290);
        progress.asking = vec![Permission::PayrollIntegration];
        if let Some(row) = progress.rows.first_mut() {
            row.result = PermissionResult::Granted;
            row.took_ms = Some(640);
        }

        let html = check_lines(&CheckLinesView { host: "service4.ultipro.com".to_owned(), progress });

        assert!(html.contains("0.4 seconds") && html.contains("1.2 seconds"), "{html}");
        assert!(html.contains("Granted · 0.6 seconds"), "{html}");
        assert_eq!(html.matches("Asking now").count(), 1, "{html}");
        assert_eq!(html.matches("Waiting").count(), 1, "{html}");
        assert_eq!(html.matches("data-permission").count(), 3, "{html}");
        assert!(!html.contains('\n') && !html.contains('\r'), "an event's data has no line breaks: {html}");
    }
}
