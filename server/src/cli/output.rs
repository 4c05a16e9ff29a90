//! Writing to standard output, where commands' results go; log lines go to standard error.

use std::io::Write as _;

use anyhow::{Context as _, Result};
use serde_json::Value;

/// One line.
pub fn line(text: &str) -> Result<()> {
    writeln!(std::io::stdout(), "{text}").context("could not write to standard output")
}

/// A text that ends its own lines.
pub fn text(text: &str) -> Result<()> {
    write!(std::io::stdout(), "{text}").context("could not write to standard output")
}

/// A JSON value, indented.
pub fn json(value: &Value) -> Result<()> {
    line(&serde_json::to_string_pretty(value).context("could not write JSON")?)
}

/// A JSON array, indented, whose items are written as they come: nobody has to hold all of them.
pub struct Array {
    empty: bool,
}

impl Array {
    /// Opens it.
    pub fn begin() -> Result<Self> {
        write("[")?;
        Ok(Self { empty: true })
    }

    /// Writes the next item.
    pub fn item(&mut self, value: &Value) -> Result<()> {
        let text = serde_json::to_string_pretty(value).context("could not write JSON")?;
        write(if self.empty { "\n  " } else { ",\n  " })?;
        self.empty = false;
        // A text within has no line breaks of its own: JSON writes them as signs.
        write(&text.replace('\n', "\n  "))
    }

    /// Closes it.
    pub fn end(self) -> Result<()> {
        line(if self.empty { "]" } else { "\n]" })
    }
}

fn write(text: &str) -> Result<()> {
    std::io::stdout().write_all(text.as_bytes()).context("could not write to standard output")
}
