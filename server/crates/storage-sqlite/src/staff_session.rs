//! SQL of tables `staff_session`, `staff_device` and `pending_sign_in`: how far a browser of staff has come.

use std::net::IpAddr;

use domain::{SessionId, StaffId, Timestamp};
use sqlx::sqlite::SqliteRow;
use sqlx::{SqliteConnection, query};
use storage::{PendingSignIn, Result, Staff, StaffDevice, StaffSession, TokenHash};

use crate::error::failed_or_duplicate;
use crate::query::{all, one, run, run_or};
use crate::row::Row;
use crate::staff;

pub(crate) async fn with_staff(
    db: &mut SqliteConnection,
    token: &TokenHash,
) -> Result<Option<(StaffSession, Staff)>> {
    let sql = query(
        "SELECT s.token_hash, s.id AS session_id, s.staff_id, s.created_at AS session_created_at, s.last_used_at, \
             s.confirmed_at, s.browser, s.address, a.* \
         FROM staff_session s JOIN staff a ON a.id = s.staff_id WHERE s.token_hash = $1",
    );
    one(db, sql.bind(token.0.as_slice()), |row| Ok((read(row)?, staff::read(row)?))).await
}

pub(crate) async fn of_staff(db: &mut SqliteConnection, staff: StaffId) -> Result<Vec<StaffSession>> {
    let sql = query(
        "SELECT token_hash, id AS session_id, staff_id, created_at AS session_created_at, last_used_at, confirmed_at, \
             browser, address \
         FROM staff_session WHERE staff_id = $1 ORDER BY last_used_at DESC, created_at DESC, id DESC",
    );
    all(db, sql.bind(staff.to_string()), read).await
}

