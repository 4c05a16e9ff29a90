//! SQL of tables `flow_session` and `staff_session`.

use domain::Timestamp;
use sqlx::{SqliteConnection, query};
use storage::{FlowSession, Result, Staff, StaffSession, TokenHash};

use crate::error::failed_or_duplicate;
use crate::query::{one, run, run_or};
use crate::row::Row;
use crate::staff;

/// A staff session ends this long after it began at the latest, however it was used.
const STAFF_SESSION_KEPT_SECONDS: i64 = 12 * 3600;

pub(crate) async fn flow(db: &mut SqliteConnection, token: &TokenHash) -> Result<Option<FlowSession>> {
    let sql = query("SELECT * FROM flow_session WHERE token_hash = $1").bind(token.0.as_slice());
    one(db, sql, |row| {
        let row = Row::new("flow_session", "link_id", row);
        Ok(FlowSession {
            token: row.token_hash("token_hash")?,
            link: row.parsed("link_id")?,
            invite: row.parsed("invite_id")?,
            created_at: row.time("created_at")?,
            expires_at: row.time("expires_at")?,
            hand_over: row.optional_parsed("hand_over_id")?,
        })
    })
    .await
}

pub(crate) async fn insert_flow(db: &mut SqliteConnection, session: &FlowSession) -> Result<()> {
    let sql = query(
        "INSERT INTO flow_session (token_hash, link_id, invite_id, created_at, expires_at, hand_over_id) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(session.token.0.as_slice())
    .bind(session.link.to_string())
    .bind(session.invite.to_string())
    .bind(session.created_at.as_millis())
    .bind(session.expires_at.as_millis())
    .bind(session.hand_over.map(|hand_over| hand_over.to_string()));
    run_or(db, sql, failed_or_duplicate("a session with this token")).await?;
    Ok(())
}

pub(crate) async fn staff(
    db: &mut SqliteConnection,
    token: &TokenHash,
) -> Result<Option<(StaffSession, Staff)>> {
    let sql = query(
        "SELECT s.token_hash, s.staff_id, s.created_at AS session_created_at, s.last_used_at, a.* \
         FROM staff_session s JOIN staff a ON a.id = s.staff_id WHERE s.token_hash = $1",
    );
    one(db, sql.bind(token.0.as_slice()), |raw| {
        let row = Row::new("staff_session", "staff_id", raw);
        let session = StaffSession {
            token: row.token_hash("token_hash")?,
            staff: row.parsed("staff_id")?,
            created_at: row.time("session_created_at")?,
            last_used_at: row.time("last_used_at")?,
        };
        Ok((session, staff::read(raw)?))
    })
    .await
}

pub(crate) async fn insert_staff(db: &mut SqliteConnection, session: &StaffSession) -> Result<()> {
    let sql = query(
        "INSERT INTO staff_session (token_hash, staff_id, created_at, last_used_at) VALUES ($1, $2, $3, $4)",
    )
    .bind(session.token.0.as_slice())
    .bind(session.staff.to_string())
    .bind(session.created_at.as_millis())
    .bind(session.last_used_at.as_millis());
    run_or(db, sql, failed_or_duplicate("a session with this token")).await?;
    Ok(())
}

pub(crate) async fn touch_staff(db: &mut SqliteConnection, token: &TokenHash, at: Timestamp) -> Result<()> {
    let sql = query("UPDATE staff_session SET last_used_at = $2 WHERE token_hash = $1");
    run(db, sql.bind(token.0.as_slice()).bind(at.as_millis())).await?;
    Ok(())
}

pub(crate) async fn delete_staff(db: &mut SqliteConnection, token: &TokenHash) -> Result<()> {
    run(db, query("DELETE FROM staff_session WHERE token_hash = $1").bind(token.0.as_slice())).await?;
    Ok(())
}

pub(crate) async fn delete_ended(db: &mut SqliteConnection, at: Timestamp) -> Result<()> {
    run(db, query("DELETE FROM flow_session WHERE expires_at < $1").bind(at.as_millis())).await?;
    let begun = at.plus_seconds(-STAFF_SESSION_KEPT_SECONDS);
    run(db, query("DELETE FROM staff_session WHERE created_at < $1").bind(begun.as_millis())).await?;
    Ok(())
}
