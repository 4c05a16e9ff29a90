//! The invite's page.

use super::permissions::count;

/// The page's heading.
#[must_use]
pub fn heading(company: &str) -> String {
    format!("Link your company’s UKG\u{a0}Pro with {company}")
}

/// The paragraph under it.
#[must_use]
pub fn lead(company: &str) -> String {
    format!(
        "{company} asked for this, so that its service can read the data listed here. You make one new service \
         account; nothing else in UKG Pro changes. We show you every screen on the way."
    )
}

/// Above what staff say to the administrator.
#[must_use]
pub fn note_from(company: &str) -> String {
    format!("A note from {company}")
}

/// Heading of the plan.
pub const PLAN: &str = "About ten minutes";
/// The three steps and how long each takes.
pub const PLAN_STEPS: [(&str, &str); 3] =
    [("Copy a key", "2 minutes"), ("Make a service account", "6 minutes"), ("Copy an address", "2 minutes")];
/// The button.
pub const START: &str = "Start";
/// Above the button, when somebody was here before.
pub const GO_ON: &str = "You, or a colleague, have begun already. **Start** leads on from there.";
/// Under the button.
pub const STOP_ANY_TIME: &str = "You can stop at any point and come back. What you have saved stays saved.";
/// Until when the invite is good.
#[must_use]
pub fn good_until(date: &str) -> String {
    format!("This invite is good until {date}.")
}

/// Heading of the prerequisites.
pub const NEED: &str = "What you need";
/// The access that is needed.
pub const NEED_ACCESS: (&str, &str) =
    ("Administrator access to UKG Pro", "Your own, or access that an administrator gave you.");
/// What to do without it.
pub const NEED_OTHERWISE: (&str, &str) = (
    "Not you? Pass this page on",
    "We have a message ready for the right colleague. The invite opens for them just as it did for you.",
);

/// Leads to the message for the right colleague.
pub const NOT_ADMINISTRATOR: &str = "I am not an administrator";

/// Heading of what is asked for.
pub const ASK: &str = "What we will ask you for";
/// The key.
pub const ASK_KEY: (&str, &str) =
    ("Customer API Key", "You copy it from UKG Pro. It is the same for your whole company.");
/// The account.
pub const ASK_ACCOUNT: (&str, &str) = (
    "Service account username and password",
    "A new account, made for this link alone. Never your own sign-in.",
);
/// The address.
pub const ASK_URL: (&str, &str) =
    ("One Web Services URL", "It tells us which UKG Pro system your company is on.");

/// Heading of the permissions.
pub const MAY: &str = "What the service account may read";
/// What ticking View means.
#[must_use]
pub fn may(number: usize) -> String {
    let these =
        if number == 1 { "one permission".to_owned() } else { format!("{} permissions", count(number)) };
    format!(
        "You tick **View** for {these} and no others. **View** means reading: nothing in UKG Pro can be changed \
         with it."
    )
}

/// Heading of how values are kept.
pub const KEPT: &str = "How we keep what you enter";
/// How values are kept.
#[must_use]
pub fn kept(company: &str) -> String {
    format!(
        "The key, the username and the password are encrypted before they are stored. They are shown to no one: not \
         to the staff of {company}, not on this page, not even to you. You can replace them here, or suspend the \
         account in UKG Pro, whenever you like."
    )
}
