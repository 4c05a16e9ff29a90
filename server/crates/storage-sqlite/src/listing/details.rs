//! What the list tells of the links on one page: read for those alone.

use std::collections::BTreeMap;

use domain::{EmailAddress, LinkId, Timestamp};
use sqlx::{SqliteConnection, query};
use storage::{CheckMark, Result, RowDetails};

use super::Sql;
use super::tally::UNFINISHED;
use crate::query::{all, one};
use crate::row::Row;
use crate::{check, step_attempt};

pub(crate) async fn of_links(
    db: &mut SqliteConnection,
    links: &[LinkId],
    now: Timestamp,
    since: Timestamp,
) -> Result<Vec<RowDetails>> {
    if links.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new("SELECT id, ");
    sql.push(UNFINISHED).push(" AND open_until <= ").push_bind(now.as_millis()).push(" AS is_lapsed, ");
    sql.push(
        "EXISTS (SELECT 1 FROM audit_entry AS asked WHERE asked.link_id = link.id AND action = 'invite_renewed' \
         AND NOT EXISTS (SELECT 1 FROM audit_entry AS later WHERE later.link_id = asked.link_id \
             AND later.position > asked.position AND (later.action = 'flow_started' \
                 OR (later.action = 'invite_created' AND later.actor_kind <> 'customer')))) AS renewal_asked, \
         (SELECT email FROM staff WHERE staff.id = link.assignee) AS assignee_email, \
         CASE WHEN EXISTS (SELECT 1 FROM step_attempt WHERE link_id = link.id) THEN \
             (SELECT detail FROM audit_entry INDEXED BY audit_entry_by_link WHERE link_id = link.id AND action IN ('step_refused', 'step_doubted') \
             ORDER BY at DESC, position DESC LIMIT 1) END AS entered, \
         CASE WHEN problem = 'permission_missing' THEN \
             (SELECT detail FROM audit_entry INDEXED BY audit_entry_by_link WHERE link_id = link.id AND action = 'check_finished' \
             AND detail LIKE 'permission_missing: %' ORDER BY at DESC, position DESC LIMIT 1) END AS missing \
         FROM link WHERE id IN ",
    );
    push_ids(&mut sql, links);
    let rows = all(db, sql.build(), |row| {
        let row = Row::new("link", "id", row);
        Ok(RowDetails {
            link: row.parsed("id")?,
            lapsed: row.flag("is_lapsed")?,
            renewal_asked: row.flag("renewal_asked")?,
            stuck: None,
            entered: row.optional_text("entered")?,
            missing: row.optional_text("missing")?,
            assignee: row.optional_read("assignee_email", |text| EmailAddress::parse(text).ok())?,
            checks: Vec::new(),
        })
    });
    let mut found: BTreeMap<LinkId, RowDetails> =
        rows.await?.into_iter().map(|details| (details.link, details)).collect();
    add_attempts(db, links, &mut found).await?;
    add_checks(db, links, since, &mut found).await?;
    Ok(found.into_values().collect())
}

pub(crate) async fn is_lapsed(db: &mut SqliteConnection, link: LinkId, now: Timestamp) -> Result<bool> {
    let sql = query(
        "SELECT 1 FROM link WHERE id = $1 AND status IN ('invited', 'opened', 'in_progress') AND open_until <= $2",
    );
    Ok(one(db, sql.bind(link.to_string()).bind(now.as_millis()), |_| Ok(())).await?.is_some())
}

async fn add_attempts(
    db: &mut SqliteConnection,
    links: &[LinkId],
    found: &mut BTreeMap<LinkId, RowDetails>,
) -> Result<()> {
    let mut sql = Sql::new("SELECT * FROM step_attempt WHERE link_id IN ");
    push_ids(&mut sql, links);
    sql.push(" ORDER BY at DESC, step");
    let attempts = all(db, sql.build(), |raw| {
        let row = Row::new("step_attempt", "link_id", raw);
        Ok((row.parsed::<LinkId>("link_id")?, step_attempt::read(raw)?, row.count("tries")?))
    });
    for (link, attempt, tries) in attempts.await? {
        if let Some(details) = found.get_mut(&link) {
            details.stuck.get_or_insert((attempt, tries));
        }
    }
    Ok(())
}

/// One row a link, with its checks in one text: fifty rows instead of fifteen hundred.
async fn add_checks(
    db: &mut SqliteConnection,
    links: &[LinkId],
    since: Timestamp,
    found: &mut BTreeMap<LinkId, RowDetails>,
) -> Result<()> {
    let mut sql = Sql::new(
        "SELECT link_id, group_concat(started_at || ' ' || outcome || ' ' || coalesce(problem, ''), ',') AS checks \
         FROM check_run INDEXED BY check_run_by_day WHERE outcome IS NOT NULL AND started_at >= ",
    );
    sql.push_bind(since.as_millis()).push(" AND link_id IN ");
    push_ids(&mut sql, links);
    sql.push(" GROUP BY link_id");
    let marks = all(db, sql.build(), |row| {
        let row = Row::new("check_run", "link_id", row);
        let checks = row.read("checks", |text| text.split(',').map(mark).collect::<Option<Vec<_>>>())?;
        Ok((row.parsed::<LinkId>("link_id")?, checks))
    });
    for (link, mut checks) in marks.await? {
        checks.sort_by_key(|mark| mark.started_at);
        if let Some(details) = found.get_mut(&link) {
            details.checks = checks;
        }
    }
    Ok(())
}

/// A check of the text that [`add_checks`] asks for.
fn mark(text: &str) -> Option<CheckMark> {
    let mut parts = text.split(' ');
    let (at, outcome, problem) = (parts.next()?, parts.next()?, parts.next()?);
    let problem = Some(problem).filter(|problem| !problem.is_empty());
    let started_at = Timestamp::from_millis(at.parse().ok()?);
    let outcome = check::outcome_named(outcome, problem.map(str::parse).transpose().ok()?)?;
    Some(CheckMark { started_at, outcome })
}

fn push_ids(sql: &mut Sql, links: &[LinkId]) {
    let mut ids = sql.push("(").separated(", ");
    for link in links {
        ids.push_bind(link.to_string());
    }
    sql.push(")");
}
