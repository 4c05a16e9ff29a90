//! One link's page: permissions day by day, notes, who looks after it.

use domain::{PermissionResult, REMINDERS_MAX, RemindAfter};

/// What becomes of a link's reminders; `stopped` is the day since which the contact wants none.
#[must_use]
pub fn reminders(after: RemindAfter, sent: u8, stopped: Option<&str>) -> String {
    match stopped {
        Some(day) => format!("None: they stopped them on {day}. Only they can turn them on again."),
        None => format!("After {after} days without progress. Sent: {sent} of {REMINDERS_MAX}."),
    }
}

/// Before when a link that needs a look is checked again.
pub const TRIED_AGAIN: &str = "Linkdesk checks again by itself:";
/// Before the day since when a permission is missing that was granted before.
pub const SINCE: &str = "since";
/// Heading of a column.
pub const DAYS: &str = "Last 30 days";
/// Heading of a column: when a permission was last asked about with a clear answer.
pub const LAST_CHECKED: &str = "Last checked";
/// In its place for a permission that cannot be checked.
pub const NO_TIME: &str = "–";
/// Opens the same as a table.
pub const DAYS_TABLE: &str = "The last 30 days as a table";
/// Under the strips.
pub const LEGEND: [&str; 4] = ["Granted", "Missing", "Not checked", "No check that day"];
/// Column of days.
pub const DAY: &str = "Day (UTC)";
/// No check in these days.
pub const NO_DAYS: &str = "No check in the last 30 days.";
/// A day without an answer about a permission.
pub const NO_ANSWER: &str = "No check";

/// A strip, in words. Each list holds days.
#[must_use]
pub fn strip(granted: usize, missing: &[String], unchecked: usize) -> String {
    if granted + missing.len() + unchecked == 0 {
        return NO_DAYS.to_owned();
    }
    let days = |count: usize| format!("{count} day{}", if count == 1 { "" } else { "s" });
    let mut parts = vec![format!("Granted on {}", days(granted))];
    if !missing.is_empty() {
        parts.push(format!("missing on {}", missing.join(", ")));
    }
    if unchecked > 0 {
        parts.push(format!("not checked on {}", days(unchecked)));
    }
    format!("{}.", parts.join("; "))
}

/// What a day's mark means.
#[must_use]
pub const fn mark(result: Option<PermissionResult>) -> &'static str {
    match result {
        Some(PermissionResult::Granted) => "Granted",
        Some(PermissionResult::Missing) => "Missing",
        Some(PermissionResult::Untestable) => "Cannot be tested",
        Some(PermissionResult::Unchecked) => "Not checked",
        None => NO_ANSWER,
    }
}

/// Heading of who looks after it.
pub const ASSIGNEE: &str = "Looked after by";
/// The field.
pub const ASSIGNEE_LABEL: &str = "Who looks after this link";
/// Nobody.
pub const NOBODY: &str = "Nobody";
/// Saves it.
pub const ASSIGN: &str = "Save";
/// Takes it oneself.
pub const ASSIGN_ME: &str = "Assign to me";

/// Heading of the notes.
pub const NOTES: &str = "Notes";
/// Before the first one.
pub const NO_NOTES: &str = "No notes yet. Only staff see them.";
/// The field.
pub const NOTE_LABEL: &str = "New note";
/// Under it.
pub const NOTE_HINT: &str = "Only staff see it. Never put a password or key in a note.";
/// Adds it.
pub const NOTE_ADD: &str = "Add note";
/// Takes it away.
pub const NOTE_DELETE: &str = "Delete";
/// The author's account is gone.
pub const SOMEBODY: &str = "Former staff";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strip_says_what_its_marks_show() {
        assert_eq!(strip(0, &[], 0), NO_DAYS);
        assert_eq!(strip(1, &[], 0), "Granted on 1 day.");
        assert_eq!(
            strip(3, &["2 March".to_owned(), "4 March".to_owned()], 1),
            "Granted on 3 days; missing on 2 March, 4 March; not checked on 1 day."
        );
    }
}
