//! The authenticator app: set up in two steps, turned off in one.

use app::pages::{AppPage, AppState as PageState, CodesPage, CodesState};
use app::shell::DeskTab;
use app::text::desk::account as words;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::Secret;
use leptos::prelude::*;

use super::super::{page_with, qr};
use crate::error::HandlerError;
use crate::forms::{ActForm, Form};
use crate::render::see_other;
use crate::sessions::ConfirmedAtDesk;
use crate::startup::AppState;

const HERE: &str = "/desk/account/app";

/// Where it stands; while it is set up, what the app has to be told.
pub async fn show(
    State(state): State<AppState>,
    confirmed: ConfirmedAtDesk,
) -> Result<Response, HandlerError> {
    page(&state, &confirmed, StatusCode::OK, false).await
}

/// Begins, finishes, or turns it off, by the button pressed.
pub async fn change(
    State(state): State<AppState>,
    confirmed: ConfirmedAtDesk,
    Form(form): Form<ActForm>,
) -> Result<Response, HandlerError> {
    match form.act.as_str() {
        "begin" => {
            state.services.begin_authenticator(&confirmed.caller).await?;
            Ok(see_other(HERE))
        }
        "finish" => finish(&state, &confirmed, &form.code).await,
        "remove" => {
            state.services.remove_authenticator(&confirmed.caller).await?;
            Ok(see_other("/desk/account?done=app-off"))
        }
        _ => Err(HandlerError::BadForm),
    }
}

/// Shows the recovery codes in answer to the form: they are told this once and kept nowhere.
async fn finish(
    state: &AppState,
    confirmed: &ConfirmedAtDesk,
    code: &Secret,
) -> Result<Response, HandlerError> {
    let Some(codes) = state.services.finish_authenticator(&confirmed.caller, code).await? else {
        return page(state, confirmed, StatusCode::UNPROCESSABLE_ENTITY, true).await;
    };
    Ok(shown(confirmed, codes, true).await)
}

/// New recovery codes, this once.
pub(super) async fn shown(confirmed: &ConfirmedAtDesk, codes: Vec<Secret>, app_is_on: bool) -> Response {
    let codes: Vec<String> = codes.iter().map(|code| code.expose().to_owned()).collect();
    let title = words::codes::SHOWN_HEADING.to_owned();
    page_with(StatusCode::OK, &confirmed.desk, DeskTab::Account, title, move || {
        view! { <CodesPage state=CodesState::New { codes: codes.clone(), app_is_on } /> }
    })
    .await
}

async fn page(
    state: &AppState,
    confirmed: &ConfirmedAtDesk,
    status: StatusCode,
    wrong: bool,
) -> Result<Response, HandlerError> {
    let factors = state.services.my_second_factors(confirmed.caller.caller()).await?;
    let view = match (factors.authenticator, state.services.authenticator_set_up(&confirmed.caller).await?) {
        (Some(since), _) => PageState::On { since },
        (None, None) => PageState::Off,
        (None, Some(told)) => PageState::SettingUp {
            picture: qr::svg(told.address.expose()).unwrap_or_default(),
            key: told.secret.expose().to_owned(),
            wrong,
        },
    };
    let title = words::app::HEADING.to_owned();
    let page = page_with(status, &confirmed.desk, DeskTab::Account, title, move || {
        view! { <AppPage state=view.clone() /> }
    });
    Ok(page.await)
}
