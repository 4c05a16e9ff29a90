//! SQL of the desk's list: one page of links, however they are filtered and sorted, at a million of them.
//!
//! SQLite is told which index to walk, because which one is right depends on how many links a filter leaves, and that is
//! known here: `tally` counts them. A page is found by walking the list's order from a place in it, or, where few links
//! are left, by sorting those.

mod details;
mod search;
mod tally;

use domain::LinkSort;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};
use storage::{Link, LinkFilter, LinkPart, LinkPlace, LinkQuery, Result, SortKey};

use crate::link;
use crate::query::{all, one};
use crate::row::Row;
use search::{Search, push_few};

pub(crate) use details::{is_lapsed, of_links};
pub(crate) use tally::{any_about_to_lapse, count, settle_idle, settle_lapsed, version};

/// So many links are sorted in a few milliseconds.
const FEW: u64 = 10_000;

/// From how many links on which way of searching is the quicker one.
#[derive(Clone, Copy)]
struct Limits {
    /// So many that answer are looked up and sorted at once.
    few: u32,
    /// So many are read one after another in search of those that answer: some 2 µs each.
    walk: u32,
}

const LIMITS: Limits = Limits { few: 4_000, walk: 20_000 };

/// A query in the making.
pub(super) type Sql = QueryBuilder<Sqlite>;

/// The page.
pub(crate) async fn page(db: &mut SqliteConnection, query: &LinkQuery) -> Result<Vec<Link>> {
    page_within(db, query, LIMITS).await
}

async fn page_within(db: &mut SqliteConnection, query: &LinkQuery, limits: Limits) -> Result<Vec<Link>> {
    let left = tally::matching(db, &query.filter).await?;
    if left == 0 || query.limit == 0 {
        return Ok(Vec::new());
    }
    let search = match &query.filter.search {
        Some(text) => Some(Search::planned(db, text, limits.few).await?),
        None => None,
    };
    if let Some(Search::Few(numbers)) = &search {
        let mut sql = begun("*", "link_by_number", query);
        push_few(&mut sql, numbers);
        return read(db, sql, query).await;
    }
    let index = tally::index(db, query, left <= FEW).await?.unwrap_or_else(|| in_order(query.sort));
    let mut sql = begun("*", index, query);
    let Some(Search::Many(wanted)) = search else { return read(db, sql, query).await };
    if wanted.is_plain() {
        let end = end_of_walk(db, index, query, limits.walk).await?;
        wanted.push_read(&mut sql);
        if let Some(end) = &end {
            push_side(&mut sql, query, end, !is_backwards(query));
        }
        let links = read(db, sql, query).await?;
        let is_full = u32::try_from(links.len()).is_ok_and(|links| links >= query.limit);
        if is_full || end.is_none() {
            return Ok(links);
        }
        sql = begun("*", index, query);
    }
    wanted.push_collected(&mut sql);
    read(db, sql, query).await
}

/// A query of the links that the filter leaves, on the asked side of the asked place.
fn begun(columns: &str, index: &str, query: &LinkQuery) -> Sql {
    let mut sql = Sql::new("SELECT ");
    sql.push(columns).push(" FROM link INDEXED BY ").push(index).push(" WHERE 1 = 1");
    push_filter(&mut sql, &query.filter);
    if let LinkPart::After(place) | LinkPart::Before(place) = &query.part {
        push_side(&mut sql, query, place, is_backwards(query));
    }
    sql
}

async fn read(db: &mut SqliteConnection, mut sql: Sql, query: &LinkQuery) -> Result<Vec<Link>> {
    push_order(&mut sql, query);
    sql.push(" LIMIT ").push_bind(query.limit);
    let mut links = all(db, sql.build(), link::read).await?;
    if is_backwards(query) {
        links.reverse();
    }
    Ok(links)
}

/// The place before which a walk through the list stays short; `None` when there are not that many links.
async fn end_of_walk(
    db: &mut SqliteConnection,
    index: &str,
    query: &LinkQuery,
    walk: u32,
) -> Result<Option<LinkPlace>> {
    let (column, _) = column(query.sort);
    // Told from the index alone.
    let mut sql = begun(&format!("{column}, id"), index, query);
    push_order(&mut sql, query);
    sql.push(" LIMIT 1 OFFSET ").push_bind(walk);
    one(db, sql.build(), |row| {
        let row = Row::new("link", "id", row);
        let key = match query.sort {
            LinkSort::Customer => SortKey::Name(row.text(column)?),
            LinkSort::Changed | LinkSort::Created => SortKey::Time(row.time(column)?),
        };
        Ok(LinkPlace { key, id: row.parsed("id")? })
    })
    .await
}

const fn is_backwards(query: &LinkQuery) -> bool {
    matches!(query.part, LinkPart::Before(_) | LinkPart::Last)
}

/// The index that holds every link in this order.
const fn in_order(sort: LinkSort) -> &'static str {
    match sort {
        LinkSort::Changed => "link_by_change",
        LinkSort::Customer => "link_by_customer",
        LinkSort::Created => "link_by_creation",
    }
}

fn push_filter(sql: &mut Sql, filter: &LinkFilter) {
    if let Some(status) = filter.status {
        sql.push(" AND status = ").push_bind(status.as_str());
    }
    if let Some(stage) = filter.stage {
        sql.push(" AND stage = ").push_bind(stage.as_str());
    }
    if let Some(who) = filter.who {
        sql.push(" AND turn = ").push_bind(who.as_str());
    }
    if let Some(staff) = filter.assignee {
        sql.push(" AND assignee = ").push_bind(staff.to_string());
    }
}

/// What comes after the place, in the order or against it.
fn push_side(sql: &mut Sql, query: &LinkQuery, place: &LinkPlace, backwards: bool) {
    let (column, descending) = column(query.sort);
    sql.push(" AND (").push(column).push(", id) ").push(if descending == backwards { ">" } else { "<" });
    match &place.key {
        SortKey::Time(at) => sql.push(" (").push_bind(at.as_millis()),
        SortKey::Name(name) => sql.push(" (lower(").push_bind(name.clone()).push(")"),
    };
    sql.push(", ").push_bind(place.id.to_string()).push(")");
}

fn push_order(sql: &mut Sql, query: &LinkQuery) {
    let (column, descending) = column(query.sort);
    let way = if descending == is_backwards(query) { " ASC" } else { " DESC" };
    sql.push(" ORDER BY ").push(column).push(way).push(", id").push(way);
}

/// What is sorted by, and whether the largest comes first.
const fn column(sort: LinkSort) -> (&'static str, bool) {
    match sort {
        LinkSort::Changed => ("changed_at", true),
        LinkSort::Customer => ("customer_key", false),
        LinkSort::Created => ("created_at", true),
    }
}

#[cfg(test)]
mod tests;
