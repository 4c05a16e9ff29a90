//! New values in place of those in use: replaced, undone, or asked about.

/// The new values failed: title and sentence.
pub const FAILED: (&str, &str) = (
    "The new values are not in use",
    "Your link goes on with what was saved before. Mend what is named below, or leave it as it is.",
);
/// They wait for their check: title and sentence.
pub const WAITING: (&str, &str) = (
    "New values wait for their check",
    "Your link goes on with what was saved before, until they have passed. You can also give them up.",
);
/// The same of a link that does not work.
pub const FAILED_BROKEN: (&str, &str) = (
    "The new values do not work either",
    "Your link still does not work. Mend what is named below, and we check again.",
);
/// The same of a link that does not work.
pub const WAITING_BROKEN: (&str, &str) = (
    "New values wait for their check",
    "Your link works again once they have passed. You can also give them up.",
);
/// Gives the new values up.
pub const GIVE_UP: &str = "Give the new values up";
/// They are in use.
pub const USED: &str = "The new values are in use now";
/// Until when it can be undone.
#[must_use]
pub fn used(until: &str) -> String {
    format!(
        "They passed everything the earlier ones had passed. The earlier ones are kept until {until} (UTC)."
    )
}
/// Undoes it.
pub const UNDO: &str = "Undo";

/// They work but may read less: heading and paragraph.
pub const WEAKER: (&str, &str) = (
    "The new account may read less",
    "UKG Pro accepted it, but something the account in use may read is not granted to the new one.",
);
/// What is lost.
pub const LOST: &str = "Not granted to the new account";
/// Another account: heading and paragraph.
pub const OTHER: (&str, &str) = (
    "Is this another UKG Pro account?",
    "UKG Pro accepted what you entered. But it belongs to another account than the one in use, so we ask before \
     anything changes.",
);
/// The host in use.
pub const OLD: &str = "In use now";
/// The new host.
pub const NEW: &str = "Just entered";
/// Only the key is another.
pub const OTHER_KEY: &str = "The UKG Pro system is the same, but the Customer API Key is another one.";
/// Takes the new one.
pub const USE: &str = "Use the new account";
/// Keeps the old one.
pub const KEEP: &str = "Keep the one in use";
/// Under the answers.
pub const NOTHING_YET: &str = "Nothing has changed yet. Until you decide, the account in use stays in use.";
