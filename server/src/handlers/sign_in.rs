//! The staff's door: in and out.

use app::pages::{SignInPage, SignInView};
use app::shell::{Page, Top};
use app::text::message::sign_in as words;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::Response;
use leptos::prelude::*;

use crate::cookies::SessionCookie;
use crate::error::HandlerError;
use crate::forms::{Form, SignInForm};
use crate::render::{self, see_other};
use crate::sessions::AtDesk;
use crate::startup::AppState;

/// The page; somebody signed in already goes straight on.
pub async fn show(desk: Result<AtDesk, crate::sessions::NotAtDesk>) -> Response {
    match desk {
        Ok(_) => see_other("/desk"),
        Err(_) => page(StatusCode::OK, None).await,
    }
}

/// The form. One answer for an unknown address and for a wrong password.
pub async fn sign_in(
    State(state): State<AppState>,
    Form(form): Form<SignInForm>,
) -> Result<Response, HandlerError> {
    let email = form.email.expose().trim().to_owned();
    let Some(signed_in) = state.services.sign_in(&email, form.password).await? else {
        return Ok(page(StatusCode::UNAUTHORIZED, Some(email)).await);
    };
    let mut response = see_other("/desk");
    let cookie = state.cookies.set(SessionCookie::Desk, &signed_in.session, signed_in.valid_seconds);
    response.headers_mut().extend(cookie.map(|cookie| (SET_COOKIE, cookie)));
    Ok(response)
}

/// The way out.
pub async fn sign_out(State(state): State<AppState>, desk: AtDesk) -> Result<Response, HandlerError> {
    state.services.sign_out(&desk.caller, &desk.session).await?;
    let mut response = see_other("/sign-in");
    response
        .headers_mut()
        .extend(state.cookies.clear(SessionCookie::Desk).map(|cookie| (SET_COOKIE, cookie)));
    Ok(response)
}

async fn page(status: StatusCode, refused: Option<String>) -> Response {
    let view = SignInView { refused };
    render::page(status, move || {
        let view = view.clone();
        view! {
            <Page assets=render::assets() title=words::HEADING top=Top::Plain foot=None refresh=None>
                <SignInPage view />
            </Page>
        }
    })
    .await
}
