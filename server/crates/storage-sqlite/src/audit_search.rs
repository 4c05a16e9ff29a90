//! Searching the audit log, newest first. What is rare (a staff member, a customer, an action, a day) is found by an
//! index, what is frequent by walking back from the end.

use domain::{CustomerName, EmailAddress, LinkId};
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, SqliteConnection, query};
use storage::{AuditFound, AuditSearch, Result};

use crate::audit::{place, read};
use crate::query::all;
use crate::row::Row;

/// How many links and how many staff members a piece of text may mean; beyond it, it says too little.
const MEANT_AT_MOST: u32 = 200;

/// How many letters the index of parts of names begins with; shorter texts are how a name begins.
const PART: usize = 3;
/// The links of customers in whose name the text is, the last made first: in the index's own order, so that a frequent
/// part costs no more than a rare one.
pub(crate) const BY_PART: &str = "SELECT link.id AS id FROM \
    (SELECT rowid AS number FROM link_search WHERE link_search MATCH $1 ORDER BY rowid DESC LIMIT $2) AS found \
    JOIN link ON link.number = found.number";
/// The links of customers whose name begins with the text.
pub(crate) const BY_BEGIN: &str =
    "SELECT id FROM link WHERE customer_key >= $1 AND customer_key < $2 ORDER BY customer_key LIMIT $3";

/// What a piece of text may mean.
struct Meant {
    links: Vec<String>,
    staff: Vec<String>,
}

pub(crate) async fn search(
    db: &mut SqliteConnection,
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
        .bind(limit)
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

async fn meant(db: &mut SqliteConnection, text: &str) -> Result<Meant> {
    let pattern = format!("%{}%", text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
    let id = |row: &SqliteRow| Row::new("link", "id", row).text("id");
    if text.parse::<LinkId>().is_ok() {
        return Ok(Meant { links: vec![text.to_owned()], staff: Vec::new() });
    }
    let links = if text.chars().count() >= PART {
        // Within quotes nothing has a meaning of its own but the quote itself.
        let phrase = format!("customer : \"{}\"", text.replace('"', "\"\""));
        all(db, query(BY_PART).bind(phrase).bind(MEANT_AT_MOST), id).await?
    } else {
        // Every name that begins so sorts between the two.
        let from = text.to_ascii_lowercase();
        let to = format!("{from}\u{10FFFF}");
        all(db, query(BY_BEGIN).bind(from).bind(to).bind(MEANT_AT_MOST), id).await?
    };
    let staff = query("SELECT id FROM staff WHERE email LIKE $1 ESCAPE '\\' ORDER BY id LIMIT $2");
    let staff = all(db, staff.bind(pattern).bind(MEANT_AT_MOST), id).await?;
    Ok(Meant { links, staff })
}

fn found(raw: &SqliteRow) -> Result<AuditFound> {
    let row = Row::new("audit_entry", "id", raw);
    Ok(AuditFound {
        position: row.number("position")?,
        entry: read(raw)?,
        customer: row.optional_read("customer", |text| CustomerName::parse(text).ok())?,
        staff: row.optional_read("email", |text| EmailAddress::parse(text).ok())?,
    })
}
