//! The audit log's page: who did what, from where, and whether the log is whole.

use domain::Browser;

/// The tab and the heading.
pub const TAB: &str = "Audit";
/// The heading.
pub const HEADING: &str = "Audit log";
/// Under it.
pub const LEAD: &str =
    "Everything that was done, by whom and from where. Nothing here can be changed or removed.";
/// Table headings.
pub const COLUMNS: [&str; 5] = ["When", "Who", "What", "Link", "From"];
/// Headings of the download.
pub const CSV_COLUMNS: [&str; 11] = [
    "entry", "time_utc", "who_kind", "who", "what", "detail", "link_id", "customer", "address", "browser",
    "id",
];
/// Headings of the command line's export.
pub const CSV_ROW_COLUMNS: [&str; 11] = [
    "position",
    "id",
    "at",
    "link_id",
    "actor_kind",
    "actor_id",
    "action",
    "detail",
    "address",
    "browser",
    "hash",
];
/// The search's fields.
pub const SEARCH_LABEL: &str = "Customer, staff or link id";
/// Field.
pub const WHO_LABEL: &str = "Who";
/// Field.
pub const WHAT_LABEL: &str = "What";
/// Field.
pub const SINCE_LABEL: &str = "From day";
/// Field.
pub const UNTIL_LABEL: &str = "To day";
/// The button.
pub const SEARCH: &str = "Search";
/// Back to everything.
pub const CLEAR: &str = "Show everything";
/// The first choice of a list.
pub const ANYBODY: &str = "Anybody";
/// The first choice of a list.
pub const ANYTHING: &str = "Anything";
/// The download.
pub const EXPORT: &str = "Download as CSV";
/// Paging.
pub const OLDER: &str = "Older entries";
/// Paging.
pub const NEWEST: &str = "Back to the newest";
/// A preset, with the permissions it stands for.
#[must_use]
pub fn preset(name: &str, permissions: &[&str]) -> String {
    format!("{name}: {}", permissions.join(", "))
}

/// An endpoint, with what it is told of.
#[must_use]
pub fn endpoint(origin: &str, events: &str) -> String {
    match events {
        "*" => format!("{origin}: every event"),
        some => format!("{origin}: {}", some.replace(',', ", ")),
    }
}

/// Nothing is found.
pub const NONE: (&str, &str) =
    ("Nothing of the kind was done", "Search for something else, or look at everything.");

/// Who did it, where no name is known.
pub const CUSTOMER: &str = "The customer’s administrator";
/// The same, as a choice.
pub const CUSTOMERS: &str = "Customers";
/// Staff as a choice.
pub const STAFF: &str = "Staff";
/// A staff member whose account is gone.
pub const SOMEBODY: &str = "A staff member";
/// At the server.
pub const COMMAND_LINE: &str = "The command line";
/// By itself.
pub const SYSTEM: &str = "Linkdesk";

/// The state's heading.
pub const STATE: &str = "Is the log whole?";
/// Never verified.
pub const NEVER: &str = "Nobody has verified it yet.";
/// The button.
pub const VERIFY: &str = "Verify now";
/// Under the state.
pub const VERIFY_HINT: &str = "Every entry is bound to all before it. Note the newest entry’s fingerprint somewhere \
    outside: **linkdesk audit verify --head** with it tells later whether anything before it was touched.";
/// The fact's name.
pub const HEAD: &str = "Fingerprint of the newest entry";
/// The fact's name.
pub const ENTRIES: &str = "Entries";

/// The last verification found no fault.
pub const WHOLE: &str = "The log is whole";
/// Under it: before and after the time.
pub const VERIFIED: (&str, &str) = ("It was verified on", ".");
/// The last verification found a fault.
pub const NOT_WHOLE: &str = "The log is not whole";

/// Under it: before and after the time.
#[must_use]
pub fn broken(position: u64) -> (String, &'static str) {
    (
        format!("Entry {position} is not as it was written, is missing, or has no seal: found on"),
        ". Run linkdesk audit verify on the server for more, and keep a copy of the database.",
    )
}

/// A number with its thousands apart.
#[must_use]
pub fn number(number: u64) -> String {
    let digits = number.to_string();
    let first = digits.len() % 3;
    let apart = |(n, digit): (usize, char)| {
        let comma = n > 0 && n % 3 == first;
        comma.then_some(',').into_iter().chain([digit])
    };
    digits.chars().enumerate().flat_map(apart).collect()
}

/// A browser's name.
#[must_use]
pub const fn browser(browser: Browser) -> &'static str {
    match browser {
        Browser::Chrome => "Chrome",
        Browser::Edge => "Edge",
        Browser::Firefox => "Firefox",
        Browser::Opera => "Opera",
        Browser::Safari => "Safari",
        Browser::Other => "Another browser",
    }
}

