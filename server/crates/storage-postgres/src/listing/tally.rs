//! Counting links without reading them: triggers keep the counts. Also what time changes, and a sign of any change.

use domain::{LinkStage, LinkStatus, Timestamp, WhoActs};
use sqlx::{PgConnection, PgPool, query};
use storage::{LinkCount, LinkFilter, Result};

use crate::error::failed;
use crate::query::{all, one, run};
use crate::row::Row;
use crate::server::{lock, within};

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

pub(crate) async fn settle_lapsed(writers: &PgPool, now: Timestamp) -> Result<u64> {
    let mut db = within(writers.begin()).await.map_err(failed)?;
    lock(&mut db).await?;
    let sql = query(
        "UPDATE link SET lapsed = 1 WHERE lapsed = 0 AND status IN ('invited', 'opened', 'in_progress') \
         AND open_until <= $1",
    );
    let settled = run(&mut db, sql.bind(now.as_millis())).await?;
    within(db.commit()).await.map_err(failed)?;
    Ok(settled)
}

pub(crate) async fn version(db: &mut PgConnection) -> Result<i64> {
    let found = one(db, query("SELECT version, '' AS id FROM list_change"), |row| {
        Row::new("list_change", "id", row).whole("version")
    });
    Ok(found.await?.unwrap_or(0))
}
