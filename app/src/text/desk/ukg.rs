//! UKG's side: how UKG Pro answers on each of its hosts, told from our own checks.

/// Heading.
pub const HEADING: &str = "UKG Pro’s side";
/// Under it.
pub const LEAD: &str = "How checks of the last 30 minutes ended, by system. What fails here for busy, silent or odd \
    answers is UKG Pro’s own, whatever customer it was for.";
/// Table headings.
pub const COLUMNS: [&str; 5] = ["System", "State", "Checks", "Links checked", "Links that fail now"];
/// A host that answers.
pub const ANSWERS: &str = "Answers";
/// A host on which some checks fail.
pub const SOME: &str = "Some fail";
/// A host in trouble.
pub const TROUBLE: &str = "Not answering well";
/// Nothing was checked.
pub const NONE: (&str, &str) = (
    "No checks in the last 30 minutes",
    "As soon as somebody’s account is checked, its system is told of here.",
);
/// From the banner to the page.
pub const EVERY_HOST: &str = "See every system";

/// A host in trouble.
#[must_use]
pub fn trouble(host: &str) -> String {
    format!("UKG Pro is not answering well on {host}")
}

/// The same with figures: before and after the time since when.
#[must_use]
pub fn trouble_body(failed: u64, links: u64) -> (String, &'static str) {
    (
        format!("{failed} of {links} links checked there in the last 30 minutes fail, since"),
        ". This is UKG Pro, not your customers.",
    )
}
