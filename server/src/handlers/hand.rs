//! `/hand/{token}` and `/link/{id}/only/{step}`: the colleague's side of a step that was handed over. She sees the step's
//! guide and its form, and nothing else of the link.

use app::components::{FlowFrame, Kept, StepMark};
use app::pages::{
    AccountAsk, AccountPage, AccountView, DomainPage, DomainView, HandOff, HandWelcomePage, HandWelcomeView,
    KeyPage, KeyView, MessageAction, MessagePage, MessageTone, MessageView, Standing,
};
use app::shell::{Page, Top};
use app::text::{flow, hand_over as words, message::Message};
use app::when;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::Response;
use domain::{ProblemCode, Step};
use leptos::prelude::*;
use services::{
    AccountInput, DomainInput, HandOverRefusal, KeyInput, StepCaller, StepInput, StepOutcome, StepState,
};

use super::flow_pages::{document, title};
use super::invite::{Token, text};
use crate::cookies::SessionCookie;
use crate::error::HandlerError;
use crate::forms::{Form, StepForm};
use crate::render::{self, see_other};
use crate::sessions::InStep;
use crate::startup::AppState;

/// The colleague's first page.
pub async fn welcome(State(state): State<AppState>, token: Token) -> Result<Response, HandlerError> {
    let view = match state.services.look_at_hand_over(&text(token)?).await? {
        Ok(view) => view,
        Err(refusal) => return Ok(refused(&state, refusal).await),
    };
    let page = HandWelcomeView {
        company: state.company.to_string(),
        step: view.step,
        good_until: when::date_and_time(view.expires_at),
    };
    let heading = words::welcome_heading(view.step);
    Ok(document(&state, heading, false, move || view! { <HandWelcomePage view=page.clone() /> }).await)
}

/// Her **Start** button: from now on the link lets in this browser alone.
pub async fn start(State(state): State<AppState>, token: Token) -> Result<Response, HandlerError> {
    let started = match state.services.start_hand_over(&text(token)?).await? {
        Ok(started) => started,
        Err(refusal) => return Ok(refused(&state, refusal).await),
    };
    let mut response = see_other(&format!("/link/{}/only/{}", started.link, started.step.as_str()));
    let cookie = state.cookies.set(
        SessionCookie::Step(started.link, started.step),
        &started.session,
        started.valid_seconds,
    );
    response.headers_mut().extend(cookie.map(|cookie| (SET_COOKIE, cookie)));
    Ok(response)
}

/// The step's page.
pub async fn show(State(state): State<AppState>, InStep(caller): InStep) -> Result<Response, HandlerError> {
    let attempt = state.services.step_alone(&caller).await?;
    let permissions = state.services.asked_permissions(&caller).await?;
    let Some(permissions) = permissions else { return Err(HandlerError::StepOver) };
    let frame = frame(&state, &caller);
    let problem = attempt.problems.first().copied();
    let heading = title(usize::from(caller.step().number()), problem);
    Ok(match caller.step() {
        Step::Key => {
            let page = key_view(frame, problem);
            document(&state, heading, true, move || view! { <KeyPage view=page.clone() /> }).await
        }
        Step::Account => {
            let find = |wanted: [ProblemCode; 2]| {
                attempt.problems.iter().copied().find(|code| wanted.contains(code))
            };
            let doubted = |code| if find([code, code]).is_some() { Kept::Pending } else { Kept::Nothing };
            let page = AccountView {
                frame,
                found: None,
                permissions,
                username: doubted(ProblemCode::UsernameIsEmail),
                password: Kept::Nothing,
                saved_at: None,
                username_problem: find([ProblemCode::UsernameMissing, ProblemCode::UsernameIsEmail]),
                password_problem: find([ProblemCode::PasswordMissing, ProblemCode::PasswordIsApiKey]),
                ask: AccountAsk::Both,
                hand_off: HandOff::Colleague,
                standing: Standing::Made,
            };
            document(&state, heading, true, move || view! { <AccountPage view=page.clone() /> }).await
        }
        Step::Domain => {
            let page = domain_view(&state, frame, attempt, problem);
            document(&state, heading, true, move || view! { <DomainPage view=page.clone() /> }).await
        }
    })
}

