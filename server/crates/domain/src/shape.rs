//! The shape of what was entered, for support: how long and what kind of characters, never the value.

use std::fmt;

/// Length and character classes of a text. Tells a mistake without telling the secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    characters: usize,
    letters: bool,
    digits: bool,
    punctuation: bool,
    spaces: bool,
}

impl Shape {
    /// The shape of this text, outer white space left out.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let text = text.trim();
        Self {
            characters: text.chars().count(),
            letters: text.chars().any(char::is_alphabetic),
            digits: text.chars().any(char::is_numeric),
            punctuation: text.chars().any(|c| !c.is_alphanumeric() && !c.is_whitespace()),
            spaces: text.chars().any(char::is_whitespace),
        }
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.characters == 0 {
            return f.write_str("nothing");
        }
        write!(f, "{} character{}", self.characters, if self.characters == 1 { "" } else { "s" })?;
        let kinds = [
            (self.letters, "letters"),
            (self.digits, "digits"),
            (self.punctuation, "punctuation"),
            (self.spaces, "spaces inside"),
        ];
        for (_, name) in kinds.into_iter().filter(|(present, _)| *present) {
            write!(f, ", {name}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Shape;

    #[test]
    fn a_shape_tells_length_and_kinds() {
        assert_eq!(Shape::of(" QX7MCD0000K0\n").to_string(), "12 characters, letters, digits");
        assert_eq!(Shape::of("a b!").to_string(), "4 characters, letters, punctuation, spaces inside");
        assert_eq!(Shape::of("  ").to_string(), "nothing");
    }
}
