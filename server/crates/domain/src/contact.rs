//! Who the invite is for: the customer's name and, if known, an e-mail address; what staff write about it.

use std::fmt;

use crate::unseen::without_unseen;

/// Longest customer name kept, in characters.
const NAME_MAX: usize = 120;
/// Longest reference kept, in characters.
const REFERENCE_MAX: usize = 60;
/// Longest note to an administrator, in characters.
const NOTE_MAX: usize = 600;
/// Longest e-mail address kept (RFC 5321's limit for a path).
const EMAIL_MAX: usize = 254;

/// The text is no usable name or address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidContact {
    /// Nothing but white space.
    #[error("is empty")]
    Empty,
    /// Longer than is kept.
    #[error("is too long")]
    TooLong,
    /// Holds a control character, such as a line break, or another that cannot be seen.
    #[error("holds a line break or another character that cannot be seen")]
    ControlCharacter,
    /// Not of the form `name@domain`.
    #[error("is not an e-mail address")]
    NotAnAddress,
}

/// The customer's company, as staff wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerName(String);

impl CustomerName {
    /// Trims the text and refuses what no list could show.
    ///
    /// # Errors
    /// [`InvalidContact`] when it is empty, longer than 120 characters or holds control characters.
    pub fn parse(text: &str) -> Result<Self, InvalidContact> {
        line(text, NAME_MAX).map(Self)
    }

    /// The same of what somebody enters: characters that cannot be seen are left out, but for those that a script's words are
    /// written with. What was kept before stays readable.
    ///
    /// # Errors
    /// As [`CustomerName::parse`].
    pub fn entered(text: &str) -> Result<Self, InvalidContact> {
        Self::parse(&without_unseen(text))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CustomerName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Staff's own name for a link, such as a number in their ticket system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference(String);

impl Reference {
    /// Trims the text and refuses what no list could show.
    ///
    /// # Errors
    /// [`InvalidContact`] when it is empty, longer than 60 characters or holds control characters.
    pub fn parse(text: &str) -> Result<Self, InvalidContact> {
        line(text, REFERENCE_MAX).map(Self)
    }

    /// The same of what somebody enters: characters that cannot be seen are left out, but for those that a script's words are
    /// written with. What was kept before stays readable.
    ///
    /// # Errors
    /// As [`Reference::parse`].
    pub fn entered(text: &str) -> Result<Self, InvalidContact> {
        Self::parse(&without_unseen(text))
    }

    /// The reference.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A few sentences from staff to the administrator, on the invite's page. Plain text; may hold line breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WelcomeNote(String);

impl WelcomeNote {
    /// Trims the text; line breaks become `\n`.
    ///
    /// # Errors
    /// [`InvalidContact`] when it is empty, longer than 600 characters or holds control characters beside line breaks.
    pub fn parse(text: &str) -> Result<Self, InvalidContact> {
        lines(text, NOTE_MAX).map(Self)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Text that may have several lines, without white space around it; line breaks become `\n`.
pub(crate) fn lines(text: &str, max: usize) -> Result<String, InvalidContact> {
    let text = text.trim().replace("\r\n", "\n");
    if text.is_empty() {
        Err(InvalidContact::Empty)
    } else if text.chars().count() > max {
        Err(InvalidContact::TooLong)
    } else if text.chars().any(|c| c.is_control() && c != '\n') {
        Err(InvalidContact::ControlCharacter)
    } else {
        Ok(text)
    }
}

/// One line of text without white space around it.
pub(crate) fn line(text: &str, max: usize) -> Result<String, InvalidContact> {
    let text = text.trim();
    if text.is_empty() {
        Err(InvalidContact::Empty)
    } else if text.chars().count() > max {
        Err(InvalidContact::TooLong)
    } else if text.chars().any(char::is_control) {
        Err(InvalidContact::ControlCharacter)
    } else {
        Ok(text.to_owned())
    }
}

/// An e-mail address, lower-cased: two spellings are one account.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Accepts what has one `@` between a name and a domain; only a mail sent proves more.
    ///
    /// # Errors
    /// [`InvalidContact`] when it is empty, too long or not of that form.
    pub fn parse(text: &str) -> Result<Self, InvalidContact> {
        let text = text.trim();
        if text.is_empty() {
            return Err(InvalidContact::Empty);
        }
        if text.len() > EMAIL_MAX {
            return Err(InvalidContact::TooLong);
        }
        let (name, domain) = text.rsplit_once('@').ok_or(InvalidContact::NotAnAddress)?;
        let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[],;:\\\"@".contains(c);
        let dotted = domain.split('.').count() >= 2 && domain.split('.').all(|label| !label.is_empty());
        if name.is_empty() || !dotted || !name.chars().all(plain) || !domain.chars().all(plain) {
            return Err(InvalidContact::NotAnAddress);
        }
        Ok(Self(text.to_lowercase()))
    }

    /// The same of what somebody enters: characters that cannot be seen are left out, but for those that a script's words are
    /// written with. What was kept before stays readable.
    ///
    /// # Errors
    /// As [`EmailAddress::parse`].
    pub fn entered(text: &str) -> Result<Self, InvalidContact> {
        Self::parse(&without_unseen(text))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_one_account_whatever_their_case() {
        assert_eq!(
            EmailAddress::parse(" Maria@Northwind.Example "),
            EmailAddress::parse("maria@northwind.example")
        );
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "",
            "maria",
            "@x.example",
            "maria@",
            "maria@localhost",
            "a b@x.example",
            "a@b@x.example",
            "a@x..example",
        ] {
            assert!(EmailAddress::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn names_with_line_breaks_or_of_any_length_are_refused() {
        assert_eq!(CustomerName::parse("Contoso\nHealth"), Err(InvalidContact::ControlCharacter));
        assert_eq!(CustomerName::parse(&"x".repeat(121)), Err(InvalidContact::TooLong));
        assert_eq!(CustomerName::parse("  "), Err(InvalidContact::Empty));
        assert_eq!(Reference::parse("a\tb"), Err(InvalidContact::ControlCharacter));
        assert_eq!(Reference::parse(&"x".repeat(61)), Err(InvalidContact::TooLong));
    }

    #[test]
    fn what_is_entered_holds_nothing_unseen_and_what_was_kept_stays_readable() {
        assert_eq!(CustomerName::entered("Con\u{200b}toso"), CustomerName::parse("Contoso"));
        assert_eq!(CustomerName::entered("\u{202e}"), Err(InvalidContact::Empty));
        assert_eq!(Reference::entered("T-\u{202e}1"), Reference::parse("T-1"));
        assert_eq!(EmailAddress::entered("ma\u{ad}ria@x.example"), EmailAddress::parse("maria@x.example"));
        assert_eq!(CustomerName::parse("Con\u{200b}toso").unwrap().as_str(), "Con\u{200b}toso");
        assert_eq!(CustomerName::entered("می\u{200c}خواهم"), CustomerName::parse("می\u{200c}خواهم"));
        assert_eq!(CustomerName::entered(""), Err(InvalidContact::Empty));
    }

    #[test]
    fn a_note_may_have_lines_and_nothing_else_that_is_unseen() {
        assert_eq!(WelcomeNote::parse(" Hello,\r\nwe met. ").unwrap().as_str(), "Hello,\nwe met.");
        assert_eq!(WelcomeNote::parse("a\u{7}"), Err(InvalidContact::ControlCharacter));
        assert_eq!(WelcomeNote::parse(&"x".repeat(601)), Err(InvalidContact::TooLong));
        assert_eq!(WelcomeNote::parse(" \n "), Err(InvalidContact::Empty));
    }
}
