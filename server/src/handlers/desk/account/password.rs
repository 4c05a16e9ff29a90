//! Changing one's own password.

use app::pages::{PasswordPage, PasswordView};
use app::shell::DeskTab;
use app::text::desk::account::password as words;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use services::{PasswordChange, PasswordProblem};

use super::super::page_with;
use crate::error::HandlerError;
use crate::forms::{Form, PasswordForm};
use crate::handlers::sign_in::go_in;
use crate::render::see_other;
use crate::sessions::AtDesk;
use crate::startup::AppState;
use crate::visitor::AtDoor;

/// The page.
pub async fn show(State(_): State<AppState>, desk: AtDesk) -> Response {
    page(StatusCode::OK, &desk, PasswordView::default()).await
}

/// The form. It asks for the present password itself, so no other proof is needed.
pub async fn change(
    State(state): State<AppState>,
    desk: AtDesk,
    AtDoor(visitor): AtDoor,
    Form(form): Form<PasswordForm>,
) -> Result<Response, HandlerError> {
    let passwords = (form.present, form.new);
    let view = match state.services.change_password(&desk.caller, passwords, &visitor).await? {
        PasswordChange::Changed(signed_in) => {
            return Ok(go_in(&state, &signed_in, "/desk/account?done=password"));
        }
        PasswordChange::Ended => return Ok(see_other("/sign-in")),
        PasswordChange::PresentWrong => {
            PasswordView { present: Some(words::PRESENT_WRONG), ..PasswordView::default() }
        }
        PasswordChange::Refused(problem) => {
            PasswordView { new: Some(sentence(problem)), ..PasswordView::default() }
        }
    };
    Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &desk, view).await)
}

/// What is wrong with a new password, in words.
#[must_use]
pub const fn sentence(problem: PasswordProblem) -> &'static str {
    match problem {
        PasswordProblem::TooShort => words::TOO_SHORT,
        PasswordProblem::TooLong => words::TOO_LONG,
        PasswordProblem::IsAddress => words::IS_ADDRESS,
        PasswordProblem::Common => words::COMMON,
    }
}

async fn page(status: StatusCode, desk: &AtDesk, view: PasswordView) -> Response {
    let view = PasswordView { email: desk.caller.email().to_string(), ..view };
    let title = words::HEADING.to_owned();
    page_with(status, desk, DeskTab::Account, title, move || view! { <PasswordPage view=view.clone() /> })
        .await
}
