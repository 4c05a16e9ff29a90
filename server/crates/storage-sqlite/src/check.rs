//! SQL of tables `check_run` and `check_row`.

use domain::{
    CheckId, CheckOutcome, CheckReport, ConnectionStep, LinkId, Permission, PermissionResult, ProblemCode,
    RowResult, Timestamp,
};
use sqlx::sqlite::SqliteRow;
use sqlx::{SqliteConnection, query};
use storage::{CheckRun, DayResult, Fingerprint, Result};

use crate::error::{failed, failed_or_duplicate};
use crate::query::{Bound, all, run, run_or};
use crate::row::{Row, bytes, host, permissions, slugs};

// Checks of one link begin one after another, so of two in one millisecond the later row is the later check.
pub(crate) async fn last(db: &mut SqliteConnection, link: LinkId) -> Result<Option<CheckRun>> {
    let sql =
        query("SELECT * FROM check_run WHERE link_id = $1 ORDER BY started_at DESC, rowid DESC LIMIT 1");
    one(db, sql.bind(link.to_string())).await
}

pub(crate) async fn accepted(
    db: &mut SqliteConnection,
    link: LinkId,
    submission: &Fingerprint,
) -> Result<Option<CheckRun>> {
    let sql = query(
        "SELECT * FROM check_run WHERE link_id = $1 AND submission = $2 AND connection = 'accepted' \
         ORDER BY started_at DESC, rowid DESC LIMIT 1",
    );
    one(db, sql.bind(link.to_string()).bind(bytes(submission))).await
}

pub(crate) async fn running_of(db: &mut SqliteConnection, link: LinkId) -> Result<Option<CheckRun>> {
    let sql = query("SELECT * FROM check_run WHERE link_id = $1 AND finished_at IS NULL");
    one(db, sql.bind(link.to_string())).await
}

pub(crate) async fn running(db: &mut SqliteConnection) -> Result<Vec<CheckRun>> {
    let sql = query("SELECT * FROM check_run WHERE finished_at IS NULL ORDER BY started_at, id");
    let mut runs = Vec::new();
    for row in &sql.fetch_all(&mut *db).await.map_err(failed)? {
        runs.push(read(db, row).await?);
    }
    Ok(runs)
}

