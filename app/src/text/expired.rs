//! An invite that ran out, and the new one.

/// Heading.
pub const HEADING: &str = "This invite has run out";
/// Under it, when a new one can be mailed.
#[must_use]
pub fn offer(to: &str) -> String {
    format!(
        "Nothing is lost: whatever you saved is kept. We can mail a new invite to the address the first one was for, \
         **{to}**. It leads back to where you stopped."
    )
}
/// Under it, when there is nobody to mail to, or no way to mail.
#[must_use]
pub fn offer_told(company: &str) -> String {
    format!(
        "Nothing is lost: whatever you saved is kept. Ask for a new invite here: {company} is told, and sends it to \
         you. It leads back to where you stopped."
    )
}
/// The button.
pub const BUTTON: &str = "Send me a new invite";
/// Not yours?
#[must_use]
pub fn other_address(company: &str) -> String {
    format!("Cannot read mail at that address any more? Ask whoever at {company} you are in touch with.")
}
/// Sent: title and sentence.
#[must_use]
pub fn sent(to: &str) -> (&'static str, String) {
    (
        "A new invite is on its way",
        format!("We sent it to **{to}**. It arrives within a few minutes; look in the spam folder too."),
    )
}
/// Sent a moment ago.
#[must_use]
pub fn already(to: &str) -> (&'static str, String) {
    (
        "A new invite was sent a moment ago",
        format!(
            "It went to **{to}**. Please look in the spam folder. If nothing is there in ten minutes, press the \
             button again."
        ),
    )
}
/// The company was told.
#[must_use]
pub fn told(company: &str) -> (&'static str, String) {
    (
        "We told them",
        format!(
            "{company} sees that you asked for a new invite, and sends it to you. You can close this page."
        ),
    )
}
/// It could not be sent.
#[must_use]
pub fn failed(company: &str) -> (&'static str, String) {
    (
        "The mail could not be sent yet",
        format!(
            "This is nothing you did. We try again for a day, and {company} sees that you asked. You can also press the \
             button again in a few minutes."
        ),
    )
}
