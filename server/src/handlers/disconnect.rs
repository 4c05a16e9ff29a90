//! Ending the link: asked about once, then done for good.

use app::pages::{DisconnectPage, DisconnectView};
use app::text::disconnect as words;
use axum::extract::State;
use axum::response::Response;
use domain::LinkEvent;
use leptos::prelude::*;
use services::FlowPage;

use super::flow_pages::{document, frame, path_of, view_of};
use crate::error::HandlerError;
use crate::forms::{ConfirmForm, Form};
use crate::render::see_other;
use crate::sessions::InFlow;
use crate::startup::AppState;

/// The page that asks.
pub async fn show(State(state): State<AppState>, InFlow(caller): InFlow) -> Result<Response, HandlerError> {
    let view = view_of(&state, &caller).await?;
    if view.link.status.after(LinkEvent::Disconnected).is_err() {
        return Ok(see_other(&path_of(view.link.id, view.next)));
    }
    let page = DisconnectView {
        frame: frame(&state, &view, 4),
        customer: view.link.customer.to_string(),
        host: view.link.host.as_ref().map(ToString::to_string).unwrap_or_default(),
    };
    let heading = words::HEADING.to_owned();
    Ok(document(&state, heading, false, move || view! { <DisconnectPage view=page.clone() /> }).await)
}

/// The confirmation. Anything but a clear yes leads back to the question.
pub async fn confirm(
    State(state): State<AppState>,
    InFlow(caller): InFlow,
    Form(form): Form<ConfirmForm>,
) -> Result<Response, HandlerError> {
    if form.confirm != "yes" {
        return Ok(see_other(&format!("/link/{}/disconnect", caller.link())));
    }
    state.services.disconnect(&caller).await?;
    Ok(see_other(&path_of(caller.link(), FlowPage::Done)))
}
