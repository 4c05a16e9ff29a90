//! `/desk/links/{id}`: one link.

use app::pages::{DeskLinkPage, DeskLinkView, DeskTwin};
use app::shell::DeskTab;
use app::text::desk as words;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{LinkId, PermissionResult, RowResult, WebServicesHost};
use leptos::prelude::*;
use services::{LinkPage, renewal_asked};

use super::{page, timeline, ukg};
use crate::error::HandlerError;
use crate::sessions::AtDesk;
use crate::startup::AppState;

/// One link.
pub async fn show(
    State(state): State<AppState>,
    desk: AtDesk,
    id: Result<Path<String>, PathRejection>,
) -> Result<Response, HandlerError> {
    let Path(id) = id.map_err(|_| HandlerError::NoSuchLink)?;
    let id: LinkId = id.parse().map_err(|_| HandlerError::NoSuchLink)?;
    let found = state.services.show_link(&desk.caller, id).await?.ok_or(HandlerError::NoSuchLink)?;
    let title = format!("{} · {}", found.link.customer, words::LINKS);
    let view = link_view(&state, found);
    let ukg = match &view.host {
        Some(host) => ukg::troubles(&state, &desk, Some(host)).await?,
        None => Vec::new(),
    };
    let content = move || view! { <DeskLinkPage view=view.clone() ukg=ukg.clone() /> };
    Ok(page(&desk, DeskTab::Links, title, content).await)
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
