//! SQL of the desk's list: one page of links, however they are filtered and sorted, at a million of them.
//!
//! A page is found by walking the list's order from a place in it, or, where few links are left, by sorting those: which of
//! the two, PostgreSQL finds out itself, from what it knows of the columns' values.

mod details;
mod search;
mod tally;

use domain::LinkSort;
use sqlx::{PgConnection, Postgres, QueryBuilder};
use storage::{Link, LinkFilter, LinkPart, LinkPlace, LinkQuery, Result, SortKey};

use crate::link;
use crate::query::all;

pub(crate) use details::{is_lapsed, of_links};
pub(crate) use search::plain;
pub(crate) use tally::{any_about_to_lapse, count, settle_idle, settle_lapsed, version};

/// A query in the making.
pub(super) type Sql = QueryBuilder<Postgres>;

/// The page.
pub(crate) async fn page(db: &mut PgConnection, query: &LinkQuery) -> Result<Vec<Link>> {
    if query.limit == 0 || tally::matching(db, &query.filter).await? == 0 {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new("SELECT link.* FROM link WHERE TRUE");
    push_filter(&mut sql, &query.filter);
    if let Some(text) = &query.filter.search {
        search::push(&mut sql, text);
    }
    let backwards = matches!(query.part, LinkPart::Before(_) | LinkPart::Last);
    match &query.part {
        LinkPart::After(place) | LinkPart::Before(place) => push_place(&mut sql, query, place, backwards),
        LinkPart::First | LinkPart::Last => {}
    }
    push_order(&mut sql, query.sort, backwards);
    sql.push(" LIMIT ").push_bind(i64::from(query.limit));
    let mut links = all(db, sql.build(), link::read).await?;
    if backwards {
        links.reverse();
    }
    Ok(links)
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
fn push_place(sql: &mut Sql, query: &LinkQuery, place: &LinkPlace, backwards: bool) {
    let (column, descending) = column(query.sort);
    sql.push(" AND (").push(column).push(", id) ").push(if descending == backwards { ">" } else { "<" });
    match &place.key {
        SortKey::Time(at) => sql.push(" (").push_bind(at.as_millis()),
        SortKey::Name(name) => sql.push(" (").push_bind(name.to_ascii_lowercase()),
    };
    sql.push(", ").push_bind(place.id.to_string()).push(")");
}

fn push_order(sql: &mut Sql, sort: LinkSort, backwards: bool) {
    let (column, descending) = column(sort);
    let way = if descending == backwards { " ASC" } else { " DESC" };
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
