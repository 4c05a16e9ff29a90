//! Running a query: what every table's functions have in common.

use sqlx::query::Query;
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Row as _, Sqlite, SqliteConnection};
use storage::{Result, StorageError};

use crate::error::failed;

/// A query with the values bound to it so far.
pub(crate) type Bound<'q> = Query<'q, Sqlite, SqliteArguments>;

/// The first row, read; `None` when there is none.
pub(crate) async fn one<T>(
    db: &mut SqliteConnection,
    query: Bound<'_>,
    read: impl Fn(&SqliteRow) -> Result<T>,
) -> Result<Option<T>> {
    query.fetch_optional(db).await.map_err(failed)?.as_ref().map(read).transpose()
}

/// Every row, read.
pub(crate) async fn all<T>(
    db: &mut SqliteConnection,
    query: Bound<'_>,
    read: impl Fn(&SqliteRow) -> Result<T>,
) -> Result<Vec<T>> {
    query.fetch_all(db).await.map_err(failed)?.iter().map(read).collect()
}

/// A number that the query counts.
pub(crate) async fn count(db: &mut SqliteConnection, query: Bound<'_>) -> Result<u64> {
    let row = query.fetch_one(db).await.map_err(failed)?;
    let counted: i64 = row.try_get(0).map_err(failed)?;
    Ok(u64::try_from(counted).unwrap_or(0))
}

/// Writes; how many rows were concerned.
pub(crate) async fn run(db: &mut SqliteConnection, query: Bound<'_>) -> Result<u64> {
    run_or(db, query, failed).await
}

/// Writes, with errors sorted by `error`; how many rows were concerned.
pub(crate) async fn run_or(
    db: &mut SqliteConnection,
    query: Bound<'_>,
    error: impl Fn(sqlx::Error) -> StorageError,
) -> Result<u64> {
    Ok(query.execute(db).await.map_err(error)?.rows_affected())
}
