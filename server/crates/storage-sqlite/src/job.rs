//! SQL of table `job`: the queue.

use domain::{LinkId, Timestamp};
use sqlx::sqlite::SqliteRow;
use sqlx::{SqliteConnection, query};
use storage::{Job, JobEnd, JobKind, QueueDepth, Result};

use crate::query::{all, one, run};
use crate::row::Row;

/// Spreads numbers that follow one another evenly: a prime far from any multiple of a usual interval.
const SPREAD: i64 = 2_654_435_761;

pub(crate) async fn claim(
    db: &mut SqliteConnection,
    kind: JobKind,
    now: Timestamp,
    lease_ms: i64,
    limit: u32,
) -> Result<Vec<Job>> {
    let sql = query(
        "UPDATE job SET due_at = $1 + $2, attempts = attempts + 1, fence = fence + 1, claimed = 1 \
         WHERE kind = $3 AND subject IN (SELECT subject FROM job \
             WHERE kind = $3 AND dead_at IS NULL AND due_at <= $1 ORDER BY due_at LIMIT $4) RETURNING *",
    )
    .bind(now.as_millis())
    .bind(lease_ms)
    .bind(kind.as_str())
    .bind(limit);
    all(db, sql, read).await
}

pub(crate) async fn hold(
    db: &mut SqliteConnection,
    jobs: &[Job],
    now: Timestamp,
    lease_ms: i64,
) -> Result<()> {
    for job in jobs {
        let sql = query(
            "UPDATE job SET due_at = $4 WHERE kind = $1 AND subject = $2 AND fence = $3 AND claimed = 1",
        )
        .bind(job.kind.as_str())
        .bind(&job.subject)
        .bind(job.fence)
        .bind(later(now, lease_ms).as_millis());
        run(db, sql).await?;
    }
    Ok(())
}

pub(crate) async fn next(db: &mut SqliteConnection, kind: JobKind, now: Timestamp) -> Result<Option<i64>> {
    let sql =
        query("SELECT '' AS id, due_at FROM job WHERE kind = $1 AND dead_at IS NULL ORDER BY due_at LIMIT 1");
    let due = one(db, sql.bind(kind.as_str()), |row| Row::new("job", "id", row).time("due_at")).await?;
    Ok(due.map(|due| due.millis_since(now).max(0)))
}

pub(crate) async fn lookup(db: &mut SqliteConnection, kind: JobKind, subject: &str) -> Result<Option<Job>> {
    let sql = query("SELECT * FROM job WHERE kind = $1 AND subject = $2");
    one(db, sql.bind(kind.as_str()).bind(subject), read).await
}

/// As a unit sees it. It is the only one that writes: there is nothing to lock.
pub(crate) async fn lookup_and_lock(
    db: &mut SqliteConnection,
    kind: JobKind,
    subject: &str,
) -> Result<Option<Job>> {
    lookup(db, kind, subject).await
}

pub(crate) async fn dead(db: &mut SqliteConnection, limit: u32) -> Result<Vec<Job>> {
    let sql =
        query("SELECT * FROM job WHERE dead_at IS NOT NULL ORDER BY dead_at DESC, kind, subject LIMIT $1");
    all(db, sql.bind(limit), read).await
}

pub(crate) async fn depths(db: &mut SqliteConnection, now: Timestamp) -> Result<Vec<QueueDepth>> {
    let sql = query(
        "SELECT kind, count(*) - count(dead_at) AS waiting, count(dead_at) AS dead, \
         count(CASE WHEN dead_at IS NULL AND due_at <= $1 THEN 1 END) AS due, \
         min(CASE WHEN dead_at IS NULL AND due_at <= $1 THEN due_at END) AS oldest FROM job GROUP BY kind",
    );
    all(db, sql.bind(now.as_millis()), |row| {
        let row = Row::new("job", "kind", row);
        Ok(QueueDepth {
            kind: row.read("kind", kind)?,
            waiting: row.number("waiting")?,
            due: row.number("due")?,
            dead: row.number("dead")?,
            oldest_ms: row.optional_time("oldest")?.map(|due| now.millis_since(due)),
        })
    })
    .await
}

pub(crate) async fn put(
    db: &mut SqliteConnection,
    kind: JobKind,
    subject: &str,
    due_at: Timestamp,
    now: Timestamp,
) -> Result<()> {
    let sql = query(
        "INSERT INTO job (kind, subject, due_at, created_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (kind, subject) DO UPDATE SET due_at = excluded.due_at, attempts = 0, fence = fence + 1, \
         problem = NULL, dead_at = NULL, claimed = 0",
    )
    .bind(kind.as_str())
    .bind(subject)
    .bind(due_at.as_millis())
    .bind(now.as_millis());
    run(db, sql).await?;
    Ok(())
}

pub(crate) async fn wake(
    db: &mut SqliteConnection,
    kind: JobKind,
    subject: &str,
    now: Timestamp,
) -> Result<()> {
    let sql = query(
        "INSERT INTO job (kind, subject, due_at, created_at) VALUES ($1, $2, $3, $3) \
         ON CONFLICT (kind, subject) DO UPDATE SET due_at = min(job.due_at, excluded.due_at) \
         WHERE job.claimed = 0 AND job.dead_at IS NULL",
    )
    .bind(kind.as_str())
    .bind(subject)
    .bind(now.as_millis());
    run(db, sql).await?;
    Ok(())
}

