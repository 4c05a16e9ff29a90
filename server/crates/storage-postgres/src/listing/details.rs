//! What the list tells of the links on one page: read for those alone.

use std::collections::BTreeMap;

use domain::{EmailAddress, LinkId, Timestamp};
use sqlx::{PgConnection, query};
use storage::{CheckMark, Result, RowDetails};

use crate::query::{all, one};
use crate::row::Row;
use crate::{check, step_attempt};

pub(crate) async fn of_links(
    db: &mut PgConnection,
    links: &[LinkId],
    now: Timestamp,
    since: Timestamp,
) -> Result<Vec<RowDetails>> {
    if links.is_empty() {
        return Ok(Vec::new());
    }
    let sql = query(
        "SELECT id, status IN ('invited', 'opened', 'in_progress') AND open_until <= $2 AS is_lapsed, \
         EXISTS (SELECT 1 FROM audit_entry AS asked WHERE asked.link_id = link.id AND action = 'invite_renewed' \
         AND NOT EXISTS (SELECT 1 FROM audit_entry AS later WHERE later.link_id = asked.link_id \
             AND later.position > asked.position AND (later.action = 'flow_started' \
                 OR (later.action = 'invite_created' AND later.actor_kind <> 'customer')))) AS renewal_asked, \
         (SELECT email FROM staff WHERE staff.id = link.assignee) AS assignee_email, \
         CASE WHEN EXISTS (SELECT 1 FROM step_attempt WHERE link_id = link.id) THEN \
             (SELECT detail FROM audit_entry WHERE link_id = link.id AND action IN ('step_refused', 'step_doubted') \
             ORDER BY at DESC, position DESC LIMIT 1) END AS entered, \
         CASE WHEN problem = 'permission_missing' THEN \
             (SELECT detail FROM audit_entry WHERE link_id = link.id AND action = 'check_finished' \
             AND detail LIKE 'permission_missing: %' ORDER BY at DESC, position DESC LIMIT 1) END AS missing \
         FROM link WHERE id = ANY($1)",
    );
    let rows = all(db, sql.bind(ids(links)).bind(now.as_millis()), |row| {
        let row = Row::new("link", "id", row);
        Ok(RowDetails {
            link: row.parsed("id")?,
            lapsed: row.truth("is_lapsed")?,
            renewal_asked: row.truth("renewal_asked")?,
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

pub(crate) async fn is_lapsed(db: &mut PgConnection, link: LinkId, now: Timestamp) -> Result<bool> {
    let sql = query(
        "SELECT 1 FROM link WHERE id = $1 AND status IN ('invited', 'opened', 'in_progress') AND open_until <= $2",
    );
    Ok(one(db, sql.bind(link.to_string()).bind(now.as_millis()), |_| Ok(())).await?.is_some())
}

async fn add_attempts(
    db: &mut PgConnection,
    links: &[LinkId],
    found: &mut BTreeMap<LinkId, RowDetails>,
) -> Result<()> {
    let sql = query("SELECT * FROM step_attempt WHERE link_id = ANY($1) ORDER BY at DESC, step");
    let attempts = all(db, sql.bind(ids(links)), |raw| {
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

async fn add_checks(
    db: &mut PgConnection,
    links: &[LinkId],
    since: Timestamp,
    found: &mut BTreeMap<LinkId, RowDetails>,
) -> Result<()> {
    let sql = query(
        "SELECT link_id, started_at, outcome, problem FROM check_run \
         WHERE outcome IS NOT NULL AND started_at >= $2 AND link_id = ANY($1)",
    );
    let marks = all(db, sql.bind(ids(links)).bind(since.as_millis()), |row| {
        let row = Row::new("check_run", "link_id", row);
        let outcome = check::outcome(&row)?.ok_or_else(|| row.corrupt("outcome"))?;
        Ok((row.parsed::<LinkId>("link_id")?, CheckMark { started_at: row.time("started_at")?, outcome }))
    });
    for (link, mark) in marks.await? {
        if let Some(details) = found.get_mut(&link) {
            details.checks.push(mark);
        }
    }
    for details in found.values_mut() {
        details.checks.sort_by_key(|mark| mark.started_at);
    }
    Ok(())
}

/// An array, so that it is one statement to the database however many there are.
fn ids(links: &[LinkId]) -> Vec<String> {
    links.iter().map(ToString::to_string).collect()
}
