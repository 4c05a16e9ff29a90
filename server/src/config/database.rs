//! The setting for the database: SQLite or PostgreSQL, by its scheme.
//!
//! No message repeats what stands in `LINKDESK_DATABASE_URL` but through [`DatabaseUrl`]'s `Display`, which leaves
//! passwords out.

use std::fmt;

use anyhow::{Result, bail};
use domain::Secret;
use url::Url;

/// What the setting should look like.
const SHAPES: &str = "sqlite://path/to/file.db or postgres://user:password@host/database";
/// Parts of a URL's query that are secret.
const SECRET_PARTS: [&str; 2] = ["password", "sslpassword"];

/// Where the data is kept.
#[derive(Clone)]
pub struct DatabaseUrl {
    kind: DatabaseKind,
    whole: Secret,
    shown: String,
}

/// Which database it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatabaseKind {
    /// A file.
    Sqlite,
    /// A server, shared by any number of Linkdesks.
    Postgres,
}

impl DatabaseUrl {
    /// Reads the setting.
    ///
    /// # Errors
    /// Says what it should look like.
    pub fn parse(text: &str) -> Result<Self> {
        if text.starts_with("sqlite:") {
            return Ok(Self {
                kind: DatabaseKind::Sqlite,
                whole: Secret::new(text.to_owned()),
                shown: text.to_owned(),
            });
        }
        if !text.starts_with("postgres://") && !text.starts_with("postgresql://") {
            bail!("the database's URL should look like {SHAPES}");
        }
        let Some(shown) = without_secrets(text) else {
            bail!(
                "the database's URL cannot be read; it should look like {SHAPES} (in a password, write / as %2F, @ as \
                 %40, : as %3A, # as %23, ? as %3F and % as %25)"
            );
        };
        Ok(Self { kind: DatabaseKind::Postgres, whole: Secret::new(text.to_owned()), shown })
    }

    /// Which database it is.
    #[must_use]
    pub const fn kind(&self) -> DatabaseKind {
        self.kind
    }

    /// The whole URL, for whoever connects.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.whole.expose()
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DatabaseUrl({})", self.shown)
    }
}

fn without_secrets(text: &str) -> Option<String> {
    let mut url = Url::parse(text).ok()?;
    if url.password().is_some() {
        url.set_password(None).ok()?;
    }
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| !SECRET_PARTS.contains(&name.to_ascii_lowercase().as_str()))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    url.set_query(None);
    let query: Vec<String> = kept.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let question = if query.is_empty() { "" } else { "?" };
    url.set_fragment(None);
    Some(format!("{url}{question}{}", query.join("&")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_tells_which_database_it_is() {
        for (text, kind) in [
            ("sqlite://linkdesk.db", DatabaseKind::Sqlite),
            ("postgres://linkdesk@db.example.com/linkdesk", DatabaseKind::Postgres),
            ("postgresql://linkdesk@db.example.com/linkdesk", DatabaseKind::Postgres),
            ("postgres:///linkdesk?host=/run/postgresql", DatabaseKind::Postgres),
        ] {
            assert_eq!(DatabaseUrl::parse(text).unwrap().kind(), kind, "{text}");
        }
    }

    #[test]
    fn a_password_is_never_shown() {
        for text in [
            "postgres://linkdesk:hunter2@db.example.com:5433/linkdesk?sslmode=verify-full",
            "postgres://linkdesk@db.example.com:5433/linkdesk?sslmode=verify-full&password=hunter2",
            "postgres://linkdesk:hunter2@db.example.com:5433/linkdesk?PASSWORD=hunter2&sslmode=verify-full#hunter2",
        ] {
            let url = DatabaseUrl::parse(text).unwrap();

            assert_eq!(url.expose(), text);
            assert_eq!(
                url.to_string(),
                "postgres://linkdesk@db.example.com:5433/linkdesk?sslmode=verify-full"
            );
            assert!(!format!("{url:?}").contains("hunter2"));
        }
    }

    #[test]
    fn what_cannot_be_read_is_not_repeated() {
        for text in [
            "mysql://root:hunter2@db/linkdesk",
            "postgres://linkdesk:hun/ter2@db/x",
            "postgres:hunter2",
            "hunter2",
        ] {
            let error = DatabaseUrl::parse(text).unwrap_err().to_string();

            assert!(error.contains("postgres://user:password@host"), "{error}");
            assert!(!error.contains("hun"), "{error}");
        }
    }
}
