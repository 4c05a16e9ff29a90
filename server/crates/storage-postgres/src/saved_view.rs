//! SQL of table `desk_view`.

use domain::{StaffId, Timestamp};
use sqlx::{PgConnection, query};
use storage::{Result, SavedView};

use crate::query::{all, run};
use crate::row::Row;

pub(crate) async fn of_staff(db: &mut PgConnection, staff: StaffId) -> Result<Vec<SavedView>> {
    let sql = query("SELECT * FROM desk_view WHERE staff_id = $1 ORDER BY name");
    all(db, sql.bind(staff.to_string()), |row| {
        let row = Row::new("desk_view", "staff_id", row);
        Ok(SavedView { name: row.text("name")?, query: row.text("query")? })
    })
    .await
}

pub(crate) async fn put(
    db: &mut PgConnection,
    staff: StaffId,
    view: &SavedView,
    at: Timestamp,
) -> Result<()> {
    let sql = query(
        "INSERT INTO desk_view (staff_id, name, query, saved_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (staff_id, name) DO UPDATE SET query = excluded.query, saved_at = excluded.saved_at",
    );
    let sql = sql.bind(staff.to_string()).bind(view.name.as_str()).bind(view.query.as_str());
    run(db, sql.bind(at.as_millis())).await?;
    Ok(())
}

pub(crate) async fn delete(db: &mut PgConnection, staff: StaffId, name: &str) -> Result<bool> {
    let sql = query("DELETE FROM desk_view WHERE staff_id = $1 AND name = $2");
    Ok(run(db, sql.bind(staff.to_string()).bind(name)).await? > 0)
}
