//! Handing a step to a colleague, on the administrator's side.

use app::pages::{HandOverPage, HandOverState, HandOverView};
use app::text::hand_over as words;
use app::when;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::Step;
use leptos::prelude::*;
use serde::Deserialize;
use services::{FlowPage, FlowView};

use super::flow_pages::{Extras, document_with, elsewhere, frame, path_of, view_of};
use crate::error::HandlerError;
use crate::forms::{Form, HandOverForm};
use crate::render::see_other;
use crate::sessions::InFlow;
use crate::startup::AppState;

/// Which step the page is about.
#[derive(Debug, Deserialize)]
pub struct StepQuery {
    /// Its name.
    #[serde(default)]
    step: String,
}

/// The page that offers it, or says that the step is handed over.
pub async fn show(
    State(state): State<AppState>,
    InFlow(caller): InFlow,
    query: Result<Query<StepQuery>, QueryRejection>,
) -> Result<Response, HandlerError> {
    let view = view_of(&state, &caller).await?;
    let step: Option<Step> = query.ok().and_then(|Query(query)| query.step.parse().ok());
    let Some(step) = step.filter(|_| elsewhere(&view).is_none()) else {
        return Ok(see_other(&path_of(view.link.id, view.next)));
    };
    let handed = view.handed_over.iter().find(|hand_over| hand_over.step == step);
    let page_state = handed.map_or(HandOverState::Offer, |hand_over| HandOverState::Waiting {
        at: hand_over.created_at,
        started: hand_over.started_at.is_some(),
    });
    Ok(page(&state, &view, step, page_state).await)
}

/// Makes the colleague's link, and tells it this once; or takes the step back.
pub async fn hand_over(
    State(state): State<AppState>,
    InFlow(caller): InFlow,
    Form(form): Form<HandOverForm>,
) -> Result<Response, HandlerError> {
    let Ok(step) = form.step.parse::<Step>() else { return Err(HandlerError::BadForm) };
    let view = view_of(&state, &caller).await?;
    if !form.end.is_empty() {
        state.services.take_back(&caller, step).await?;
        return Ok(see_other(&path_of(view.link.id, FlowPage::Step(step))));
    }
    if elsewhere(&view).is_some() {
        return Ok(see_other(&path_of(view.link.id, view.next)));
    }
    let Some(made) = state.services.hand_over(&caller, step).await? else {
        return Err(HandlerError::OpenAgain);
    };
    let url = format!("{}/hand/{}", state.public_url.as_str(), made.token.expose());
    let made = HandOverState::Made { url, good_until: when::date_and_time(made.expires_at) };
    Ok(page(&state, &view, step, made).await)
}

async fn page(state: &AppState, view: &FlowView, step: Step, page_state: HandOverState) -> Response {
    let page =
        HandOverView { frame: frame(state, view, usize::from(step.number())), step, state: page_state };
    let extras = Extras { live: true, ..Extras::default() };
    document_with(state, words::offer_heading(step), extras, move || {
        view! { <HandOverPage view=page.clone() /> }
    })
    .await
}
