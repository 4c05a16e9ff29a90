//! From sqlx's errors to the storage crate's.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use sqlx::error::DatabaseError;
use sqlx::migrate::MigrateError;
use storage::StorageError;

/// SQLSTATE classes of a database that is not to be reached or cannot write at the moment: connections (08), standby (25),
/// rollbacks to be tried again (40), a full disk or too many connections (53), a lock not given in time (55), a stop or a
/// cancelled statement (57), the disk (58).
const UNWRITABLE: [&str; 7] = ["08", "25", "40", "53", "55", "57", "58"];

/// Why a database is not one to work with.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Misfit {
    #[error("its URL should look like postgres://user:password@host/database")]
    Url,
    #[error("its PostgreSQL is older than version 13")]
    TooOld,
    #[error("it holds data already, and only an empty one is copied into")]
    InUse,
}

/// What the database reported, without the rows it quotes: those are customers' data.
struct Reported {
    code: String,
    message: String,
}

/// Any sqlx error, sorted by whether trying again later can help.
pub(crate) fn failed(error: sqlx::Error) -> StorageError {
    if let sqlx::Error::Database(error) = &error {
        let reported = Reported::of(&**error);
        return if UNWRITABLE.iter().any(|class| reported.code.starts_with(class)) {
            StorageError::Unwritable(Box::new(reported))
        } else {
            StorageError::Database(Box::new(reported))
        };
    }
    if matches!(
        error,
        sqlx::Error::Io(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::Protocol(_)
            | sqlx::Error::BeginFailed
    ) {
        StorageError::Unwritable(Box::new(error))
    } else {
        StorageError::Database(Box::new(error))
    }
}

/// Whether an earlier statement of the transaction failed, so that nothing of it is kept.
pub(crate) fn is_given_up(error: &sqlx::Error) -> bool {
    error.as_database_error().and_then(DatabaseError::code).is_some_and(|code| code == "25P02")
}

/// The same error for several.
pub(crate) fn to_several(error: StorageError) -> impl Fn() -> StorageError {
    let is_unwritable = matches!(error, StorageError::Unwritable(_));
    let error = Arc::new(error);
    move || {
        let shared = Box::new(Shared(error.clone()));
        if is_unwritable { StorageError::Unwritable(shared) } else { StorageError::Database(shared) }
    }
}

/// An error that concerns several.
#[derive(Debug, thiserror::Error)]
#[error("the database failed for all who wrote together")]
struct Shared(#[source] Arc<StorageError>);

/// A migration's error, sorted likewise.
pub(crate) fn migration_failed(error: MigrateError) -> StorageError {
    if let MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) = error {
        failed(error)
    } else {
        StorageError::Database(Box::new(error))
    }
}

/// Any sqlx error, with a unique violation named.
pub(crate) fn failed_or_duplicate(what: &'static str) -> impl Fn(sqlx::Error) -> StorageError {
    move |error| {
        if error.as_database_error().is_some_and(DatabaseError::is_unique_violation) {
            StorageError::Duplicate(what)
        } else {
            failed(error)
        }
    }
}

impl Reported {
    fn of(error: &dyn DatabaseError) -> Self {
        let code = error.code().unwrap_or_default().into_owned();
        // A value that a type does not take is quoted in the message itself (class 22).
        let message = if code.starts_with("22") { "a value of the wrong form" } else { error.message() };
        Self { message: message.to_owned(), code }
    }
}

impl fmt::Display for Reported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (SQLSTATE {})", self.message, self.code)
    }
}

impl fmt::Debug for Reported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for Reported {}
