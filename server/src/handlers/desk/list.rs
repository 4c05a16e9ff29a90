//! `/desk`: the list of links.

use app::pages::{DayTone, DeskListPage, DeskListView, DeskRow, DeskView, LinkCounts};
use app::shell::DeskTab;
use app::text::desk as words;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::{StaffId, WebServicesHost};
use leptos::prelude::*;
use services::{DayMark, LinkList, ListedLink, StaffCaller};
use storage::LinkCount;

use super::list_query::{ListQuery, place};
use super::{page, ukg, work};
use crate::error::HandlerError;
use crate::sessions::AtDesk;
use crate::startup::AppState;

/// The list.
pub async fn show(
    State(state): State<AppState>,
    desk: AtDesk,
    RawQuery(query): RawQuery,
) -> Result<Response, HandlerError> {
    let query = ListQuery::parse(&query.unwrap_or_default());
    let (view, _) = view_of(&state, &desk.caller, &query).await?;
    document(&state, &desk, view).await
}

/// The list again, with why a view of it was not saved.
pub(super) async fn show_refused(
    state: &AppState,
    desk: &AtDesk,
    query: &ListQuery,
    why: &'static str,
) -> Result<Response, HandlerError> {
    let (mut view, _) = view_of(state, &desk.caller, query).await?;
    view.refused = Some(why);
    let mut page = document(state, desk, view).await?;
    *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(page)
}

/// What the page shows, and the version of the list it was made from.
pub(super) async fn view_of(
    state: &AppState,
    caller: &StaffCaller,
    query: &ListQuery,
) -> Result<(DeskListView, i64), HandlerError> {
    let list = state.services.list_links(caller, &query.request(caller.id())).await?;
    let LinkList { links, before, after, counts, views, version } = list;
    let view = DeskListView {
        address: query.address.clone(),
        place: place(&query.part),
        rows: links.into_iter().map(|listed| row(listed, caller.id())).collect(),
        counts: counts_of(&counts),
        views: views.into_iter().map(|view| DeskView { name: view.name, query: view.query }).collect(),
        refused: None,
        before: before.as_ref().and_then(place),
        after: after.as_ref().and_then(place),
        now: state.clock.now(),
    };
    Ok((view, version))
}

async fn document(state: &AppState, desk: &AtDesk, view: DeskListView) -> Result<Response, HandlerError> {
    let ukg = ukg::troubles(state, desk, None).await?;
    let given_up = work::given_up(state, desk).await?;
    let content = move || view! { <DeskListPage view=view.clone() ukg=ukg.clone() given_up /> };
    Ok(page(desk, DeskTab::Links, words::LINKS.to_owned(), content).await)
}

fn row(listed: ListedLink, reader: StaffId) -> DeskRow {
    let ListedLink { link, renewal_asked, missing, stuck, assignee, days, last_check } = listed;
    let is_reader = link.assignee == Some(reader);
    let at = stuck.as_ref().map(|stuck| (stuck.step, stuck.tries));
    DeskRow {
        test: link.host.as_ref().is_some_and(WebServicesHost::is_test_tenant),
        renew_asked: renewal_asked,
        id: link.id.to_string(),
        customer: link.customer.to_string(),
        contact: link.contact.map(|contact| contact.to_string()),
        reference: link.reference.map(|reference| reference.to_string()),
        status: link.status,
        who: link.who_acts,
        problem: link.problem,
        missing,
        step: link.step_reached,
        stuck: at,
        shape: stuck.and_then(|stuck| stuck.shape),
        assignee: assignee.map(|address| (address.to_string(), is_reader)),
        days: days.into_iter().map(|day| day.map(tone)).collect(),
        checked_at: last_check.map(|check| check.started_at),
        changed_at: link.changed_at,
    }
}

const fn tone(day: DayMark) -> DayTone {
    match day {
        DayMark::Fine => DayTone::Fine,
        DayMark::Gaps => DayTone::Gaps,
        DayMark::Fault => DayTone::Fault,
        DayMark::Refused => DayTone::Refused,
    }
}

fn counts_of(counts: &[LinkCount]) -> LinkCounts {
    LinkCounts {
        stages: summed(counts, |count| count.stage),
        statuses: summed(counts, |count| count.status),
        who: summed(counts, |count| count.who),
    }
}

/// The counts of those that are alike, added up.
fn summed<K: PartialEq>(counts: &[LinkCount], kind: impl Fn(&LinkCount) -> K) -> Vec<(K, u64)> {
    let mut sums: Vec<(K, u64)> = Vec::new();
    for count in counts {
        let kind = kind(count);
        match sums.iter_mut().find(|(other, _)| *other == kind) {
            Some((_, links)) => *links += count.links,
            None => sums.push((kind, count.links)),
        }
    }
    sums
}
