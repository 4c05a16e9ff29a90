//! Step 2.

use app::components::Kept;
use app::pages::{AccountAsk, AccountPage, AccountView, Standing};
use axum::extract::State;
use axum::response::Response;
use domain::{CredentialField, LinkStatus, ProblemCode, Step};
use leptos::prelude::*;
use services::AccountInput;

use super::flow_pages::{
    document, elsewhere, found_wrong, frame, hand_off, kept, path_of, saved_since, title, view_of,
};
use crate::error::HandlerError;
use crate::forms::{AccountForm, Form};
use crate::render::see_other;
use crate::sessions::InFlow;
use crate::startup::AppState;

/// The page.
pub async fn show(State(state): State<AppState>, InFlow(caller): InFlow) -> Result<Response, HandlerError> {
    let view = view_of(&state, &caller).await?;
    if let Some(page) = elsewhere(&view) {
        return Ok(see_other(&path_of(view.link.id, page)));
    }
    let attempt = state.services.step_state(&caller, Step::Account).await?;
    let find = |wanted: &[ProblemCode]| attempt.problems.iter().copied().find(|code| wanted.contains(code));
    let username_problem = find(&[ProblemCode::UsernameMissing, ProblemCode::UsernameIsEmail]);
    let refused = view.link.status == LinkStatus::Broken
        && view.link.problem == Some(ProblemCode::CredentialsRejected)
        && !view.is_fresh(CredentialField::Password);
    let page = AccountView {
        frame: frame(&state, &view, 2),
        found: found_wrong(&view, Step::Account),
        permissions: view.link.permissions.clone(),
        username: kept(&view, CredentialField::Username),
        password: if refused { Kept::Refused } else { kept(&view, CredentialField::Password) },
        saved_at: saved_since(&view, &[CredentialField::Username, CredentialField::Password]),
        username_problem,
        password_problem: find(&[ProblemCode::PasswordMissing, ProblemCode::PasswordIsApiKey]),
        // Of a link that stands, the password is what is generated anew; the username is kept unless it is changed.
        ask: if view.link.status.stands() && username_problem.is_none() {
            AccountAsk::PasswordOnly
        } else {
            AccountAsk::Both
        },
        hand_off: hand_off(&view, Step::Account),
        standing: Standing::of(view.link.status),
    };
    let title = title(2, attempt.problems.first().copied());
    Ok(document(&state, title, true, move || view! { <AccountPage view=page.clone() /> }).await)
}

/// The form.
pub async fn save(
    State(state): State<AppState>,
    InFlow(caller): InFlow,
    Form(form): Form<AccountForm>,
) -> Result<Response, HandlerError> {
    let use_anyway = !form.anyway.is_empty();
    let input = AccountInput { username: form.username, password: form.password, use_anyway };
    let outcome = state.services.save_account(&caller, input).await?;
    super::check::after_step(&state, &caller, Step::Account, outcome).await
}
