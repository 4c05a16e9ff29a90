//! Who the invite is for: the customer's name and, if known, an e-mail address.

use std::fmt;

/// Longest customer name kept, in characters.
const NAME_MAX: usize = 120;
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
    /// Holds a control character, such as a line break.
    #[error("holds a line break or another control character")]
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
        let text = text.trim();
        if text.is_empty() {
            Err(InvalidContact::Empty)
        } else if text.chars().count() > NAME_MAX {
            Err(InvalidContact::TooLong)
        } else if text.chars().any(char::is_control) {
            Err(InvalidContact::ControlCharacter)
        } else {
            Ok(Self(text.to_owned()))
        }
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
    }
}
