//! SQL of table `webhook_endpoint`.

use domain::{EndpointId, Timestamp};
use sqlx::postgres::PgRow;
use sqlx::{PgConnection, query};
use storage::{Result, WebhookEndpoint, WebhookSeed};

use crate::query::{all, one, run};
use crate::row::Row;

pub(crate) async fn list(db: &mut PgConnection) -> Result<Vec<WebhookEndpoint>> {
    all(db, query("SELECT * FROM webhook_endpoint WHERE removed_at IS NULL ORDER BY id"), read).await
}

pub(crate) async fn lookup(db: &mut PgConnection, id: EndpointId) -> Result<Option<WebhookEndpoint>> {
    let sql = query("SELECT * FROM webhook_endpoint WHERE id = $1 AND removed_at IS NULL");
    one(db, sql.bind(id.to_string()), read).await
}

pub(crate) async fn insert(db: &mut PgConnection, endpoint: &WebhookEndpoint) -> Result<()> {
    let sql = query(
        "INSERT INTO webhook_endpoint (url, events, state, seed, old_seed, old_until, failures, failing_since, \
             quiet_until, changed_at, id, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    );
    run(db, changeable(sql, endpoint).bind(endpoint.created_at.as_millis())).await?;
    Ok(())
}

pub(crate) async fn update(db: &mut PgConnection, endpoint: &WebhookEndpoint) -> Result<bool> {
    let sql = query(
        "UPDATE webhook_endpoint SET url = $1, events = $2, state = $3, seed = $4, old_seed = $5, old_until = $6, \
             failures = $7, failing_since = $8, quiet_until = $9, changed_at = $10 \
         WHERE id = $11 AND removed_at IS NULL",
    );
    Ok(run(db, changeable(sql, endpoint)).await? > 0)
}

pub(crate) async fn remove(db: &mut PgConnection, id: EndpointId, at: Timestamp) -> Result<bool> {
    let sql = query("UPDATE webhook_endpoint SET removed_at = $2 WHERE id = $1 AND removed_at IS NULL");
    Ok(run(db, sql.bind(id.to_string()).bind(at.as_millis())).await? > 0)
}

pub(crate) async fn next_sequence(db: &mut PgConnection, id: EndpointId) -> Result<Option<u64>> {
    let sql = query(
        "UPDATE webhook_endpoint SET sequence = sequence + 1 WHERE id = $1 AND removed_at IS NULL RETURNING *",
    );
    one(db, sql.bind(id.to_string()), |row| Row::new("webhook_endpoint", "id", row).number("sequence")).await
}

/// Binds what of an endpoint can change, and its id.
fn changeable<'q>(sql: crate::query::Bound<'q>, endpoint: &WebhookEndpoint) -> crate::query::Bound<'q> {
    sql.bind(endpoint.url.as_str().to_owned())
        .bind(endpoint.events.to_string())
        .bind(endpoint.state.as_str())
        .bind(endpoint.seed.0.to_vec())
        .bind(endpoint.old_seed.map(|(seed, _)| seed.0.to_vec()))
        .bind(endpoint.old_seed.map(|(_, until)| until.as_millis()))
        .bind(i64::from(endpoint.failures))
        .bind(endpoint.failing_since.map(Timestamp::as_millis))
        .bind(endpoint.quiet_until.map(Timestamp::as_millis))
        .bind(endpoint.changed_at.as_millis())
        .bind(endpoint.id.to_string())
}

fn read(row: &PgRow) -> Result<WebhookEndpoint> {
    let row = Row::new("webhook_endpoint", "id", row);
    let old_seed = row.optional_hash("old_seed")?.map(WebhookSeed);
    Ok(WebhookEndpoint {
        id: row.parsed("id")?,
        url: row.read("url", |text| domain::WebhookUrl::parse(text).ok())?,
        events: row.parsed("events")?,
        state: row.parsed("state")?,
        seed: WebhookSeed(row.hash("seed")?),
        old_seed: old_seed.zip(row.optional_time("old_until")?),
        failures: row.count("failures")?,
        failing_since: row.optional_time("failing_since")?,
        quiet_until: row.optional_time("quiet_until")?,
        created_at: row.time("created_at")?,
        changed_at: row.time("changed_at")?,
    })
}
