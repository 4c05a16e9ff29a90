//! One's passkeys: added, listed, removed.

use app::pages::{PasskeyQuestion, PasskeyRow, PasskeysPage, PasskeysView};
use app::shell::DeskTab;
use app::text::desk::account::{self as account, passkeys as words};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use services::{PasskeyAsk, PasskeyMaking};

use super::super::page_with;
use crate::error::HandlerError;
use crate::forms::{Form, PasskeyForm};
use crate::sessions::ConfirmedAtDesk;
use crate::startup::AppState;

/// What to say above the list.
#[derive(Clone, Copy, Default)]
struct Said {
    done: Option<&'static str>,
    problem: Option<&'static str>,
}

/// The page.
pub async fn show(
    State(state): State<AppState>,
    confirmed: ConfirmedAtDesk,
) -> Result<Response, HandlerError> {
    page(&state, &confirmed, Said::default()).await
}

/// Removes one, or adds the one the browser made.
pub async fn change(
    State(state): State<AppState>,
    confirmed: ConfirmedAtDesk,
    Form(form): Form<PasskeyForm>,
) -> Result<Response, HandlerError> {
    if !form.remove.is_empty() {
        let id = form.remove.parse().map_err(|_| HandlerError::BadForm)?;
        let removed = state.services.remove_passkey(&confirmed.caller, id).await?;
        let done = removed.then_some(words::REMOVED);
        return page(&state, &confirmed, Said { done, problem: None }).await;
    }
    let name = form.name.clone();
    let said = match state.services.add_passkey(&confirmed.caller, &name, &form.answer()).await? {
        PasskeyMaking::Made => Said { done: Some(words::MADE), problem: None },
        PasskeyMaking::Refused => Said { done: None, problem: Some(words::REFUSED) },
        PasskeyMaking::NoMore => Said { done: None, problem: Some(words::NO_MORE) },
    };
    page(&state, &confirmed, said).await
}

async fn page(state: &AppState, confirmed: &ConfirmedAtDesk, said: Said) -> Result<Response, HandlerError> {
    let caller = confirmed.caller.caller();
    let factors = state.services.my_second_factors(caller).await?;
    let rows = factors.passkeys.into_iter().map(|passkey| PasskeyRow {
        id: passkey.id.to_string(),
        name: passkey.name,
        made: passkey.created_at,
        used: passkey.last_used_at,
    });
    let ask = if state.services.passkeys_work() {
        let ask = state.services.ask_for_new_passkey(&confirmed.caller).await?;
        Some(question(ask, caller.email().as_str()))
    } else {
        None
    };
    let view = PasskeysView {
        passkeys: rows.collect(),
        ask,
        done: said.done,
        problem: said.problem,
        now: state.clock.now(),
    };
    let status = if said.problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let title = account::PASSKEYS.to_owned();
    let page = page_with(status, &confirmed.desk, DeskTab::Account, title, move || {
        view! { <PasskeysPage view=view.clone() /> }
    });
    Ok(page.await)
}

fn question(ask: PasskeyAsk, email: &str) -> PasskeyQuestion {
    PasskeyQuestion {
        challenge: ask.challenge,
        host: ask.host,
        user: ask.user,
        email: email.to_owned(),
        known: ask.known.join(" "),
    }
}
