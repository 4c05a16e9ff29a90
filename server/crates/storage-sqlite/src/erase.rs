//! Getting rid of what was deleted. `secure_delete` overwrites it in the file, but only when the log is folded in; the
//! log itself holds the pages as they were until it is cut off.

use std::time::Duration;

use sqlx::SqlitePool;
use storage::{Result, StorageError};

use crate::error::failed;
use crate::query::one;

/// How often it is tried: each time, SQLite waits for readers as long as for a lock.
const TRIES: u32 = 3;
/// How long others may write before the next try.
const PAUSE: Duration = Duration::from_millis(50);

/// Somebody was reading old pages all along.
#[derive(Debug, thiserror::Error)]
#[error("the log of changes could not be cut off: somebody is reading from it")]
struct LogInUse;

/// Folds the log into the file and cuts it off.
pub(crate) async fn fold_log(writer: &SqlitePool) -> Result<()> {
    for left in (0..TRIES).rev() {
        // The connection is given back between tries, so that writers come in between.
        let mut db = writer.acquire().await.map_err(failed)?;
        let sql = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)");
        let busy = one(&mut db, sql, |row| sqlx::Row::try_get::<i64, _>(row, 0).map_err(failed)).await?;
        drop(db);
        if busy == Some(0) {
            return Ok(());
        }
        if left > 0 {
            tokio::time::sleep(PAUSE).await;
        }
    }
    Err(StorageError::Unwritable(Box::new(LogInUse)))
}
