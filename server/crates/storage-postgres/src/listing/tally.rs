//! Counting links without reading them: triggers keep the counts. Also what time changes, and a sign of any change.

use domain::{LinkId, LinkStage, LinkStatus, Timestamp, WhoActs};
use sqlx::{PgConnection, query};
use storage::{LinkCount, LinkFilter, Result};

use crate::query::{all, one};
use crate::row::Row;

pub(crate) async fn count(db: &mut PgConnection) -> Result<Vec<LinkCount>> {
    let sql = query(
        "SELECT CAST(row_number() OVER (ORDER BY status, turn, stage) AS TEXT) AS id, status, turn, stage, links FROM link_tally WHERE links > 0 ORDER BY status, turn, stage",
    );
    all(db, sql, |row| {
        let row = Row::new("link_tally", "id", row);
        Ok(LinkCount {
            status: row.parsed("status")?,
            who: row.parsed::<WhoActs>("turn")?,
            stage: row.parsed::<LinkStage>("stage")?,
            links: row.count("links")?.into(),
        })
    })
    .await
}

/// How many links the filter leaves, as far as the counts tell: a search and an assignee leave fewer.
pub(super) async fn matching(db: &mut PgConnection, filter: &LinkFilter) -> Result<u64> {
    if filter.status.is_none() && filter.stage.is_none() && filter.who.is_none() {
        return Ok(u64::MAX);
    }
    let counts = count(db).await?;
    Ok(sum(&counts, filter.status, filter.stage, filter.who))
}

fn sum(
    counts: &[LinkCount],
    status: Option<LinkStatus>,
    stage: Option<LinkStage>,
    who: Option<WhoActs>,
) -> u64 {
    counts
        .iter()
        .filter(|count| status.is_none_or(|status| count.status == status))
        .filter(|count| stage.is_none_or(|stage| count.stage == stage))
        .filter(|count| who.is_none_or(|who| count.who == who))
        .map(|count| count.links)
        .sum()
}

pub(crate) async fn any_about_to_lapse(db: &mut PgConnection, now: Timestamp) -> Result<bool> {
    let sql = query(
        "SELECT 1 FROM link WHERE lapsed = 0 \
         AND status IN ('invited', 'opened', 'in_progress') AND open_until <= $1 LIMIT 1",
    );
    Ok(one(db, sql.bind(now.as_millis()), |_| Ok(())).await?.is_some())
}

pub(crate) async fn settle_lapsed(db: &mut PgConnection, now: Timestamp, limit: u32) -> Result<Vec<LinkId>> {
    let sql = query(
        "UPDATE link SET lapsed = 1 WHERE id IN (SELECT id FROM link WHERE lapsed = 0 \
             AND status IN ('invited', 'opened', 'in_progress') AND open_until <= $1 LIMIT $2) RETURNING id",
    );
    all(db, sql.bind(now.as_millis()).bind(i64::from(limit)), |row| Row::new("link", "id", row).parsed("id"))
        .await
}

pub(crate) async fn settle_idle(
    db: &mut PgConnection,
    since: Timestamp,
    until: Timestamp,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<LinkId>> {
    let sql = query(
        "UPDATE link SET idle_told = changed_at WHERE id IN (SELECT id FROM link WHERE idle_told <> changed_at \
             AND lapsed = 0 AND status IN ('opened', 'in_progress') AND changed_at > $1 AND changed_at <= $2 \
             AND open_until > $3 LIMIT $4) RETURNING id",
    );
    let sql =
        sql.bind(since.as_millis()).bind(until.as_millis()).bind(now.as_millis()).bind(i64::from(limit));
    all(db, sql, |row| Row::new("link", "id", row).parsed("id")).await
}

pub(crate) async fn version(db: &mut PgConnection) -> Result<i64> {
    let found = one(db, query("SELECT version, '' AS id FROM list_change"), |row| {
        Row::new("list_change", "id", row).whole("version")
    });
    Ok(found.await?.unwrap_or(0))
}
