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
