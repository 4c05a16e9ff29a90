//! SQL of tables `check_run` and `check_row`.

use domain::{
    CheckId, CheckOutcome, CheckReport, ConnectionStep, LinkId, PermissionResult, ProblemCode, RowResult,
    Timestamp, WebServicesHost,
};
use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;
use storage::{CheckRun, Result};

use crate::error::{failed, failed_or_duplicate};
use crate::row::Row;

pub(crate) async fn last(db: &mut SqliteConnection, link: LinkId) -> Result<Option<CheckRun>> {
    let row =
        sqlx::query("SELECT * FROM check_run WHERE link_id = $1 ORDER BY started_at DESC, id DESC LIMIT 1")
            .bind(link.to_string())
            .fetch_optional(&mut *db)
            .await
            .map_err(failed)?;
    match row {
        Some(row) => read(db, &row).await.map(Some),
        None => Ok(None),
    }
}

pub(crate) async fn last_accepted(db: &mut SqliteConnection, link: LinkId) -> Result<Option<CheckRun>> {
    let row = sqlx::query(
        "SELECT * FROM check_run WHERE link_id = $1 AND connection = 'accepted' \
         ORDER BY started_at DESC, id DESC LIMIT 1",
    )
    .bind(link.to_string())
    .fetch_optional(&mut *db)
    .await
    .map_err(failed)?;
    match row {
        Some(row) => read(db, &row).await.map(Some),
        None => Ok(None),
    }
}

pub(crate) async fn was_rejected(
    db: &mut SqliteConnection,
    link: LinkId,
    host: &WebServicesHost,
    since: Timestamp,
) -> Result<bool> {
    let row = sqlx::query(
        "SELECT id FROM check_run WHERE link_id = $1 AND host = $2 AND started_at >= $3 AND problem = $4 LIMIT 1",
    )
    .bind(link.to_string())
    .bind(host.as_str())
    .bind(since.as_millis())
    .bind(ProblemCode::CredentialsRejected.as_str())
    .fetch_optional(db)
    .await
    .map_err(failed)?;
    Ok(row.is_some())
}

pub(crate) async fn running_of(db: &mut SqliteConnection, link: LinkId) -> Result<Option<CheckRun>> {
    let row = sqlx::query("SELECT * FROM check_run WHERE link_id = $1 AND finished_at IS NULL")
        .bind(link.to_string())
        .fetch_optional(&mut *db)
        .await
        .map_err(failed)?;
    match row {
        Some(row) => read(db, &row).await.map(Some),
        None => Ok(None),
    }
}

pub(crate) async fn running(db: &mut SqliteConnection) -> Result<Vec<CheckRun>> {
    let rows = sqlx::query("SELECT * FROM check_run WHERE finished_at IS NULL ORDER BY started_at, id")
        .fetch_all(&mut *db)
        .await
        .map_err(failed)?;
    let mut runs = Vec::with_capacity(rows.len());
    for row in &rows {
        runs.push(read(db, row).await?);
    }
    Ok(runs)
}

pub(crate) async fn insert(db: &mut SqliteConnection, check: &CheckRun) -> Result<()> {
    sqlx::query("INSERT INTO check_run (id, link_id, host, started_at) VALUES ($1, $2, $3, $4)")
        .bind(check.id.to_string())
        .bind(check.link.to_string())
        .bind(check.host.as_str())
        .bind(check.started_at.as_millis())
        .execute(db)
        .await
        .map_err(failed_or_duplicate("a running check of this link"))?;
    Ok(())
}

pub(crate) async fn finish(db: &mut SqliteConnection, id: CheckId, check: &CheckRun) -> Result<bool> {
    let report = check.report.as_ref();
    let (outcome, problem) = match report.map(|report| report.outcome) {
        Some(CheckOutcome::Linked) => (Some("linked"), None),
        Some(CheckOutcome::LinkedWithGaps) => (Some("linked_with_gaps"), None),
        Some(CheckOutcome::Failed(code)) => (Some("failed"), Some(code.as_str())),
        None => (None, None),
    };
    let changed = sqlx::query(
        "UPDATE check_run SET finished_at = $2, outcome = $3, problem = $4, connection = $5, reached_ms = $6, \
         accepted_ms = $7 WHERE id = $1 AND finished_at IS NULL",
    )
    .bind(id.to_string())
    .bind(check.finished_at.map(Timestamp::as_millis))
    .bind(outcome)
    .bind(problem)
    .bind(report.map(|report| connection_name(report.connection)))
    .bind(report.and_then(|report| report.reached_ms))
    .bind(report.and_then(|report| report.accepted_ms))
    .execute(&mut *db)
    .await
    .map_err(failed)?;
    if changed.rows_affected() == 0 {
        return Ok(false);
    }
    for (position, row) in (0_i64..).zip(report.map_or(&[][..], |report| &report.rows)) {
        sqlx::query(
            "INSERT INTO check_row (check_id, position, permission, result, problem) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(id.to_string())
        .bind(position)
        .bind(row.permission.slug())
        .bind(row.result.as_str())
        .bind(row.problem.map(ProblemCode::as_str))
        .execute(&mut *db)
        .await
        .map_err(failed)?;
    }
    Ok(true)
}

async fn read(db: &mut SqliteConnection, raw: &SqliteRow) -> Result<CheckRun> {
    let row = Row::new("check_run", "id", raw);
    let id: CheckId = row.parsed("id")?;
    let problem: Option<ProblemCode> = row.optional_parsed("problem")?;
    let outcome = match (row.optional_text("outcome")?.as_deref(), problem) {
        (None, _) => None,
        (Some("linked"), None) => Some(CheckOutcome::Linked),
        (Some("linked_with_gaps"), None) => Some(CheckOutcome::LinkedWithGaps),
        (Some("failed"), Some(code)) => Some(CheckOutcome::Failed(code)),
        (Some(_), _) => return Err(row.corrupt("outcome")),
    };
    let report = match outcome {
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
        host: row.read("host", |text| WebServicesHost::from_stored(text).ok())?,
        started_at: row.time("started_at")?,
        finished_at: row.optional_time("finished_at")?,
        report,
    })
}

async fn rows(db: &mut SqliteConnection, id: CheckId) -> Result<Vec<RowResult>> {
    let rows = sqlx::query("SELECT * FROM check_row WHERE check_id = $1 ORDER BY position")
        .bind(id.to_string())
        .fetch_all(db)
        .await
        .map_err(failed)?;
    rows.iter()
        .map(|row| {
            let row = Row::new("check_row", "check_id", row);
            Ok(RowResult {
                permission: row.parsed("permission")?,
                result: row.read("result", PermissionResult::from_name)?,
                problem: row.optional_parsed("problem")?,
            })
        })
        .collect()
}

const fn connection_name(step: ConnectionStep) -> &'static str {
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
