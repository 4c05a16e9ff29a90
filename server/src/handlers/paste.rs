//! A whole page of UKG Pro, pasted: what could be taken from it is said on the step where it was pasted.

use app::pages::PasteNotice;
use axum::extract::State;
use axum::response::Response;
use domain::Step;
use services::{FlowPage, FlowView, Pasted};

use super::check::lead_on;
use super::flow_pages::path_of;
use crate::error::HandlerError;
use crate::forms::{PasteForm, PastedForm};
use crate::render::see_other;
use crate::sessions::InFlow;
use crate::startup::AppState;

/// The query that says what was taken. It names no value.
const TOOK: &str = "took=";

/// The form.
pub async fn save(
    State(state): State<AppState>,
    InFlow(caller): InFlow,
    PastedForm(form): PastedForm<PasteForm>,
) -> Result<Response, HandlerError> {
    let Ok(step) = form.step.parse::<Step>() else { return Err(HandlerError::BadForm) };
    let outcome = state.services.save_pasted(&caller, step, form.page).await?;
    match outcome.next {
        FlowPage::Check if outcome.changed => return lead_on(&state, &caller, FlowPage::Check).await,
        // The same page pasted again is no reason to ask UKG Pro again.
        FlowPage::Check => return Ok(see_other(&path_of(caller.link(), FlowPage::Check))),
        FlowPage::Step(_) | FlowPage::Done => {}
    }
    let took = |part: Pasted, name: &'static str| (part == Pasted::Taken).then_some(name);
    let taken: Vec<_> =
        [took(outcome.key, "key"), took(outcome.host, "host")].into_iter().flatten().collect();
    Ok(see_other(&format!("{}?{TOOK}{}", path_of(caller.link(), FlowPage::Step(step)), taken.join("+"))))
}

/// What the query says was taken; `None` when nothing was pasted.
#[must_use]
pub fn notice(query: Option<&str>, view: &FlowView) -> Option<PasteNotice> {
    let taken: Vec<_> = query?.strip_prefix(TOOK)?.split('+').collect();
    let host = view.host().filter(|_| taken.contains(&"host")).map(ToString::to_string);
    Some(PasteNotice { key: taken.contains(&"key"), host })
}
