//! Webhooks: `/desk/webhooks`, and one endpoint. Staff see them, owners change them; what tells a secret or cannot be taken
//! back is in `owners`, one message in `message`.

pub mod message;
pub mod owners;

use app::pages::{
    EndpointPage, EndpointPageView, EndpointRow, MessageRow, NextTry, WebhooksPage, WebhooksView,
};
use app::shell::DeskTab;
use app::text::desk::webhooks::{self as words, said};
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{FromRequestParts, Path, Query, State};
use axum::http::request::Parts;
use axum::response::Response;
use domain::{DeliveryState, EndpointId, EndpointState, Role, Timestamp, WebhookEvent, WebhookEvents};
use leptos::prelude::*;
use serde::Deserialize;
use services::{EndpointOutcome, EndpointView};
use storage::{WebhookDelivery, WebhookEndpoint};

use super::page;
use crate::error::HandlerError;
use crate::forms::{Fields, PastedForm};
use crate::render::see_other;
use crate::sessions::{AtDesk, OwnerAtDesk};
use crate::startup::AppState;

/// The endpoint in the path. Whether there is such an endpoint is for the use case to say.
#[derive(Clone, Copy, Debug)]
pub struct EndpointInPath(pub EndpointId);

/// What a page's address may ask for; what it does not know is left out.
#[derive(Debug, Default, Deserialize)]
pub struct EndpointQuery {
    /// Which messages are listed.
    #[serde(default)]
    state: String,
    /// Below which number the list goes on.
    #[serde(default)]
    below: String,
    /// What was just done.
    #[serde(default)]
    said: String,
}

type Asked = Result<Query<EndpointQuery>, QueryRejection>;

/// The list.
pub async fn list(
    State(state): State<AppState>,
    desk: AtDesk,
    asked: Asked,
) -> Result<Response, HandlerError> {
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let found = state.services.endpoints(&desk.caller).await?;
    let view = WebhooksView {
        endpoints: found.into_iter().map(|view| row(&state, view)).collect(),
        may_change: desk.caller.role() == Role::Owner,
        done: said::of(&asked.said),
    };
    let title = words::HEADING.to_owned();
    Ok(page(&desk, DeskTab::Webhooks, title, move || view! { <WebhooksPage view=view.clone() /> }).await)
}

/// One endpoint.
pub async fn show(
    State(state): State<AppState>,
    desk: AtDesk,
    EndpointInPath(id): EndpointInPath,
    asked: Asked,
) -> Result<Response, HandlerError> {
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let found = state.services.endpoint(&desk.caller, id).await?.ok_or(HandlerError::NotFound)?;
    let (listed, below) = (asked.state.parse::<DeliveryState>().ok(), asked.below.parse().ok());
    let messages = state.services.messages(&desk.caller, id, listed, below).await?;
    let now = state.clock.now();
    let older = messages.next.map(|next| match listed {
        None => format!("{}?below={next}", path_of(id)),
        Some(listed) => format!("{}?state={}&below={next}", path_of(id), listed.as_str()),
    });
    let view = EndpointPageView {
        since: found.endpoint.created_at,
        old_secret_until: found.endpoint.old_seed.map(|(_, until)| until).filter(|until| now < *until),
        messages: messages
            .deliveries
            .iter()
            .map(|delivery| message_row(delivery, Some(&found.endpoint), now))
            .collect(),
        endpoint: row(&state, found),
        listed,
        older,
        is_older: below.is_some(),
        may_change: desk.caller.role() == Role::Owner,
        done: said::of(&asked.said),
    };
    let title = format!("{} · {}", view.endpoint.url, words::HEADING);
    Ok(page(&desk, DeskTab::Webhooks, title, move || view! { <EndpointPage view=view.clone() /> }).await)
}

