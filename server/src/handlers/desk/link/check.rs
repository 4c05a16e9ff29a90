//! Checking again, by staff.

use std::time::Duration;

use app::text::desk::help::Said;
use axum::extract::State;
use axum::response::Response;
use services::CheckStart;

use super::{LinkInPath, said};
use crate::error::HandlerError;
use crate::sessions::AtDesk;
use crate::startup::AppState;

/// How long the form waits for the check it started; a slow one is shown running.
const PATIENCE: Duration = Duration::from_millis(2500);

/// Starts a check, unless the same rules hold it back that hold back the administrator's own.
pub async fn start(
    State(state): State<AppState>,
    desk: AtDesk,
    LinkInPath(id): LinkInPath,
) -> Result<Response, HandlerError> {
    Ok(match state.services.check_link(&desk.caller, id).await? {
        CheckStart::Started(check) => {
            let done = tokio::time::timeout(PATIENCE, check.finished()).await.is_ok();
            said(id, if done { Said::Checked } else { Said::Checking })
        }
        CheckStart::AlreadyRunning => said(id, Said::Checking),
        CheckStart::NotReady(_) => said(id, Said::NotReady),
        CheckStart::Held(_) => said(id, Said::Held),
    })
}
