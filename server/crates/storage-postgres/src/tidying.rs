//! SQL over tables `check_run` and `check_row` that removes what is old.

use domain::{CheckId, Timestamp};
use sqlx::{AssertSqlSafe, PgConnection, query};
use storage::{CheckPlace, ForgottenChecks, Result};

use crate::query::{all, run};
use crate::row::Row;

/// Which checks nothing needs any more. Of two that began in one millisecond the later row is the later check.
const EXPENDABLE: &str = "SELECT id FROM check_run AS old WHERE finished_at < $1 AND (finished_at, id) > ($2, $3) \
    AND (finished_at, id) <= ($4, $5) \
    AND EXISTS (SELECT 1 FROM check_run AS later WHERE later.link_id = old.link_id \
        AND (later.started_at, later.number) > (old.started_at, old.number)) \
    AND (refused = 0 AND outcome IS NOT NULL AND connection <> 'accepted' \
        OR EXISTS (SELECT 1 FROM check_run AS later WHERE later.link_id = old.link_id \
            AND later.submission = old.submission AND later.connection = 'accepted' \
            AND (later.started_at, later.number) > (old.started_at, old.number)))";

pub(crate) async fn forget_checks(
    db: &mut PgConnection,
    before: Timestamp,
    after: Option<CheckPlace>,
    limit: u32,
) -> Result<ForgottenChecks> {
    // Everything comes after this.
    let (after_at, after_id) =
        after.map_or((i64::MIN, String::new()), |(at, id)| (at.as_millis(), id.to_string()));
    let looked_at = query(
        "SELECT id, finished_at FROM check_run WHERE finished_at IS NOT NULL AND finished_at < $1 \
         AND (finished_at, id) > ($2, $3) ORDER BY finished_at, id LIMIT $4",
    )
    .bind(before.as_millis())
    .bind(after_at)
    .bind(after_id.clone())
    .bind(i64::from(limit));
    let looked_at = all(db, looked_at, |row| {
        let row = Row::new("check_run", "id", row);
        Ok((row.time("finished_at")?, row.parsed::<CheckId>("id")?))
    });
    let Some(last) = looked_at.await?.pop() else { return Ok(ForgottenChecks { removed: 0, last: None }) };
    let mut removed = 0;
    for table in ["check_row WHERE check_id", "check_run WHERE id"] {
        let sql = query(AssertSqlSafe(format!("DELETE FROM {table} IN ({EXPENDABLE})")))
            .bind(before.as_millis())
            .bind(after_at)
            .bind(after_id.clone())
            .bind(last.0.as_millis())
            .bind(last.1.to_string());
        removed = run(db, sql).await?;
    }
    Ok(ForgottenChecks { removed, last: Some(last) })
}