/// What was done, in the fewest words: a choice of the search, and the sentence where there is no more to say.
pub mod what {
    /// A step was saved.
    pub const STEP_SAVED: &str = "Step saved";
    /// A step was refused.
    pub const STEP_REFUSED: &str = "Step not taken";
    /// A step was doubted.
    pub const STEP_DOUBTED: &str = "Step asked about again";
    /// A sealed value was opened.
    pub const OPENED: &str = "Sealed value opened for a check";
    /// A check ended.
    pub const CHECK_FINISHED: &str = "Check ended";
    /// A step was handed over.
    pub const HANDED_OVER: &str = "Step handed to a colleague";
    /// The colleague began.
    pub const HAND_OVER_STARTED: &str = "Step opened by the colleague";
    /// A link was given to somebody of the staff.
    pub const ASSIGNED: &str = "Link given to somebody, or to nobody";
    /// A mail was sent.
    pub const MAIL: &str = "Mail sent, or not";
    /// A staff account was made.
    pub const STAFF_ADDED: &str = "Staff account made";
    /// Somebody signed in.
    pub const SIGNED_IN: &str = "Signed in";
    /// A sign-in was refused.
    pub const SIGN_IN_REFUSED: &str = "Sign-in refused";
    /// Somebody signed out.
    pub const SIGNED_OUT: &str = "Signed out";
    /// What one is mailed about was changed.
    pub const MAIL_WISHES: &str = "Own choice of mails changed";
    /// A reminder went out.
    pub const REMINDER: &str = "Reminder sent";
    /// A preset was made.
    pub const PRESET_ADDED: &str = "Preset made";
    /// A preset was changed.
    pub const PRESET_CHANGED: &str = "Preset changed";
    /// A preset was removed.
    pub const PRESET_REMOVED: &str = "Preset removed";
    /// A password was changed.
    pub const PASSWORD_CHANGED: &str = "Own password changed";
    /// Somebody proved again who they are.
    pub const CONFIRMED: &str = "Confirmed who they are";
    /// Sessions were ended.
    pub const SESSIONS_ENDED: &str = "Sessions ended";
    /// A second factor was added.
    pub const FACTOR_ADDED: &str = "Second factor added";
    /// A second factor was removed.
    pub const FACTOR_REMOVED: &str = "Second factor removed";
    /// Recovery codes were made.
    pub const CODES_MADE: &str = "Recovery codes made";
    /// A colleague was invited.
    pub const STAFF_INVITED: &str = "Colleague invited";
    /// That invite was withdrawn.
    pub const STAFF_INVITE_REVOKED: &str = "Colleague’s invite withdrawn";
    /// A colleague joined.
    pub const STAFF_JOINED: &str = "Colleague joined";
    /// A role was changed.
    pub const ROLE_CHANGED: &str = "Role changed";
    /// An account was closed.
    pub const STAFF_CLOSED: &str = "Staff account closed";
    /// An account was opened again.
    pub const STAFF_OPENED: &str = "Staff account opened again";
    /// Second factors were reset.
    pub const FACTOR_RESET: &str = "Second factors reset by an owner";
    /// The list of links was downloaded.
    pub const LINKS_EXPORTED: &str = "List of links downloaded";
    /// A view was saved or deleted.
    pub const VIEWS_CHANGED: &str = "Own view of the list saved or deleted";
    /// The chain begins.
    pub const LOG_CHAINED: &str = "Earlier entries bound into the chain";
    /// Entries without a seal were accepted.
    pub const LOG_ACCEPTED: &str = "Entries without a seal accepted";
    /// Data keys were wrapped by another key.
    pub const KEYS_ROTATED: &str = "Keys rotated";
    /// The log was verified.
    pub const LOG_VERIFIED: &str = "Audit log verified";
    /// Entries were downloaded.
    pub const LOG_EXPORTED: &str = "Audit log downloaded";
    /// An endpoint was added.
    pub const WEBHOOK_ADDED: &str = "Webhook added";
    /// What an endpoint is told of was changed.
    pub const WEBHOOK_CHANGED: &str = "Webhook’s events changed";
    /// An endpoint was removed.
    pub const WEBHOOK_REMOVED: &str = "Webhook removed";
    /// An endpoint got another secret.
    pub const WEBHOOK_SECRET: &str = "Webhook’s secret replaced";
    /// An endpoint was stopped.
    pub const WEBHOOK_PAUSED: &str = "Webhook paused";
    /// An endpoint goes on.
    pub const WEBHOOK_RESUMED: &str = "Webhook resumed";
    /// An endpoint is gone.
    pub const WEBHOOK_GONE: &str = "Webhook switched off: its receiver says it is gone";
    /// An endpoint was tried out.
    pub const WEBHOOK_TESTED: &str = "Test message sent to a webhook";
    /// Messages are sent again.
    pub const WEBHOOK_REPLAYED: &str = "Messages sent again to a webhook";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_their_thousands_apart() {
        for (n, text) in [
            (0, "0"),
            (12, "12"),
            (999, "999"),
            (1_000, "1,000"),
            (12_345, "12,345"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(number(n), text);
        }
    }
}
