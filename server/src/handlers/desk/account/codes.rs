//! New recovery codes, shown once.

use app::pages::{CodesPage, CodesState};
use app::shell::DeskTab;
use app::text::desk::account::codes as words;
use axum::extract::State;
use axum::response::Response;
use leptos::prelude::*;

use super::super::page;
use super::app::shown;
use crate::error::HandlerError;
use crate::render::see_other;
use crate::sessions::ConfirmedAtDesk;
use crate::startup::AppState;

/// The page before new ones are made.
pub async fn show(
    State(state): State<AppState>,
    confirmed: ConfirmedAtDesk,
) -> Result<Response, HandlerError> {
    let factors = state.services.my_second_factors(confirmed.caller.caller()).await?;
    let stand = match factors.authenticator {
        Some(_) => CodesState::Left(factors.codes_left),
        None => CodesState::NoApp,
    };
    let title = words::HEADING.to_owned();
    Ok(page(&confirmed.desk, DeskTab::Account, title, move || view! { <CodesPage state=stand.clone() /> })
        .await)
}

/// Makes new ones, in place of those before.
pub async fn make(
    State(state): State<AppState>,
    confirmed: ConfirmedAtDesk,
) -> Result<Response, HandlerError> {
    match state.services.new_recovery_codes(&confirmed.caller).await? {
        Some(codes) => Ok(shown(&confirmed, codes, false).await),
        None => Ok(see_other("/desk/account/codes")),
    }
}