/// Changes it, by the button pressed.
pub async fn change(
    State(state): State<AppState>,
    OwnerAtDesk { owner, .. }: OwnerAtDesk,
    EndpointInPath(id): EndpointInPath,
    PastedForm(fields): PastedForm<Vec<(String, String)>>,
) -> Result<Response, HandlerError> {
    let fields = Fields(fields);
    let services = &state.services;
    let (outcome, done) = match fields.one("do") {
        "pause" => (services.pause_endpoint(&owner, id).await?, "paused"),
        "resume" => (services.resume_endpoint(&owner, id).await?, "resumed"),
        "test" => (services.test_endpoint(&owner, id).await?, "tested"),
        "events" => {
            let events = WebhookEvents::of(&chosen(&fields));
            (services.choose_events(&owner, id, events).await?, "events")
        }
        "replay" => match services.replay_failed_messages(&owner, id).await? {
            EndpointOutcome::Done(_) => (EndpointOutcome::Done(()), "replayed"),
            EndpointOutcome::NoSuch => (EndpointOutcome::NoSuch, "replayed"),
            EndpointOutcome::NotNow
            | EndpointOutcome::TooMany
            | EndpointOutcome::NotAllowed
            | EndpointOutcome::NoSecret
            | EndpointOutcome::Invalid(_) => (EndpointOutcome::NotNow, "replayed"),
        },
        _ => return Err(HandlerError::BadForm),
    };
    led_on(id, &outcome, done)
}

/// Back to the endpoint's page, which says what was done.
fn led_on<T>(
    id: EndpointId,
    outcome: &EndpointOutcome<T>,
    done: &'static str,
) -> Result<Response, HandlerError> {
    match outcome {
        EndpointOutcome::Done(_) => Ok(see_other(&format!("{}?said={done}", path_of(id)))),
        EndpointOutcome::NoSuch => Err(HandlerError::NotFound),
        EndpointOutcome::NotNow
        | EndpointOutcome::TooMany
        | EndpointOutcome::NotAllowed
        | EndpointOutcome::NoSecret
        | EndpointOutcome::Invalid(_) => Ok(see_other(&format!("{}?said=not-now", path_of(id)))),
    }
}

/// The endpoint's page.
fn path_of(id: EndpointId) -> String {
    format!("/desk/webhooks/{id}")
}

/// The events whose boxes are ticked.
fn chosen(fields: &Fields) -> Vec<WebhookEvent> {
    fields.all("event").iter().filter_map(|name| name.parse().ok()).collect()
}

fn row(state: &AppState, view: EndpointView) -> EndpointRow {
    let now = state.clock.now();
    let endpoint = view.endpoint;
    EndpointRow {
        id: endpoint.id.to_string(),
        url: endpoint.url.to_string(),
        state: endpoint.state,
        quiet_until: endpoint
            .quiet_until
            .filter(|until| now < *until && endpoint.state == EndpointState::Active),
        events: endpoint.events,
        waiting: view.counts.waiting,
        failed: view.counts.failed,
    }
}

/// A message at a look; its endpoint is `None` when it was removed meanwhile.
fn message_row(delivery: &WebhookDelivery, endpoint: Option<&WebhookEndpoint>, now: Timestamp) -> MessageRow {
    let waits = delivery.state == DeliveryState::Waiting;
    MessageRow {
        id: delivery.id.to_string(),
        sequence: delivery.sequence,
        event: delivery.event,
        state: delivery.state,
        attempts: delivery.attempts,
        status: delivery.last_status,
        problem: delivery.last_problem,
        at: delivery.created_at,
        next: endpoint.filter(|_| waits).map(|endpoint| next_try(delivery.next_at, endpoint, now)),
    }
}

/// When a message that waits is tried: not before it is due, and not while its endpoint is left alone.
fn next_try(due: Timestamp, endpoint: &WebhookEndpoint, now: Timestamp) -> NextTry {
    match endpoint.state {
        EndpointState::Paused => NextTry::Paused,
        EndpointState::Gone => NextTry::Gone,
        EndpointState::Active => {
            let at = endpoint.quiet_until.map_or(due, |until| due.max(until));
            if now < at { NextTry::At(at) } else { NextTry::Now }
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for EndpointInPath {
    type Rejection = HandlerError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, HandlerError> {
        let parameters: Result<Path<Vec<(String, String)>>, PathRejection> =
            Path::from_request_parts(parts, state).await;
        let Path(parameters) = parameters.map_err(|_| HandlerError::NotFound)?;
        let id = parameters.iter().find(|(name, _)| name == "endpoint").map(|(_, value)| value.parse());
        id.and_then(Result::ok).map(Self).ok_or(HandlerError::NotFound)
    }
}
