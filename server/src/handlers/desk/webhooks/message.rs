//! One message: what it says, its attempts, and sending it again.

use app::pages::{AttemptRow, WebhookMessagePage, WebhookMessageView};
use app::shell::DeskTab;
use app::text::desk::webhooks::message as words;
use app::text::desk::webhooks::{self, said};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::{DeliveryState, MessageId, Role, Timestamp};
use leptos::prelude::*;
use services::{DeliveryView, EndpointOutcome};

use super::super::page;
use super::{Asked, EndpointInPath, message_row, path_of};
use crate::error::HandlerError;
use crate::render::see_other;
use crate::sessions::{AtDesk, OwnerAtDesk};
use crate::startup::AppState;

/// The page.
pub async fn show(
    State(state): State<AppState>,
    desk: AtDesk,
    EndpointInPath(endpoint): EndpointInPath,
    Path((_, id)): Path<(String, String)>,
    asked: Asked,
) -> Result<Response, HandlerError> {
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let id: MessageId = id.parse().map_err(|_| HandlerError::NotFound)?;
    let found = state.services.message(&desk.caller, endpoint, id).await?.ok_or(HandlerError::NotFound)?;
    let of = state.services.endpoint(&desk.caller, endpoint).await?.map(|of| of.endpoint);
    let waits = found.delivery.state == DeliveryState::Waiting;
    let view = WebhookMessageView {
        back: path_of(endpoint),
        message: message_row(&found.delivery, of.as_ref(), state.clock.now()),
        link: found
            .delivery
            .link
            .map(|link| link.to_string())
            .zip(found.customer.as_ref().map(ToString::to_string)),
        body: pretty(&found.delivery.body),
        give_up_at: waits.then_some(found.delivery.give_up_at),
        attempts: attempts(&found),
        may_change: desk.caller.role() == Role::Owner,
        done: match asked.said.as_str() {
            "replayed" => Some(said::replayed(found.delivery.state)),
            other => said::of(other),
        },
    };
    let title = words::heading(view.message.sequence);
    Ok(page(&desk, DeskTab::Webhooks, title, move || view! { <WebhookMessagePage view=view.clone() /> })
        .await)
}

/// Sends it again.
pub async fn replay(
    State(state): State<AppState>,
    OwnerAtDesk { owner, .. }: OwnerAtDesk,
    EndpointInPath(endpoint): EndpointInPath,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, HandlerError> {
    let id: MessageId = id.parse().map_err(|_| HandlerError::NotFound)?;
    let done = match state.services.replay_message(&owner, endpoint, id).await? {
        EndpointOutcome::Done(()) => "replayed",
        EndpointOutcome::NoSuch => return Err(HandlerError::NotFound),
        EndpointOutcome::NotNow
        | EndpointOutcome::TooMany
        | EndpointOutcome::NotAllowed
        | EndpointOutcome::NoSecret
        | EndpointOutcome::Invalid(_) => "not-now",
    };
    Ok(see_other(&format!("{}/messages/{id}?said={done}", path_of(endpoint))))
}

/// Those that failed, and the one that did not, of which the message itself tells.
fn attempts(found: &DeliveryView) -> Vec<AttemptRow> {
    let failed = found.failed.iter().map(|attempt| AttemptRow {
        number: attempt.number,
        at: attempt.at,
        answer: webhooks::problem(attempt.problem, attempt.status),
        took_ms: attempt.took_ms,
    });
    let delivery = &found.delivery;
    let taken = (delivery.state == DeliveryState::Delivered).then(|| AttemptRow {
        number: delivery.attempts,
        at: began(delivery.ended_at.unwrap_or(delivery.created_at), delivery.took_ms),
        answer: words::taken(delivery.last_status.unwrap_or_default()),
        took_ms: delivery.took_ms.unwrap_or_default(),
    });
    failed.chain(taken).collect()
}

/// The message says when the answer came.
fn began(ended: Timestamp, took_ms: Option<u32>) -> Timestamp {
    Timestamp::from_millis(ended.as_millis() - i64::from(took_ms.unwrap_or(0)))
}

/// With line breaks, for people; what is sent has none.
fn pretty(body: &str) -> String {
    let value: Option<serde_json::Value> = serde_json::from_str(body).ok();
    value.and_then(|value| serde_json::to_string_pretty(&value).ok()).unwrap_or_else(|| body.to_owned())
}
