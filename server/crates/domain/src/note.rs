//! What staff write about a link for one another.

use crate::InvalidContact;
use crate::contact::lines;

/// Longest note kept, in characters.
const NOTE_MAX: usize = 2000;

/// A note of one staff member for the others. Plain text; may hold line breaks. No administrator ever sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffNote(String);

impl StaffNote {
    /// Trims the text; line breaks become `\n`.
    ///
    /// # Errors
    /// [`InvalidContact`] when it is empty, longer than 2,000 characters or holds control characters beside line breaks.
    pub fn parse(text: &str) -> Result<Self, InvalidContact> {
        lines(text, NOTE_MAX).map(Self)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_may_have_lines_and_nothing_else_that_is_unseen() {
        assert_eq!(StaffNote::parse(" Called.\r\nNo answer. ").unwrap().as_str(), "Called.\nNo answer.");
        assert_eq!(StaffNote::parse("a\u{0}"), Err(InvalidContact::ControlCharacter));
        assert_eq!(StaffNote::parse(&"x".repeat(2001)), Err(InvalidContact::TooLong));
        assert_eq!(StaffNote::parse(" \n "), Err(InvalidContact::Empty));
    }
}
