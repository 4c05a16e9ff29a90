//! SQL of tables `passkey` and `answered`.

use domain::{PasskeyId, StaffId, Timestamp};
use sqlx::postgres::PgRow;
use sqlx::{PgConnection, query};
use storage::{Passkey, Result, Staff};

use crate::error::failed_or_duplicate;
use crate::query::{all, one, run, run_or};
use crate::row::Row;
use crate::staff;

/// The columns, so named that those of table `staff` can stand beside them.
const COLUMNS: &str = "k.id AS passkey_id, k.staff_id, k.credential, k.algorithm, k.public_key, k.sign_count, k.name, \
                       k.created_at AS passkey_created_at, k.last_used_at";

pub(crate) async fn of_staff(db: &mut PgConnection, staff: StaffId) -> Result<Vec<Passkey>> {
    let sql = format!("SELECT {COLUMNS} FROM passkey k WHERE k.staff_id = $1 ORDER BY k.created_at, k.id");
    all(db, query(sqlx::AssertSqlSafe(sql)).bind(staff.to_string()), read).await
}

pub(crate) async fn by_credential(
    db: &mut PgConnection,
    credential: &[u8],
) -> Result<Option<(Passkey, Staff)>> {
    let sql = format!(
        "SELECT {COLUMNS}, a.* FROM passkey k JOIN staff a ON a.id = k.staff_id WHERE k.credential = $1"
    );
    let sql = query(sqlx::AssertSqlSafe(sql)).bind(credential);
    one(db, sql, |row| Ok((read(row)?, staff::read(row)?))).await
}

pub(crate) async fn insert(db: &mut PgConnection, passkey: &Passkey) -> Result<()> {
    let sql = query(
        "INSERT INTO passkey \
             (id, staff_id, credential, algorithm, public_key, sign_count, name, created_at, last_used_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(passkey.id.to_string())
    .bind(passkey.staff.to_string())
    .bind(passkey.credential.as_slice())
    .bind(passkey.algorithm)
    .bind(passkey.public_key.as_slice())
    .bind(i64::from(passkey.sign_count))
    .bind(passkey.name.as_str())
    .bind(passkey.created_at.as_millis())
    .bind(passkey.last_used_at.map(Timestamp::as_millis));
    run_or(db, sql, failed_or_duplicate("this passkey")).await?;
    Ok(())
}

pub(crate) async fn note_answered(
    db: &mut PgConnection,
    question: &[u8; 16],
    until: Timestamp,
    now: Timestamp,
) -> Result<bool> {
    run(db, query("DELETE FROM answered WHERE until <= $1").bind(now.as_millis())).await?;
    let sql =
        query("INSERT INTO answered (question, until) VALUES ($1, $2) ON CONFLICT (question) DO NOTHING")
            .bind(question.as_slice())
            .bind(until.as_millis());
    Ok(run(db, sql).await? > 0)
}

pub(crate) async fn used(
    db: &mut PgConnection,
    id: PasskeyId,
    sign_count: u32,
    at: Timestamp,
) -> Result<bool> {
    let sql = query(
        "UPDATE passkey SET sign_count = $2, last_used_at = $3 \
         WHERE id = $1 AND (sign_count < $2 OR (sign_count = 0 AND $2 = 0))",
    );
    Ok(run(db, sql.bind(id.to_string()).bind(i64::from(sign_count)).bind(at.as_millis())).await? > 0)
}

pub(crate) async fn delete(db: &mut PgConnection, staff: StaffId, id: PasskeyId) -> Result<bool> {
    let sql = query("DELETE FROM passkey WHERE staff_id = $1 AND id = $2");
    Ok(run(db, sql.bind(staff.to_string()).bind(id.to_string())).await? > 0)
}

pub(crate) async fn delete_all(db: &mut PgConnection, staff: StaffId) -> Result<u64> {
    run(db, query("DELETE FROM passkey WHERE staff_id = $1").bind(staff.to_string())).await
}

fn read(row: &PgRow) -> Result<Passkey> {
    let row = Row::new("passkey", "passkey_id", row);
    Ok(Passkey {
        id: row.parsed("passkey_id")?,
        staff: row.parsed("staff_id")?,
        credential: row.bytes("credential")?,
        algorithm: row.whole("algorithm")?,
        public_key: row.bytes("public_key")?,
        sign_count: row.count("sign_count")?,
        name: row.text("name")?,
        created_at: row.time("passkey_created_at")?,
        last_used_at: row.optional_time("last_used_at")?,
    })
}
