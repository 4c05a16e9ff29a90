//! Inviting a colleague; the link is told in answer to the form, this once.

use app::pages::{StaffInvitePage, StaffInviteState};
use app::shell::DeskTab;
use app::text::desk::staff::invite as words;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::{EmailAddress, Role};
use leptos::prelude::*;
use services::StaffInviting;

use super::super::page_with;
use crate::error::HandlerError;
use crate::forms::{ColleagueForm, Form};
use crate::sessions::ConfirmedOwner;
use crate::startup::AppState;

/// The page.
pub async fn show(State(_): State<AppState>, confirmed: ConfirmedOwner) -> Response {
    let ask = StaffInviteState::Ask { email: String::new(), role: Role::Support, problem: None };
    page(&confirmed, StatusCode::OK, ask).await
}

/// The form.
pub async fn invite(
    State(state): State<AppState>,
    confirmed: ConfirmedOwner,
    Form(form): Form<ColleagueForm>,
) -> Result<Response, HandlerError> {
    let role = form.role.parse().unwrap_or(Role::Support);
    let typed = form.email.expose().trim().to_owned();
    let again = |problem| StaffInviteState::Ask { email: typed.clone(), role, problem: Some(problem) };
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let Ok(email) = EmailAddress::entered(&typed) else {
        return Ok(page(&confirmed, refused, again(words::EMAIL_BAD)).await);
    };
    match state.services.invite_staff(&confirmed.owner, email.clone(), role).await? {
        StaffInviting::HasAccount => Ok(page(&confirmed, refused, again(words::EMAIL_TAKEN)).await),
        StaffInviting::Made { token, expires_at, mailed } => {
            let made = StaffInviteState::Made {
                email: email.to_string(),
                url: format!("{}/join/{}", state.public_url.as_str(), token.expose()),
                until: expires_at,
                mailed,
            };
            Ok(page(&confirmed, StatusCode::OK, made).await)
        }
    }
}

async fn page(confirmed: &ConfirmedOwner, status: StatusCode, stand: StaffInviteState) -> Response {
    let title = words::HEADING.to_owned();
    page_with(status, &confirmed.desk, DeskTab::Settings, title, move || {
        view! { <StaffInvitePage state=stand.clone() /> }
    })
    .await
}
