//! Running a query: what every table's functions have in common.

use sqlx::postgres::{PgArguments, PgRow};
use sqlx::query::Query;
use sqlx::{PgConnection, Postgres, Row as _};
use storage::{Result, StorageError};

use crate::error::failed;
use crate::server::within;

/// A query with the values bound to it so far.
pub(crate) type Bound<'q> = Query<'q, Postgres, PgArguments>;

/// The first row, read; `None` when there is none.
pub(crate) async fn one<T>(
    db: &mut PgConnection,
    query: Bound<'_>,
    read: impl Fn(&PgRow) -> Result<T>,
) -> Result<Option<T>> {
    within(query.fetch_optional(db)).await.map_err(failed)?.as_ref().map(read).transpose()
}

/// Every row, read.
pub(crate) async fn all<T>(
    db: &mut PgConnection,
    query: Bound<'_>,
    read: impl Fn(&PgRow) -> Result<T>,
) -> Result<Vec<T>> {
    within(query.fetch_all(db)).await.map_err(failed)?.iter().map(read).collect()
}

/// A number that the query counts.
pub(crate) async fn count(db: &mut PgConnection, query: Bound<'_>) -> Result<u64> {
    let row = within(query.fetch_one(db)).await.map_err(failed)?;
    let counted: i64 = row.try_get(0).map_err(failed)?;
    Ok(u64::try_from(counted).unwrap_or(0))
}

/// Writes; how many rows were concerned.
pub(crate) async fn run(db: &mut PgConnection, query: Bound<'_>) -> Result<u64> {
    run_or(db, query, failed).await
}

/// Writes, with errors sorted by `error`; how many rows were concerned.
pub(crate) async fn run_or(
    db: &mut PgConnection,
    query: Bound<'_>,
    error: impl Fn(sqlx::Error) -> StorageError,
) -> Result<u64> {
    Ok(within(query.execute(db)).await.map_err(error)?.rows_affected())
}
