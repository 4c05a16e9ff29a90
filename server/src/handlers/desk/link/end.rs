//! Ending the link: for owners who proved lately who they are, with the customer's name typed.

use app::pages::{DeskEndPage, DeskEndView};
use app::shell::DeskTab;
use app::text::desk::help::{Said, ending};
use axum::extract::State;
use axum::response::Response;
use domain::LinkEvent;
use leptos::prelude::*;
use serde::Deserialize;
use services::EndOutcome;

use super::super::page;
use super::{LinkInPath, path_of, said};
use crate::error::HandlerError;
use crate::forms::Form;
use crate::sessions::{AtDesk, ConfirmedOwner};
use crate::startup::AppState;

/// The confirmation.
#[derive(Debug, Deserialize)]
pub struct EndForm {
    /// The customer's name.
    #[serde(default)]
    customer: String,
}

/// The page that asks.
pub async fn show(
    State(state): State<AppState>,
    owner: ConfirmedOwner,
    link: LinkInPath,
) -> Result<Response, HandlerError> {
    asked(&state, &owner.desk, link, false).await
}

/// Ends it. Anything but the customer's name leads back to the question.
pub async fn confirm(
    State(state): State<AppState>,
    owner: ConfirmedOwner,
    LinkInPath(id): LinkInPath,
    Form(form): Form<EndForm>,
) -> Result<Response, HandlerError> {
    match state.services.end_link(&owner.owner, id, &form.customer).await? {
        EndOutcome::Ended { overwritten: true } => Ok(said(id, Said::Ended)),
        EndOutcome::Ended { overwritten: false } => Ok(said(id, Said::EndedSoon)),
        EndOutcome::NotNow => Ok(said(id, Said::NotNow)),
        EndOutcome::OtherName => asked(&state, &owner.desk, LinkInPath(id), true).await,
        EndOutcome::NoSuchLink => Err(HandlerError::NoSuchLink),
    }
}

async fn asked(
    state: &AppState,
    desk: &AtDesk,
    LinkInPath(id): LinkInPath,
    other_name: bool,
) -> Result<Response, HandlerError> {
    let found = state.services.show_link(&desk.caller, id, None).await?.ok_or(HandlerError::NoSuchLink)?;
    if found.link.status.after(LinkEvent::Disconnected).is_err() {
        return Ok(said(id, Said::NotNow));
    }
    let view = DeskEndView { back: path_of(id), customer: found.link.customer.to_string(), other_name };
    let title = ending::heading(&view.customer);
    Ok(page(desk, DeskTab::Links, title, move || view! { <DeskEndPage view=view.clone() /> }).await)
}
