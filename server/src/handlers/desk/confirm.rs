//! Proving again who one is: asked by [`ConfirmedAtDesk`](crate::sessions::ConfirmedAtDesk) and
//! [`ConfirmedOwner`](crate::sessions::ConfirmedOwner), which lead here and back.

use app::pages::{ConfirmPage, ConfirmProblem, ConfirmView};
use app::shell::DeskTab;
use app::text::desk::account::confirm as words;
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};
use services::Confirmation;

use super::page_with;
use crate::error::HandlerError;
use crate::forms::{Form, PasskeyForm, ProofForm};
use crate::render::see_other;
use crate::sessions::AtDesk;
use crate::startup::AppState;

/// Where to go on.
#[derive(Debug, Deserialize)]
pub struct ToQuery {
    /// The page.
    #[serde(default)]
    to: String,
}

/// The address that asks for a proof and then leads to `to`.
#[must_use]
pub fn address(to: &str) -> String {
    let query = serde_urlencoded::to_string([("to", to)]).unwrap_or_default();
    format!("/desk/confirm?{query}")
}

/// The page; whoever proved it lately goes straight on.
pub async fn show(
    State(state): State<AppState>,
    desk: AtDesk,
    query: Result<Query<ToQuery>, QueryRejection>,
) -> Result<Response, HandlerError> {
    let to = query.map_or_else(|_| String::new(), |Query(query)| query.to);
    let to = way_on(&to);
    if state.services.confirmed_staff(&desk.caller).is_some() {
        return Ok(see_other(to));
    }
    page(&state, &desk, to, None).await
}

/// The form.
pub async fn confirm(
    State(state): State<AppState>,
    desk: AtDesk,
    Form(form): Form<ProofForm>,
) -> Result<Response, HandlerError> {
    let to = way_on(&form.to);
    let confirmed = if form.code.is_blank() {
        state.services.confirm_with_password(&desk.caller, form.password).await?
    } else {
        state.services.confirm_with_code(&desk.caller, &form.code).await?
    };
    go_on(&state, &desk, (to, confirmed), ConfirmProblem::Wrong).await
}

/// A question to one's own passkeys, asked for by the page's script.
pub async fn ask_passkey(State(state): State<AppState>, desk: AtDesk) -> Result<Json<Value>, HandlerError> {
    let ask = state.services.ask_to_confirm_by_passkey(&desk.caller).await?;
    Ok(Json(json!({ "challenge": ask.challenge, "host": ask.host, "known": ask.known })))
}

/// A passkey's answer.
pub async fn take_passkey(
    State(state): State<AppState>,
    desk: AtDesk,
    Form(form): Form<PasskeyForm>,
) -> Result<Response, HandlerError> {
    let to = way_on(&form.to).to_owned();
    let confirmed = state.services.confirm_with_passkey(&desk.caller, &form.answer()).await?;
    go_on(&state, &desk, (&to, confirmed), ConfirmProblem::Passkey).await
}

async fn go_on(
    state: &AppState,
    desk: &AtDesk,
    (to, confirmed): (&str, Confirmation),
    problem: ConfirmProblem,
) -> Result<Response, HandlerError> {
    match confirmed {
        Confirmation::Done => Ok(see_other(to)),
        Confirmation::Wrong => page(state, desk, to, Some(problem)).await,
        Confirmation::MoreNeeded => page(state, desk, to, Some(ConfirmProblem::MoreNeeded)).await,
        Confirmation::Ended => Ok(see_other("/sign-in")),
    }
}

async fn page(
    state: &AppState,
    desk: &AtDesk,
    to: &str,
    problem: Option<ConfirmProblem>,
) -> Result<Response, HandlerError> {
    let factors = state.services.my_second_factors(&desk.caller).await?;
    let view = ConfirmView {
        email: desk.caller.email().to_string(),
        to: to.to_owned(),
        with_password: state.services.password_suffices(&desk.caller).await?,
        with_code: factors.authenticator.is_some(),
        with_passkey: state.services.passkeys_work() && !factors.passkeys.is_empty(),
        problem,
    };
    let status = if problem.is_some() { StatusCode::UNAUTHORIZED } else { StatusCode::OK };
    let title = words::HEADING.to_owned();
    Ok(page_with(status, desk, DeskTab::Account, title, move || view! { <ConfirmPage view=view.clone() /> })
        .await)
}

/// A page of the desk to go on to, and of no other site, whatever the address says.
fn way_on(to: &str) -> &str {
    let ours = to == "/desk" || to.starts_with("/desk/") || to.starts_with("/desk?");
    let plain = to.bytes().all(|sign| sign.is_ascii_graphic() && sign != b'\\') && !to.contains("//");
    if ours && plain { to } else { "/desk" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_goes_on_to_the_desk_and_nowhere_else() {
        for to in
            ["/desk", "/desk/links/lnk_1/disconnect", "/desk?status=linked", "/desk/settings/staff?x=%2F"]
        {
            assert_eq!(way_on(to), to);
        }
        for to in [
            "",
            "/",
            "/sign-out",
            "https://evil.example/desk/",
            "//evil.example/desk/",
            "/desk//evil.example",
            "/desk/\\evil.example",
            "/desk\\evil",
            "/deskx",
            "/desk/\r\nSet-Cookie: x=1",
            "/desk/\u{202e}",
        ] {
            assert_eq!(way_on(to), "/desk", "{to}");
        }
    }

    #[test]
    fn the_way_back_survives_the_query() {
        assert_eq!(address("/desk/a?b=c&d=e"), "/desk/confirm?to=%2Fdesk%2Fa%3Fb%3Dc%26d%3De");
    }
}
