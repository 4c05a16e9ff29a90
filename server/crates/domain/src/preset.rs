//! Presets: sets of permissions with a name, so that staff need not tick ten boxes for each customer.

use std::fmt;

use crate::contact::{InvalidContact, line};
use crate::unseen::without_unseen;

/// Longest name of a preset, in characters.
const NAME_MAX: usize = 40;

/// A preset's name, as owners wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresetName(String);

impl PresetName {
    /// Trims the text and refuses what no button could show.
    ///
    /// # Errors
    /// [`InvalidContact`] when it is empty, longer than 40 characters or holds control characters.
    pub fn parse(text: &str) -> Result<Self, InvalidContact> {
        line(text, NAME_MAX).map(Self)
    }

    /// The same of what somebody enters: characters that cannot be seen are left out, but for those that a script's words
    /// are written with. What was kept before stays readable.
    ///
    /// # Errors
    /// As [`PresetName::parse`].
    pub fn entered(text: &str) -> Result<Self, InvalidContact> {
        Self::parse(&without_unseen(text))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the text names this preset: in a table somebody typed, case and space around it mean nothing.
    #[must_use]
    pub fn is(&self, text: &str) -> bool {
        self.0.to_lowercase() == text.trim().to_lowercase()
    }
}

impl fmt::Display for PresetName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_of_some_length() {
        assert_eq!(PresetName::parse(" Everything ").unwrap().as_str(), "Everything");
        assert_eq!(PresetName::parse("  "), Err(InvalidContact::Empty));
        assert_eq!(PresetName::entered("a\u{200b}b"), PresetName::parse("ab"));
        assert_eq!(PresetName::parse("a\nb"), Err(InvalidContact::ControlCharacter));
        assert_eq!(PresetName::parse(&"x".repeat(41)), Err(InvalidContact::TooLong));
    }

    #[test]
    fn a_preset_is_named_whatever_the_case() {
        let name = PresetName::parse("Zahlen & Ämter").unwrap();

        assert!(name.is(" zahlen & ämter "));
        assert!(!name.is("zahlen"));
    }
}
