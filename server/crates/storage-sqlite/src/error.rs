//! From sqlx's errors to the storage crate's.

use storage::StorageError;

/// SQLite's primary result codes for a disk that cannot be written: IOERR, FULL, READONLY, CANTOPEN.
const UNWRITABLE: [i32; 4] = [10, 13, 8, 14];

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

/// The same, with a unique violation named.
pub(crate) fn failed_or_duplicate(what: &'static str) -> impl Fn(sqlx::Error) -> StorageError {
    move |error| {
        if error.as_database_error().is_some_and(|e| e.is_unique_violation()) {
            StorageError::Duplicate(what)
        } else {
            failed(error)
        }
    }
}
