//! Counting links without reading them: triggers keep the counts. Also what time changes, and a sign of any change.

use domain::{LinkId, LinkSort, LinkStage, LinkStatus, Timestamp, WhoActs};
use sqlx::{SqliteConnection, query};
use storage::{LinkCount, LinkFilter, LinkQuery, Result};

use super::FEW;
use crate::query::{all, one};
use crate::row::Row;

/// What an unfinished link is to the database.
pub(super) const UNFINISHED: &str = "status IN ('invited', 'opened', 'in_progress')";

pub(crate) async fn count(db: &mut SqliteConnection) -> Result<Vec<LinkCount>> {
    let sql = query(
        "SELECT CAST(rowid AS TEXT) AS id, status, turn, stage, links FROM link_tally WHERE links > 0 ORDER BY status, turn, stage",
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
pub(super) async fn matching(db: &mut SqliteConnection, filter: &LinkFilter) -> Result<u64> {
    if filter.status.is_none() && filter.stage.is_none() && filter.who.is_none() {
        return Ok(u64::MAX);
    }
    let counts = count(db).await?;
    Ok(sum(&counts, filter.status, filter.stage, filter.who))
}

/// The index of the filter that leaves the fewest links, when it serves this list better than one of all links in order.
pub(super) async fn index(
    db: &mut SqliteConnection,
    query: &LinkQuery,
    few_left: bool,
) -> Result<Option<&'static str>> {
    let filter = &query.filter;
    if filter.assignee.is_some() {
        return Ok(Some("link_by_assignee"));
    }
    if filter.status.is_none() && filter.stage.is_none() && filter.who.is_none() {
        return Ok(None);
    }
    let counts = count(db).await?;
    let single = [
        filter.status.map(|status| (sum(&counts, Some(status), None, None), "link_by_status")),
        filter.stage.map(|stage| (sum(&counts, None, Some(stage), None), "link_by_stage")),
        filter.who.map(|who| (sum(&counts, None, None, Some(who)), "link_by_turn")),
    ];
    let fewest = single.into_iter().flatten().min();
    Ok(fewest.and_then(|(links, index)| match query.sort {
        LinkSort::Changed => Some(index),
        // These are not in this order: they have to be sorted, which pays while they are few.
        LinkSort::Customer | LinkSort::Created => (few_left && links <= FEW).then_some(index),
    }))
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

pub(crate) async fn any_about_to_lapse(db: &mut SqliteConnection, now: Timestamp) -> Result<bool> {
    let sql = query(
        "SELECT 1 FROM link INDEXED BY link_about_to_lapse WHERE lapsed = 0 \
         AND status IN ('invited', 'opened', 'in_progress') AND open_until <= $1 LIMIT 1",
    );
    Ok(one(db, sql.bind(now.as_millis()), |_| Ok(())).await?.is_some())
}

pub(crate) async fn settle_lapsed(
    db: &mut SqliteConnection,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<LinkId>> {
    let sql = query(
        "UPDATE link SET lapsed = 1 WHERE id IN (SELECT id FROM link WHERE lapsed = 0 \
             AND status IN ('invited', 'opened', 'in_progress') AND open_until <= $1 LIMIT $2) RETURNING id",
    );
    all(db, sql.bind(now.as_millis()).bind(limit), |row| Row::new("link", "id", row).parsed("id")).await
}

pub(crate) async fn settle_idle(
    db: &mut SqliteConnection,
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
    let sql = sql.bind(since.as_millis()).bind(until.as_millis()).bind(now.as_millis()).bind(limit);
    all(db, sql, |row| Row::new("link", "id", row).parsed("id")).await
}

pub(crate) async fn version(db: &mut SqliteConnection) -> Result<i64> {
    let found = one(db, query("SELECT version, '' AS id FROM list_change"), |row| {
        Row::new("list_change", "id", row).whole("version")
    });
    Ok(found.await?.unwrap_or(0))
}
