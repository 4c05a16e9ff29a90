//! SQL of tables `webhook_delivery` and `webhook_attempt`.

use domain::{DeliveryState, EndpointId, MessageId, Timestamp};
use sqlx::sqlite::SqliteRow;
use sqlx::{SqliteConnection, query};
use storage::{
    Delivered, DeliveryCounts, DueDelivery, Result, StorageError, WebhookAttempt, WebhookDelivery,
};

use crate::query::{all, count, one, run};
use crate::row::Row;

/// One text for all: handing over a row at a time would cost more than the sending. No part of it holds the separators: in
/// JSON, control characters are escaped.
pub(crate) async fn due(
    db: &mut SqliteConnection,
    endpoint: EndpointId,
    now: Timestamp,
    after: Option<&DueDelivery>,
    limit: u32,
) -> Result<Vec<DueDelivery>> {
    let sql = query(
        "SELECT '' AS id, group_concat(id || char(31) || sequence || char(31) || attempts || char(31) || next_at \
             || char(31) || give_up_at || char(31) || body, char(30)) AS due FROM \
             (SELECT id, sequence, body, attempts, next_at, give_up_at FROM webhook_delivery \
             WHERE endpoint_id = $1 AND state = 'waiting' AND next_at <= $2 AND (next_at, sequence) > ($4, $5) \
             ORDER BY next_at, sequence LIMIT $3)",
    );
    // Every time and number come after these.
    let (at, number) = after.map_or((i64::MIN, 0), |after| (after.next_at.as_millis(), after.sequence));
    let sql = sql
        .bind(endpoint.to_string())
        .bind(now.as_millis())
        .bind(i64::from(limit))
        .bind(at)
        .bind(i64::try_from(number).unwrap_or(i64::MAX));
    let found = one(db, sql, |row| Row::new("webhook_delivery", "id", row).optional_text("due")).await?;
    let found = found.flatten().unwrap_or_default();
    let corrupt = || {
        let row = endpoint.to_string();
        StorageError::CorruptRow { table: "webhook_delivery", column: "body", row }
    };
    let mut due = found
        .split_terminator(BETWEEN_ROWS)
        .map(|row| read_due(row).ok_or_else(corrupt))
        .collect::<Result<Vec<_>>>()?;
    // An aggregate promises no order.
    due.sort_unstable_by_key(|delivery| (delivery.next_at, delivery.sequence));
    Ok(due)
}

const BETWEEN_ROWS: char = '\x1e';
const BETWEEN_COLUMNS: char = '\x1f';

fn read_due(row: &str) -> Option<DueDelivery> {
    let mut columns = row.split(BETWEEN_COLUMNS);
    let due = DueDelivery {
        id: columns.next()?.parse().ok()?,
        sequence: columns.next()?.parse().ok()?,
        attempts: columns.next()?.parse().ok()?,
        next_at: Timestamp::from_millis(columns.next()?.parse().ok()?),
        give_up_at: Timestamp::from_millis(columns.next()?.parse().ok()?),
        body: columns.next()?.to_owned(),
    };
    columns.next().is_none().then_some(due)
}

pub(crate) async fn page(
    db: &mut SqliteConnection,
    endpoint: EndpointId,
    state: Option<DeliveryState>,
    below: Option<u64>,
    limit: u32,
) -> Result<Vec<WebhookDelivery>> {
    let sql = query(match state {
        None => {
            "SELECT * FROM webhook_delivery WHERE endpoint_id = $1 AND sequence < $2 ORDER BY sequence DESC LIMIT $3"
        }
        Some(DeliveryState::Failed) => {
            "SELECT * FROM webhook_delivery WHERE endpoint_id = $1 AND sequence < $2 AND state = 'failed' \
             ORDER BY sequence DESC LIMIT $3"
        }
        Some(DeliveryState::Waiting) => {
            "SELECT * FROM webhook_delivery WHERE endpoint_id = $1 AND sequence < $2 AND state = 'waiting' \
             ORDER BY sequence DESC LIMIT $3"
        }
        Some(DeliveryState::Delivered) => {
            "SELECT * FROM webhook_delivery WHERE endpoint_id = $1 AND sequence < $2 AND state = 'delivered' \
             ORDER BY sequence DESC LIMIT $3"
        }
    });
    let below = below.map_or(i64::MAX, |below| i64::try_from(below).unwrap_or(i64::MAX));
    all(db, sql.bind(endpoint.to_string()).bind(below).bind(i64::from(limit)), read).await
}

pub(crate) async fn lookup(db: &mut SqliteConnection, id: MessageId) -> Result<Option<WebhookDelivery>> {
    one(db, query("SELECT * FROM webhook_delivery WHERE id = $1").bind(id.to_string()), read).await
}

