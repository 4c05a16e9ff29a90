//! SQL of table `link_note`, and of who looks after a link.

use domain::{LinkId, NoteId, StaffId, StaffNote};
use sqlx::postgres::PgRow;
use sqlx::{PgConnection, query};
use storage::{LinkNote, Result};

use crate::query::{all, run};
use crate::row::Row;

pub(crate) async fn of_link(db: &mut PgConnection, link: LinkId) -> Result<Vec<LinkNote>> {
    let sql = query("SELECT * FROM link_note WHERE link_id = $1 ORDER BY at DESC, id DESC");
    all(db, sql.bind(link.to_string()), read).await
}

pub(crate) async fn insert(db: &mut PgConnection, note: &LinkNote) -> Result<()> {
    let sql = query("INSERT INTO link_note (id, link_id, staff_id, at, text) VALUES ($1, $2, $3, $4, $5)")
        .bind(note.id.to_string())
        .bind(note.link.to_string())
        .bind(note.author.to_string())
        .bind(note.at.as_millis())
        .bind(note.text.as_str());
    run(db, sql).await?;
    Ok(())
}

pub(crate) async fn delete(db: &mut PgConnection, link: LinkId, id: NoteId, author: StaffId) -> Result<bool> {
    let sql = query("DELETE FROM link_note WHERE id = $1 AND link_id = $2 AND staff_id = $3");
    Ok(run(db, sql.bind(id.to_string()).bind(link.to_string()).bind(author.to_string())).await? > 0)
}

pub(crate) async fn assign(db: &mut PgConnection, link: LinkId, to: Option<StaffId>) -> Result<bool> {
    let sql = query("UPDATE link SET assignee = $2 WHERE id = $1");
    Ok(run(db, sql.bind(link.to_string()).bind(to.map(|staff| staff.to_string()))).await? > 0)
}

fn read(row: &PgRow) -> Result<LinkNote> {
    let row = Row::new("link_note", "id", row);
    Ok(LinkNote {
        id: row.parsed("id")?,
        link: row.parsed("link_id")?,
        author: row.parsed("staff_id")?,
        at: row.time("at")?,
        text: row.read("text", |text| StaffNote::parse(text).ok())?,
    })
}
