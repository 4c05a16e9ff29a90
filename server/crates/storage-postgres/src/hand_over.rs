//! SQL of table `hand_over`.

use domain::{HandOverId, InviteId, LinkId, Step, Timestamp};
use sqlx::postgres::PgRow;
use sqlx::{PgConnection, query};
use storage::{HandOver, Result, TokenHash};

use crate::error::failed_or_duplicate;
use crate::query::{all, one, run, run_or};
use crate::row::Row;

pub(crate) async fn by_token(db: &mut PgConnection, token: &TokenHash) -> Result<Option<HandOver>> {
    let sql = query("SELECT * FROM hand_over WHERE token_hash = $1").bind(token.0.as_slice());
    one(db, sql, read).await
}

pub(crate) async fn lookup(db: &mut PgConnection, id: HandOverId) -> Result<Option<HandOver>> {
    one(db, query("SELECT * FROM hand_over WHERE id = $1").bind(id.to_string()), read).await
}

pub(crate) async fn open_of(db: &mut PgConnection, link: LinkId) -> Result<Vec<HandOver>> {
    let sql = query(
        "SELECT * FROM hand_over WHERE link_id = $1 AND ended_at IS NULL ORDER BY created_at DESC, id DESC",
    );
    all(db, sql.bind(link.to_string()), read).await
}

pub(crate) async fn insert(db: &mut PgConnection, hand_over: &HandOver) -> Result<()> {
    let sql = query(
        "INSERT INTO hand_over (id, link_id, invite_id, step, token_hash, created_at, expires_at, started_at, \
         ended_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(hand_over.id.to_string())
    .bind(hand_over.link.to_string())
    .bind(hand_over.invite.to_string())
    .bind(hand_over.step.as_str())
    .bind(hand_over.token.0.as_slice())
    .bind(hand_over.created_at.as_millis())
    .bind(hand_over.expires_at.as_millis())
    .bind(hand_over.started_at.map(Timestamp::as_millis))
    .bind(hand_over.ended_at.map(Timestamp::as_millis));
    run_or(db, sql, failed_or_duplicate("a hand-over with this id or token")).await?;
    Ok(())
}

pub(crate) async fn start(db: &mut PgConnection, id: HandOverId, at: Timestamp) -> Result<bool> {
    // One that was ended in the meantime lets nobody in either.
    let sql = query(
        "UPDATE hand_over SET started_at = $2 WHERE id = $1 AND started_at IS NULL AND ended_at IS NULL",
    );
    Ok(run(db, sql.bind(id.to_string()).bind(at.as_millis())).await? > 0)
}

pub(crate) async fn end(db: &mut PgConnection, link: LinkId, step: Step, at: Timestamp) -> Result<u64> {
    let sql = query(
        "DELETE FROM flow_session WHERE hand_over_id IN \
         (SELECT id FROM hand_over WHERE link_id = $1 AND step = $2)",
    );
    run(db, sql.bind(link.to_string()).bind(step.as_str())).await?;
    let sql =
        query("UPDATE hand_over SET ended_at = $3 WHERE link_id = $1 AND step = $2 AND ended_at IS NULL");
    run(db, sql.bind(link.to_string()).bind(step.as_str()).bind(at.as_millis())).await
}

/// Ends what the holder of this invite handed over.
pub(crate) async fn end_of_invite(db: &mut PgConnection, invite: InviteId, at: Timestamp) -> Result<()> {
    let sql = query(
        "DELETE FROM flow_session WHERE hand_over_id IN (SELECT id FROM hand_over WHERE invite_id = $1)",
    );
    run(db, sql.bind(invite.to_string())).await?;
    let sql = query("UPDATE hand_over SET ended_at = $2 WHERE invite_id = $1 AND ended_at IS NULL");
    run(db, sql.bind(invite.to_string()).bind(at.as_millis())).await?;
    Ok(())
}

fn read(row: &PgRow) -> Result<HandOver> {
    let row = Row::new("hand_over", "id", row);
    Ok(HandOver {
        id: row.parsed("id")?,
        link: row.parsed("link_id")?,
        invite: row.parsed("invite_id")?,
        step: row.parsed("step")?,
        token: row.token_hash("token_hash")?,
        created_at: row.time("created_at")?,
        expires_at: row.time("expires_at")?,
        started_at: row.optional_time("started_at")?,
        ended_at: row.optional_time("ended_at")?,
    })
}
