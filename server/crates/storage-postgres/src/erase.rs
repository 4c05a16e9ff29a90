//! Getting rid of what was deleted. Deleted rows stay in their pages until a vacuum, and in the write-ahead log until the
//! log is recycled.

use domain::{LinkId, Timestamp};
use sqlx::{PgConnection, PgPool, query};
use storage::Result;

use crate::audit::place;
use crate::error::failed;
use crate::query::{count, one, run};

/// The tables that hold sealed values.
const TABLES: [&str; 2] = ["sealed_value", "link_key"];

/// Notes that what is deleted now has still to be overwritten. Units wait for one another, so the number is free.
pub(crate) async fn note(db: &mut PgConnection, link: Option<LinkId>, at: Timestamp) -> Result<()> {
    let sql = query(
        "INSERT INTO to_overwrite (id, link_id, at) SELECT coalesce(max(id), 0) + 1, $1, $2 FROM to_overwrite",
    );
    run(db, sql.bind(link.map(|link| link.to_string())).bind(at.as_millis())).await?;
    Ok(())
}

/// Whether anything is noted, or this.
pub(crate) async fn is_noted(db: &mut PgConnection, of: Option<(LinkId, Timestamp)>) -> Result<bool> {
    let sql =
        query("SELECT id FROM to_overwrite WHERE $1::text IS NULL OR (link_id = $1 AND at <= $2) LIMIT 1");
    let sql = sql.bind(of.map(|(link, _)| link.to_string())).bind(of.map(|(_, at)| at.as_millis()));
    Ok(one(db, sql, |_| Ok(())).await?.is_some())
}

/// Vacuums, and strikes out what was noted before.
pub(crate) async fn forget_deleted(writers: &PgPool) -> Result<()> {
    let mut db = writers.acquire().await.map_err(failed)?;
    let last = count(&mut db, query("SELECT coalesce(max(id), 0) FROM to_overwrite")).await?;
    drop(db);
    vacuum(writers).await?;
    let mut db = writers.acquire().await.map_err(failed)?;
    run(&mut db, query("DELETE FROM to_overwrite WHERE id <= $1").bind(place(last))).await?;
    Ok(())
}

/// Vacuums the tables that hold sealed values, so that the space of deleted rows is given to others. The log is the
/// database's own affair: what is left in it and in backups is sealed under a data key that is gone.
async fn vacuum(writers: &PgPool) -> Result<()> {
    let mut db = writers.acquire().await.map_err(failed)?;
    for table in TABLES {
        run(&mut db, sqlx::query(sqlx::AssertSqlSafe(format!("VACUUM (TRUNCATE FALSE) {table}")))).await?;
    }
    Ok(())
}
