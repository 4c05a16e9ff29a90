//! What is kept of reminders.

use domain::{LinkId, RemindAfter, Timestamp};

/// That a link's administrator is to be reminded, and how often that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// The link.
    pub link: LinkId,
    /// After how many days without progress.
    pub after: RemindAfter,
    /// How many went out.
    pub sent: u8,
    /// When the last one went out.
    pub last_sent_at: Option<Timestamp>,
    /// Since when the contact wants none; nobody else can change that.
    pub stopped_at: Option<Timestamp>,
}
