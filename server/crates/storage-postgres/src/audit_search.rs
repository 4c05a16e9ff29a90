//! Searching the audit log, newest first. What is rare (a staff member, a customer, an action, a day) is found by an
//! index, what is frequent by walking back from the end.

use domain::{CustomerName, EmailAddress, LinkId};
use sqlx::postgres::PgRow;
use sqlx::{AssertSqlSafe, PgConnection, query};
use storage::{AuditFound, AuditSearch, Result};

use crate::audit::{place, read};
use crate::listing::plain;
use crate::query::all;
use crate::row::Row;

/// How many links and how many staff members a piece of text may mean; beyond it, it says too little.
const MEANT_AT_MOST: u32 = 200;

/// What a piece of text may mean.
struct Meant {
    links: Vec<String>,
    staff: Vec<String>,
}

pub(crate) async fn search(
    db: &mut PgConnection,
    search: &AuditSearch,
    before: Option<u64>,
    limit: u32,
) -> Result<Vec<AuditFound>> {
    let meant = match search.text.as_deref() {
        Some(text) => Some(meant(db, text).await?),
        None => None,
    };
    if meant.as_ref().is_some_and(|meant| meant.links.is_empty() && meant.staff.is_empty()) {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT audit_entry.*, customer, email FROM audit_entry LEFT JOIN link ON link.id = audit_entry.link_id \
         LEFT JOIN staff ON actor_kind = 'staff' AND staff.id = actor_id \
         WHERE {} ORDER BY position DESC LIMIT $1",
        conditions(search, meant.as_ref())
    );
    // Every condition names its values by number: none of them stands in the text.
    let mut sql = query(AssertSqlSafe(sql))
        .bind(i64::from(limit))
        .bind(before.map(place))
        .bind(search.who.map(|who| who.as_str()))
        .bind(search.what.map(|what| what.as_str()))
        .bind(search.since.map(|at| at.as_millis()))
        .bind(search.until.map(|at| at.as_millis()));
    for id in meant.iter().flat_map(|meant| meant.links.iter().chain(&meant.staff)) {
        sql = sql.bind(id.clone());
    }
    all(db, sql, found).await
}

/// The conditions that matter. Each is written only when it is asked for, so that the right index is used.
fn conditions(search: &AuditSearch, meant: Option<&Meant>) -> String {
    let mut parts = vec!["($2 IS NULL OR position < $2)".to_owned()];
    if search.who.is_some() {
        parts.push("actor_kind = $3".to_owned());
    }
    if search.what.is_some() {
        parts.push("action = $4".to_owned());
    }
    if search.since.is_some() {
        parts.push("at >= $5".to_owned());
    }
    if search.until.is_some() {
        parts.push("at < $6".to_owned());
    }
    if let Some(meant) = meant {
        let numbers = |from: usize, count: usize| {
            // Of nothing, `NULL`: an empty list is not SQL everywhere.
            let numbers: Vec<_> = (from..from + count).map(|n| format!("${n}")).collect();
            if numbers.is_empty() { "NULL".to_owned() } else { numbers.join(", ") }
        };
        let (links, staff) =
            (numbers(7, meant.links.len()), numbers(7 + meant.links.len(), meant.staff.len()));
        parts.push(format!("(link_id IN ({links}) OR (actor_kind = 'staff' AND actor_id IN ({staff})))"));
    }
    parts.join(" AND ")
}

async fn meant(db: &mut PgConnection, text: &str) -> Result<Meant> {
    let id = |row: &PgRow| Row::new("link", "id", row).text("id");
    if text.parse::<LinkId>().is_ok() {
        return Ok(Meant { links: vec![text.to_owned()], staff: Vec::new() });
    }
    let pattern = format!("%{}%", plain(text));
    // The first condition has an index, the second is the rule: the customer's name alone.
    let links = query(
        "SELECT id FROM link WHERE search_text LIKE $1 AND customer ILIKE $2 ORDER BY changed_at DESC LIMIT $3",
    );
    let links = links.bind(pattern.to_lowercase()).bind(pattern.clone()).bind(i64::from(MEANT_AT_MOST));
    let links = all(db, links, id).await?;
    let staff = query("SELECT id FROM staff WHERE email ILIKE $1 ORDER BY id LIMIT $2");
    let staff = all(db, staff.bind(pattern).bind(i64::from(MEANT_AT_MOST)), id).await?;
    Ok(Meant { links, staff })
}

fn found(raw: &PgRow) -> Result<AuditFound> {
    let row = Row::new("audit_entry", "id", raw);
    Ok(AuditFound {
        position: row.number("position")?,
        entry: read(raw)?,
        customer: row.optional_read("customer", |text| CustomerName::parse(text).ok())?,
        staff: row.optional_read("email", |text| EmailAddress::parse(text).ok())?,
    })
}
