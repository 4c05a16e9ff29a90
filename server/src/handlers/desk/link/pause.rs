//! Pausing the link, and letting it go on.

use app::text::desk::help::Said;
use axum::extract::State;
use axum::response::Response;
use domain::LinkId;
use services::PauseOutcome;

use super::{LinkInPath, said};
use crate::error::HandlerError;
use crate::sessions::AtDesk;
use crate::startup::AppState;

/// Pauses it.
pub async fn pause(
    State(state): State<AppState>,
    desk: AtDesk,
    LinkInPath(id): LinkInPath,
) -> Result<Response, HandlerError> {
    done(id, state.services.pause_link(&desk.caller, id).await?, Said::Paused)
}

/// Lets it go on.
pub async fn resume(
    State(state): State<AppState>,
    desk: AtDesk,
    LinkInPath(id): LinkInPath,
) -> Result<Response, HandlerError> {
    done(id, state.services.resume_link(&desk.caller, id).await?, Said::Resumed)
}

fn done(id: LinkId, outcome: PauseOutcome, good: Said) -> Result<Response, HandlerError> {
    match outcome {
        PauseOutcome::Done => Ok(said(id, good)),
        PauseOutcome::NotNow => Ok(said(id, Said::NotNow)),
        PauseOutcome::Checking => Ok(said(id, Said::Busy)),
        PauseOutcome::NoSuchLink => Err(HandlerError::NoSuchLink),
    }
}
