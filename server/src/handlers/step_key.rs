//! Step 1, and the link's own address, which leads to the page that is next.

use app::pages::{KeyPage, KeyView, Standing};
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::{CredentialField, Step};
use leptos::prelude::*;
use services::KeyInput;

use super::flow_pages::{
    document, elsewhere, found_wrong, frame, hand_off, kept, path_of, saved_since, title, view_of,
};
use super::paste;
use crate::error::HandlerError;
use crate::forms::{Form, KeyForm};
use crate::render::see_other;
use crate::sessions::InFlow;
use crate::startup::AppState;

/// Leads to the page that is next.
pub async fn go_on(State(state): State<AppState>, InFlow(caller): InFlow) -> Result<Response, HandlerError> {
    let view = view_of(&state, &caller).await?;
    Ok(see_other(&path_of(view.link.id, view.next)))
}

/// The page.
pub async fn show(
    State(state): State<AppState>,
    InFlow(caller): InFlow,
    RawQuery(query): RawQuery,
) -> Result<Response, HandlerError> {
    let view = view_of(&state, &caller).await?;
    if let Some(page) = elsewhere(&view) {
        return Ok(see_other(&path_of(view.link.id, page)));
    }
    let attempt = state.services.step_state(&caller, Step::Key).await?;
    let problem = attempt.problems.first().copied();
    let page = KeyView {
        frame: frame(&state, &view, 1),
        found: found_wrong(&view, Step::Key),
        kept: kept(&view, CredentialField::CustomerApiKey),
        saved_at: saved_since(&view, &[CredentialField::CustomerApiKey]),
        problem,
        pasted: paste::notice(query.as_deref(), &view),
        hand_off: hand_off(&view, Step::Key),
        standing: Standing::of(view.link.status),
    };
    Ok(document(&state, title(1, problem), true, move || view! { <KeyPage view=page.clone() /> }).await)
}

/// The form.
pub async fn save(
    State(state): State<AppState>,
    InFlow(caller): InFlow,
    Form(form): Form<KeyForm>,
) -> Result<Response, HandlerError> {
    let input = KeyInput { key: form.key, use_anyway: !form.anyway.is_empty() };
    let outcome = state.services.save_key(&caller, input).await?;
    super::check::after_step(&state, &caller, Step::Key, outcome).await
}
