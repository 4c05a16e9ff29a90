//! New credentials for a link that stands: the answer to a question about them, and the way back.

use axum::extract::State;
use axum::response::Response;
use services::{Choice, FlowPage};

use super::check::lead_on;
use super::flow_pages::path_of;
use crate::error::HandlerError;
use crate::forms::{ChoiceForm, Form};
use crate::render::see_other;
use crate::sessions::InFlow;
use crate::startup::AppState;

/// The answer: put the new ones in use, or keep those in use.
pub async fn answer(
    State(state): State<AppState>,
    InFlow(caller): InFlow,
    Form(form): Form<ChoiceForm>,
) -> Result<Response, HandlerError> {
    let choice = match form.choice.as_str() {
        "use" => Choice::Use,
        "keep" => Choice::Keep,
        _ => return Ok(see_other(&path_of(caller.link(), FlowPage::Check))),
    };
    state.services.answer_question(&caller, choice).await?;
    Ok(see_other(&format!("/link/{}", caller.link())))
}

/// Back to what was in use before.
pub async fn undo(State(state): State<AppState>, InFlow(caller): InFlow) -> Result<Response, HandlerError> {
    if state.services.undo_replacement(&caller).await? {
        // They may have stopped working meanwhile, as an old password does when a new one is generated.
        return lead_on(&state, &caller, FlowPage::Check).await;
    }
    Ok(see_other(&format!("/link/{}", caller.link())))
}
