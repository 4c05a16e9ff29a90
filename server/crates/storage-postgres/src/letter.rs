//! SQL of tables `letter`, `notice` and `mail_wish`.

use domain::{InviteId, LinkId, MailWishes, News, StaffId, Timestamp, Wish};
use sqlx::postgres::PgRow;
use sqlx::{PgConnection, query};
use storage::{Letter, LetterKind, Notice, Result};

use crate::query::{all, one, run};
use crate::row::Row;

pub(crate) async fn put(db: &mut PgConnection, link: LinkId, kind: LetterKind, at: Timestamp) -> Result<()> {
    let sql = query(
        "INSERT INTO letter (link_id, kind, created_at) VALUES ($1, $2, $3) \
         ON CONFLICT (link_id, kind) DO UPDATE SET created_at = excluded.created_at",
    );
    run(db, sql.bind(link.to_string()).bind(kind.as_str()).bind(at.as_millis())).await?;
    Ok(())
}

pub(crate) async fn lookup(db: &mut PgConnection, link: LinkId, kind: LetterKind) -> Result<Option<Letter>> {
    let sql = query("SELECT * FROM letter WHERE link_id = $1 AND kind = $2");
    one(db, sql.bind(link.to_string()).bind(kind.as_str()), read).await
}

pub(crate) async fn set_invite(
    db: &mut PgConnection,
    link: LinkId,
    kind: LetterKind,
    invite: InviteId,
) -> Result<()> {
    let sql = query("UPDATE letter SET invite_id = $3 WHERE link_id = $1 AND kind = $2");
    run(db, sql.bind(link.to_string()).bind(kind.as_str()).bind(invite.to_string())).await?;
    Ok(())
}

pub(crate) async fn delete(db: &mut PgConnection, link: LinkId, kind: LetterKind) -> Result<bool> {
    let sql = query("DELETE FROM letter WHERE link_id = $1 AND kind = $2");
    Ok(run(db, sql.bind(link.to_string()).bind(kind.as_str())).await? > 0)
}

pub(crate) async fn put_notice(db: &mut PgConnection, staff: StaffId, notice: &Notice) -> Result<()> {
    let sql = query(
        "INSERT INTO notice (staff_id, link_id, news, at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (staff_id, link_id, news) DO UPDATE SET at = excluded.at",
    )
    .bind(staff.to_string())
    .bind(notice.link.to_string())
    .bind(notice.news.as_str())
    .bind(notice.at.as_millis());
    run(db, sql).await?;
    Ok(())
}

pub(crate) async fn notices(db: &mut PgConnection, staff: StaffId, limit: u32) -> Result<Vec<Notice>> {
    let sql = query("SELECT * FROM notice WHERE staff_id = $1 ORDER BY at, link_id, news LIMIT $2");
    all(db, sql.bind(staff.to_string()).bind(i64::from(limit)), |row| {
        let row = Row::new("notice", "link_id", row);
        Ok(Notice { link: row.parsed("link_id")?, news: row.parsed("news")?, at: row.time("at")? })
    })
    .await
}

pub(crate) async fn delete_notices(db: &mut PgConnection, staff: StaffId, told: &[Notice]) -> Result<()> {
    for notice in told {
        let sql = query("DELETE FROM notice WHERE staff_id = $1 AND link_id = $2 AND news = $3 AND at = $4")
            .bind(staff.to_string())
            .bind(notice.link.to_string())
            .bind(notice.news.as_str())
            .bind(notice.at.as_millis());
        run(db, sql).await?;
    }
    Ok(())
}

pub(crate) async fn wanting(
    db: &mut PgConnection,
    news: News,
    assignee: Option<StaffId>,
) -> Result<Vec<StaffId>> {
    let sql = query(
        "SELECT staff.id AS id FROM staff \
         LEFT JOIN mail_wish ON mail_wish.staff_id = staff.id AND mail_wish.news = $1 \
         WHERE staff.deactivated_at IS NULL AND (coalesce(mail_wish.wish, $2) = 'every' \
             OR (coalesce(mail_wish.wish, $2) = 'mine' AND staff.id = $3)) ORDER BY staff.id",
    )
    .bind(news.as_str())
    .bind(news.usual().as_str())
    .bind(assignee.map(|staff| staff.to_string()));
    all(db, sql, |row| Row::new("staff", "id", row).parsed("id")).await
}

pub(crate) async fn wishes(db: &mut PgConnection, staff: StaffId) -> Result<MailWishes> {
    let sql = query("SELECT * FROM mail_wish WHERE staff_id = $1").bind(staff.to_string());
    let said: Vec<(News, Wish)> = all(db, sql, |row| {
        let row = Row::new("mail_wish", "staff_id", row);
        Ok((row.parsed("news")?, row.parsed("wish")?))
    })
    .await?;
    Ok(said.into_iter().fold(MailWishes::default(), |wishes, (news, wish)| wishes.with(news, wish)))
}

pub(crate) async fn put_wishes(db: &mut PgConnection, staff: StaffId, wishes: &MailWishes) -> Result<()> {
    for news in News::ALL {
        let sql = query(
            "INSERT INTO mail_wish (staff_id, news, wish) VALUES ($1, $2, $3) \
             ON CONFLICT (staff_id, news) DO UPDATE SET wish = excluded.wish",
        );
        let sql = sql.bind(staff.to_string()).bind(news.as_str()).bind(wishes.of(news).as_str());
        run(db, sql).await?;
    }
    Ok(())
}

fn read(row: &PgRow) -> Result<Letter> {
    let row = Row::new("letter", "link_id", row);
    Ok(Letter {
        link: row.parsed("link_id")?,
        kind: row.read("kind", |text| LetterKind::ALL.into_iter().find(|kind| kind.as_str() == text))?,
        created_at: row.time("created_at")?,
        invite: row.optional_parsed("invite_id")?,
    })
}
