//! SQL of table `link`.

use domain::{
    CustomerName, EmailAddress, LinkId, LinkStatus, ProblemCode, Reference, Step, Timestamp, WebServicesHost,
    WelcomeNote, WhoActs,
};
use sqlx::postgres::PgRow;
use sqlx::{PgConnection, query};
use storage::{Fingerprint, Link, Previous, Result};

use crate::error::failed_or_duplicate;
use crate::query::{Bound, all, one, run, run_or};
use crate::row::{Row, bytes, host, permission_set, slugs};

pub(crate) async fn lookup(db: &mut PgConnection, id: LinkId) -> Result<Option<Link>> {
    one(db, query("SELECT * FROM link WHERE id = $1").bind(id.to_string()), read).await
}

pub(crate) async fn with_account(
    db: &mut PgConnection,
    account: &Fingerprint,
    except: LinkId,
) -> Result<Vec<Link>> {
    // One that was ended is linked with nothing.
    let sql = query(
        "SELECT * FROM link WHERE account = $1 AND id <> $2 AND status <> 'disconnected' \
         ORDER BY changed_at DESC, id DESC",
    );
    all(db, sql.bind(account.0.as_slice()).bind(except.to_string()), read).await
}

/// Two look-ups, each by its own index. `coalesce` keeps the index by status out of it: all unfinished links would be gone
/// through with that one.
pub(crate) const UNFINISHED: &str = "SELECT * FROM link WHERE (customer_key = lower($1 COLLATE \"C\") OR contact = $2) \
     AND coalesce(status, '') IN ('invited', 'opened', 'in_progress', 'checking') \
     ORDER BY changed_at DESC, id DESC LIMIT $3";

pub(crate) async fn unfinished(
    db: &mut PgConnection,
    customer: &CustomerName,
    contact: Option<&EmailAddress>,
    limit: u32,
) -> Result<Vec<Link>> {
    let sql = query(UNFINISHED);
    let sql = sql.bind(customer.as_str()).bind(contact.map(EmailAddress::as_str)).bind(i64::from(limit));
    all(db, sql, read).await
}

pub(crate) async fn insert(db: &mut PgConnection, link: &Link) -> Result<()> {
    let sql = query(
        "INSERT INTO link (id, status, who_acts, problem, step_reached, host, fresh_host, account, previous_host, \
         previous_status, previous_account, replaced_at, changed_at, linked_at, customer, contact, permissions, \
         created_at, reference, language, note, assignee, paused_from, search_text) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, \
         $24)",
    );
    let sql = with_what_changes(sql, link)
        .bind(link.customer.as_str())
        .bind(link.contact.as_ref().map(EmailAddress::as_str))
        .bind(slugs(link.permissions.iter()))
        .bind(link.created_at.as_millis())
        .bind(link.reference.as_ref().map(Reference::as_str))
        .bind(link.language.as_str())
        .bind(link.note.as_ref().map(WelcomeNote::as_str))
        .bind(link.assignee.map(|staff| staff.to_string()))
        .bind(link.paused_from.map(LinkStatus::as_str))
        .bind(search_text([
            Some(link.customer.as_str()),
            link.contact.as_ref().map(EmailAddress::as_str),
            link.reference.as_ref().map(Reference::as_str),
        ]));
    run_or(db, sql, failed_or_duplicate("this link")).await?;
    Ok(())
}

pub(crate) async fn update(db: &mut PgConnection, link: &Link) -> Result<()> {
    let sql = query(
        "UPDATE link SET status = $2, who_acts = $3, problem = $4, step_reached = $5, host = $6, fresh_host = $7, \
         account = $8, previous_host = $9, previous_status = $10, previous_account = $11, replaced_at = $12, \
         changed_at = $13, linked_at = $14, paused_from = $15 WHERE id = $1",
    );
    run(db, with_what_changes(sql, link).bind(link.paused_from.map(LinkStatus::as_str))).await?;
    Ok(())
}

/// Binds $1 to $14: the id, and everything that an update may change.
fn with_what_changes<'q>(sql: Bound<'q>, link: &'q Link) -> Bound<'q> {
    let previous = link.previous.as_ref();
    sql.bind(link.id.to_string())
        .bind(link.status.as_str())
        .bind(link.who_acts.as_str())
        .bind(link.problem.map(ProblemCode::as_str))
        .bind(link.step_reached.map(Step::as_str))
        .bind(link.host.as_ref().map(WebServicesHost::as_str))
        .bind(link.fresh_host.as_ref().map(WebServicesHost::as_str))
        .bind(link.account.as_ref().map(bytes))
        .bind(previous.map(|previous| previous.host.as_str()))
        .bind(previous.map(|previous| previous.status.as_str()))
        .bind(previous.and_then(|previous| previous.account.as_ref()).map(bytes))
        .bind(previous.map(|previous| previous.replaced_at.as_millis()))
        .bind(link.changed_at.as_millis())
        .bind(link.linked_at.map(Timestamp::as_millis))
}

/// What a link is found by: a line each, in small letters.
pub(crate) fn search_text(of: [Option<&str>; 3]) -> String {
    of.map(|text| text.unwrap_or_default().to_lowercase()).join("\n")
}

/// Forgets that a link replaced before `at` was anything else until then; how many links.
pub(crate) async fn forget_previous(db: &mut PgConnection, at: Timestamp) -> Result<u64> {
    let sql = query(
        "UPDATE link SET previous_host = NULL, previous_status = NULL, previous_account = NULL, \
         replaced_at = NULL WHERE replaced_at < $1",
    );
    run(db, sql.bind(at.as_millis())).await
}

pub(crate) fn read(row: &PgRow) -> Result<Link> {
    let row = Row::new("link", "id", row);
    Ok(Link {
        id: row.parsed("id")?,
        customer: row.read("customer", |text| CustomerName::parse(text).ok())?,
        contact: row.optional_read("contact", |text| EmailAddress::parse(text).ok())?,
        reference: row.optional_read("reference", |text| Reference::parse(text).ok())?,
        language: row.parsed("language")?,
        note: row.optional_read("note", |text| WelcomeNote::parse(text).ok())?,
        assignee: row.optional_parsed("assignee")?,
        paused_from: row.optional_parsed("paused_from")?,
        permissions: row.read("permissions", permission_set)?,
        status: row.parsed("status")?,
        who_acts: row.parsed::<WhoActs>("who_acts")?,
        problem: row.optional_parsed("problem")?,
        step_reached: row.optional_parsed("step_reached")?,
        host: row.optional_read("host", host)?,
        fresh_host: row.optional_read("fresh_host", host)?,
        account: row.optional_fingerprint("account")?,
        previous: previous(&row)?,
        created_at: row.time("created_at")?,
        changed_at: row.time("changed_at")?,
        linked_at: row.optional_time("linked_at")?,
    })
}

fn previous(row: &Row<'_>) -> Result<Option<Previous>> {
    let Some(replaced_at) = row.optional_time("replaced_at")? else { return Ok(None) };
    Ok(Some(Previous {
        host: row.read("previous_host", host)?,
        status: row.parsed("previous_status")?,
        account: row.optional_fingerprint("previous_account")?,
        replaced_at,
    }))
}
