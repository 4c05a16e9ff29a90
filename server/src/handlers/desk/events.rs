//! `/desk/events`: the list's parts, whenever anything in them changed (server-sent events).
//!
//! Each stream asks the database every two seconds, and when another server tells of a change, whether any link changed,
//! and reads the list only then; what it shows is sent only when it differs. A stream is no use of the session: a desk that is left alone is signed out all the same.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use app::pages::list_parts;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use domain::StaffId;
use futures_util::stream;
use tokio::time::Instant;

use super::list::view_of;
use super::list_query::ListQuery;
use crate::changes::Waiting;
use crate::error::HandlerError;
use crate::handlers::streams::until_stopped;
use crate::sessions::WatchingDesk;
use crate::startup::AppState;

/// How often it is asked at most whether anything changed, when changes are told of.
const SOONEST: Duration = Duration::from_millis(250);
/// How often it is asked in any case.
const EVERY: Duration = Duration::from_secs(2);
/// How often a quiet stream says that it lives, so that no proxy cuts it.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// How long a stream lasts; the browser then asks for another, and shows who it is again.
const LONGEST: Duration = Duration::from_secs(300);
/// Ages on the page (`2 minutes ago`) grow old without any change.
const STALE: Duration = Duration::from_secs(60);
/// How many streams one staff member may have at a time.
const EACH: usize = 6;

/// How many streams each staff member has open.
#[derive(Clone, Debug, Default)]
pub struct ListWatchers(Arc<Mutex<HashMap<StaffId, usize>>>);

/// One of them; given back when the stream ends, however it ends.
struct Place {
    watchers: ListWatchers,
    staff: StaffId,
}

/// A stream and what it showed last.
struct Watching {
    state: AppState,
    desk: WatchingDesk,
    query: ListQuery,
    until: Instant,
    /// The version and the parts that were sent last, and when.
    shown: Option<(i64, String, Instant)>,
    waiting: Waiting,
    _place: Place,
}

/// The stream.
pub async fn stream(
    State(state): State<AppState>,
    desk: WatchingDesk,
    RawQuery(query): RawQuery,
) -> Result<Response, HandlerError> {
    let Some(place) = state.list_watchers.enter(desk.caller.id()) else {
        return Ok(StatusCode::TOO_MANY_REQUESTS.into_response());
    };
    let (health, counted) = (state.health.clone(), state.metrics.list_streams().hold());
    let watching = Watching {
        query: ListQuery::parse(&query.unwrap_or_default()),
        until: Instant::now() + LONGEST,
        shown: None,
        waiting: state.changes.wait(),
        state,
        desk,
        _place: place,
    };
    let events = until_stopped(stream::unfold(watching, next), health, counted);
    // Like every page of the desk, and stricter than what a stream says by itself.
    let no_store = [(CACHE_CONTROL, "no-store")];
    Ok((no_store, Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE))).into_response())
}

/// Waits for the next change; `None` ends the stream.
async fn next(mut watching: Watching) -> Option<(Result<Event, Infallible>, Watching)> {
    loop {
        // The first is sent at once: the page may have been open for a while.
        if watching.shown.is_some() {
            watching.waiting.between(SOONEST, EVERY).await;
        }
        let services = &watching.state.services;
        let is_over = Instant::now() >= watching.until;
        // Signed out meanwhile, or the session has ended.
        if is_over || services.recognise_watching_staff(watching.desk.session.expose()).await.ok()?.is_none()
        {
            return None;
        }
        match watching.changed().await {
            Ok(Some(parts)) => {
                let event = Event::default().event("list").data(parts);
                return Some((Ok(event), watching));
            }
            Ok(None) => {}
            Err(error) => {
                tracing::warn!(%error, "a list could not be shown as it changes");
                return None;
            }
        }
    }
}

impl Watching {
    /// The parts, when they differ from what was sent last.
    async fn changed(&mut self) -> Result<Option<String>, HandlerError> {
        if let Some((version, _, at)) = &self.shown
            && at.elapsed() < STALE
            && self.state.services.list_version(&self.desk.caller).await? == *version
        {
            return Ok(None);
        }
        let (view, version) = view_of(&self.state, &self.desk.caller, &self.query).await?;
        let parts = list_parts(&view);
        let differs = self.shown.as_ref().is_none_or(|(_, shown, _)| *shown != parts);
        self.shown = Some((version, parts.clone(), Instant::now()));
        Ok(differs.then_some(parts))
    }
}

impl ListWatchers {
    /// A place; `None` when this staff member has as many as one may have.
    fn enter(&self, staff: StaffId) -> Option<Place> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(staff).or_insert(0);
        if *count >= EACH {
            return None;
        }
        *count += 1;
        Some(Place { watchers: self.clone(), staff })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.watchers.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.staff) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.staff);
            }
        }
    }
}
