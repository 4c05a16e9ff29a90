//! SQL over table `link_progress`, which triggers keep, and over the audit log's problems.

use domain::{LinkId, ProblemCode, Timestamp};
use sqlx::{PgConnection, query};
use storage::{LinkProgress, Result};

use crate::query::all;
use crate::row::Row;

pub(crate) async fn progress(
    db: &mut PgConnection,
    since: Timestamp,
    limit: u32,
) -> Result<Vec<LinkProgress>> {
    let sql = query(
        "SELECT * FROM link_progress WHERE invited_at >= $1 ORDER BY invited_at DESC, link_id DESC LIMIT $2",
    );
    all(db, sql.bind(since.as_millis()).bind(i64::from(limit)), |row| {
        let row = Row::new("link_progress", "link_id", row);
        Ok(LinkProgress {
            link: row.parsed("link_id")?,
            invited_at: row.time("invited_at")?,
            opened_at: row.optional_time("opened_at")?,
            key_at: row.optional_time("key_at")?,
            account_at: row.optional_time("account_at")?,
            domain_at: row.optional_time("domain_at")?,
            checked_at: row.optional_time("checked_at")?,
            linked_at: row.optional_time("linked_at")?,
        })
    })
    .await
}

pub(crate) async fn problems(
    db: &mut PgConnection,
    since: Timestamp,
    limit: u32,
) -> Result<Vec<(LinkId, ProblemCode)>> {
    // The condition is the index's own.
    let sql = query(
        "SELECT link_id, action, detail FROM audit_entry \
         WHERE (action IN ('step_refused', 'step_doubted') \
             OR action = 'check_finished' AND substr(detail, 1, 6) <> 'linked') \
         AND at >= $1 ORDER BY at DESC LIMIT $2",
    );
    let found = all(db, sql.bind(since.as_millis()).bind(i64::from(limit)), |row| {
        let row = Row::new("audit_entry", "link_id", row);
        let detail = row.text("detail")?;
        // Of a step: its name, the code, a shape. Of a check: the code.
        let part = usize::from(row.text("action")? != "check_finished");
        let code = detail.split(": ").nth(part).and_then(|code| code.parse().ok());
        Ok(row.optional_parsed("link_id")?.zip(code))
    })
    .await?;
    Ok(found.into_iter().flatten().collect())
}
