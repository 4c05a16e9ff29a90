//! Notes of the staff's.

use app::text::desk::help::Said;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::{NoteId, StaffNote};
use serde::Deserialize;

use super::{LinkInPath, said};
use crate::error::HandlerError;
use crate::forms::PastedForm;
use crate::sessions::AtDesk;
use crate::startup::AppState;

/// A new note.
#[derive(Debug, Deserialize)]
pub struct NoteForm {
    /// What it says.
    #[serde(default)]
    note: String,
}

/// Adds a note.
pub async fn add(
    State(state): State<AppState>,
    desk: AtDesk,
    LinkInPath(id): LinkInPath,
    PastedForm(form): PastedForm<NoteForm>,
) -> Result<Response, HandlerError> {
    let Ok(note) = StaffNote::parse(&form.note) else { return Ok(said(id, Said::NoteRefused)) };
    if state.services.add_note(&desk.caller, id, note).await? {
        Ok(said(id, Said::Noted))
    } else {
        Err(HandlerError::NoSuchLink)
    }
}

/// Takes one's own note away; of another's nothing happens.
pub async fn delete(
    State(state): State<AppState>,
    desk: AtDesk,
    LinkInPath(id): LinkInPath,
    Path((_, note)): Path<(String, String)>,
) -> Result<Response, HandlerError> {
    let Ok(note) = note.parse::<NoteId>() else { return Ok(said(id, Said::NotNow)) };
    let gone = state.services.delete_note(&desk.caller, id, note).await?;
    Ok(said(id, if gone { Said::NoteGone } else { Said::NotNow }))
}
