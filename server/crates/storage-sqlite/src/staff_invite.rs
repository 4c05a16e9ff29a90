//! SQL of table `staff_invite`.

use domain::{EmailAddress, StaffId, StaffInviteId};
use sqlx::sqlite::SqliteRow;
use sqlx::{SqliteConnection, query};
use storage::{Result, StaffInvite, TokenHash};

use crate::error::failed_or_duplicate;
use crate::query::{all, one, run, run_or};
use crate::row::Row;

pub(crate) async fn every(db: &mut SqliteConnection) -> Result<Vec<StaffInvite>> {
    all(db, query("SELECT * FROM staff_invite ORDER BY created_at DESC, id DESC"), read).await
}

pub(crate) async fn by_token(db: &mut SqliteConnection, token: &TokenHash) -> Result<Option<StaffInvite>> {
    let sql = query("SELECT * FROM staff_invite WHERE token_hash = $1").bind(token.0.as_slice());
    one(db, sql, read).await
}

pub(crate) async fn made_by(db: &mut SqliteConnection, staff: StaffId) -> Result<Vec<StaffInvite>> {
    let sql = query("SELECT * FROM staff_invite WHERE invited_by = $1 ORDER BY created_at, id");
    all(db, sql.bind(staff.to_string()), read).await
}

pub(crate) async fn put(db: &mut SqliteConnection, invite: &StaffInvite) -> Result<()> {
    run(db, query("DELETE FROM staff_invite WHERE email = $1").bind(invite.email.as_str())).await?;
    let sql = query(
        "INSERT INTO staff_invite (id, token_hash, email, role, invited_by, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(invite.id.to_string())
    .bind(invite.token.0.as_slice())
    .bind(invite.email.as_str())
    .bind(invite.role.as_str())
    .bind(invite.invited_by.to_string())
    .bind(invite.created_at.as_millis())
    .bind(invite.expires_at.as_millis());
    run_or(db, sql, failed_or_duplicate("an invite with this token")).await?;
    Ok(())
}

pub(crate) async fn delete(db: &mut SqliteConnection, id: StaffInviteId) -> Result<bool> {
    Ok(run(db, query("DELETE FROM staff_invite WHERE id = $1").bind(id.to_string())).await? > 0)
}

fn read(row: &SqliteRow) -> Result<StaffInvite> {
    let row = Row::new("staff_invite", "id", row);
    Ok(StaffInvite {
        id: row.parsed("id")?,
        token: row.token_hash("token_hash")?,
        email: row.read("email", |text| EmailAddress::parse(text).ok())?,
        role: row.parsed("role")?,
        invited_by: row.parsed("invited_by")?,
        created_at: row.time("created_at")?,
        expires_at: row.time("expires_at")?,
    })
}
