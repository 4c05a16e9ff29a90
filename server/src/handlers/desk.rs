//! The desk: the list, and one link.

use app::pages::{DeskLinkPage, DeskLinkView, DeskListPage, DeskListView, DeskRow, DeskTwin, StatusFilter};
use app::shell::{Page, Top};
use app::text::desk as words;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::{LinkId, LinkStatus, PermissionResult, RowResult, WebServicesHost};
use leptos::prelude::*;
use serde::Deserialize;
use services::{LIST_MAX, LinkFilter, LinkPage, renewal_asked};

use super::timeline;
use crate::error::HandlerError;
use crate::render;
use crate::sessions::AtDesk;
use crate::startup::AppState;

/// What the list's address may ask for; what it does not know is left out.
#[derive(Debug, Default, Deserialize)]
pub struct ListQuery {
    /// A status.
    #[serde(default)]
    status: String,
}

/// The list.
pub async fn list(
    State(state): State<AppState>,
    desk: AtDesk,
    query: Result<Query<ListQuery>, QueryRejection>,
) -> Result<Response, HandlerError> {
    let status: Option<LinkStatus> = query.ok().and_then(|Query(query)| query.status.parse().ok());
    let list = state.services.list_links(&desk.caller, LinkFilter { status }).await?;
    let all: u64 = list.counts.iter().map(|count| count.links).sum();
    let mut filters = vec![StatusFilter { status: None, count: all, current: status.is_none() }];
    for known in LinkStatus::ALL {
        let count = list.counts.iter().find(|count| count.status == known).map_or(0, |count| count.links);
        if count > 0 || status == Some(known) {
            filters.push(StatusFilter { status: Some(known), count, current: status == Some(known) });
        }
    }
    let acting =
        list.counts.iter().filter(|count| needs_somebody(count.status)).map(|count| count.links).sum();
    let cut = u32::try_from(list.links.len()).is_ok_and(|shown| shown >= LIST_MAX);
    let asked = list.renewals_asked;
    let rows = list.links.into_iter().map(|link| DeskRow {
        test: link.host.as_ref().is_some_and(WebServicesHost::is_test_tenant),
        renew_asked: asked.contains(&link.id),
        id: link.id.to_string(),
        customer: link.customer.to_string(),
        contact: link.contact.map(|contact| contact.to_string()),
        status: link.status,
        who: link.who_acts,
        problem: link.problem,
        step: link.step_reached,
        changed_at: link.changed_at,
    });
    let view = DeskListView { rows: rows.collect(), filters, acting, cut, now: state.clock.now() };
    Ok(document(&desk, words::LINKS.to_owned(), move || view! { <DeskListPage view=view.clone() /> }).await)
}

/// One link.
pub async fn link(
    State(state): State<AppState>,
    desk: AtDesk,
    id: Result<Path<String>, PathRejection>,
) -> Result<Response, HandlerError> {
    let Path(id) = id.map_err(|_| HandlerError::NoSuchLink)?;
    let id: LinkId = id.parse().map_err(|_| HandlerError::NoSuchLink)?;
    let page = state.services.show_link(&desk.caller, id).await?.ok_or(HandlerError::NoSuchLink)?;
    let title = format!("{} · {}", page.link.customer, words::LINKS);
    let view = link_view(&state, page);
    Ok(document(&desk, title, move || view! { <DeskLinkPage view=view.clone() /> }).await)
}

fn link_view(state: &AppState, page: LinkPage) -> DeskLinkView {
    let seen = page.proven.as_ref().and_then(|check| check.finished_at);
    let surplus = page.proven.as_ref().map(|check| check.surplus.clone()).unwrap_or_default();
    let found = page.proven.and_then(|check| check.report).map(|report| report.rows).unwrap_or_default();
    let rows = page.link.permissions.iter().map(|permission| {
        let row = found.iter().find(|row| row.permission == permission).copied();
        match row {
            Some(row) if row.result == PermissionResult::Unchecked => (row, None),
            Some(row) => (row, seen),
            None => (RowResult::not_asked(permission), None),
        }
    });
    let now = state.clock.now();
    let duplicates = page
        .duplicates
        .into_iter()
        .map(|link| DeskTwin { id: link.id.to_string(), customer: link.customer.to_string() });
    DeskLinkView {
        test: page.link.host.as_ref().is_some_and(WebServicesHost::is_test_tenant),
        duplicates: duplicates.collect(),
        renew_asked: renewal_asked(&page.timeline),
        surplus,
        id: page.link.id.to_string(),
        rows: rows.collect(),
        customer: page.link.customer.to_string(),
        contact: page.link.contact.map(|contact| contact.to_string()),
        status: page.link.status,
        who: page.link.who_acts,
        problem: page.link.problem,
        step: page.link.step_reached,
        host: page.link.host.map(|host| host.to_string()),
        invite: words::invite(
            page.invites.first().map(|invite| invite.state(now)),
            page.invites.first().map(|invite| app::when::date(invite.expires_at)).as_deref(),
        ),
        kept: words::kept(&page.fields.iter().map(|state| state.field).collect::<Vec<_>>()),
        timeline: page.timeline.iter().filter_map(timeline::item).collect(),
        changed_at: page.link.changed_at,
    }
}

/// Whether a status waits for the customer, us or UKG; an invite nobody opened yet waits, but nobody is late.
const fn needs_somebody(status: LinkStatus) -> bool {
    matches!(
        status,
        LinkStatus::LinkedWithGaps | LinkStatus::Attention | LinkStatus::Broken | LinkStatus::InProgress
    )
}

async fn document<V, F>(desk: &AtDesk, title: String, content: F) -> Response
where
    V: IntoView + 'static,
    F: Fn() -> V + Clone + Send + Sync + 'static,
{
    let email = desk.caller.email().to_string();
    render::page(StatusCode::OK, move || {
        let (title, email, content) = (title.clone(), email.clone(), content.clone());
        view! {
            <Page assets=render::assets() title=title top=Top::Desk { email } foot=None refresh=None>
                {content()}
            </Page>
        }
    })
    .await
}