pub(crate) async fn insert(db: &mut SqliteConnection, session: &StaffSession) -> Result<()> {
    let sql = query(
        "INSERT INTO staff_session \
             (token_hash, id, staff_id, created_at, last_used_at, confirmed_at, browser, address) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(session.token.0.as_slice())
    .bind(session.id.to_string())
    .bind(session.staff.to_string())
    .bind(session.created_at.as_millis())
    .bind(session.last_used_at.as_millis())
    .bind(session.confirmed_at.as_millis())
    .bind(session.browser.as_str())
    .bind(session.address.map(|address| address.to_string()));
    run_or(db, sql, failed_or_duplicate("a session with this token")).await?;
    Ok(())
}

pub(crate) async fn touch(db: &mut SqliteConnection, token: &TokenHash, at: Timestamp) -> Result<()> {
    let sql = query("UPDATE staff_session SET last_used_at = $2 WHERE token_hash = $1");
    run(db, sql.bind(token.0.as_slice()).bind(at.as_millis())).await?;
    Ok(())
}

pub(crate) async fn confirm(db: &mut SqliteConnection, id: SessionId, at: Timestamp) -> Result<()> {
    let sql = query("UPDATE staff_session SET confirmed_at = $2 WHERE id = $1");
    run(db, sql.bind(id.to_string()).bind(at.as_millis())).await?;
    Ok(())
}

pub(crate) async fn delete(db: &mut SqliteConnection, token: &TokenHash) -> Result<()> {
    run(db, query("DELETE FROM staff_session WHERE token_hash = $1").bind(token.0.as_slice())).await?;
    Ok(())
}

pub(crate) async fn end(db: &mut SqliteConnection, staff: StaffId, id: SessionId) -> Result<bool> {
    let sql = query("DELETE FROM staff_session WHERE staff_id = $1 AND id = $2");
    Ok(run(db, sql.bind(staff.to_string()).bind(id.to_string())).await? > 0)
}

pub(crate) async fn end_oldest(db: &mut SqliteConnection, staff: StaffId, left: u32) -> Result<u64> {
    let sql = query(
        "DELETE FROM staff_session WHERE staff_id = $1 AND token_hash NOT IN \
             (SELECT token_hash FROM staff_session WHERE staff_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2)",
    );
    run(db, sql.bind(staff.to_string()).bind(left)).await
}

pub(crate) async fn end_all(
    db: &mut SqliteConnection,
    staff: StaffId,
    but: Option<SessionId>,
) -> Result<u64> {
    run(db, query("DELETE FROM pending_sign_in WHERE staff_id = $1").bind(staff.to_string())).await?;
    let but = but.map(|id| id.to_string()).unwrap_or_default();
    let sql = query("DELETE FROM staff_session WHERE staff_id = $1 AND id <> $2");
    run(db, sql.bind(staff.to_string()).bind(but)).await
}

pub(crate) async fn device(db: &mut SqliteConnection, token: &TokenHash) -> Result<Option<StaffDevice>> {
    let sql = query("SELECT * FROM staff_device WHERE token_hash = $1").bind(token.0.as_slice());
    one(db, sql, |row| {
        let row = Row::new("staff_device", "staff_id", row);
        Ok(StaffDevice {
            token: row.token_hash("token_hash")?,
            staff: row.parsed("staff_id")?,
            last_used_at: row.time("last_used_at")?,
        })
    })
    .await
}

pub(crate) async fn put_device(db: &mut SqliteConnection, device: &StaffDevice) -> Result<()> {
    let sql = query(
        "INSERT INTO staff_device (token_hash, staff_id, last_used_at) VALUES ($1, $2, $3) \
         ON CONFLICT (token_hash) DO UPDATE SET staff_id = excluded.staff_id, last_used_at = excluded.last_used_at",
    )
    .bind(device.token.0.as_slice())
    .bind(device.staff.to_string())
    .bind(device.last_used_at.as_millis());
    run(db, sql).await?;
    Ok(())
}

pub(crate) async fn forget_devices(db: &mut SqliteConnection, staff: StaffId) -> Result<()> {
    run(db, query("DELETE FROM staff_device WHERE staff_id = $1").bind(staff.to_string())).await?;
    Ok(())
}

pub(crate) async fn pending(
    db: &mut SqliteConnection,
    token: &TokenHash,
) -> Result<Option<(PendingSignIn, Staff)>> {
    let sql = query(
        "SELECT p.token_hash, p.staff_id, p.expires_at, p.tries_left, a.* \
         FROM pending_sign_in p JOIN staff a ON a.id = p.staff_id WHERE p.token_hash = $1",
    );
    one(db, sql.bind(token.0.as_slice()), |raw| {
        let row = Row::new("pending_sign_in", "staff_id", raw);
        let pending = PendingSignIn {
            token: row.token_hash("token_hash")?,
            staff: row.parsed("staff_id")?,
            expires_at: row.time("expires_at")?,
            tries_left: row.count("tries_left")?,
        };
        Ok((pending, staff::read(raw)?))
    })
    .await
}

pub(crate) async fn insert_pending(db: &mut SqliteConnection, pending: &PendingSignIn) -> Result<()> {
    let sql = query(
        "INSERT INTO pending_sign_in (token_hash, staff_id, expires_at, tries_left) VALUES ($1, $2, $3, $4)",
    )
    .bind(pending.token.0.as_slice())
    .bind(pending.staff.to_string())
    .bind(pending.expires_at.as_millis())
    .bind(i64::from(pending.tries_left));
    run_or(db, sql, failed_or_duplicate("a sign-in with this token")).await?;
    Ok(())
}

pub(crate) async fn take_try(db: &mut SqliteConnection, token: &TokenHash) -> Result<bool> {
    let sql = query(
        "UPDATE pending_sign_in SET tries_left = tries_left - 1 WHERE token_hash = $1 AND tries_left > 0",
    );
    Ok(run(db, sql.bind(token.0.as_slice())).await? > 0)
}

pub(crate) async fn delete_pending(db: &mut SqliteConnection, token: &TokenHash) -> Result<bool> {
    let sql = query("DELETE FROM pending_sign_in WHERE token_hash = $1").bind(token.0.as_slice());
    Ok(run(db, sql).await? > 0)
}

fn read(row: &SqliteRow) -> Result<StaffSession> {
    let row = Row::new("staff_session", "session_id", row);
    Ok(StaffSession {
        token: row.token_hash("token_hash")?,
        id: row.parsed("session_id")?,
        staff: row.parsed("staff_id")?,
        created_at: row.time("session_created_at")?,
        last_used_at: row.time("last_used_at")?,
        confirmed_at: row.time("confirmed_at")?,
        browser: row.text("browser")?,
        address: row.optional_read("address", |text| text.parse::<IpAddr>().ok())?,
    })
}
