//! `/reminders/{token}`: a contact stops reminders, from the mail program's own button (RFC 8058) or on the page.

use app::pages::{RemindersPage, RemindersView};
use app::shell::{Page, Top};
use app::text::{flow, reminders as words};
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use leptos::prelude::*;

use crate::error::HandlerError;
use crate::middleware::cross_site::is_same_origin;
use crate::render::{self, see_other};
use crate::startup::AppState;

/// The page. Looking at it changes nothing: mail scanners do.
pub async fn show(
    State(state): State<AppState>,
    token: Result<Path<String>, PathRejection>,
) -> Result<Response, HandlerError> {
    let Path(token) = token.map_err(|_| HandlerError::NotFound)?;
    let found = state.services.look_at_reminders(&token).await?.ok_or(HandlerError::NotFound)?;
    let company = state.company.to_string();
    let view = RemindersView {
        company: company.clone(),
        customer: found.customer.to_string(),
        stopped: found.stopped,
    };
    let page = render::page(StatusCode::OK, move || {
        let (view, company) = (view.clone(), company.clone());
        let foot = Some(flow::foot(&company));
        let title = if view.stopped { words::STOPPED } else { words::HEADING };
        view! {
            <Page assets=render::assets() title=title foot=foot top=Top::Asked { company } refresh=None>
                <RemindersPage view />
            </Page>
        }
    });
    Ok(page.await)
}

/// The button. What stands in the body says nothing: whoever has the address may do this, and a mail program sends it as it
/// likes. It wants no redirect; a browser on our own page gets one. Only from there can reminders be had again.
pub async fn stop(
    State(state): State<AppState>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
    token: Result<Path<String>, PathRejection>,
) -> Result<Response, HandlerError> {
    let Path(token) = token.map_err(|_| HandlerError::NotFound)?;
    let on_our_page = is_same_origin(&headers, state.public_url.as_str());
    let known = if on_our_page && query.as_deref() == Some("again") {
        state.services.want_reminders(&token).await?
    } else {
        state.services.stop_reminders(&token).await?
    };
    if !known {
        return Err(HandlerError::NotFound);
    }
    Ok(if on_our_page { see_other(&format!("/reminders/{token}")) } else { StatusCode::OK.into_response() })
}
