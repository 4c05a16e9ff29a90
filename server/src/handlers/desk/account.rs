//! One's own account: how one signs in, and where one is signed in.

pub mod app;
pub mod codes;
pub mod mail;
pub mod passkeys;
pub mod password;

use ::app::pages::{AccountDeskPage, AccountPageView, SessionRow};
use ::app::shell::DeskTab;
use ::app::text::desk::account as words;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::SessionId;
use leptos::prelude::*;
use serde::Deserialize;
use services::SessionView;

use super::page;
use crate::error::HandlerError;
use crate::forms::{Form, WhichForm};
use crate::render::see_other;
use crate::sessions::AtDesk;
use crate::startup::AppState;

/// What was just done, after a redirect.
#[derive(Debug, Deserialize)]
pub struct DoneQuery {
    /// Its name.
    #[serde(default)]
    done: String,
}

/// The page.
pub async fn show(
    State(state): State<AppState>,
    desk: AtDesk,
    query: Result<Query<DoneQuery>, QueryRejection>,
) -> Result<Response, HandlerError> {
    let caller = &desk.caller;
    let factors = state.services.my_second_factors(caller).await?;
    let sessions = state.services.my_sessions(caller).await?;
    let view = AccountPageView {
        email: caller.email().to_string(),
        role: caller.role(),
        app_since: factors.authenticator,
        codes_left: factors.codes_left,
        passkeys: factors.passkeys.len(),
        wishes: state.services.my_mail_wishes(caller).await?,
        sessions: sessions.into_iter().map(row).collect(),
        done: query.ok().and_then(|Query(query)| said(&query.done)),
        now: state.clock.now(),
    };
    let title = words::HEADING.to_owned();
    Ok(page(&desk, DeskTab::Account, title, move || view! { <AccountDeskPage view=view.clone() /> }).await)
}

/// Ends one session, or all others. Ending the one that asks is signing out.
pub async fn end_sessions(
    State(state): State<AppState>,
    desk: AtDesk,
    Form(form): Form<WhichForm>,
) -> Result<Response, HandlerError> {
    if form.end == "others" {
        state.services.end_my_other_sessions(&desk.caller).await?;
    } else {
        let id: SessionId = form.end.parse().map_err(|_| HandlerError::BadForm)?;
        state.services.end_my_session(&desk.caller, id).await?;
    }
    Ok(see_other("/desk/account?done=sessions"))
}

fn row(view: SessionView) -> SessionRow {
    let SessionView { session, this_one } = view;
    SessionRow {
        id: session.id.to_string(),
        browser: session.browser,
        address: session.address.map(|address| address.to_string()).unwrap_or_default(),
        began: session.created_at,
        used: session.last_used_at,
        this_one,
    }
}

fn said(done: &str) -> Option<&'static str> {
    match done {
        "password" => Some(words::done::PASSWORD),
        "app-off" => Some(words::done::APP_OFF),
        "mail" => Some(words::done::MAIL),
        "sessions" => Some(words::done::SESSIONS),
        _ => None,
    }
}
