//! `/link/{id}/check/events`: the lines of a running check, as they change (server-sent events).
//!
//! Event `progress` carries the lines' HTML, the very component the page is made of; `done` says that the check is over.
//! A page that comes late is told the state it finds, so nothing depends on having seen every event. Of a check that runs
//! on another server, the end alone is told.

use std::convert::Infallible;
use std::time::Duration;

use app::pages::{CheckLinesView, check_lines};
use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use domain::CheckProgress;
use futures_util::stream;
use services::FlowCaller;
use tokio::sync::watch;
use tokio::time::Instant;

use super::flow_pages::view_of;
use super::streams::until_stopped;
use crate::changes::Waiting;
use crate::error::HandlerError;
use crate::sessions::InFlow;
use crate::startup::AppState;

/// How often a quiet stream says that it lives, so that no proxy cuts it.
const KEEP_ALIVE: Duration = Duration::from_secs(10);
/// How often it is asked at most whether a check on another server is over, when changes are told of.
const SOONEST: Duration = Duration::from_millis(250);
/// How often it is asked in any case.
const EVERY: Duration = Duration::from_secs(2);
/// How long a stream lasts at most: no check runs longer.
const LONGEST: Duration = Duration::from_secs(60);

/// Where a stream stands.
enum Watching {
    Lines(watch::Receiver<CheckProgress>, String),
    Elsewhere(Box<Elsewhere>),
    Over,
    Closed,
}

/// A check on another server.
struct Elsewhere {
    state: AppState,
    caller: FlowCaller,
    waiting: Waiting,
    until: Instant,
}

/// The stream.
pub async fn stream(
    State(state): State<AppState>,
    InFlow(caller): InFlow,
) -> Result<impl IntoResponse, HandlerError> {
    let view = view_of(&state, &caller).await?;
    let host = view.check.as_ref().map(|check| check.host.to_string()).unwrap_or_default();
    let watching = match state.services.watch_check(&caller) {
        Some(mut progress) => {
            // What stands there now is news to a page that was just opened.
            progress.mark_changed();
            Watching::Lines(progress, host)
        }
        None if view.is_checking() => Watching::Elsewhere(Box::new(Elsewhere {
            waiting: state.changes.wait(),
            until: Instant::now() + LONGEST,
            state: state.clone(),
            caller,
        })),
        None => Watching::Over,
    };
    let events = stream::unfold(watching, |watching| async move {
        match watching {
            Watching::Lines(mut progress, host) => {
                let changed = tokio::time::timeout(LONGEST, progress.changed()).await;
                if !matches!(changed, Ok(Ok(()))) {
                    return Some((over(), Watching::Closed));
                }
                let lines =
                    CheckLinesView { host: host.clone(), progress: progress.borrow_and_update().clone() };
                let event = Event::default().event("progress").data(check_lines(&lines));
                Some((Ok(event), Watching::Lines(progress, host)))
            }
            Watching::Elsewhere(mut check) => {
                check.is_over().await;
                Some((over(), Watching::Closed))
            }
            Watching::Over => Some((over(), Watching::Closed)),
            Watching::Closed => None,
        }
    });
    let counted = state.metrics.check_streams().hold();
    let events = until_stopped(events, state.health.clone(), counted);
    // Like every page of the flow, and stricter than what a stream says by itself.
    let no_store = [(CACHE_CONTROL, "no-store")];
    Ok((no_store, Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE))).into_response())
}

impl Elsewhere {
    /// Waits until it runs no longer, or cannot be told of any more.
    async fn is_over(&mut self) {
        while Instant::now() < self.until {
            self.waiting.between(SOONEST, EVERY).await;
            if !view_of(&self.state, &self.caller).await.is_ok_and(|view| view.is_checking()) {
                return;
            }
        }
    }
}

fn over() -> Result<Event, Infallible> {
    Ok(Event::default().event("done").data("over"))
}
