//! SQL of table `staff`.

use domain::{EmailAddress, Role, StaffId, Timestamp};
use sqlx::postgres::PgRow;
use sqlx::{PgConnection, query};
use storage::{Result, Staff};

use crate::error::failed_or_duplicate;
use crate::query::{all, count, one, run, run_or};
use crate::row::Row;

pub(crate) async fn by_email(db: &mut PgConnection, email: &EmailAddress) -> Result<Option<Staff>> {
    one(db, query("SELECT * FROM staff WHERE email = $1").bind(email.as_str()), read).await
}

pub(crate) async fn lookup(db: &mut PgConnection, id: StaffId) -> Result<Option<Staff>> {
    one(db, query("SELECT * FROM staff WHERE id = $1").bind(id.to_string()), read).await
}

pub(crate) async fn everybody(db: &mut PgConnection) -> Result<Vec<Staff>> {
    all(db, query("SELECT * FROM staff ORDER BY email"), read).await
}

pub(crate) async fn any(db: &mut PgConnection) -> Result<bool> {
    Ok(one(db, query("SELECT id FROM staff LIMIT 1"), |_| Ok(())).await?.is_some())
}

pub(crate) async fn other_owners(db: &mut PgConnection, than: StaffId) -> Result<u64> {
    let sql = "SELECT count(*) FROM staff WHERE role = 'owner' AND deactivated_at IS NULL AND id <> $1";
    count(db, query(sql).bind(than.to_string())).await
}

pub(crate) async fn insert(db: &mut PgConnection, staff: &Staff) -> Result<()> {
    let sql = query(
        "INSERT INTO staff (id, email, role, password_hash, created_at, deactivated_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(staff.id.to_string())
    .bind(staff.email.as_str())
    .bind(staff.role.as_str())
    .bind(staff.password_hash.as_str())
    .bind(staff.created_at.as_millis())
    .bind(staff.deactivated_at.map(Timestamp::as_millis));
    run_or(db, sql, failed_or_duplicate("a staff account with this address")).await?;
    Ok(())
}

pub(crate) async fn set_password(db: &mut PgConnection, id: StaffId, hash: &str) -> Result<()> {
    run(db, query("UPDATE staff SET password_hash = $2 WHERE id = $1").bind(id.to_string()).bind(hash))
        .await?;
    Ok(())
}

pub(crate) async fn set_role(db: &mut PgConnection, id: StaffId, role: Role) -> Result<()> {
    run(db, query("UPDATE staff SET role = $2 WHERE id = $1").bind(id.to_string()).bind(role.as_str()))
        .await?;
    Ok(())
}

pub(crate) async fn set_deactivated(db: &mut PgConnection, id: StaffId, at: Option<Timestamp>) -> Result<()> {
    let sql = query("UPDATE staff SET deactivated_at = $2 WHERE id = $1").bind(id.to_string());
    run(db, sql.bind(at.map(Timestamp::as_millis))).await?;
    Ok(())
}

/// Reads an account from a row that may hold columns of another table beside those of this one.
pub(crate) fn read(row: &PgRow) -> Result<Staff> {
    let row = Row::new("staff", "id", row);
    Ok(Staff {
        id: row.parsed("id")?,
        email: row.read("email", |text| EmailAddress::parse(text).ok())?,
        role: row.parsed("role")?,
        password_hash: row.text("password_hash")?,
        created_at: row.time("created_at")?,
        deactivated_at: row.optional_time("deactivated_at")?,
    })
}
