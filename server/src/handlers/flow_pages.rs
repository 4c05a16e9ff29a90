//! What the flow's pages have in common: their addresses, the frame around them, their document.

use app::components::{FlowFrame, Kept, StepMark};
use app::pages::HandOff;
use app::shell::{Page, Top};
use app::text::{check, flow};
use app::when;
use axum::http::StatusCode;
use axum::response::Response;
use domain::{CredentialField, LinkId, LinkStatus, ProblemCode, Step, WebServicesHost};
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
    view.trouble().filter(|code| match step {
        Step::Key | Step::Account => *code == ProblemCode::CredentialsRejected,
        Step::Domain => is_about_address(*code),
    })
}

/// Whether it is put right in step 3.
const fn is_about_address(code: ProblemCode) -> bool {
    matches!(code, ProblemCode::HostNotFound | ProblemCode::HostNotWebServices)
}

/// Where a step's page leads instead, when nothing can be entered now: a check is running, or staff stopped the link.
#[must_use]
pub fn elsewhere(view: &FlowView) -> Option<FlowPage> {
    if view.is_checking() {
        return Some(FlowPage::Check);
    }
    (view.link.status == LinkStatus::Paused).then_some(FlowPage::Done)
}

/// Whether the step is handed to a colleague, or can be.
#[must_use]
pub fn hand_off(view: &FlowView, step: Step) -> HandOff {
    let handed = view.handed_over.iter().find(|hand_over| hand_over.step == step);
    handed.map_or(HandOff::Offer, |hand_over| HandOff::Waiting {
        at: hand_over.created_at,
        started: hand_over.started_at.is_some(),
    })
}

/// The step list around the page at place `current` (1 to 4).
#[must_use]
pub fn frame(state: &AppState, view: &FlowView, current: usize) -> FlowFrame {
    let trouble = view.trouble();
    let rejected = trouble == Some(ProblemCode::CredentialsRejected);
    let address_wrong = trouble.is_some_and(is_about_address);
    let mark = |step: Step, place: usize, note: String, wrong: bool| {
        if !view.is_done(step) {
            StepMark::Open(flow::STEP_TIMES.get(place).copied().unwrap_or_default().to_owned())
        } else if view.is_checking() || view.link.status == LinkStatus::Paused {
            StepMark::Closed(note)
        } else if wrong {
            StepMark::Fix
        } else {
            StepMark::Done(note)
        }
    };
    let host = view.host().map(ToString::to_string).unwrap_or_default();
    FlowFrame {
        company: state.company.to_string(),
        link: view.link.id,
        current,
        marks: [
            mark(Step::Key, 0, flow::SAVED.to_owned(), false),
            mark(Step::Account, 1, flow::SAVED.to_owned(), rejected),
            mark(Step::Domain, 2, host, address_wrong),
            if view.link.status.is_linked() && !view.is_replacing() {
                StepMark::Closed(check::STEP_LINKED.to_owned())
            } else {
                let note = trouble.filter(|_| view.check.is_some()).and_then(check::step_note);
                StepMark::Open(
                    note.unwrap_or_else(|| flow::STEP_TIMES.last().copied().unwrap_or_default()).to_owned(),
                )
            },
        ],
        test: view.host().is_some_and(WebServicesHost::is_test_tenant),
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
    let since = |field: &CredentialField| {
        let slot = if view.is_fresh(*field) { Slot::Fresh } else { Slot::Saved };
        let state = view.fields.iter().find(|state| state.field == *field && state.slot == slot)?;
        Some(state.changed_at)
    };
    let times: Option<Vec<_>> = fields.iter().map(since).collect();
    times?.into_iter().max().map(when::date_and_time)
}

/// What a page of the flow needs besides its content.
#[derive(Clone, Copy, Debug, Default)]
pub struct Extras {
    /// It has fields that come to life.
    pub islands: bool,
    /// It has a running check, or a text to copy.
    pub live: bool,
    /// After how many seconds a browser without script loads it again.
    pub refresh: Option<u32>,
}

/// Renders a page of the flow; `islands` says whether it has fields that come to life.
pub async fn document<V, F>(state: &AppState, title: String, islands: bool, content: F) -> Response
where
    V: IntoView + 'static,
    F: Fn() -> V + Clone + Send + Sync + 'static,
{
    document_with(state, title, Extras { islands, ..Extras::default() }, content).await
}

/// The same with other extras.
pub async fn document_with<V, F>(state: &AppState, title: String, extras: Extras, content: F) -> Response
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
                islands=extras.islands
                live=extras.live
                refresh=extras.refresh
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
