//! The receipt; before the account is linked it leads to what is next.

use app::pages::{DonePage, DoneView};
use app::text::done;
use axum::extract::State;
use axum::response::Response;
use domain::LinkStatus;
use leptos::prelude::*;

use super::flow_pages::{document, frame, path_of, view_of};
use crate::error::HandlerError;
use crate::render::see_other;
use crate::sessions::InFlow;
use crate::startup::AppState;

/// The page.
pub async fn show(State(state): State<AppState>, InFlow(caller): InFlow) -> Result<Response, HandlerError> {
    let view = view_of(&state, &caller).await?;
    let status = view.link.status;
    let over = matches!(status, LinkStatus::Paused | LinkStatus::Disconnected);
    let (true, Some(linked_at)) =
        (status.stands() || over, view.link.linked_at.or(Some(view.link.changed_at)))
    else {
        return Ok(see_other(&path_of(view.link.id, view.next)));
    };
    let proven = view.proven.as_ref();
    let page = DoneView {
        frame: frame(&state, &view, 4),
        status,
        customer: view.link.customer.to_string(),
        contact: view.link.contact.as_ref().map(ToString::to_string),
        linked_at,
        checked_at: view.check.as_ref().filter(|check| !check.of_replacement).and_then(|c| c.finished_at),
        ended_at: (status == LinkStatus::Disconnected).then_some(view.link.changed_at),
        host: view.link.host.as_ref().map(ToString::to_string).unwrap_or_default(),
        rows: proven.and_then(|check| check.report.clone()).map(|report| report.rows).unwrap_or_default(),
        problem: view.link.problem,
        next_check: state.services.next_check(&caller).await?,
        undo_until: view.undo_until,
        fresh: view.is_replacing(),
        surplus: proven.map(|check| check.surplus.clone()).unwrap_or_default(),
        duplicate: view.is_duplicate,
    };
    let title = done::heading(status, view.link.problem).0.to_owned();
    Ok(document(&state, title, false, move || view! { <DonePage view=page.clone() /> }).await)
}
