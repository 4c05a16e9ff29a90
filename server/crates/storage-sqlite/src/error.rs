//! From sqlx's errors to the storage crate's.

use sqlx::migrate::MigrateError;
use storage::StorageError;

/// SQLite's primary result codes for a disk that cannot be written (IOERR, FULL, READONLY, CANTOPEN) or that another
/// process has been writing to all along (BUSY).
const UNWRITABLE: [i32; 5] = [10, 13, 8, 14, 5];

/// Any sqlx error, sorted by whether trying again later can help.
pub(crate) fn failed(error: sqlx::Error) -> StorageError {
    let code = error.as_database_error().and_then(|e| e.code()).and_then(|code| code.parse::<i32>().ok());
    // Extended result codes keep the primary one in their lowest byte.
    if code.is_some_and(|code| UNWRITABLE.contains(&(code & 0xff))) {
        StorageError::Unwritable(Box::new(error))
    } else {
        StorageError::Database(Box::new(error))
    }
}

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
        if error.as_database_error().is_some_and(|e| e.is_unique_violation()) {
            StorageError::Duplicate(what)
        } else {
            failed(error)
        }
    }
}
