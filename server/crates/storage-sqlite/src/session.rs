//! SQL of tables `flow_session` and `staff_session`.

use domain::Timestamp;
use sqlx::SqliteConnection;
use storage::{FlowSession, Result, Staff, StaffSession, TokenHash};

use crate::error::{failed, failed_or_duplicate};
use crate::row::Row;
use crate::staff;

/// A staff session ends this long after it began at the latest, however it was used.
const STAFF_SESSION_KEPT_SECONDS: i64 = 12 * 3600;

pub(crate) async fn flow(db: &mut SqliteConnection, token: &TokenHash) -> Result<Option<FlowSession>> {
    let row = sqlx::query("SELECT * FROM flow_session WHERE token_hash = $1")
        .bind(token.0.as_slice())
        .fetch_optional(db)
        .await
        .map_err(failed)?;
    row.map(|row| {
        let row = Row::new("flow_session", "link_id", &row);
        Ok(FlowSession {
            token: row.token_hash("token_hash")?,
            link: row.parsed("link_id")?,
            invite: row.parsed("invite_id")?,
            created_at: row.time("created_at")?,
            expires_at: row.time("expires_at")?,
        })
    })
    .transpose()
}

pub(crate) async fn insert_flow(db: &mut SqliteConnection, session: &FlowSession) -> Result<()> {
    sqlx::query(
        "INSERT INTO flow_session (token_hash, link_id, invite_id, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(session.token.0.as_slice())
    .bind(session.link.to_string())
    .bind(session.invite.to_string())
    .bind(session.created_at.as_millis())
    .bind(session.expires_at.as_millis())
    .execute(db)
    .await
    .map_err(failed_or_duplicate("a session with this token"))?;
    Ok(())
}

pub(crate) async fn staff(
    db: &mut SqliteConnection,
    token: &TokenHash,
) -> Result<Option<(StaffSession, Staff)>> {
    let row = sqlx::query(
        "SELECT s.token_hash, s.staff_id, s.created_at AS session_created_at, s.last_used_at, a.* \
         FROM staff_session s JOIN staff a ON a.id = s.staff_id WHERE s.token_hash = $1",
    )
    .bind(token.0.as_slice())
    .fetch_optional(db)
    .await
    .map_err(failed)?;
    row.map(|raw| {
        let row = Row::new("staff_session", "staff_id", &raw);
        let session = StaffSession {
            token: row.token_hash("token_hash")?,
            staff: row.parsed("staff_id")?,
            created_at: row.time("session_created_at")?,
            last_used_at: row.time("last_used_at")?,
        };
        Ok((session, staff::read(&raw)?))
    })
    .transpose()
}

pub(crate) async fn insert_staff(db: &mut SqliteConnection, session: &StaffSession) -> Result<()> {
    sqlx::query(
        "INSERT INTO staff_session (token_hash, staff_id, created_at, last_used_at) VALUES ($1, $2, $3, $4)",
    )
    .bind(session.token.0.as_slice())
    .bind(session.staff.to_string())
    .bind(session.created_at.as_millis())
    .bind(session.last_used_at.as_millis())
    .execute(db)
    .await
    .map_err(failed_or_duplicate("a session with this token"))?;
    Ok(())
}

pub(crate) async fn touch_staff(db: &mut SqliteConnection, token: &TokenHash, at: Timestamp) -> Result<()> {
    sqlx::query("UPDATE staff_session SET last_used_at = $2 WHERE token_hash = $1")
        .bind(token.0.as_slice())
        .bind(at.as_millis())
        .execute(db)
        .await
        .map_err(failed)?;
    Ok(())
}

pub(crate) async fn delete_staff(db: &mut SqliteConnection, token: &TokenHash) -> Result<()> {
    sqlx::query("DELETE FROM staff_session WHERE token_hash = $1")
        .bind(token.0.as_slice())
        .execute(db)
        .await
        .map_err(failed)?;
    Ok(())
}

pub(crate) async fn delete_ended(db: &mut SqliteConnection, at: Timestamp) -> Result<()> {
    sqlx::query("DELETE FROM flow_session WHERE expires_at < $1")
        .bind(at.as_millis())
        .execute(&mut *db)
        .await
        .map_err(failed)?;
    sqlx::query("DELETE FROM staff_session WHERE created_at < $1")
        .bind(at.plus_seconds(-STAFF_SESSION_KEPT_SECONDS).as_millis())
        .execute(db)
        .await
        .map_err(failed)?;
    Ok(())
}
