//! SQL of table `flow_session`, and the clearing of whatever ended.

use domain::Timestamp;
use sqlx::{PgConnection, query};
use storage::{FlowSession, Result, TokenHash};

use crate::error::failed_or_duplicate;
use crate::query::{one, run, run_or};
use crate::row::Row;

/// A staff session ends this long after it began at the latest, however it was used.
const STAFF_SESSION_KEPT_SECONDS: i64 = 12 * 3600;
/// A browser that did not sign in for this long is a stranger again.
const DEVICE_KEPT_SECONDS: i64 = 180 * 86_400;

pub(crate) async fn flow(db: &mut PgConnection, token: &TokenHash) -> Result<Option<FlowSession>> {
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

pub(crate) async fn insert_flow(db: &mut PgConnection, session: &FlowSession) -> Result<()> {
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

/// Deletes whatever ended, of staff too.
pub(crate) async fn delete_ended(db: &mut PgConnection, at: Timestamp) -> Result<()> {
    let begun = at.plus_seconds(-STAFF_SESSION_KEPT_SECONDS);
    let forgotten = at.plus_seconds(-DEVICE_KEPT_SECONDS);
    for (sql, before) in [
        ("DELETE FROM flow_session WHERE expires_at < $1", at),
        ("DELETE FROM staff_session WHERE created_at < $1", begun),
        ("DELETE FROM staff_device WHERE last_used_at < $1", forgotten),
        ("DELETE FROM pending_sign_in WHERE expires_at < $1", at),
        ("DELETE FROM staff_invite WHERE expires_at < $1", at),
    ] {
        run(db, query(sql).bind(before.as_millis())).await?;
    }
    Ok(())
}
