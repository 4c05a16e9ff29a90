//! Stopping reminders: the page that the address in each of them leads to.

/// Heading, as long as they are sent.
pub const HEADING: &str = "No more reminders?";
/// What they are about.
#[must_use]
pub fn about(company: &str, customer: &str) -> String {
    format!(
        "{company} reminds you by mail to link the UKG Pro of **{customer}**, at most twice. Mails about other things, such \
         as a link that stopped working, still come."
    )
}
/// The button.
pub const STOP: &str = "Send me no more reminders";
/// Heading, once they are stopped.
pub const STOPPED: &str = "You get no more reminders";
/// What stays.
#[must_use]
pub fn stopped(customer: &str) -> String {
    format!(
        "We send no more reminders about the UKG Pro of **{customer}**. Your invite and whatever you saved stay as they are. \
         Only you can turn them on again, on this page."
    )
}
/// The button that turns them on again.
pub const AGAIN: &str = "Send me reminders again";
