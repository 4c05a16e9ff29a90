//! Ending a link.

/// Heading.
pub const HEADING: &str = "End this link?";
/// Under it.
#[must_use]
pub fn lead(company: &str) -> String {
    format!("{company} can then read nothing more from your UKG\u{a0}Pro.")
}
/// What happens.
pub const HAPPENS: &str = "What happens";
/// In points.
#[must_use]
pub fn points(company: &str) -> [String; 5] {
    [
        "The key that seals what you entered is destroyed. Customer API Key, username and password cannot be brought back."
            .to_owned(),
        "Nothing is asked of UKG Pro any more.".to_owned(),
        format!("{company} sees that you ended the link, and when."),
        "Your invite still opens: whoever has its address can link again.".to_owned(),
        "Nothing changes in UKG Pro itself: you suspend the service account there, if you like.".to_owned(),
    ]
}
/// The button.
pub const CONFIRM: &str = "End the link and destroy what was entered";
/// The way back.
pub const KEEP: &str = "Keep the link";
