//! The staff's door: in, by one step or two, and out.

use app::pages::{CodePage, CodeProblem, SignInPage, SignInProblem, SignInView};
use app::shell::{Page, Top};
use app::text::message::sign_in as words;
use app::when;
use axum::extract::State;
use axum::http::header::{RETRY_AFTER, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use domain::Timestamp;
use leptos::prelude::*;
use services::{SecondStep, SignIn, SignedIn, Token};

use crate::cookies::SessionCookie;
use crate::error::HandlerError;
use crate::forms::{Form, ProofForm, SignInForm};
use crate::render::{self, see_other};
use crate::sessions::{AtDesk, NotAtDesk};
use crate::startup::AppState;
use crate::visitor::AtDoor;

/// The page; somebody signed in already goes straight on.
pub async fn show(State(state): State<AppState>, desk: Result<AtDesk, NotAtDesk>) -> Response {
    match desk {
        Ok(_) => see_other("/desk"),
        Err(_) => first_step(&state, StatusCode::OK, SignInView::default()).await,
    }
}

/// The form. One answer for an unknown address and for a wrong password.
pub async fn sign_in(
    State(state): State<AppState>,
    AtDoor(visitor): AtDoor,
    Form(form): Form<SignInForm>,
) -> Result<Response, HandlerError> {
    let email = form.email.expose().trim().to_owned();
    match state.services.sign_in(&email, form.password, &visitor).await? {
        SignIn::In(signed_in) => Ok(go_in(&state, &signed_in, "/desk")),
        SignIn::Code { pending, valid_seconds } => {
            let mut response = see_other("/sign-in/code");
            let cookie = state.cookies.set(SessionCookie::Pending, &pending, valid_seconds);
            response.headers_mut().extend(cookie.map(|cookie| (SET_COOKIE, cookie)));
            Ok(response)
        }
        SignIn::Refused => {
            let problem = Some(SignInProblem::Refused);
            let view = SignInView { email, problem, ..SignInView::default() };
            Ok(first_step(&state, StatusCode::UNAUTHORIZED, view).await)
        }
        SignIn::TooMany { until } => {
            let problem = Some(SignInProblem::TooMany(when::clock(minute_after(until))));
            let view = SignInView { email, problem, ..SignInView::default() };
            let page = first_step(&state, StatusCode::TOO_MANY_REQUESTS, view).await;
            Ok(retry_after(&state, until, page))
        }
    }
}

/// The second step's page; without a first step, back to it.
pub async fn show_code(State(state): State<AppState>, headers: HeaderMap) -> Result<Response, HandlerError> {
    match pending(&state, &headers) {
        Some(pending) if state.services.code_is_awaited(&pending).await? => {
            Ok(second_step(StatusCode::OK, None).await)
        }
        Some(_) | None => Ok(see_other("/sign-in")),
    }
}

/// The second step's form.
pub async fn take_code(
    State(state): State<AppState>,
    AtDoor(visitor): AtDoor,
    headers: HeaderMap,
    Form(form): Form<ProofForm>,
) -> Result<Response, HandlerError> {
    let Some(pending) = pending(&state, &headers) else { return Ok(see_other("/sign-in")) };
    match state.services.sign_in_with_code(&pending, &form.code, &visitor).await? {
        SecondStep::In(signed_in) => {
            let mut response = go_in(&state, &signed_in, "/desk");
            let over = state.cookies.clear(SessionCookie::Pending);
            response.headers_mut().extend(over.map(|cookie| (SET_COOKIE, cookie)));
            Ok(response)
        }
        SecondStep::Wrong => Ok(second_step(StatusCode::UNAUTHORIZED, Some(CodeProblem::Wrong)).await),
        SecondStep::Over => Ok(see_other("/sign-in")),
        SecondStep::TooMany { until } => {
            let problem = CodeProblem::TooMany(when::clock(minute_after(until)));
            let page = second_step(StatusCode::TOO_MANY_REQUESTS, Some(problem)).await;
            Ok(retry_after(&state, until, page))
        }
    }
}

/// The way out.
pub async fn sign_out(State(state): State<AppState>, desk: AtDesk) -> Result<Response, HandlerError> {
    state.services.sign_out(&desk.caller, desk.session.expose()).await?;
    let mut response = see_other("/sign-in");
    response
        .headers_mut()
        .extend(state.cookies.clear(SessionCookie::Desk).map(|cookie| (SET_COOKIE, cookie)));
    Ok(response)
}

/// In, with the cookies of a new session.
pub fn go_in(state: &AppState, signed_in: &SignedIn, to: &str) -> Response {
    let mut response = see_other(to);
    let session = state.cookies.set(SessionCookie::Desk, &signed_in.session, signed_in.valid_seconds);
    let device = state.cookies.set(SessionCookie::Device, &signed_in.device, signed_in.device_seconds);
    for cookie in [session, device].into_iter().flatten() {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

fn pending(state: &AppState, headers: &HeaderMap) -> Option<Token> {
    state.cookies.read(headers, SessionCookie::Pending).as_deref().and_then(Token::parse)
}

fn retry_after(state: &AppState, until: Timestamp, mut page: Response) -> Response {
    let seconds = until.millis_since(state.clock.now()).max(0) / 1000 + 1;
    page.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    page
}

/// The clock shows whole minutes: told the minute before, people would come too early.
fn minute_after(until: Timestamp) -> Timestamp {
    until.plus_seconds(59)
}

/// The first step's page, saying that a passkey was not taken.
pub async fn passkey_refused(state: &AppState) -> Response {
    let view = SignInView { problem: Some(SignInProblem::Passkey), ..SignInView::default() };
    first_step(state, StatusCode::UNAUTHORIZED, view).await
}

async fn first_step(state: &AppState, status: StatusCode, view: SignInView) -> Response {
    let view = SignInView { passkeys: state.services.passkeys_work(), ..view };
    render::page(status, move || {
        let view = view.clone();
        view! {
            <Page assets=render::assets() title=words::HEADING top=Top::Plain foot=None passkey=true refresh=None>
                <SignInPage view />
            </Page>
        }
    })
    .await
}

async fn second_step(status: StatusCode, problem: Option<CodeProblem>) -> Response {
    render::page(status, move || {
        let problem = problem.clone();
        view! {
            <Page assets=render::assets() title=words::CODE_HEADING top=Top::Plain foot=None refresh=None>
                <CodePage problem />
            </Page>
        }
    })
    .await
}