/// The step's form. Once it is saved the colleague is done; the outcome of the check is not for her.
pub async fn save(
    State(state): State<AppState>,
    InStep(caller): InStep,
    Form(form): Form<StepForm>,
) -> Result<Response, HandlerError> {
    let use_anyway = !form.anyway.is_empty();
    let input = match caller.step() {
        Step::Key => StepInput::Key(KeyInput { key: form.key, use_anyway }),
        Step::Account => {
            StepInput::Account(AccountInput { username: form.username, password: form.password, use_anyway })
        }
        Step::Domain => StepInput::Domain(DomainInput { url: form.url, use_anyway }),
    };
    match state.services.save_step_alone(&caller, input).await?.ok_or(HandlerError::StepOver)? {
        StepOutcome::Saved(_) | StepOutcome::Unchanged(_) => {
            let mut response = message(&state, StatusCode::OK, words::THANKS, MessageTone::Good, None).await;
            let cookie = state.cookies.clear(SessionCookie::Step(caller.link(), caller.step()));
            response.headers_mut().extend(cookie.map(|cookie| (SET_COOKIE, cookie)));
            Ok(response)
        }
        StepOutcome::Shown => Ok(see_other(caller.step().as_str())),
        StepOutcome::NotNow(_) => {
            Ok(message(&state, StatusCode::CONFLICT, words::BUSY, MessageTone::Over, None).await)
        }
    }
}

fn key_view(frame: FlowFrame, problem: Option<ProblemCode>) -> KeyView {
    let doubted = problem.is_some_and(ProblemCode::is_warning);
    KeyView {
        frame,
        found: None,
        kept: if doubted { Kept::Pending } else { Kept::Nothing },
        saved_at: None,
        problem,
        pasted: None,
        hand_off: HandOff::Colleague,
        standing: Standing::Made,
    }
}

fn domain_view(
    state: &AppState,
    frame: FlowFrame,
    attempt: StepState,
    problem: Option<ProblemCode>,
) -> DomainView {
    DomainView {
        frame,
        found: None,
        host: None,
        typed: attempt.typed_address,
        suffixes: state.suffixes.to_vec(),
        problem,
        pasted: None,
        hand_off: HandOff::Colleague,
        standing: Standing::Made,
    }
}

/// Only the company's name is hers to see.
fn frame(state: &AppState, caller: &StepCaller) -> FlowFrame {
    FlowFrame {
        company: state.company.to_string(),
        link: caller.link(),
        current: usize::from(caller.step().number()),
        marks: [(); 4].map(|()| StepMark::Open(String::new())),
        test: false,
    }
}

async fn refused(state: &AppState, refusal: HandOverRefusal) -> Response {
    let (status, words) = match refusal {
        HandOverRefusal::Unknown => (StatusCode::NOT_FOUND, words::UNKNOWN),
        HandOverRefusal::Expired => (StatusCode::GONE, words::EXPIRED),
        HandOverRefusal::Used => (StatusCode::GONE, words::USED),
        HandOverRefusal::Ended => (StatusCode::GONE, words::ENDED),
    };
    message(state, status, words, MessageTone::Over, Some(refusal.code())).await
}

async fn message(
    state: &AppState,
    status: StatusCode,
    words: Message,
    tone: MessageTone,
    code: Option<ProblemCode>,
) -> Response {
    let company = state.company.to_string();
    let view = MessageView {
        code,
        tone,
        title: words.title.to_owned(),
        body: words.body.to_owned(),
        action: MessageAction::Nothing,
        request_id: String::new(),
    };
    render::page(status, move || {
        let (view, company) = (view.clone(), company.clone());
        view! {
            <Page
                assets=render::assets()
                title=words.title
                foot=Some(flow::foot(&company))
                top=Top::Asked { company }
                refresh=None
            >
                <MessagePage view />
            </Page>
        }
    })
    .await
}
