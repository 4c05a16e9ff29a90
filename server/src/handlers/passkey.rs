//! Signing in with a passkey: the question, asked for by the script of the sign-in page, and the answer, sent as a form.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use serde_json::{Value, json};
use services::PasskeySignIn;

use super::sign_in::{go_in, passkey_refused};
use crate::error::HandlerError;
use crate::forms::{Form, PasskeyForm};
use crate::startup::AppState;
use crate::visitor::AtDoor;

/// A question. Nothing is kept of it, so anyone may ask.
pub async fn ask(State(state): State<AppState>) -> Result<Json<Value>, HandlerError> {
    let ask = state.services.ask_for_passkey().await?;
    Ok(Json(json!({ "challenge": ask.challenge, "host": ask.host })))
}

/// The answer. One page for a passkey that is not known and for an answer that is none.
pub async fn sign_in(
    State(state): State<AppState>,
    AtDoor(visitor): AtDoor,
    Form(form): Form<PasskeyForm>,
) -> Result<Response, HandlerError> {
    match state.services.sign_in_with_passkey(&form.answer(), &visitor).await? {
        PasskeySignIn::In(signed_in) => Ok(go_in(&state, &signed_in, "/desk")),
        PasskeySignIn::Refused => Ok(passkey_refused(&state).await),
    }
}
