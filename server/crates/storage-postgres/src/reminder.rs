//! SQL of table `reminder`.

use domain::{LinkId, REMINDERS_MAX, RemindAfter, Timestamp};
use sqlx::postgres::PgRow;
use sqlx::{PgConnection, query};
use storage::{Reminder, Result};

use crate::error::failed_or_duplicate;
use crate::query::{all, one, run, run_or};
use crate::row::Row;

pub(crate) async fn lookup(db: &mut PgConnection, link: LinkId) -> Result<Option<Reminder>> {
    one(db, query("SELECT * FROM reminder WHERE link_id = $1").bind(link.to_string()), read).await
}

pub(crate) async fn due(db: &mut PgConnection, now: Timestamp, limit: u32) -> Result<Vec<LinkId>> {
    // `sent < 2` stands there for the index of those to send; the bound value is the rule.
    let sql = query(
        "SELECT reminder.link_id AS link_id FROM reminder JOIN link ON link.id = reminder.link_id \
         WHERE reminder.sent < 2 AND reminder.sent < $3 AND stopped_at IS NULL AND link.who_acts = 'customer' AND link.contact IS NOT NULL \
         AND link.changed_at <= $1 - after_days * 86400000 \
         AND (last_sent_at IS NULL OR last_sent_at <= $1 - after_days * 86400000) \
         AND EXISTS (SELECT 1 FROM invite WHERE invite.link_id = link.id AND revoked_at IS NULL \
             AND completed_at IS NULL AND expires_at > $1) \
         AND NOT EXISTS (SELECT 1 FROM invite WHERE invite.link_id = link.id \
             AND invite.created_at > $1 - after_days * 86400000) \
         ORDER BY reminder.link_id LIMIT $2",
    );
    let sql = sql.bind(now.as_millis()).bind(i64::from(limit)).bind(i64::from(REMINDERS_MAX));
    all(db, sql, |row| Row::new("reminder", "link_id", row).parsed("link_id")).await
}

pub(crate) async fn insert(db: &mut PgConnection, reminder: &Reminder) -> Result<()> {
    let sql = query("INSERT INTO reminder (link_id, after_days, sent, last_sent_at, stopped_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(reminder.link.to_string())
        .bind(i64::from(reminder.after.days()))
        .bind(i64::from(reminder.sent))
        .bind(reminder.last_sent_at.map(Timestamp::as_millis))
        .bind(reminder.stopped_at.map(Timestamp::as_millis));
    run_or(db, sql, failed_or_duplicate("reminders of this link")).await?;
    Ok(())
}

pub(crate) async fn count(db: &mut PgConnection, link: LinkId, at: Timestamp) -> Result<bool> {
    let sql = query("UPDATE reminder SET sent = sent + 1, last_sent_at = $2 WHERE link_id = $1");
    Ok(run(db, sql.bind(link.to_string()).bind(at.as_millis())).await? > 0)
}

pub(crate) async fn stop(db: &mut PgConnection, link: LinkId, since: Option<Timestamp>) -> Result<bool> {
    // What is so already is left as it is: the first time counts.
    let sql = query(
        "UPDATE reminder SET stopped_at = $2 WHERE link_id = $1 AND (stopped_at IS NULL) = ($2 IS NOT NULL)",
    );
    Ok(run(db, sql.bind(link.to_string()).bind(since.map(Timestamp::as_millis))).await? > 0)
}

fn read(row: &PgRow) -> Result<Reminder> {
    let row = Row::new("reminder", "link_id", row);
    let days = row.count("after_days")?;
    let after = RemindAfter::ALL.into_iter().find(|after| u32::from(after.days()) == days);
    Ok(Reminder {
        link: row.parsed("link_id")?,
        after: after.ok_or_else(|| row.corrupt("after_days"))?,
        sent: u8::try_from(row.count("sent")?).map_err(|_| row.corrupt("sent"))?,
        last_sent_at: row.optional_time("last_sent_at")?,
        stopped_at: row.optional_time("stopped_at")?,
    })
}