pub(crate) async fn insert(db: &mut SqliteConnection, check: &CheckRun) -> Result<()> {
    let sql = query(
        "INSERT INTO check_run (id, link_id, host, started_at, submission, of_replacement, refused, surplus) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(check.id.to_string())
    .bind(check.link.to_string())
    .bind(check.host.as_str())
    .bind(check.started_at.as_millis())
    .bind(bytes(&check.submission))
    .bind(i64::from(check.of_replacement))
    .bind(i64::from(check.refused))
    .bind(slugs(check.surplus.iter().copied()));
    run_or(db, sql, failed_or_duplicate("a running check of this link")).await?;
    Ok(())
}

pub(crate) async fn count_refused(db: &mut SqliteConnection, id: CheckId) -> Result<()> {
    // Counted even when the check was ended meanwhile, by another process: it was refused all the same.
    run(db, query("UPDATE check_run SET refused = refused + 1 WHERE id = $1").bind(id.to_string())).await?;
    Ok(())
}

pub(crate) async fn put_surplus(
    db: &mut SqliteConnection,
    id: CheckId,
    surplus: &[Permission],
) -> Result<()> {
    let sql = query("UPDATE check_run SET surplus = $2 WHERE id = $1");
    run(db, sql.bind(id.to_string()).bind(slugs(surplus.iter().copied()))).await?;
    Ok(())
}

pub(crate) async fn finish(db: &mut SqliteConnection, id: CheckId, check: &CheckRun) -> Result<bool> {
    let report = check.report.as_ref();
    let (outcome, problem) = outcome_names(report);
    let sql = query(
        "UPDATE check_run SET finished_at = $2, outcome = $3, problem = $4, connection = $5, reached_ms = $6, \
         accepted_ms = $7, account = $8 WHERE id = $1 AND finished_at IS NULL",
    )
    .bind(id.to_string())
    .bind(check.finished_at.map(Timestamp::as_millis))
    .bind(outcome)
    .bind(problem)
    .bind(report.map(|report| connection_name(report.connection)))
    .bind(report.and_then(|report| report.reached_ms))
    .bind(report.and_then(|report| report.accepted_ms))
    .bind(check.account.as_ref().map(bytes));
    if run(db, sql).await? == 0 {
        return Ok(false);
    }
    for (position, row) in (0_i64..).zip(report.map_or(&[][..], |report| &report.rows)) {
        let sql = query(
            "INSERT INTO check_row (check_id, position, permission, result, problem, took_ms) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(id.to_string())
        .bind(position)
        .bind(row.permission.slug())
        .bind(row.result.as_str())
        .bind(row.problem.map(ProblemCode::as_str))
        .bind(row.took_ms);
        run(db, sql).await?;
    }
    Ok(true)
}

pub(crate) async fn day_results(
    db: &mut SqliteConnection,
    link: LinkId,
    since: Timestamp,
) -> Result<Vec<DayResult>> {
    // What is to replace the values in use says nothing of how the link itself did.
    let sql = query(
        "SELECT min(check_id) AS check_id, max(started_at) AS started_at, permission, result FROM check_row \
         JOIN check_run ON check_run.id = check_row.check_id \
         WHERE link_id = $1 AND started_at >= $2 AND finished_at IS NOT NULL AND of_replacement = 0 \
         GROUP BY started_at / 86400000, permission, result ORDER BY max(started_at), min(position)",
    );
    all(db, sql.bind(link.to_string()).bind(since.as_millis()), |row| {
        let row = Row::new("check_row", "check_id", row);
        Ok(DayResult {
            at: row.time("started_at")?,
            permission: row.parsed("permission")?,
            result: row.read("result", PermissionResult::from_name)?,
        })
    })
    .await
}

/// The first check, read with its rows; `None` when there is none.
async fn one(db: &mut SqliteConnection, sql: Bound<'_>) -> Result<Option<CheckRun>> {
    match sql.fetch_optional(&mut *db).await.map_err(failed)? {
        Some(row) => read(db, &row).await.map(Some),
        None => Ok(None),
    }
}

async fn read(db: &mut SqliteConnection, raw: &SqliteRow) -> Result<CheckRun> {
    let row = Row::new("check_run", "id", raw);
    let id: CheckId = row.parsed("id")?;
    let report = match outcome(&row)? {
        Some(outcome) => Some(CheckReport {
            outcome,
            connection: row.read("connection", connection)?,
            reached_ms: row.optional_count("reached_ms")?,
            accepted_ms: row.optional_count("accepted_ms")?,
            rows: rows(db, id).await?,
        }),
        None => None,
    };
    Ok(CheckRun {
        id,
        link: row.parsed("link_id")?,
        host: row.read("host", host)?,
        started_at: row.time("started_at")?,
        finished_at: row.optional_time("finished_at")?,
        report,
        submission: row.fingerprint("submission")?,
        account: row.optional_fingerprint("account")?,
        of_replacement: row.flag("of_replacement")?,
        refused: row.count("refused")?,
        surplus: row.read("surplus", surplus)?,
    })
}

/// What is stored of how it ended: the outcome and, where it failed, the problem.
pub(crate) fn outcome_names(report: Option<&CheckReport>) -> (Option<&'static str>, Option<&'static str>) {
    match report.map(|report| report.outcome) {
        Some(CheckOutcome::Linked) => (Some("linked"), None),
        Some(CheckOutcome::LinkedWithGaps) => (Some("linked_with_gaps"), None),
        Some(CheckOutcome::Failed(code)) => (Some("failed"), Some(code.as_str())),
        None => (None, None),
    }
}

/// What the check found in all; `None` while it runs, or when it was cut short.
pub(crate) fn outcome(row: &Row<'_>) -> Result<Option<CheckOutcome>> {
    let problem: Option<ProblemCode> = row.optional_parsed("problem")?;
    let Some(outcome) = row.optional_text("outcome")? else { return Ok(None) };
    outcome_named(&outcome, problem).map(Some).ok_or_else(|| row.corrupt("outcome"))
}

/// The same from the two names.
pub(crate) fn outcome_named(outcome: &str, problem: Option<ProblemCode>) -> Option<CheckOutcome> {
    match (outcome, problem) {
        ("linked", None) => Some(CheckOutcome::Linked),
        ("linked_with_gaps", None) => Some(CheckOutcome::LinkedWithGaps),
        ("failed", Some(code)) => Some(CheckOutcome::Failed(code)),
        _ => None,
    }
}

async fn rows(db: &mut SqliteConnection, id: CheckId) -> Result<Vec<RowResult>> {
    let sql = query("SELECT * FROM check_row WHERE check_id = $1 ORDER BY position").bind(id.to_string());
    all(db, sql, |row| {
        let row = Row::new("check_row", "check_id", row);
        Ok(RowResult {
            permission: row.parsed("permission")?,
            result: row.read("result", PermissionResult::from_name)?,
            problem: row.optional_parsed("problem")?,
            took_ms: row.optional_count("took_ms")?,
        })
    })
    .await
}

fn surplus(text: &str) -> Option<Vec<Permission>> {
    if text.is_empty() { Some(Vec::new()) } else { permissions(text) }
}

pub(crate) const fn connection_name(step: ConnectionStep) -> &'static str {
    match step {
        ConnectionStep::NotReached => "not_reached",
        ConnectionStep::Reached => "reached",
        ConnectionStep::Accepted => "accepted",
    }
}

fn connection(text: &str) -> Option<ConnectionStep> {
    [ConnectionStep::NotReached, ConnectionStep::Reached, ConnectionStep::Accepted]
        .into_iter()
        .find(|step| connection_name(*step) == text)
}