pub(crate) async fn attempts(db: &mut SqliteConnection, id: MessageId) -> Result<Vec<WebhookAttempt>> {
    let sql = query("SELECT * FROM webhook_attempt WHERE delivery_id = $1 ORDER BY number");
    all(db, sql.bind(id.to_string()), |row| {
        let row = Row::new("webhook_attempt", "delivery_id", row);
        Ok(WebhookAttempt {
            number: row.count("number")?,
            at: row.time("at")?,
            status: status(&row, "status")?,
            problem: row.parsed("problem")?,
            took_ms: row.count("took_ms")?,
        })
    })
    .await
}

pub(crate) async fn counts(db: &mut SqliteConnection, endpoint: EndpointId) -> Result<DeliveryCounts> {
    let waiting = "SELECT count(*) FROM webhook_delivery WHERE endpoint_id = $1 AND state = 'waiting'";
    let failed = "SELECT count(*) FROM webhook_delivery WHERE endpoint_id = $1 AND state = 'failed'";
    Ok(DeliveryCounts {
        waiting: count(db, query(waiting).bind(endpoint.to_string())).await?,
        failed: count(db, query(failed).bind(endpoint.to_string())).await?,
    })
}

pub(crate) async fn insert(db: &mut SqliteConnection, new: &WebhookDelivery) -> Result<()> {
    let sql = query(
        "INSERT INTO webhook_delivery (id, endpoint_id, sequence, event, link_id, body, state, created_at, next_at, \
             give_up_at, ended_at, attempts, last_status, problem, took_ms) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    )
    .bind(new.id.to_string())
    .bind(new.endpoint.to_string())
    .bind(i64::try_from(new.sequence).unwrap_or(i64::MAX))
    .bind(new.event.as_str())
    .bind(new.link.map(|link| link.to_string()))
    .bind(&new.body)
    .bind(new.state.as_str())
    .bind(new.created_at.as_millis())
    .bind(new.next_at.as_millis())
    .bind(new.give_up_at.as_millis())
    .bind(new.ended_at.map(Timestamp::as_millis))
    .bind(i64::from(new.attempts))
    .bind(new.last_status.map(i64::from))
    .bind(new.last_problem.map(|problem| problem.as_str()))
    .bind(new.took_ms.map(i64::from));
    run(db, sql).await?;
    Ok(())
}

/// One statement for all: a row at a time would cost more than the sending.
pub(crate) const RECORD_DELIVERED: &str = "UPDATE webhook_delivery SET state = 'delivered', attempts = attempts + 1, \
         problem = NULL, ended_at = done.at, last_status = done.status, took_ms = done.took_ms \
     FROM (SELECT value ->> 0 AS id, value ->> 1 AS at, value ->> 2 AS status, value ->> 3 AS took_ms \
         FROM json_each($1)) AS done \
     WHERE webhook_delivery.id = done.id AND state = 'waiting'";

pub(crate) async fn record_delivered(db: &mut SqliteConnection, delivered: &[Delivered]) -> Result<()> {
    let rows: Vec<String> = delivered
        .iter()
        .map(|one| format!(r#"["{}",{},{},{}]"#, one.id, one.at.as_millis(), one.status, one.took_ms))
        .collect();
    run(db, query(RECORD_DELIVERED).bind(format!("[{}]", rows.join(",")))).await?;
    Ok(())
}

pub(crate) async fn record_failed(
    db: &mut SqliteConnection,
    id: MessageId,
    attempt: &WebhookAttempt,
    next_at: Option<Timestamp>,
) -> Result<bool> {
    let sql = query(
        "UPDATE webhook_delivery SET attempts = $2, last_status = $3, problem = $4, took_ms = $5, \
             next_at = coalesce($6, next_at), ended_at = $7, \
             state = CASE WHEN $7 IS NULL THEN 'waiting' ELSE 'failed' END \
         WHERE id = $1 AND state = 'waiting'",
    )
    .bind(id.to_string())
    .bind(i64::from(attempt.number))
    .bind(attempt.status.map(i64::from))
    .bind(attempt.problem.as_str())
    .bind(i64::from(attempt.took_ms))
    .bind(next_at.map(Timestamp::as_millis))
    .bind(next_at.is_none().then_some(attempt.at.as_millis()));
    if run(db, sql).await? == 0 {
        return Ok(false);
    }
    let sql = query(
        "INSERT INTO webhook_attempt (delivery_id, number, at, status, problem, took_ms) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id.to_string())
    .bind(i64::from(attempt.number))
    .bind(attempt.at.as_millis())
    .bind(attempt.status.map(i64::from))
    .bind(attempt.problem.as_str())
    .bind(i64::from(attempt.took_ms));
    run(db, sql).await?;
    Ok(true)
}

pub(crate) async fn give_up(db: &mut SqliteConnection, endpoint: EndpointId, now: Timestamp) -> Result<u64> {
    let sql = query(
        "UPDATE webhook_delivery SET state = 'failed', ended_at = $2 \
         WHERE endpoint_id = $1 AND state = 'waiting' AND give_up_at <= $2",
    );
    run(db, sql.bind(endpoint.to_string()).bind(now.as_millis())).await
}

pub(crate) async fn hasten(
    db: &mut SqliteConnection,
    endpoint: EndpointId,
    now: Timestamp,
    give_up_at: Timestamp,
) -> Result<()> {
    let sql = query(
        "UPDATE webhook_delivery SET next_at = $2, give_up_at = max(give_up_at, $3) \
         WHERE endpoint_id = $1 AND state = 'waiting'",
    );
    run(db, sql.bind(endpoint.to_string()).bind(now.as_millis()).bind(give_up_at.as_millis())).await?;
    Ok(())
}

pub(crate) async fn replay(
    db: &mut SqliteConnection,
    id: MessageId,
    now: Timestamp,
    give_up_at: Timestamp,
) -> Result<bool> {
    let sql = query(
        "UPDATE webhook_delivery SET state = 'waiting', ended_at = NULL, next_at = $2, give_up_at = $3 \
         WHERE id = $1 AND state <> 'waiting'",
    );
    Ok(run(db, sql.bind(id.to_string()).bind(now.as_millis()).bind(give_up_at.as_millis())).await? > 0)
}

pub(crate) async fn replay_failed(
    db: &mut SqliteConnection,
    endpoint: EndpointId,
    now: Timestamp,
    give_up_at: Timestamp,
) -> Result<u64> {
    let sql = query(
        "UPDATE webhook_delivery SET state = 'waiting', ended_at = NULL, next_at = $2, give_up_at = $3 \
         WHERE endpoint_id = $1 AND state = 'failed'",
    );
    run(db, sql.bind(endpoint.to_string()).bind(now.as_millis()).bind(give_up_at.as_millis())).await
}

pub(crate) async fn next(db: &mut SqliteConnection, endpoint: EndpointId) -> Result<Option<Timestamp>> {
    let sql = query(
        "SELECT id, next_at FROM webhook_delivery WHERE endpoint_id = $1 AND state = 'waiting' \
         ORDER BY next_at LIMIT 1",
    );
    one(db, sql.bind(endpoint.to_string()), |row| Row::new("webhook_delivery", "id", row).time("next_at"))
        .await
}

pub(crate) async fn delete_old(
    db: &mut SqliteConnection,
    delivered: Timestamp,
    others: Timestamp,
    limit: u32,
) -> Result<u64> {
    let sql = query(
        "DELETE FROM webhook_delivery WHERE id IN ( \
             SELECT id FROM (SELECT id FROM webhook_delivery WHERE state = 'delivered' AND ended_at < $1 LIMIT $3) AS a \
             UNION SELECT id FROM (SELECT id FROM webhook_delivery WHERE state <> 'delivered' AND created_at < $2 LIMIT $3) AS b \
             UNION SELECT id FROM (SELECT id FROM webhook_delivery WHERE endpoint_id IN \
                 (SELECT id FROM webhook_endpoint WHERE removed_at IS NOT NULL) LIMIT $3) AS c LIMIT $3)",
    );
    let sql = sql.bind(delivered.as_millis()).bind(others.as_millis()).bind(i64::from(limit));
    let deleted = run(db, sql).await?;
    let sql = query(
        "DELETE FROM webhook_endpoint WHERE removed_at IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM webhook_delivery WHERE endpoint_id = webhook_endpoint.id)",
    );
    run(db, sql).await?;
    Ok(deleted)
}

fn read(row: &SqliteRow) -> Result<WebhookDelivery> {
    let row = Row::new("webhook_delivery", "id", row);
    Ok(WebhookDelivery {
        id: row.parsed("id")?,
        endpoint: row.parsed("endpoint_id")?,
        sequence: row.number("sequence")?,
        event: row.parsed("event")?,
        link: row.optional_parsed("link_id")?,
        body: row.text("body")?,
        state: row.parsed("state")?,
        created_at: row.time("created_at")?,
        next_at: row.time("next_at")?,
        give_up_at: row.time("give_up_at")?,
        ended_at: row.optional_time("ended_at")?,
        attempts: row.count("attempts")?,
        last_status: status(&row, "last_status")?,
        last_problem: row.optional_parsed("problem")?,
        took_ms: row.optional_count("took_ms")?,
    })
}

fn status(row: &Row<'_>, column: &'static str) -> Result<Option<u16>> {
    let status = row.optional_count(column)?;
    status.map(|status| u16::try_from(status).map_err(|_| row.corrupt(column))).transpose()
}
