//! From sqlx's errors to the storage crate's.

use std::sync::Arc;

use sqlx::migrate::MigrateError;
use storage::StorageError;

/// SQLite's primary result code for a database that another process is writing to.
const BUSY: i32 = 5;
/// Those for a disk that cannot be written (IOERR, FULL, READONLY, CANTOPEN) or that another process has been writing to
/// all along.
const UNWRITABLE: [i32; 5] = [10, 13, 8, 14, BUSY];

/// Any sqlx error, sorted by whether trying again later can help.
pub(crate) fn failed(error: sqlx::Error) -> StorageError {
    if is_unwritable(&error) {
        StorageError::Unwritable(Box::new(error))
    } else {
        StorageError::Database(Box::new(error))
    }
}

/// The same of an error that concerns several.
pub(crate) fn shared(error: &Arc<sqlx::Error>) -> StorageError {
    if is_unwritable(error) {
        StorageError::Unwritable(Box::new(error.clone()))
    } else {
        StorageError::Database(Box::new(error.clone()))
    }
}

/// Whether another process is writing.
pub(crate) fn is_busy(error: &sqlx::Error) -> bool {
    primary_code(error) == Some(BUSY)
}

fn is_unwritable(error: &sqlx::Error) -> bool {
    primary_code(error).is_some_and(|code| UNWRITABLE.contains(&code))
}

/// Extended result codes keep the primary one in their lowest byte.
fn primary_code(error: &sqlx::Error) -> Option<i32> {
    let code = error.as_database_error()?.code()?;
    code.parse::<i32>().ok().map(|code| code & 0xff)
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
