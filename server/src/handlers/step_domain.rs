//! Step 3; saving it starts the check.

use app::pages::{DomainPage, DomainView, Standing};
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::Step;
use leptos::prelude::*;
use services::DomainInput;

use super::flow_pages::{document, elsewhere, found_wrong, frame, hand_off, path_of, title, view_of};
use super::paste;
use crate::error::HandlerError;
use crate::forms::{DomainForm, Form};
use crate::render::see_other;
use crate::sessions::InFlow;
use crate::startup::AppState;

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
    let attempt = state.services.step_state(&caller, Step::Domain).await?;
    let problem = attempt.problems.first().copied();
    let page = DomainView {
        frame: frame(&state, &view, 3),
        found: found_wrong(&view, Step::Domain),
        host: view.host().map(ToString::to_string),
        typed: attempt.typed_address,
        suffixes: state.suffixes.to_vec(),
        problem,
        pasted: paste::notice(query.as_deref(), &view),
        hand_off: hand_off(&view, Step::Domain),
        standing: Standing::of(view.link.status),
    };
    Ok(document(&state, title(3, problem), true, move || view! { <DomainPage view=page.clone() /> }).await)
}

/// The form.
pub async fn save(
    State(state): State<AppState>,
    InFlow(caller): InFlow,
    Form(form): Form<DomainForm>,
) -> Result<Response, HandlerError> {
    let input = DomainInput { url: form.url, use_anyway: !form.anyway.is_empty() };
    let outcome = state.services.save_domain(&caller, input).await?;
    super::check::after_step(&state, &caller, Step::Domain, outcome).await
}
