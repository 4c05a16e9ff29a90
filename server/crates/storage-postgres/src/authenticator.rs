//! SQL of tables `authenticator` and `recovery_code`: the second factors that are typed.

use domain::{StaffId, Timestamp};
use sqlx::{PgConnection, query};
use storage::{Authenticator, Result, TokenHash};

use crate::query::{count, one, run};
use crate::row::Row;

pub(crate) async fn of_staff(db: &mut PgConnection, staff: StaffId) -> Result<Option<Authenticator>> {
    let sql = query("SELECT * FROM authenticator WHERE staff_id = $1").bind(staff.to_string());
    one(db, sql, |row| {
        let row = Row::new("authenticator", "staff_id", row);
        Ok(Authenticator {
            staff: row.parsed("staff_id")?,
            seed: row.bytes("seed")?.try_into().map_err(|_| row.corrupt("seed"))?,
            created_at: row.time("created_at")?,
            confirmed_at: row.optional_time("confirmed_at")?,
            last_step: row.optional_number("last_step")?,
        })
    })
    .await
}

pub(crate) async fn put(db: &mut PgConnection, authenticator: &Authenticator) -> Result<bool> {
    let sql = query("DELETE FROM authenticator WHERE staff_id = $1 AND confirmed_at IS NULL");
    run(db, sql.bind(authenticator.staff.to_string())).await?;
    let sql = query(
        "INSERT INTO authenticator (staff_id, seed, created_at, confirmed_at, last_step) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (staff_id) DO NOTHING",
    )
    .bind(authenticator.staff.to_string())
    .bind(authenticator.seed.as_slice())
    .bind(authenticator.created_at.as_millis())
    .bind(authenticator.confirmed_at.map(Timestamp::as_millis))
    .bind(authenticator.last_step);
    Ok(run(db, sql).await? > 0)
}

pub(crate) async fn use_step(db: &mut PgConnection, staff: StaffId, step: i64) -> Result<bool> {
    let sql = query(
        "UPDATE authenticator SET last_step = $2 WHERE staff_id = $1 AND (last_step IS NULL OR last_step < $2)",
    );
    Ok(run(db, sql.bind(staff.to_string()).bind(step)).await? > 0)
}

pub(crate) async fn confirm(
    db: &mut PgConnection,
    staff: StaffId,
    seed: &[u8; 32],
    at: Timestamp,
) -> Result<bool> {
    let sql = query(
        "UPDATE authenticator SET confirmed_at = $3 WHERE staff_id = $1 AND seed = $2 AND confirmed_at IS NULL",
    );
    Ok(run(db, sql.bind(staff.to_string()).bind(seed.as_slice()).bind(at.as_millis())).await? > 0)
}

pub(crate) async fn delete(db: &mut PgConnection, staff: StaffId) -> Result<bool> {
    let sql = query("DELETE FROM authenticator WHERE staff_id = $1").bind(staff.to_string());
    Ok(run(db, sql).await? > 0)
}

pub(crate) async fn codes_left(db: &mut PgConnection, staff: StaffId) -> Result<u32> {
    let sql = query("SELECT count(*) FROM recovery_code WHERE staff_id = $1 AND used_at IS NULL");
    let left = count(db, sql.bind(staff.to_string())).await?;
    Ok(u32::try_from(left).unwrap_or(u32::MAX))
}

pub(crate) async fn put_codes(db: &mut PgConnection, staff: StaffId, codes: &[TokenHash]) -> Result<()> {
    run(db, query("DELETE FROM recovery_code WHERE staff_id = $1").bind(staff.to_string())).await?;
    for code in codes {
        let sql = query("INSERT INTO recovery_code (staff_id, code_hash) VALUES ($1, $2)");
        run(db, sql.bind(staff.to_string()).bind(code.0.as_slice())).await?;
    }
    Ok(())
}

pub(crate) async fn use_code(
    db: &mut PgConnection,
    staff: StaffId,
    code: &TokenHash,
    at: Timestamp,
) -> Result<bool> {
    let sql = query(
        "UPDATE recovery_code SET used_at = $3 WHERE staff_id = $1 AND code_hash = $2 AND used_at IS NULL",
    );
    let sql = sql.bind(staff.to_string()).bind(code.0.as_slice()).bind(at.as_millis());
    Ok(run(db, sql).await? > 0)
}
