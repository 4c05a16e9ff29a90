//! `/desk`: the list of links.

use app::pages::{DeskListPage, DeskListView, DeskRow, StatusFilter};
use app::shell::DeskTab;
use app::text::desk as words;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::{LinkStatus, WebServicesHost};
use leptos::prelude::*;
use serde::Deserialize;
use services::{LIST_MAX, LinkFilter};

use super::{page, ukg};
use crate::error::HandlerError;
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
pub async fn show(
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
    let ukg = ukg::troubles(&state, &desk, None).await?;
    Ok(page(
        &desk,
        DeskTab::Links,
        words::LINKS.to_owned(),
        move || view! { <DeskListPage view=view.clone() ukg=ukg.clone() /> },
    )
    .await)
}

/// Whether a status waits for the customer, us or UKG; an invite nobody opened yet waits, but nobody is late.
const fn needs_somebody(status: LinkStatus) -> bool {
    matches!(
        status,
        LinkStatus::LinkedWithGaps | LinkStatus::Attention | LinkStatus::Broken | LinkStatus::InProgress
    )
}
