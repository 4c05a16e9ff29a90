//! Who looks after the link.

use app::text::desk::help::Said;
use axum::extract::State;
use axum::response::Response;
use domain::StaffId;
use serde::Deserialize;
use services::AssignOutcome;

use super::{LinkInPath, said};
use crate::error::HandlerError;
use crate::forms::Form;
use crate::sessions::AtDesk;
use crate::startup::AppState;

/// Who is to look after it.
#[derive(Debug, Deserialize)]
pub struct AssigneeForm {
    /// A staff member's id; empty for nobody.
    #[serde(default)]
    staff: String,
}

/// Gives the link into somebody's hands.
pub async fn save(
    State(state): State<AppState>,
    desk: AtDesk,
    LinkInPath(id): LinkInPath,
    Form(form): Form<AssigneeForm>,
) -> Result<Response, HandlerError> {
    let to = match form.staff.as_str() {
        "" => None,
        text => match text.parse::<StaffId>() {
            Ok(staff) => Some(staff),
            Err(_) => return Ok(said(id, Said::NoSuchStaff)),
        },
    };
    match state.services.assign(&desk.caller, id, to).await? {
        AssignOutcome::Done => Ok(said(id, Said::Assigned)),
        AssignOutcome::NoSuchStaff => Ok(said(id, Said::NoSuchStaff)),
        AssignOutcome::NoSuchLink => Err(HandlerError::NoSuchLink),
    }
}
