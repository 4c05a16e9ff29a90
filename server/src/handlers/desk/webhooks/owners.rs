//! What owners do who proved lately who they are: adding an endpoint, replacing its secret, removing it.

use app::pages::{
    EndpointNewPage, EndpointNewView, EndpointQuestion, EndpointQuestionPage, EndpointSecretPage,
    EndpointSecretView,
};
use app::shell::DeskTab;
use app::text::desk::webhooks::{new, removal, secret};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::{Timestamp, WebhookEvents, WebhookUrl};
use leptos::prelude::*;
use serde::Deserialize;
use services::{CreatedEndpoint, ENDPOINTS_MAX, EndpointOutcome, NewEndpoint};

use super::super::{page, page_with};
use super::{EndpointInPath, chosen, led_on};
use crate::error::HandlerError;
use crate::forms::{Fields, Form, PastedForm};
use crate::render::see_other;
use crate::sessions::{AtDesk, ConfirmedOwner};
use crate::startup::AppState;

/// What the question about a secret sends back.
#[derive(Debug, Deserialize)]
pub struct SecretForm {
    /// Since when the secret signs that is to be replaced.
    #[serde(default)]
    since: String,
}

/// The form for a new one.
pub async fn ask_new(owner: ConfirmedOwner) -> Result<Response, HandlerError> {
    Ok(form(&owner.desk, StatusCode::OK, EndpointNewView::default()).await)
}

/// Adds it; its secret is the answer, this once.
pub async fn add(
    State(state): State<AppState>,
    owner: ConfirmedOwner,
    PastedForm(fields): PastedForm<Vec<(String, String)>>,
) -> Result<Response, HandlerError> {
    let fields = Fields(fields);
    let typed = fields.one("url").to_owned();
    let ticked = chosen(&fields);
    let outcome = match WebhookUrl::parse(&typed) {
        Ok(url) => {
            let new = NewEndpoint { url, events: WebhookEvents::of(&ticked) };
            state.services.add_endpoint(&owner.owner, new).await?
        }
        Err(invalid) => EndpointOutcome::Invalid(invalid),
    };
    let problem = match outcome {
        EndpointOutcome::Done(created) => return Ok(told(&owner.desk, &created, false).await),
        EndpointOutcome::Invalid(invalid) => new::invalid(invalid).to_owned(),
        EndpointOutcome::TooMany => new::too_many(ENDPOINTS_MAX),
        EndpointOutcome::NoSecret => new::NO_SECRET.to_owned(),
        EndpointOutcome::NotAllowed | EndpointOutcome::NoSuch | EndpointOutcome::NotNow => {
            new::NOT_ALLOWED.to_owned()
        }
    };
    let view = EndpointNewView { url: typed, ticked, problem: Some(problem) };
    Ok(form(&owner.desk, StatusCode::UNPROCESSABLE_ENTITY, view).await)
}

/// Asks whether the secret is to be replaced.
pub async fn ask_secret(
    State(state): State<AppState>,
    owner: ConfirmedOwner,
    endpoint: EndpointInPath,
) -> Result<Response, HandlerError> {
    asked(&state, &owner.desk, endpoint, EndpointQuestion::Secret).await
}

/// Replaces it; the new one is the answer, this once.
pub async fn replace_secret(
    State(state): State<AppState>,
    owner: ConfirmedOwner,
    EndpointInPath(id): EndpointInPath,
    form: Result<Form<SecretForm>, HandlerError>,
) -> Result<Response, HandlerError> {
    // Without it, or with anything else, it is a button: whatever secret there is, is replaced.
    let since = form.ok().and_then(|Form(form)| form.since.parse().ok()).map(Timestamp::from_millis);
    match state.services.rotate_secret(&owner.owner, id, since).await? {
        EndpointOutcome::Done(created) => Ok(told(&owner.desk, &created, true).await),
        EndpointOutcome::NotNow => Ok(see_other(&format!("/desk/webhooks/{id}?said=replaced"))),
        other @ (EndpointOutcome::NoSuch
        | EndpointOutcome::TooMany
        | EndpointOutcome::NotAllowed
        | EndpointOutcome::NoSecret
        | EndpointOutcome::Invalid(_)) => led_on(id, &other, "not-now"),
    }
}

/// Asks whether it is to be removed.
pub async fn ask_removal(
    State(state): State<AppState>,
    owner: ConfirmedOwner,
    endpoint: EndpointInPath,
) -> Result<Response, HandlerError> {
    asked(&state, &owner.desk, endpoint, EndpointQuestion::Removal).await
}

/// Removes it.
pub async fn remove(
    State(state): State<AppState>,
    owner: ConfirmedOwner,
    EndpointInPath(id): EndpointInPath,
) -> Result<Response, HandlerError> {
    match state.services.remove_endpoint(&owner.owner, id).await? {
        EndpointOutcome::Done(()) => Ok(see_other("/desk/webhooks?said=removed")),
        other @ (EndpointOutcome::NoSuch
        | EndpointOutcome::NotNow
        | EndpointOutcome::TooMany
        | EndpointOutcome::NotAllowed
        | EndpointOutcome::NoSecret
        | EndpointOutcome::Invalid(_)) => led_on(id, &other, "not-now"),
    }
}

async fn form(desk: &AtDesk, status: StatusCode, view: EndpointNewView) -> Response {
    let title = new::HEADING.to_owned();
    page_with(status, desk, DeskTab::Webhooks, title, move || view! { <EndpointNewPage view=view.clone() /> })
        .await
}

async fn told(desk: &AtDesk, created: &CreatedEndpoint, replaces: bool) -> Response {
    let view = EndpointSecretView {
        id: created.id.to_string(),
        secret: created.secret.expose().to_owned(),
        replaces,
    };
    let title = if replaces { secret::REPLACED } else { secret::ADDED }.to_owned();
    page(desk, DeskTab::Webhooks, title, move || view! { <EndpointSecretPage view=view.clone() /> }).await
}

async fn asked(
    state: &AppState,
    desk: &AtDesk,
    EndpointInPath(id): EndpointInPath,
    question: EndpointQuestion,
) -> Result<Response, HandlerError> {
    let found = state.services.endpoint(&desk.caller, id).await?.ok_or(HandlerError::NotFound)?;
    let title = match question {
        EndpointQuestion::Secret => secret::HEADING,
        EndpointQuestion::Removal => removal::HEADING,
    };
    let since = match question {
        EndpointQuestion::Secret => found.endpoint.secret_since().as_millis().to_string(),
        EndpointQuestion::Removal => String::new(),
    };
    let (id, url) = (id.to_string(), found.endpoint.url.to_string());
    let content = move || {
        view! { <EndpointQuestionPage question id=id.clone() url=url.clone() since=since.clone() /> }
    };
    Ok(page(desk, DeskTab::Webhooks, title.to_owned(), content).await)
}
