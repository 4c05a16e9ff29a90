//! Getting rid of what was deleted. `secure_delete` overwrites it in the file, but only when the log is folded in; the
//! log itself holds the pages as they were until it is cut off.

use std::time::Duration;

use domain::{LinkId, Timestamp};
use sqlx::{SqliteConnection, query};
use storage::{Result, StorageError};

use crate::audit::place;
use crate::error::failed;
use crate::query::{count, one, run};
use crate::writer::{Turning, Writer, impatient};

/// How often it is tried.
const TRIES: u32 = 3;
/// How long others may write before the next try.
const PAUSE: Duration = Duration::from_millis(50);
/// How long one try waits for readers. Nobody can write meanwhile, so it is less than what a write waits.
const WAIT: &str = "PRAGMA busy_timeout = 300";

/// Somebody was reading old pages all along.
#[derive(Debug, thiserror::Error)]
#[error("the log of changes could not be cut off: somebody is reading from it")]
struct LogInUse;

/// Notes that what is deleted now has still to be overwritten.
pub(crate) async fn note(db: &mut SqliteConnection, link: Option<LinkId>, at: Timestamp) -> Result<()> {
    let sql = query("INSERT INTO to_overwrite (link_id, at) VALUES ($1, $2)");
    run(db, sql.bind(link.map(|link| link.to_string())).bind(at.as_millis())).await?;
    Ok(())
}

/// Whether anything is noted, or this.
pub(crate) async fn is_noted(db: &mut SqliteConnection, of: Option<(LinkId, Timestamp)>) -> Result<bool> {
    let sql = query("SELECT id FROM to_overwrite WHERE $1 IS NULL OR (link_id = $1 AND at <= $2) LIMIT 1");
    let sql = sql.bind(of.map(|(link, _)| link.to_string())).bind(of.map(|(_, at)| at.as_millis()));
    Ok(one(db, sql, |_| Ok(())).await?.is_some())
}

/// What was noted last.
pub(crate) async fn last(db: &mut SqliteConnection) -> Result<u64> {
    count(db, query("SELECT coalesce(max(id), 0) FROM to_overwrite")).await
}

/// Folds the log into the file, cuts it off, and strikes out what was noted before, up to `last`.
pub(crate) async fn forget_deleted(writer: &Writer, last: u64) -> Result<()> {
    fold_log(writer).await?;
    let mut turn = writer.turn(Turning::Shared).await?;
    run(&mut turn, query("DELETE FROM to_overwrite WHERE id <= $1").bind(place(last))).await?;
    turn.commit(false).await
}

async fn fold_log(writer: &Writer) -> Result<()> {
    for left in (0..TRIES).rev() {
        // The connection is given back between tries, so that writers come in between.
        let mut turn = writer.turn(Turning::Bare).await?;
        run(&mut turn, query(WAIT)).await?;
        let sql = query("PRAGMA wal_checkpoint(TRUNCATE)");
        let busy = one(&mut turn, sql, |row| sqlx::Row::try_get::<i64, _>(row, 0).map_err(failed)).await;
        impatient(&mut turn).await?;
        drop(turn);
        if busy? == Some(0) {
            return Ok(());
        }
        if left > 0 {
            tokio::time::sleep(PAUSE).await;
        }
    }
    Err(StorageError::Unwritable(Box::new(LogInUse)))
}
