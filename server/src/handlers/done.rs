//! The receipt; before the account is linked it leads to what is next.

use app::pages::{DonePage, DoneView};
use app::text::check::done;
use axum::extract::State;
use axum::response::Response;
use leptos::prelude::*;

use super::flow_pages::{document, frame, path_of, view_of};
use crate::error::HandlerError;
use crate::render::see_other;
use crate::sessions::InFlow;
use crate::startup::AppState;

/// The page.
pub async fn show(State(state): State<AppState>, InFlow(caller): InFlow) -> Result<Response, HandlerError> {
    let view = view_of(&state, &caller).await?;
    let (true, Some(linked_at)) = (view.link.status.is_linked(), view.link.linked_at) else {
        return Ok(see_other(&path_of(view.link.id, view.next)));
    };
    let page = DoneView {
        frame: frame(&state, &view, 4),
        status: view.link.status,
        customer: view.link.customer.to_string(),
        contact: view.link.contact.as_ref().map(ToString::to_string),
        linked_at,
        host: view.link.host.as_ref().map(ToString::to_string).unwrap_or_default(),
        rows: view.proven.and_then(|check| check.report).map(|report| report.rows).unwrap_or_default(),
    };
    let title = format!("{}: {}", done::RECEIPT, done::HEADING.0);
    Ok(document(&state, title, false, move || view! { <DonePage view=page.clone() /> }).await)
}
