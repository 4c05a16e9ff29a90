//! Getting rid of what was deleted. Deleted rows stay in their pages until a vacuum, and in the write-ahead log until the
//! log is recycled.

use sqlx::PgPool;
use storage::Result;

use crate::error::failed;
use crate::query::run;

/// The tables that hold sealed values.
const TABLES: [&str; 2] = ["sealed_value", "link_key"];

/// Vacuums the tables that hold sealed values, so that the space of deleted rows is given to others. The log is the
/// database's own affair: what is left in it and in backups is sealed under a data key that is gone.
pub(crate) async fn vacuum(writers: &PgPool) -> Result<()> {
    let mut db = writers.acquire().await.map_err(failed)?;
    for table in TABLES {
        run(&mut db, sqlx::query(sqlx::AssertSqlSafe(format!("VACUUM (TRUNCATE FALSE) {table}")))).await?;
    }
    Ok(())
}
