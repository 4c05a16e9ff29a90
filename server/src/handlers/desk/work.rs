//! `/desk/work`: background work, and having tried again what was given up.

use app::components::GivenUpCount;
use app::pages::{GivenUpRow, WorkKind, WorkPage, WorkView};
use app::shell::DeskTab;
use app::text::desk::{for_staff, work as words};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::ProblemCode;
use leptos::prelude::*;
use serde::Deserialize;
use services::{GIVEN_UP_SHOWN, GivenUp, TryAgain, WorkFor};
use storage::JobKind;

use super::page;
use crate::error::HandlerError;
use crate::forms::Form;
use crate::render::see_other;
use crate::sessions::AtDesk;
use crate::startup::AppState;

/// What the page is to say besides.
#[derive(Debug, Deserialize)]
pub struct Told {
    /// Its name.
    #[serde(default)]
    done: String,
}

/// Which button was pressed.
#[derive(Debug, Deserialize)]
pub struct Asked {
    /// `one` or `all`.
    #[serde(default, rename = "do")]
    what: String,
    /// The kind of the one.
    #[serde(default)]
    kind: String,
    /// What it is about.
    #[serde(default)]
    subject: String,
}

/// The page.
pub async fn show(
    State(state): State<AppState>,
    desk: AtDesk,
    told: Result<Query<Told>, QueryRejection>,
) -> Result<Response, HandlerError> {
    let work = state.services.work(&desk.caller).await?;
    let view = WorkView {
        kinds: work
            .depths
            .iter()
            .map(|depth| WorkKind {
                name: name(depth.kind),
                due: depth.due,
                planned: depth.waiting.saturating_sub(depth.due),
                oldest_ms: depth.oldest_ms,
                given_up: depth.dead,
            })
            .collect(),
        more: work.depths.iter().map(|depth| depth.dead).sum::<u64>() > u64::from(GIVEN_UP_SHOWN),
        lost: work
            .lost
            .iter()
            // A path may hold a secret of the receiver's.
            .map(|lost| {
                (format!("/desk/webhooks/{}", lost.endpoint), lost.url.origin().to_owned(), lost.messages)
            })
            .collect(),
        given_up: work.given_up.into_iter().map(row).collect(),
        done: match told.map(|Query(told)| told.done).unwrap_or_default().as_str() {
            "one" => Some(words::TRIED_ONE),
            "all" => Some(words::TRIED_ALL),
            "none" => Some(words::TRIED_NONE),
            _ => None,
        },
        now: state.clock.now(),
    };
    let title = words::HEADING.to_owned();
    Ok(page(&desk, DeskTab::Links, title, move || view! { <WorkPage view=view.clone() /> }).await)
}

/// Has one, or everything, tried again.
pub async fn try_again(
    State(state): State<AppState>,
    desk: AtDesk,
    Form(asked): Form<Asked>,
) -> Result<Response, HandlerError> {
    let kind = JobKind::ALL.into_iter().find(|kind| kind.as_str() == asked.kind);
    let what = match (asked.what.as_str(), kind) {
        ("all", _) => Some(TryAgain::All),
        ("one", Some(kind)) => Some(TryAgain::One(kind, asked.subject)),
        _ => None,
    };
    let tried = match &what {
        Some(what) => state.services.try_again(&desk.caller, what).await?,
        None => 0,
    };
    let done = match (tried, what) {
        (0, _) | (_, None) => "none",
        (_, Some(TryAgain::One(..))) => "one",
        (_, Some(TryAgain::All)) => "all",
    };
    Ok(see_other(&format!("/desk/work?done={done}")))
}

/// How much was given up, for a notice.
pub async fn given_up(state: &AppState, desk: &AtDesk) -> Result<GivenUpCount, HandlerError> {
    let some = u64::try_from(state.services.given_up(&desk.caller).await?).unwrap_or(u64::MAX);
    Ok(GivenUpCount { some, or_more: some >= u64::from(GIVEN_UP_SHOWN) })
}

fn row(given_up: GivenUp) -> GivenUpRow {
    let GivenUp { job, whose } = given_up;
    GivenUpRow {
        kind: job.kind.as_str(),
        name: name(job.kind),
        why: why(job.problem.as_deref()),
        since: job.dead_at.unwrap_or(job.due_at),
        subject: job.subject,
        whose: whose.map(page_of),
    }
}

/// The page about whom work is for, and their name.
fn page_of(whose: WorkFor) -> (String, String) {
    match whose {
        WorkFor::Link(id, customer) => (format!("/desk/links/{id}"), customer.to_string()),
        // A path may hold a secret of the receiver's.
        WorkFor::Endpoint(id, url) => (format!("/desk/webhooks/{id}"), url.origin().to_owned()),
    }
}

/// What a kind of work does, in words.
const fn name(kind: JobKind) -> &'static str {
    match kind {
        JobKind::Recheck => words::RECHECK,
        JobKind::Webhook => words::WEBHOOK,
        JobKind::Mail => words::MAIL,
    }
}

/// Why it was given up: a problem of a check's has its sentence, anything else a short name of its own.
fn why(problem: Option<&str>) -> String {
    match problem {
        None => words::NO_REASON.to_owned(),
        Some(name) => match name.parse::<ProblemCode>() {
            Ok(code) => for_staff(code).to_owned(),
            Err(_) => words::reason(name),
        },
    }
}
