//! The database: can it be read and written, does the key file open what is in it, is there room, do the clocks agree.

use anyhow::Result;
use domain::WebServicesHost;
use services::Clock as _;
use storage::{Contents, Inspection, WebhookEndpoint};
use vault::{Vault, WrappedInstallationKey};

use super::Finding;
use super::ukg::HOSTS_MAX;
use crate::adapters::SystemClock;
use crate::config::{Config, DatabaseKind, DatabaseUrl};
use crate::database::Database;
use crate::startup::keyring;

/// How far this machine's clock may be off. Servers on one database go by its clock, so this disturbs nothing but log lines.
const CLOCK_OFF_MS: i64 = 5_000;
/// Less room than this is little, however small the database is.
const ROOM_MIN: u64 = 1 << 30;

/// What a look at it has shown.
pub(super) enum Looked {
    /// It is there.
    Found(Box<Inspection>),
    /// There is no file yet.
    NotYet,
    /// It could not be looked at.
    Failed(String),
}

/// Looks at it.
pub(super) async fn look(config: &Config) -> Looked {
    match Database::inspect(&config.database_url, HOSTS_MAX).await {
        Ok(Some(found)) => Looked::Found(Box::new(found)),
        Ok(None) => Looked::NotYet,
        Err(error) => Looked::Failed(format!("{error:#}")),
    }
}

impl Looked {
    /// It did not answer.
    pub(super) fn silent() -> Self {
        Self::Failed("it did not answer within ten seconds".to_owned())
    }

    /// The hosts of existing links.
    pub(super) fn hosts(&self) -> &[WebServicesHost] {
        self.contents().map_or(&[], |contents| &contents.hosts)
    }

    /// The endpoints of webhooks.
    pub(super) fn endpoints(&self) -> &[WebhookEndpoint] {
        self.contents().map_or(&[], |contents| &contents.endpoints)
    }

    /// Whether anybody can sign in.
    pub(super) fn staff(&self) -> Finding {
        let nobody = "nobody can sign in: `linkdesk staff add --email you@example.com --role owner`";
        match (self, self.contents()) {
            (_, Some(contents)) if contents.has_staff => Finding::Fine("somebody can sign in".to_owned()),
            (Self::Found(found), None) if found.pending > 0 => Finding::Warning(
                "known after the next start, or `linkdesk migrate`, has brought the tables up to date"
                    .to_owned(),
            ),
            (Self::Found(_) | Self::NotYet | Self::Failed(_), _) => Finding::Failed(nobody.to_owned()),
        }
    }

    /// One finding for each thing that was tried.
    pub(super) fn findings(&self, config: &Config) -> Vec<(&'static str, Finding)> {
        let url = &config.database_url;
        let found = match self {
            Self::Found(found) => found,
            Self::NotYet => {
                let text = format!("{url} is not there yet; the first start makes it");
                let finding = if is_folder_there(url) {
                    Finding::Fine(text)
                } else {
                    Finding::Failed(format!(
                        "{url}: its folder is not there; make it, for the server's own user"
                    ))
                };
                return vec![("database", finding)];
            }
            Self::Failed(why) => return vec![("database", Finding::Failed(why.clone()))],
        };
        let mut findings = vec![("database", tables(found, url))];
        if let Some(contents) = &found.contents {
            findings.push(("installation key", opens(config, contents).into()));
        }
        if let Some(room) = room(url) {
            findings.push(("room", room));
        }
        if let Some(time) = found.time {
            findings.push(("clock", clock(SystemClock.now().millis_since(time))));
        }
        for lack in &found.lacks {
            findings.push(("database", Finding::Warning(format!("{url}: {lack}"))));
        }
        findings
    }

    fn contents(&self) -> Option<&Contents> {
        match self {
            Self::Found(found) => found.contents.as_ref(),
            Self::NotYet | Self::Failed(_) => None,
        }
    }
}

fn tables(found: &Inspection, url: &DatabaseUrl) -> Finding {
    let version = &found.version;
    if let Some(error) = &found.unwritable {
        let source = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
        return Finding::Failed(format!(
            "{url} ({version}) can be read and not be written: {source}; may this user write to it, and is there room?"
        ));
    }
    let (pending, newer) = (found.pending, found.newer);
    match (pending, newer) {
        (0, 0) => {
            Finding::Fine(format!("{url} ({version}) can be read and written, its tables are up to date"))
        }
        (0, _) => Finding::Warning(format!(
            "{url} ({version}) was brought up to date by a newer version of this program ({newer} steps further)"
        )),
        (_, _) => Finding::Fine(format!(
            "{url} ({version}) can be read and written; the next start brings its tables up to date ({pending} steps)"
        )),
    }
}

/// Whether the key file is the one this database was sealed with.
fn opens(config: &Config, contents: &Contents) -> Result<String> {
    let Some(stored) = &contents.installation_key else {
        return Ok("none yet; the first start makes it".to_owned());
    };
    let vault = Vault::new(keyring(config)?);
    let opened = WrappedInstallationKey::from_stored(&stored.key_id, stored.envelope.clone())
        .and_then(|key| vault.fingerprinter(&key));
    match opened {
        Ok(_) => Ok("the key file opens it".to_owned()),
        Err(error) => anyhow::bail!(
            "{error}; this database was sealed with key {}: put that key's line into the key file",
            stored.key_id
        ),
    }
}

/// How much room there is beside a database that is a file.
fn room(url: &DatabaseUrl) -> Option<Finding> {
    let file = Database::file_of(url)?;
    let found = rustix::fs::statvfs(&file).ok()?;
    let free = found.f_bavail.saturating_mul(found.f_frsize);
    let size = std::fs::metadata(&file).ok()?.len();
    let text = format!("{} MB are free where the database is, which has {} MB", free >> 20, size >> 20);
    Some(if free < ROOM_MIN.max(size) {
        Finding::Warning(format!(
            "{text}: make room; a full disk stops every change, and a backup needs as much again"
        ))
    } else {
        Finding::Fine(text)
    })
}

fn clock(ahead_ms: i64) -> Finding {
    if ahead_ms.abs() > CLOCK_OFF_MS {
        return Finding::Warning(format!(
            "this machine's clock is {} s off the database's: servers go by the database's, but log lines do not; is \
             time kept by NTP on both?",
            ahead_ms / 1000
        ));
    }
    Finding::Fine("agrees with the database's".to_owned())
}

fn is_folder_there(url: &DatabaseUrl) -> bool {
    match url.kind() {
        DatabaseKind::Postgres => true,
        DatabaseKind::Sqlite => Database::file_of(url).is_some_and(|file| {
            let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
            folder.is_none_or(std::path::Path::is_dir)
        }),
    }
}
