//! A colleague takes an invite: chooses a password and is in.

use app::pages::{JoinPage, JoinView};
use app::shell::{Page, Top};
use app::text::desk::account::join as words;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use services::Joining;

use super::desk::account::password::sentence;
use crate::error::HandlerError;
use crate::forms::{Form, ProofForm};
use crate::handlers::sign_in::go_in;
use crate::render;
use crate::startup::AppState;
use crate::visitor::AtDoor;

/// The page. Looking at it changes nothing: mail scanners do.
pub async fn show(
    State(state): State<AppState>,
    token: Result<Path<String>, PathRejection>,
) -> Result<Response, HandlerError> {
    let Path(token) = token.map_err(|_| HandlerError::JoinOver)?;
    page(&state, &token, StatusCode::OK, None).await
}

/// The form.
pub async fn join(
    State(state): State<AppState>,
    AtDoor(visitor): AtDoor,
    token: Result<Path<String>, PathRejection>,
    Form(form): Form<ProofForm>,
) -> Result<Response, HandlerError> {
    let Path(token) = token.map_err(|_| HandlerError::JoinOver)?;
    match state.services.join_staff(&token, form.password, &visitor).await? {
        Joining::In(signed_in) => Ok(go_in(&state, &signed_in, "/desk")),
        Joining::Refused(problem) => {
            page(&state, &token, StatusCode::UNPROCESSABLE_ENTITY, Some(sentence(problem))).await
        }
        Joining::Over => Err(HandlerError::JoinOver),
    }
}

async fn page(
    state: &AppState,
    token: &str,
    status: StatusCode,
    problem: Option<&'static str>,
) -> Result<Response, HandlerError> {
    let invite = state.services.staff_invite(token).await?.ok_or(HandlerError::JoinOver)?;
    let view = JoinView { company: state.company.to_string(), email: invite.email.to_string(), problem };
    let page = render::page(status, move || {
        let view = view.clone();
        view! {
            <Page assets=render::assets() title=words::HEADING top=Top::Plain foot=None refresh=None>
                <JoinPage view />
            </Page>
        }
    });
    Ok(page.await)
}
