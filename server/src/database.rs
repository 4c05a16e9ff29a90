//! The database, whichever it is: the only place that knows the concrete storages.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use services::Clock;
use storage::rows::{RowReader, RowWriter};
use storage::{Inspection, Storage};
use storage_postgres::PostgresStorage;
use storage_sqlite::SqliteStorage;

use crate::changes::Changes;
use crate::config::{DatabaseKind, DatabaseUrl};

/// An open database.
#[derive(Clone, Debug)]
pub enum Database {
    /// A file.
    Sqlite(SqliteStorage),
    /// A server.
    Postgres(PostgresStorage),
}

impl Database {
    /// Opens it and brings its tables up to date.
    ///
    /// # Errors
    /// Names it, without its password.
    pub async fn open(url: &DatabaseUrl) -> Result<Self> {
        let opened = match url.kind() {
            DatabaseKind::Sqlite => SqliteStorage::open(url.expose()).await.map(Self::Sqlite),
            DatabaseKind::Postgres => PostgresStorage::open(url.expose()).await.map(Self::Postgres),
        };
        opened.with_context(|| format!("could not open the database {url}"))
    }

    /// Copies the file of a SQLite database into a new one, while others use it; how many bytes that are. Gives up when `stop`
    /// is ready.
    ///
    /// # Errors
    /// Says why there is no backup; then nothing of it is left.
    pub async fn back_up_file(url: &DatabaseUrl, to: &Path, stop: impl Future<Output = ()>) -> Result<u64> {
        Ok(storage_sqlite::back_up(url.expose(), to, stop).await?)
    }

    /// Looks at it without changing anything in it; `None` when it is a file that is not there yet. `hosts`: of how many hosts
    /// it tells at most.
    ///
    /// # Errors
    /// Names it, without its password.
    pub async fn inspect(url: &DatabaseUrl, hosts: u32) -> Result<Option<Inspection>> {
        let found = match url.kind() {
            DatabaseKind::Sqlite => storage_sqlite::inspect(url.expose(), hosts).await,
            DatabaseKind::Postgres => storage_postgres::inspect(url.expose(), hosts).await.map(Some),
        };
        found.with_context(|| format!("could not open the database {url}"))
    }

    /// Sees that there is an installation in it: for commands whose good news about an empty database, made by a mistyped
    /// address, would mislead.
    ///
    /// # Errors
    /// Names it, without its password, when there is none.
    pub async fn expect_made(url: &DatabaseUrl) -> Result<()> {
        match Self::inspect(url, 0).await? {
            Some(found) if !found.bare => Ok(()),
            Some(_) => bail!("there is nothing of Linkdesk in the database {url}"),
            None => bail!("there is no database at {url}"),
        }
    }

    /// The file it is in, if it is one.
    #[must_use]
    pub fn file_of(url: &DatabaseUrl) -> Option<PathBuf> {
        match url.kind() {
            DatabaseKind::Sqlite => storage_sqlite::file_of(url.expose()),
            DatabaseKind::Postgres => None,
        }
    }

    /// What the use cases keep their data in.
    #[must_use]
    pub fn storage(&self) -> Arc<dyn Storage> {
        match self {
            Self::Sqlite(storage) => Arc::new(storage.clone()),
            Self::Postgres(storage) => Arc::new(storage.clone()),
        }
    }

    /// Whether other servers may work on it at the same time.
    #[must_use]
    pub const fn is_shared(&self) -> bool {
        matches!(self, Self::Postgres(_))
    }

    /// Puts the clock right by the database's, when servers share it: leases, sessions and expiries would otherwise depend on
    /// which machine looks. What the way there and back took is not known better than to its half.
    ///
    /// # Errors
    /// When it fails.
    pub async fn set_clock(&self, clock: &dyn Clock) -> storage::Result<()> {
        let Self::Postgres(storage) = self else { return Ok(()) };
        let asked_at = clock.now();
        let theirs = storage.time().await?;
        let way = clock.now().millis_since(asked_at) / 2;
        clock.correct(theirs.millis_since(asked_at) - way);
        Ok(())
    }

    /// What could be better about it, in a sentence each.
    #[must_use]
    pub fn lacks(&self) -> Vec<&'static str> {
        match self {
            Self::Sqlite(_) => Vec::new(),
            Self::Postgres(storage) => storage.lacks(),
        }
    }

    /// Tells of every change that another server may have made, until the database is closed.
    pub async fn listen(&self, changes: Changes) {
        match self {
            Self::Sqlite(_) => {}
            Self::Postgres(storage) => storage.listen(move || changes.happened()).await,
        }
    }

    /// Reads its rows as they are stored, for copying them.
    ///
    /// # Errors
    /// When it fails.
    pub async fn read_rows(&self) -> storage::Result<Box<dyn RowReader>> {
        match self {
            Self::Sqlite(storage) => storage.read_rows().await,
            Self::Postgres(storage) => storage.read_rows().await,
        }
    }

    /// Writes rows into it.
    ///
    /// # Errors
    /// When it holds any already, or fails.
    pub async fn write_rows(&self) -> storage::Result<Box<dyn RowWriter>> {
        match self {
            Self::Sqlite(storage) => storage.write_rows().await,
            Self::Postgres(storage) => storage.write_rows().await,
        }
    }

    /// Closes every connection.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(storage) => storage.close().await,
            Self::Postgres(storage) => storage.close().await,
        }
    }
}
