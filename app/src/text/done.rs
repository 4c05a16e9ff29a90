//! The receipt, which is also the page where a link stands.

use domain::{LinkStatus, ProblemCode};

/// Heading and paragraph when all is well.
pub const LINKED: (&str, &str) = ("UKG Pro is linked", "You are done. You can close this page.");
/// Heading and paragraph with gaps.
pub const GAPS: (&str, &str) =
    ("UKG Pro is linked, with something left open", "It works. What is still open stands below.");
/// Heading and paragraph when a re-check could not be done.
pub const ATTENTION: (&str, &str) = (
    "The last check did not go through",
    "That is nothing you did. Everything stays in use, and we check again by ourselves.",
);
/// Heading and paragraph when UKG Pro refused once, which is to be confirmed.
pub const REFUSED_ONCE: (&str, &str) = (
    "UKG Pro refused the last check",
    "That can be a passing fault. Everything stays in use, and we ask once more by ourselves to be sure.",
);
/// When that is.
#[must_use]
pub fn looks_again(time: &str) -> String {
    format!("We look again at {time} (UTC).")
}
/// The same when it is not known.
pub const LOOKS_AGAIN_SOON: &str = "We look again soon.";
/// What is to be done meanwhile.
pub const NOTHING_TO_DO: &str = "There is nothing you have to do.";
/// The same after a refusal.
pub const NOTHING_YET: &str = "There is nothing you have to do yet. Did somebody generate a new password in UKG Pro? Then enter that one here.";
/// Heading and paragraph when UKG Pro refuses the account.
pub const BROKEN: (&str, &str) = (
    "UKG Pro does not accept the account any more",
    "Most often its password was changed in UKG Pro, or has run out. Enter a new one, and the link works again.",
);
/// Heading and paragraph when a permission was taken away that the link cannot do without.
pub const LOST: (&str, &str) = (
    "A permission was taken away",
    "UKG Pro accepts the account, so its password is good. One box has to be ticked again, and the link works again.",
);
/// Title of what is to be done about it.
#[must_use]
pub fn lost_title(permission: &str) -> String {
    format!("{permission} is not ticked any more")
}
/// What is to be done about it.
#[must_use]
pub fn lost(permission: &str) -> String {
    format!(
        "In UKG Pro, open the service account and tick **View** in the row **{permission}**, as at [mark 3 in step \
         2](account#how-3). Press **Save** at the top there, then check again here."
    )
}
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
pub fn heading(status: LinkStatus, problem: Option<ProblemCode>) -> (&'static str, &'static str) {
    match status {
        LinkStatus::LinkedWithGaps => GAPS,
        LinkStatus::Attention if problem.is_some_and(ProblemCode::is_refusal) => REFUSED_ONCE,
        LinkStatus::Attention => ATTENTION,
        LinkStatus::Broken if problem == Some(ProblemCode::PermissionMissing) => LOST,
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
pub const MISSING: &str = "Asked for, not granted";
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
