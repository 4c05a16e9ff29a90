//! A message that staff send to a link's contact.

use crate::InvalidContact;
use crate::contact::{line, lines};

/// Longest subject, in characters.
const SUBJECT_MAX: usize = 160;
/// Longest body, in characters: as many as a form holds, however they are encoded.
const BODY_MAX: usize = 4000;

/// A subject, and a body of plain text in which a fresh invite's address may have its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    subject: String,
    body: String,
}

impl Reply {
    /// Stands where the fresh invite's address goes. The address itself is filled in when the message is sent or copied.
    pub const PLACE: &str = "[fresh link]";

    /// Trims both; line breaks of the body become `\n`.
    ///
    /// # Errors
    /// [`InvalidContact`] when one is empty, too long (160 and 4,000 characters) or holds control characters beside the
    /// body's line breaks.
    pub fn parse(subject: &str, body: &str) -> Result<Self, InvalidContact> {
        Ok(Self { subject: line(subject, SUBJECT_MAX)?, body: lines(body, BODY_MAX)? })
    }

    /// The subject, one line.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &str {
        &self.body
    }

    /// Whether a fresh invite belongs into it.
    #[must_use]
    pub fn has_place(&self) -> bool {
        self.body.contains(Self::PLACE)
    }

    /// The body with this address in every place.
    #[must_use]
    pub fn filled(&self, address: &str) -> String {
        self.body.replace(Self::PLACE, address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_takes_its_place() {
        let reply = Reply::parse(" Your link ", "Go on here:\r\n[fresh link]\r\nThanks").unwrap();

        assert_eq!(reply.subject(), "Your link");
        assert!(reply.has_place());
        assert_eq!(reply.filled("https://x.example/i/t"), "Go on here:\nhttps://x.example/i/t\nThanks");
    }

    #[test]
    fn a_subject_is_one_line_and_neither_part_is_empty() {
        assert_eq!(Reply::parse("a\r\nBcc: x", "b"), Err(InvalidContact::ControlCharacter));
        assert_eq!(Reply::parse("", "b"), Err(InvalidContact::Empty));
        assert_eq!(Reply::parse("a", " \n"), Err(InvalidContact::Empty));
        assert_eq!(Reply::parse("a", &"x".repeat(4001)), Err(InvalidContact::TooLong));
        assert!(!Reply::parse("a", "b").unwrap().has_place());
    }
}
