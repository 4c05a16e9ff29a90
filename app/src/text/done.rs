//! The receipt, which is also the page where a link stands.

use domain::LinkStatus;

/// Heading and paragraph when all is well.
pub const LINKED: (&str, &str) = ("UKG Pro is linked", "You are done. You can close this page.");
/// Heading and paragraph with gaps.
pub const GAPS: (&str, &str) =
    ("UKG Pro is linked, with something left open", "It works. What is still open stands below.");
/// Heading and paragraph when a re-check failed once.
pub const ATTENTION: (&str, &str) = (
    "The link needs a look",
    "The last check did not go through. Everything stays in use, and we try again by ourselves.",
);
/// Heading and paragraph when UKG Pro refuses the account.
pub const BROKEN: (&str, &str) = (
    "UKG Pro does not accept the account any more",
    "Most often its password was changed in UKG Pro. Enter the new one, and the link works again.",
);
/// Heading and paragraph when staff stopped the checks.
pub const PAUSED: (&str, &str) = (
    "The link is paused",
    "The people who invited you stopped it for now: nothing is asked of UKG Pro until they let it go on. What you entered stays sealed, and there is nothing for you to do.",
);
/// Heading and paragraph after it was ended.
pub const ENDED: (&str, &str) =
    ("The link was ended", "What you had entered was destroyed, and cannot be brought back.");
/// Title of the page.
#[must_use]
pub const fn heading(status: LinkStatus) -> (&'static str, &'static str) {
    match status {
        LinkStatus::LinkedWithGaps => GAPS,
        LinkStatus::Attention => ATTENTION,
        LinkStatus::Broken => BROKEN,
        LinkStatus::Paused => PAUSED,
        LinkStatus::Disconnected => ENDED,
        LinkStatus::Invited
        | LinkStatus::Opened
        | LinkStatus::InProgress
        | LinkStatus::Checking
        | LinkStatus::Linked => LINKED,
    }
}

/// The card's heading.
pub const RECEIPT: &str = "Receipt";
/// Under it.
#[must_use]
pub fn parties(customer: &str, company: &str) -> String {
    format!("{customer}, linked with {company}")
}
/// Row name.
pub const STATUS: &str = "Where it stands";
/// Row name.
pub const WHEN: &str = "Linked";
/// Row name.
pub const ENDED_WHEN: &str = "Ended";
/// Row name.
pub const CHECKED: &str = "Last check";
/// Row name.
pub const WHO: &str = "Who";
/// Who linked it, by the only thing that is known.
#[must_use]
pub fn who(contact: Option<&str>) -> String {
    contact.map_or_else(
        || "The holder of the invite".to_owned(),
        |contact| format!("The holder of the invite sent to **{contact}**"),
    )
}
/// Row name.
pub const SYSTEM: &str = "UKG Pro system";
/// Row name.
pub const GRANTED: &str = "Reading proven";
/// Row name.
pub const MISSING: &str = "Asked for, not granted yet";
/// Row name.
pub const UNCHECKED: &str = "Asked for, could not be checked";
/// Row name.
pub const UNTESTABLE: &str = "Asked for, cannot be tested";
/// Row name.
pub const KEPT: &str = "What we keep";
/// What is kept.
pub const KEPT_ROWS: [&str; 3] = ["Customer API Key", "Service account username", "Service account password"];
/// In place of each value, whatever its length.
pub const MASK: &str = "•••••";
/// What the mask means, for who cannot see it.
pub const MASK_MEANS: &str = "sealed, never shown";
/// Row name.
#[must_use]
pub fn sees(company: &str) -> String {
    format!("What {company} sees")
}
/// What the inviting company sees.
pub const SEES: &str = "That the account is linked, since when, and which permissions are granted. Never the key, the username or the \
     password.";
/// Row name.
pub const NUMBER: &str = "Receipt number";

/// Checks again.
pub const CHECK_AGAIN: &str = "Check again";
/// Leads to the password.
pub const UPDATE_PASSWORD: &str = "Update the password";
/// Leads to the check of what was just entered.
pub const FRESH: (&str, &str) = (
    "New values wait for their check",
    "They are not in use yet. [Go to the check](check) to see what is left to do.",
);
/// Leads to what the last check found.
pub const SEE_CHECK: &str = "See the last check";
/// Leads back to what is open.
pub const BACK_TO_CHECK: &str = "See what is still open";

/// Heading of what follows.
pub const LATER: &str = "From now on";
/// What follows.
pub const LATER_BACK: (&str, &str) = (
    "This page stays open to you",
    "Until the invite runs out, opening it again leads back here: to see how the link stands, and to enter a new \
     password. After that, ask for a new invite on its page.",
);
/// What follows.
pub const LATER_END: (&str, &str) = (
    "You can withdraw it at any time",
    "Suspend the service account in UKG Pro: from that moment nothing can be read. Or end the link here: then what \
     you entered is destroyed.",
);
/// Ends the link.
pub const DISCONNECT: &str = "End this link";
/// Printing.
pub const PRINT: &str = "For your records, print this page or save it as a PDF (Ctrl and P).";

/// After the end.
pub const AFTER_END: &str = "What you can do now";
/// Points.
pub const AFTER_END_POINTS: [&str; 2] = [
    "On **Service Account Administration**, suspend or delete the service account: nobody needs it any more.",
    "Changed your mind? Open the invite again and enter the values anew. Whoever has its address can do that. If it has run out, ask for a \
     new one on its page.",
];