pub(crate) async fn free(db: &mut SqliteConnection, now: Timestamp) -> Result<u64> {
    let sql = query(
        "UPDATE job SET due_at = $1, claimed = 0, fence = fence + 1 WHERE claimed = 1 AND dead_at IS NULL",
    );
    run(db, sql.bind(now.as_millis())).await
}

pub(crate) async fn remove(db: &mut SqliteConnection, kind: JobKind, subject: &str) -> Result<bool> {
    let sql = query("DELETE FROM job WHERE kind = $1 AND subject = $2");
    Ok(run(db, sql.bind(kind.as_str()).bind(subject)).await? > 0)
}

pub(crate) async fn end(db: &mut SqliteConnection, job: &Job, end: JobEnd, now: Timestamp) -> Result<bool> {
    let (sql, delay_ms, problem) = match end {
        JobEnd::Done => {
            ("DELETE FROM job WHERE kind = $1 AND subject = $2 AND fence = $3 AND claimed = 1", 0, None)
        }
        JobEnd::Again { delay_ms } => (
            "UPDATE job SET due_at = $4, attempts = 0, problem = $5, claimed = 0 \
             WHERE kind = $1 AND subject = $2 AND fence = $3 AND claimed = 1",
            delay_ms,
            None,
        ),
        JobEnd::Retry { delay_ms, problem } => (
            "UPDATE job SET due_at = $4, problem = $5, claimed = 0 WHERE kind = $1 AND subject = $2 AND fence = $3 AND claimed = 1",
            delay_ms,
            Some(problem),
        ),
        JobEnd::Postponed { delay_ms } => (
            "UPDATE job SET due_at = $4, attempts = attempts - 1, problem = coalesce($5, problem), claimed = 0 \
             WHERE kind = $1 AND subject = $2 AND fence = $3 AND claimed = 1",
            delay_ms,
            None,
        ),
        JobEnd::Dead { problem } => (
            "UPDATE job SET dead_at = $4, problem = $5, claimed = 0 WHERE kind = $1 AND subject = $2 AND fence = $3 AND claimed = 1",
            0,
            Some(problem),
        ),
    };
    let mut sql = query(sql).bind(job.kind.as_str()).bind(&job.subject).bind(job.fence);
    if end != JobEnd::Done {
        sql = sql.bind(later(now, delay_ms).as_millis()).bind(problem);
    }
    Ok(run(db, sql).await? > 0)
}

pub(crate) async fn revive(
    db: &mut SqliteConnection,
    kind: JobKind,
    subject: &str,
    now: Timestamp,
) -> Result<bool> {
    let sql = query(
        "UPDATE job SET due_at = $3, dead_at = NULL, attempts = 0, fence = fence + 1, claimed = 0 \
         WHERE kind = $1 AND subject = $2 AND dead_at IS NOT NULL",
    );
    Ok(run(db, sql.bind(kind.as_str()).bind(subject).bind(now.as_millis())).await? > 0)
}

pub(crate) async fn hasten_rechecks(
    db: &mut SqliteConnection,
    every_ms: i64,
    now: Timestamp,
    limit: u32,
) -> Result<u64> {
    // Where in the new time it comes is where it was in the old.
    let sql = query(
        "UPDATE job SET due_at = $1 + due_at % $2 WHERE kind = 'recheck' AND subject IN (SELECT subject FROM job \
             WHERE kind = 'recheck' AND dead_at IS NULL AND due_at > $1 + $2 + $2 / 10 LIMIT $3)",
    );
    run(db, sql.bind(now.as_millis()).bind(every_ms.max(1)).bind(limit)).await
}

pub(crate) async fn schedule_rechecks(
    db: &mut SqliteConnection,
    after: Option<LinkId>,
    every_ms: i64,
    now: Timestamp,
    limit: u32,
) -> Result<Option<LinkId>> {
    // Every id comes after nothing.
    let after = after.map_or(String::new(), |link| link.to_string());
    let sql = query(
        "SELECT max(id) AS id FROM (SELECT id FROM link WHERE id > $1 ORDER BY id LIMIT $2) AS looked_at",
    );
    let last = one(db, sql.bind(after.clone()).bind(limit), |row| {
        Row::new("link", "id", row).optional_parsed::<LinkId>("id")
    });
    let Some(last) = last.await?.flatten() else { return Ok(None) };
    let sql = query(
        "INSERT INTO job (kind, subject, due_at, created_at) \
         SELECT 'recheck', id, $1 + (number * $2) % $3, $1 FROM link \
         WHERE id > $4 AND id <= $5 AND status IN ('linked', 'linked_with_gaps', 'attention') \
         ON CONFLICT (kind, subject) DO NOTHING",
    )
    .bind(now.as_millis())
    .bind(SPREAD)
    .bind(every_ms.max(1))
    .bind(after)
    .bind(last.to_string());
    run(db, sql).await?;
    Ok(Some(last))
}

/// So many milliseconds later.
pub(crate) fn later(now: Timestamp, delay_ms: i64) -> Timestamp {
    Timestamp::from_millis(now.as_millis().saturating_add(delay_ms))
}

fn read(row: &SqliteRow) -> Result<Job> {
    let row = Row::new("job", "subject", row);
    Ok(Job {
        kind: row.read("kind", kind)?,
        subject: row.text("subject")?,
        due_at: row.time("due_at")?,
        attempts: row.count("attempts")?,
        fence: row.whole("fence")?,
        problem: row.optional_text("problem")?,
        dead_at: row.optional_time("dead_at")?,
        created_at: row.time("created_at")?,
    })
}

fn kind(text: &str) -> Option<JobKind> {
    JobKind::ALL.into_iter().find(|kind| kind.as_str() == text)
}
