//! Background work: what Linkdesk does by itself, and what it gave up.

/// Heading.
pub const HEADING: &str = "Background work";
/// Under it.
pub const LEAD: &str = "What Linkdesk does by itself, beside what people ask for. Work that fails is tried again for a \
    while, then given up: it waits here until somebody has it tried again.";
/// Heading of the table of kinds.
pub const KINDS: &str = "What there is to do";
/// Its columns. What is planned is due later, what waits is due.
pub const KIND_COLUMNS: [&str; 5] = ["Work", "Planned", "Waiting", "Longest overdue", "Given up"];
/// Heading of what was given up.
pub const GIVEN_UP: &str = "Given up";
/// Its columns.
pub const GIVEN_UP_COLUMNS: [&str; 4] = ["Work", "For", "Why", "Since"];
/// Nothing was given up.
pub const NONE: (&str, &str) =
    ("Nothing was given up on", "Everything that failed was done later, or is still being tried.");
/// Messages of webhooks that were given up: how many, behind whom they were for.
#[must_use]
pub fn lost(messages: u64) -> String {
    match messages {
        1 => "did not take a message for three days. It was given up:".to_owned(),
        many => format!("did not take {many} messages for three days. They were given up:"),
    }
}
/// Leads to where they are sent again.
pub const LOST_SEE: &str = "look, and send again";
/// The button of one.
pub const TRY_AGAIN: &str = "Try again";
/// The button of all.
pub const TRY_ALL: &str = "Try all again";
/// Nothing is overdue.
pub const ON_TIME: &str = "On time";
/// Whom it was for is gone.
pub const NOBODY: &str = "Nobody any more";
/// Where no reason was noted.
pub const NO_REASON: &str = "No reason was noted. The server’s log says more.";
/// One is tried again.
pub const TRIED_ONE: &str = "It is being tried again.";
/// All are tried again.
pub const TRIED_ALL: &str = "All of it is being tried again.";
/// There was nothing to try again.
pub const TRIED_NONE: &str = "There was nothing to try again: somebody else did, or it has been done.";
/// From other pages.
pub const SEE: &str = "See what and why";

/// The kind that checks links again.
pub const RECHECK: &str = "Check a link again";
/// The kind that sends webhooks.
pub const WEBHOOK: &str = "Send webhooks";
/// The kind that mails.
pub const MAIL: &str = "Send a mail";

/// A reason without words of its own, by its short name.
#[must_use]
pub fn reason(name: &str) -> String {
    format!("It kept failing: {}. The server’s log says more.", name.replace('_', " "))
}

/// How long something has been due.
#[must_use]
pub fn overdue(millis: i64) -> String {
    let minutes = millis / 60_000;
    let some = |count: i64, unit: &str| format!("{count} {unit}{}", if count == 1 { "" } else { "s" });
    match minutes {
        ..1 => ON_TIME.to_owned(),
        1..60 => some(minutes, "minute"),
        60..1440 => some(minutes / 60, "hour"),
        1440.. => some(minutes / 1440, "day"),
    }
}

/// Only so many of them are shown.
#[must_use]
pub fn more(shown: usize) -> String {
    format!("The newest {shown} are shown. “{TRY_ALL}” is about the others too.")
}

/// The notice on the desk's list.
#[must_use]
pub fn notice(some: u64, or_more: bool) -> String {
    match (some, or_more) {
        (1, false) => "Linkdesk gave up on one background task".to_owned(),
        (some, false) => format!("Linkdesk gave up on {some} background tasks"),
        (some, true) => format!("Linkdesk gave up on {some} or more background tasks"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_numbers_read_well() {
        for (millis, said) in
            [(59_999, "On time"), (60_000, "1 minute"), (7_200_000, "2 hours"), (172_800_000, "2 days")]
        {
            assert_eq!(overdue(millis), said);
        }
        assert_eq!(notice(1, false), "Linkdesk gave up on one background task");
        assert_eq!(notice(3, false), "Linkdesk gave up on 3 background tasks");
        assert_eq!(notice(100, true), "Linkdesk gave up on 100 or more background tasks");
        assert_eq!(reason("no_such_host"), "It kept failing: no such host. The server’s log says more.");
    }
}
