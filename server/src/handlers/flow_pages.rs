//! What the flow's pages have in common: their addresses, the frame around them, their document.

use app::components::{FlowFrame, Kept, StepMark};
use app::shell::{Page, Top};
use app::text::{check, flow};
use app::when;
use axum::http::StatusCode;
use axum::response::Response;
use domain::{CredentialField, LinkId, LinkStatus, ProblemCode, Step};
use leptos::prelude::*;
use services::{FlowCaller, FlowPage, FlowView};
use storage::Slot;

use crate::error::HandlerError;
use crate::render;
use crate::startup::AppState;

/// The page's address.
#[must_use]
pub fn path_of(link: LinkId, page: FlowPage) -> String {
    match page {
        FlowPage::Step(step) => format!("/link/{link}/{}", step.as_str()),
        FlowPage::Check => format!("/link/{link}/check"),
        FlowPage::Done => format!("/link/{link}/done"),
    }
}

/// What the flow's pages show; a link that vanished answers like one that never was.
pub async fn view_of(state: &AppState, caller: &FlowCaller) -> Result<FlowView, HandlerError> {
    state.services.flow_view(caller).await?.ok_or(HandlerError::OpenAgain)
}

/// What the newest check found wrong with what this step asks for, if that is what stands in the way.
#[must_use]
pub fn found_wrong(view: &FlowView, step: Step) -> Option<ProblemCode> {
    view.link.problem.filter(|code| match step {
        Step::Key | Step::Account => *code == ProblemCode::CredentialsRejected,
        Step::Domain => matches!(code, ProblemCode::HostNotFound | ProblemCode::HostNotWebServices),
    })
}

/// Where a step's page leads instead, when there is nothing to enter: the account is linked, or being checked.
#[must_use]
pub fn elsewhere(view: &FlowView) -> Option<FlowPage> {
    match view.link.status {
        LinkStatus::Linked => Some(FlowPage::Done),
        LinkStatus::Checking => Some(FlowPage::Check),
        LinkStatus::Invited
        | LinkStatus::Opened
        | LinkStatus::InProgress
        | LinkStatus::LinkedWithGaps
        | LinkStatus::Attention
        | LinkStatus::Broken
        | LinkStatus::Paused
        | LinkStatus::Disconnected => None,
    }
}

/// The step list around the page at place `current` (1 to 4).
#[must_use]
pub fn frame(state: &AppState, view: &FlowView, current: usize) -> FlowFrame {
    let rejected = view.link.problem == Some(ProblemCode::CredentialsRejected);
    let address_wrong =
        matches!(view.link.problem, Some(ProblemCode::HostNotFound | ProblemCode::HostNotWebServices));
    let mark = |step: Step, place: usize, note: String, wrong: bool| {
        if !view.is_done(step) {
            StepMark::Open(flow::STEP_TIMES.get(place).copied().unwrap_or_default().to_owned())
        } else if matches!(view.link.status, LinkStatus::Linked | LinkStatus::Checking) {
            StepMark::Closed(note)
        } else if wrong {
            StepMark::Fix
        } else {
            StepMark::Done(note)
        }
    };
    let host = view.link.host.as_ref().map(ToString::to_string).unwrap_or_default();
    FlowFrame {
        company: state.company.to_string(),
        link: view.link.id,
        current,
        marks: [
            mark(Step::Key, 0, flow::SAVED.to_owned(), false),
            mark(Step::Account, 1, flow::SAVED.to_owned(), rejected),
            mark(Step::Domain, 2, host, address_wrong),
            if view.link.status.is_linked() {
                StepMark::Closed(check::STEP_LINKED.to_owned())
            } else {
                let note = view.link.problem.filter(|_| view.check.is_some()).and_then(check::step_note);
                StepMark::Open(
                    note.unwrap_or_else(|| flow::STEP_TIMES.last().copied().unwrap_or_default()).to_owned(),
                )
            },
        ],
    }
}

/// What is kept of a credential.
#[must_use]
pub fn kept(view: &FlowView, field: CredentialField) -> Kept {
    if view.is_pending(field) {
        Kept::Pending
    } else if view.is_saved(field) {
        Kept::Saved
    } else {
        Kept::Nothing
    }
}

/// Since when all of these are saved, in words; `None` unless all are.
#[must_use]
pub fn saved_since(view: &FlowView, fields: &[CredentialField]) -> Option<String> {
    let times: Vec<_> = view
        .fields
        .iter()
        .filter(|state| state.slot == Slot::Saved && fields.contains(&state.field))
        .map(|state| state.changed_at)
        .collect();
    (times.len() == fields.len()).then(|| times.into_iter().max().map(when::date_and_time)).flatten()
}

/// Renders a page of the flow; `islands` says whether it has fields that come to life.
pub async fn document<V, F>(state: &AppState, title: String, islands: bool, content: F) -> Response
where
    V: IntoView + 'static,
    F: Fn() -> V + Clone + Send + Sync + 'static,
{
    let company = state.company.to_string();
    render::page(StatusCode::OK, move || {
        let (title, company, content) = (title.clone(), company.clone(), content.clone());
        view! {
            <Page
                assets=render::assets()
                title=title
                foot=Some(flow::foot(&company))
                top=Top::Asked { company }
                islands=islands
            >
                {content()}
            </Page>
        }
    })
    .await
}

/// The title of the page at place `current`, with what is to be mended before it.
#[must_use]
pub fn title(current: usize, problem: Option<ProblemCode>) -> String {
    let name = current.checked_sub(1).and_then(|n| flow::STEPS.get(n)).copied().unwrap_or_default();
    let place = format!("{}: {name}", flow::step_of(current));
    match problem {
        Some(code) => format!("{}. {place}", app::text::problems::for_admin(code).title),
        None => place,
    }
}
