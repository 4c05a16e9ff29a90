//! The check's page and its button.

use std::time::Duration;

use app::pages::{CheckPage, CheckState, CheckView};
use app::text::check as words;
use axum::extract::State;
use axum::response::Response;
use domain::{LinkStatus, ProblemCode, Step};
use leptos::prelude::*;
use services::{CheckAsked, CheckStart, FlowCaller, FlowPage, FlowView, StepOutcome};

use super::flow_pages::{document, frame, path_of, title, view_of};
use crate::error::HandlerError;
use crate::render::{refresh_after, see_other};
use crate::sessions::InFlow;
use crate::startup::AppState;

/// How long a form waits for the check it started. Most checks are done by then, and the outcome is the next thing seen;
/// a slow one is shown running.
const PATIENCE: Duration = Duration::from_millis(2500);
/// How often the page of a running check loads itself again, in seconds.
const REFRESH_SECONDS: u32 = 2;

/// The page.
pub async fn show(State(state): State<AppState>, InFlow(caller): InFlow) -> Result<Response, HandlerError> {
    let view = view_of(&state, &caller).await?;
    if let FlowPage::Step(step) = view.next {
        return Ok(see_other(&path_of(view.link.id, FlowPage::Step(step))));
    }
    let (check, running) = state_of(&view);
    let status = if running { LinkStatus::Checking } else { view.link.status };
    let page = CheckView {
        frame: frame(&state, &view, 4),
        status,
        host: view.link.host.as_ref().map(ToString::to_string).unwrap_or_default(),
        permissions: view.link.permissions.clone(),
        state: check,
    };
    let response =
        document(&state, heading(&view, running), false, move || view! { <CheckPage view=page.clone() /> });
    let response = response.await;
    Ok(if running { refresh_after(response, REFRESH_SECONDS) } else { response })
}

/// The button.
pub async fn start(State(state): State<AppState>, InFlow(caller): InFlow) -> Result<Response, HandlerError> {
    lead_on(&state, &caller, FlowPage::Check).await
}

/// Goes on after a step's form. Saving the last missing value starts the check; a form that changed nothing does not.
pub async fn after_step(
    state: &AppState,
    caller: &FlowCaller,
    step: Step,
    outcome: StepOutcome,
) -> Result<Response, HandlerError> {
    match outcome {
        StepOutcome::Saved(page) => lead_on(state, caller, page).await,
        StepOutcome::Unchanged(page) | StepOutcome::NotNow(page) => {
            Ok(see_other(&path_of(caller.link(), page)))
        }
        StepOutcome::Shown => Ok(see_other(&path_of(caller.link(), FlowPage::Step(step)))),
    }
}

/// Goes to the page; starts the check when that is what comes next, and gives it a moment.
pub async fn lead_on(
    state: &AppState,
    caller: &FlowCaller,
    page: FlowPage,
) -> Result<Response, HandlerError> {
    let page = if page == FlowPage::Check {
        match state.services.start_check(caller, CheckAsked::default()).await? {
            CheckStart::Started(check) => {
                // Whether it is done or not, its page is next; a check that takes longer goes on by itself.
                let _ = tokio::time::timeout(PATIENCE, check.finished()).await;
                FlowPage::Check
            }
            CheckStart::NotReady(page) => page,
            CheckStart::AlreadyRunning | CheckStart::Held(_) => FlowPage::Check,
        }
    } else {
        page
    };
    Ok(see_other(&path_of(caller.link(), page)))
}

/// What the page shows of the newest check, and whether it runs.
fn state_of(view: &FlowView) -> (CheckState, bool) {
    match &view.check {
        Some(check) if check.finished_at.is_none() => (CheckState::Running, true),
        Some(_) | None => (
            view.current_report().map_or(CheckState::Ready, |report| CheckState::Done(report.clone())),
            false,
        ),
    }
}

fn heading(view: &FlowView, running: bool) -> String {
    let problem = view.link.problem.filter(|code| {
        !running && !view.link.status.is_linked() && code.kind() == domain::ProblemKind::Check
    });
    match (running, view.link.status) {
        (true, _) => format!("{}. {}", words::RUNNING.0, title(4, None)),
        (false, LinkStatus::Linked) => format!("{}. {}", words::LINKED.0, title(4, None)),
        (false, _) => title(4, problem.or_else(|| gap(view))),
    }
}

fn gap(view: &FlowView) -> Option<ProblemCode> {
    (view.link.status == LinkStatus::LinkedWithGaps).then_some(ProblemCode::PermissionMissing)
}
