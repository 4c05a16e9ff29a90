//! SQL of table `invite`.

use domain::{InviteId, LinkId, Timestamp};
use sqlx::postgres::PgRow;
use sqlx::{PgConnection, query};
use storage::{Invite, Result, TokenHash};

use crate::error::failed_or_duplicate;
use crate::hand_over;
use crate::query::{all, one, run, run_or};
use crate::row::Row;

pub(crate) async fn by_token(db: &mut PgConnection, token: &TokenHash) -> Result<Option<Invite>> {
    one(db, query("SELECT * FROM invite WHERE token_hash = $1").bind(token.0.as_slice()), read).await
}

pub(crate) async fn of_link(db: &mut PgConnection, link: LinkId) -> Result<Vec<Invite>> {
    let sql = query("SELECT * FROM invite WHERE link_id = $1 ORDER BY created_at DESC, id DESC");
    all(db, sql.bind(link.to_string()), read).await
}

pub(crate) async fn insert(db: &mut PgConnection, invite: &Invite) -> Result<()> {
    let sql = query(
        "INSERT INTO invite (id, link_id, token_hash, created_at, expires_at, started_at, revoked_at, completed_at, \
         renews) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(invite.id.to_string())
    .bind(invite.link.to_string())
    .bind(invite.token.0.as_slice())
    .bind(invite.created_at.as_millis())
    .bind(invite.expires_at.as_millis())
    .bind(invite.started_at.map(Timestamp::as_millis))
    .bind(invite.revoked_at.map(Timestamp::as_millis))
    .bind(invite.completed_at.map(Timestamp::as_millis))
    .bind(invite.renews.map(|renewed| renewed.to_string()));
    run_or(db, sql, failed_or_duplicate("an invite with this id or token")).await?;
    Ok(())
}

pub(crate) async fn mark_started(db: &mut PgConnection, id: InviteId, at: Timestamp) -> Result<()> {
    let sql = query("UPDATE invite SET started_at = $2 WHERE id = $1 AND started_at IS NULL");
    run(db, sql.bind(id.to_string()).bind(at.as_millis())).await?;
    Ok(())
}

pub(crate) async fn complete(db: &mut PgConnection, link: LinkId, at: Timestamp) -> Result<()> {
    let sql = query(
        "UPDATE invite SET completed_at = $2 WHERE link_id = $1 AND completed_at IS NULL AND revoked_at IS NULL",
    );
    run(db, sql.bind(link.to_string()).bind(at.as_millis())).await?;
    Ok(())
}

pub(crate) async fn revoke(db: &mut PgConnection, id: InviteId, at: Timestamp) -> Result<bool> {
    let sql = query("UPDATE invite SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL");
    let changed = run(db, sql.bind(id.to_string()).bind(at.as_millis())).await?;
    hand_over::end_of_invite(db, id, at).await?;
    run(db, query("DELETE FROM flow_session WHERE invite_id = $1").bind(id.to_string())).await?;
    Ok(changed > 0)
}

fn read(row: &PgRow) -> Result<Invite> {
    let row = Row::new("invite", "id", row);
    Ok(Invite {
        id: row.parsed("id")?,
        link: row.parsed("link_id")?,
        token: row.token_hash("token_hash")?,
        created_at: row.time("created_at")?,
        expires_at: row.time("expires_at")?,
        started_at: row.optional_time("started_at")?,
        revoked_at: row.optional_time("revoked_at")?,
        completed_at: row.optional_time("completed_at")?,
        renews: row.optional_parsed("renews")?,
    })
}
