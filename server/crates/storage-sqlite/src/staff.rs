//! SQL of table `staff`.

use domain::EmailAddress;
use sqlx::sqlite::SqliteRow;
use sqlx::{SqliteConnection, query};
use storage::{Result, Staff};

use crate::error::failed_or_duplicate;
use crate::query::{all, one, run_or};
use crate::row::Row;

pub(crate) async fn by_email(db: &mut SqliteConnection, email: &EmailAddress) -> Result<Option<Staff>> {
    one(db, query("SELECT * FROM staff WHERE email = $1").bind(email.as_str()), read).await
}

pub(crate) async fn everybody(db: &mut SqliteConnection) -> Result<Vec<Staff>> {
    all(db, query("SELECT * FROM staff ORDER BY email"), read).await
}

pub(crate) async fn any(db: &mut SqliteConnection) -> Result<bool> {
    Ok(one(db, query("SELECT id FROM staff LIMIT 1"), |_| Ok(())).await?.is_some())
}

pub(crate) async fn insert(db: &mut SqliteConnection, staff: &Staff) -> Result<()> {
    let sql =
        query("INSERT INTO staff (id, email, role, password_hash, created_at) VALUES ($1, $2, $3, $4, $5)")
            .bind(staff.id.to_string())
            .bind(staff.email.as_str())
            .bind(staff.role.as_str())
            .bind(staff.password_hash.as_str())
            .bind(staff.created_at.as_millis());
    run_or(db, sql, failed_or_duplicate("a staff account with this address")).await?;
    Ok(())
}

pub(crate) fn read(row: &SqliteRow) -> Result<Staff> {
    let row = Row::new("staff", "id", row);
    Ok(Staff {
        id: row.parsed("id")?,
        email: row.read("email", |text| EmailAddress::parse(text).ok())?,
        role: row.parsed("role")?,
        password_hash: row.text("password_hash")?,
        created_at: row.time("created_at")?,
    })
}
