//! Where settings come from. The only place of the program that reads the environment.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow, bail};

use super::SETTINGS;

/// The settings that were given, by name. Some hold a password, so `Debug` shows the names alone.
#[derive(Clone, Default)]
pub struct Source(BTreeMap<String, String>);

impl Source {
    /// Reads the settings file, if there is one, and the environment.
    ///
    /// # Errors
    /// When the file cannot be read, is not TOML, or holds a name that is no setting.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    pub fn read() -> Result<Self> {
        let named = std::env::var("LINKDESK_CONFIG").ok().filter(|named| !named.is_empty());
        let file = named.as_deref().unwrap_or("linkdesk.toml");
        let mut values = match Path::new(file).exists() {
            true => read_file(file)?,
            // All defaults are not what somebody wants who names a file.
            false if named.is_some() => bail!("LINKDESK_CONFIG names {file}, which is not there"),
            false => BTreeMap::new(),
        };
        for setting in SETTINGS {
            if let Ok(value) = std::env::var(setting.name) {
                values.insert(setting.name.to_owned(), value);
            }
        }
        Ok(Self(values))
    }

    /// The settings in these pairs, for tests and the demo.
    #[must_use]
    pub fn of(pairs: &[(&str, &str)]) -> Self {
        Self(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    /// The same, with one more value.
    #[must_use]
    pub fn with(mut self, name: &str, value: String) -> Self {
        self.0.insert(name.to_owned(), value);
        self
    }

    /// The value, or the setting's default. Empty text counts as not set.
    #[must_use]
    pub fn get(&self, name: &str) -> String {
        self.optional(name).unwrap_or_else(|| {
            SETTINGS
                .iter()
                .find(|setting| setting.name == name)
                .map_or("", |setting| setting.default)
                .to_owned()
        })
    }

    /// The value, if it was set to anything.
    #[must_use]
    pub fn optional(&self, name: &str) -> Option<String> {
        self.0.get(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

fn read_file(path: &str) -> Result<BTreeMap<String, String>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("could not read {path}"))?;
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        // Its own text repeats the line, which may hold a password.
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        anyhow!("{path} is not TOML, line {}: {}", before.matches('\n').count() + 1, error.message())
    })?;
    let mut values = BTreeMap::new();
    for (name, value) in table {
        if !SETTINGS.iter().any(|setting| setting.name == name) {
            bail!("{path}: {name} is no setting; `linkdesk --help` lists them");
        }
        let value = match value {
            toml::Value::String(text) => text,
            toml::Value::Integer(number) => number.to_string(),
            toml::Value::Float(_)
            | toml::Value::Boolean(_)
            | toml::Value::Datetime(_)
            | toml::Value::Array(_)
            | toml::Value::Table(_) => bail!("{path}: {name} should be text in quotes"),
        };
        values.insert(name, value);
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn file(content: &str) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(content.as_bytes()).unwrap();
        file
    }

    #[test]
    fn a_file_holds_settings_by_their_names() {
        let file = file("LINKDESK_ADDR = \"127.0.0.1:4000\"\n");

        let values = read_file(file.path().to_str().unwrap()).unwrap();

        assert_eq!(values.get("LINKDESK_ADDR").map(String::as_str), Some("127.0.0.1:4000"));
    }

    #[test]
    fn neither_a_broken_file_nor_debug_shows_a_password() {
        let file =
            file("LINKDESK_ADDR = \"127.0.0.1:4000\"\nLINKDESK_SMTP_URL = smtps://user:canary-7f3a@host\n");
        let source = Source::of(&[("LINKDESK_SMTP_URL", "smtps://user:canary-7f3a@host")]);

        let error = format!("{:#}", read_file(file.path().to_str().unwrap()).unwrap_err());

        assert!(error.contains("is not TOML, line 2: ") && !error.contains("canary"), "{error}");
        assert_eq!(error.lines().count(), 1);
        assert_eq!(format!("{source:?}"), "{\"LINKDESK_SMTP_URL\"}");
    }

    #[test]
    fn a_misspelt_name_is_refused_rather_than_ignored() {
        let file = file("LINKDESK_ADR = \"127.0.0.1:4000\"\n");

        let error = read_file(file.path().to_str().unwrap()).unwrap_err().to_string();

        assert!(error.contains("LINKDESK_ADR is no setting"), "{error}");
    }
}
