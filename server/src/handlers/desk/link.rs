//! `/desk/links/{id}`: one link, and what staff do for it, one file per action.

pub mod assignee;
pub mod certificate;
pub mod check;
pub mod end;
pub mod invite;
pub mod notes;
pub mod pause;
pub mod reply;
mod view;

use app::pages::DeskLinkPage;
use app::shell::DeskTab;
use app::text::desk as words;
use app::text::desk::help::Said;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{FromRequestParts, Path, Query, State};
use axum::http::request::Parts;
use axum::response::Response;
use domain::{AuditId, LinkId};
use leptos::prelude::*;
use serde::Deserialize;

use super::{page, page_again, ukg};
use crate::error::HandlerError;
use crate::render::see_other;
use crate::sessions::AtDesk;
use crate::startup::AppState;

/// How often the page of a link whose check was just asked for loads itself again without script, in seconds.
const REFRESH_SECONDS: u32 = 2;

/// The link in the path. Whether there is such a link is for the use case to say.
#[derive(Clone, Copy, Debug)]
pub struct LinkInPath(pub LinkId);

/// What the page's address may ask for; what it does not know is left out.
#[derive(Debug, Default, Deserialize)]
pub struct LinkQuery {
    /// The entry before which the timeline goes on.
    #[serde(default)]
    before: String,
    /// What was just done.
    #[serde(default)]
    said: String,
}

/// One link.
pub async fn show(
    State(state): State<AppState>,
    desk: AtDesk,
    LinkInPath(id): LinkInPath,
    query: Result<Query<LinkQuery>, QueryRejection>,
) -> Result<Response, HandlerError> {
    let query = query.map(|Query(query)| query).unwrap_or_default();
    let (before, said) = (query.before.parse::<AuditId>().ok(), Said::from_name(&query.said));
    let found = state.services.show_link(&desk.caller, id, before).await?.ok_or(HandlerError::NoSuchLink)?;
    let title = format!("{} · {}", found.link.customer, words::LINKS);
    let running = found.check.as_ref().is_some_and(|check| check.finished_at.is_none());
    // A check that was waited for may be done by now: then that is what there is to say.
    let said = if said == Some(Said::Checking) && !running { Some(Said::Checked) } else { said };
    let waits = running && said == Some(Said::Checking);
    let view = view::of(&state, &desk, found, before.is_some(), said);
    let ukg = match &view.host {
        Some(host) => ukg::troubles(&state, &desk, Some(host)).await?,
        None => Vec::new(),
    };
    let content = move || view! { <DeskLinkPage view=view.clone() ukg=ukg.clone() /> };
    Ok(match waits {
        true => page_again(&desk, DeskTab::Links, title, REFRESH_SECONDS, content).await,
        false => page(&desk, DeskTab::Links, title, content).await,
    })
}

impl<S: Send + Sync> FromRequestParts<S> for LinkInPath {
    type Rejection = HandlerError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, HandlerError> {
        let parameters: Result<Path<Vec<(String, String)>>, PathRejection> =
            Path::from_request_parts(parts, state).await;
        let Path(parameters) = parameters.map_err(|_| HandlerError::NoSuchLink)?;
        let id = parameters.iter().find(|(name, _)| name == "id").map(|(_, value)| value.parse());
        id.and_then(Result::ok).map(Self).ok_or(HandlerError::NoSuchLink)
    }
}

/// The link's page.
pub(super) fn path_of(id: LinkId) -> String {
    format!("/desk/links/{id}")
}

/// Back to the link's page, which then says what was done.
fn said(id: LinkId, said: Said) -> Response {
    see_other(&format!("{}?said={}", path_of(id), said.as_str()))
}
