//! The check's page and its button.

use std::time::Duration;

use app::pages::{CheckPage, CheckState, CheckView, Hold, Replacement};
use app::text::check as words;
use axum::extract::State;
use axum::response::Response;
use domain::{CheckProgress, LinkStatus, Permission, ProblemCode, Step, Timestamp};
use leptos::prelude::*;
use services::{CheckAsked, CheckStart, FlowCaller, FlowPage, FlowView, Question, StepOutcome};

use super::flow_pages::{Extras, document_with, frame, path_of, title, view_of};
use crate::error::HandlerError;
use crate::forms::{CheckForm, Form};
use crate::render::see_other;
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
    // Of a link that stands there is always something to see here; of another one only when every step is saved.
    if let (FlowPage::Step(step), false) = (view.next, view.link.status.stands()) {
        return Ok(see_other(&path_of(view.link.id, FlowPage::Step(step))));
    }
    if matches!(view.link.status, LinkStatus::Paused | LinkStatus::Disconnected) {
        return Ok(see_other(&path_of(view.link.id, FlowPage::Done)));
    }
    let running = view.is_checking();
    let status = if running { LinkStatus::Checking } else { view.link.status };
    let check = state_of(&state, &caller, &view);
    let host = view.check.as_ref().filter(|_| running || view.is_current).map(|check| check.host.to_string());
    let page = CheckView {
        frame: frame(&state, &view, 4),
        status,
        host: host.or_else(|| view.host().map(ToString::to_string)).unwrap_or_default(),
        state: check,
        hold: hold(&view, state.clock.now()),
        replacement: replacement(&view),
        surplus: view
            .check
            .as_ref()
            .filter(|_| view.is_current)
            .map(|c| c.surplus.clone())
            .unwrap_or_default(),
        duplicate: view.is_duplicate,
    };
    let others = others_failed(&state, &caller, &view).await;
    let refresh = running.then_some(REFRESH_SECONDS);
    let extras = Extras { live: running, refresh, ..Extras::default() };
    let title = heading(&view, running);
    Ok(document_with(&state, title, extras, move || view! { <CheckPage view=page.clone() others=others /> })
        .await)
}

/// How many minutes ago somebody else's check failed on the same system, when it is UKG Pro that fails there. Good to
/// know, but no reason to show nothing.
async fn others_failed(state: &AppState, caller: &FlowCaller, view: &FlowView) -> Option<i64> {
    let host = &view.check.as_ref()?.host;
    let failed = view.trouble().is_some_and(ProblemCode::is_fault_of_ukg);
    let found = if failed { state.services.others_failed(caller, host).await } else { Ok(None) };
    let at = found.unwrap_or_else(|error| {
        tracing::warn!(%error, "could not look whether others have the same trouble");
        None
    })?;
    Some((state.clock.now().millis_since(at) / 60_000).max(0))
}

/// The button.
pub async fn start(
    State(state): State<AppState>,
    InFlow(caller): InFlow,
    Form(form): Form<CheckForm>,
) -> Result<Response, HandlerError> {
    // An unknown name is no reason to refuse: then everything is checked.
    let only: Option<Permission> = form.permission.parse().ok();
    lead_on_with(&state, &caller, FlowPage::Check, CheckAsked { only, mended: !form.mended.is_empty() }).await
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
    lead_on_with(state, caller, page, CheckAsked::default()).await
}

async fn lead_on_with(
    state: &AppState,
    caller: &FlowCaller,
    page: FlowPage,
    asked: CheckAsked,
) -> Result<Response, HandlerError> {
    let page = if page == FlowPage::Check {
        match state.services.start_check(caller, asked).await? {
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

/// What the page shows of the newest check.
fn state_of(state: &AppState, caller: &FlowCaller, view: &FlowView) -> CheckState {
    if view.is_checking() {
        // A check that runs in another process is shown without its progress.
        let progress = state.services.watch_check(caller).map(|progress| progress.borrow().clone());
        return CheckState::Running(progress.unwrap_or_else(|| CheckProgress::new(&view.link.permissions)));
    }
    let report = view.current_report().or_else(|| {
        // Of a link that stands, what is known of the values in use.
        let proven = view.proven.as_ref().filter(|_| view.link.status.stands() && !view.is_replacing());
        proven?.report.as_ref()
    });
    report.map_or(CheckState::Ready, |report| CheckState::Done(report.clone()))
}

fn hold(view: &FlowView, now: Timestamp) -> Option<Hold> {
    match view.hold? {
        services::Hold::Refused { may_retry } => Some(Hold::NeedsChange { may_retry }),
        services::Hold::Wait { until } => {
            // Rounded up: nobody is sent back for the last half minute.
            let minutes = until.millis_since(now).max(0).saturating_add(59_999) / 60_000;
            Some(Hold::Wait { until, minutes })
        }
    }
}

fn replacement(view: &FlowView) -> Replacement {
    match (&view.question, view.undo_until) {
        (Some(Question::OtherTenant { old, new }), _) => {
            Replacement::OtherAccount { old_host: old.to_string(), new_host: new.to_string() }
        }
        (Some(Question::FewerPermissions { lost }), _) => Replacement::Weaker { lost: lost.clone() },
        (None, _) if view.is_replacing() && view.current_report().is_some() => Replacement::Failed,
        (None, _) if view.is_replacing() => Replacement::Waiting,
        (None, Some(undo_until)) if !view.is_replacing() => Replacement::Used { undo_until },
        (None, _) => Replacement::No,
    }
}

fn heading(view: &FlowView, running: bool) -> String {
    let problem = view.trouble().filter(|code| {
        !running
            && (view.is_replacing() || !view.link.status.is_linked())
            && code.kind() == domain::ProblemKind::Check
    });
    match (running, view.link.status) {
        (true, _) => format!("{}. {}", words::RUNNING.0, title(4, None)),
        (false, LinkStatus::Linked) if !view.is_replacing() => {
            format!("{}. {}", words::LINKED.0, title(4, None))
        }
        (false, _) => title(4, problem.or_else(|| gap(view))),
    }
}

fn gap(view: &FlowView) -> Option<ProblemCode> {
    (view.link.status == LinkStatus::LinkedWithGaps).then_some(ProblemCode::PermissionMissing)
}
