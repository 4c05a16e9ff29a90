//! `/desk/views`: saving what the list shows under a name, and deleting it.

use app::text::desk::list as words;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use services::ViewRefusal;

use super::list::show_refused;
use super::list_query::ListQuery;
use crate::error::HandlerError;
use crate::forms::Form;
use crate::render::see_other;
use crate::sessions::AtDesk;
use crate::startup::AppState;

/// A view of the list, as the list's page sends it.
#[derive(Debug, Deserialize)]
pub struct ViewForm {
    /// Its name.
    #[serde(default)]
    name: String,
    /// What the list's address asked for.
    #[serde(default)]
    query: String,
}

/// Saves a view.
pub async fn save(
    State(state): State<AppState>,
    desk: AtDesk,
    Form(form): Form<ViewForm>,
) -> Result<Response, HandlerError> {
    // Read and written anew, so that it is a list's address whatever was sent.
    let query = ListQuery::parse(&form.query);
    let saved = state.services.save_view(&desk.caller, &form.name, query.address.query()).await?;
    match saved {
        Ok(()) => Ok(see_other(&query.address.href())),
        Err(ViewRefusal::Name) => show_refused(&state, &desk, &query, words::VIEW_REFUSED_NAME).await,
        Err(ViewRefusal::TooMany) => show_refused(&state, &desk, &query, words::VIEW_REFUSED_MANY).await,
    }
}

/// Deletes a view.
pub async fn delete(
    State(state): State<AppState>,
    desk: AtDesk,
    Form(form): Form<ViewForm>,
) -> Result<Response, HandlerError> {
    state.services.delete_view(&desk.caller, &form.name).await?;
    Ok(see_other(&ListQuery::parse(&form.query).address.href()))
}
