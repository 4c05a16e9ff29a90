//! `/desk/audit`: the audit log, its search, its download, and whether it is whole. For owners.

mod query;
mod sentence;

use app::pages::{AuditItem, AuditPage, AuditState, AuditView, Verified};
use app::shell::DeskTab;
use app::text::desk::audit as words;
use app::when;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use domain::StaffId;
use futures_util::stream;
use leptos::prelude::*;
use services::{AuditExport, ExportError, InviteOrigins, LogState};
use storage::AuditFound;

use super::page;
use crate::csv;
use crate::error::HandlerError;
use crate::render::see_other;
use crate::sessions::OwnerAtDesk;
use crate::startup::AppState;
use query::AuditQuery;

/// The log.
pub async fn show(
    State(state): State<AppState>,
    OwnerAtDesk { owner, desk }: OwnerAtDesk,
    query: Result<Query<AuditQuery>, QueryRejection>,
) -> Result<Response, HandlerError> {
    let query = query.map(|Query(query)| query).unwrap_or_default();
    let found = state.services.audit_page(&owner, &query.question()).await?;
    let log = state.services.audit_state(&owner).await?;
    let colleagues = state.services.list_staff(&owner).await?.members;
    let name = |id: StaffId| {
        let known = colleagues.iter().find(|known| known.staff.id == id);
        known.map(|known| known.staff.email.to_string())
    };
    let view = AuditView {
        older: found.next.map(|before| query.address("/desk/audit", Some(before))),
        newest: query.is_later_page().then(|| query.address("/desk/audit", None)),
        export: query.address("/desk/audit/export.csv", None),
        form: query.form(),
        items: found.entries.iter().map(|entry| item(entry, &name, &found.origins)).collect(),
        state: log_state(&log),
    };
    let title = words::HEADING.to_owned();
    Ok(page(&desk, DeskTab::Audit, title, move || view! { <AuditPage view=view.clone() /> }).await)
}

/// Walks the whole log.
pub async fn verify(
    State(state): State<AppState>,
    OwnerAtDesk { owner, .. }: OwnerAtDesk,
) -> Result<Response, HandlerError> {
    state.services.verify_audit(&owner).await?;
    Ok(see_other("/desk/audit"))
}

/// Everything the search finds, as CSV, read a batch at a time while it is sent.
pub async fn export(
    State(state): State<AppState>,
    OwnerAtDesk { owner, .. }: OwnerAtDesk,
    query: Result<Query<AuditQuery>, QueryRejection>,
) -> Result<Response, HandlerError> {
    let question = query.map(|Query(query)| query).unwrap_or_default().question();
    let export = state.services.export_audit(&owner, question).await?;
    let rows = stream::try_unfold(Some((export, true)), part);
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"linkdesk-audit.csv\""),
    ];
    Ok((headers, Body::from_stream(rows)).into_response())
}

/// The next part of the file: the first has the columns' names before it, the last is followed by nothing.
async fn part(
    state: Option<(AuditExport, bool)>,
) -> Result<Option<(String, Option<(AuditExport, bool)>)>, ExportError> {
    let Some((mut export, first)) = state else { return Ok(None) };
    let mut text = if first { csv::MARK.to_owned() + &csv::row(words::CSV_COLUMNS) } else { String::new() };
    let Some(found) = export.next().await? else { return Ok(first.then_some((text, None))) };
    text.extend(found.entries.iter().map(|entry| csv_row(entry, &found.origins)));
    Ok(Some((text, Some((export, false)))))
}

/// One line of a download.
#[must_use]
pub fn csv_row(found: &AuditFound, origins: &InviteOrigins) -> String {
    let entry = &found.entry;
    let text = |value: Option<String>| value.unwrap_or_default();
    let cells = [
        found.position.to_string(),
        when::machine(entry.at),
        entry.actor.kind().as_str().to_owned(),
        sentence::who(found, origins),
        entry.action.as_str().to_owned(),
        entry.detail.clone(),
        text(entry.link.map(|link| link.to_string())),
        text(found.customer.as_ref().map(ToString::to_string)),
        text(entry.client.address.map(|address| address.to_string())),
        text(entry.client.browser.map(|browser| browser.to_string())),
        entry.id.to_string(),
    ];
    csv::row(cells.iter().map(String::as_str))
}

fn item(found: &AuditFound, name: &dyn Fn(StaffId) -> Option<String>, origins: &InviteOrigins) -> AuditItem {
    let (what, more) = sentence::what(&found.entry, name);
    AuditItem {
        position: found.position,
        at: found.entry.at,
        who: sentence::who(found, origins),
        what,
        more,
        link: found
            .entry
            .link
            .map(|link| (link.to_string(), found.customer.as_ref().map(ToString::to_string))),
        from: sentence::from(&found.entry.client),
    }
}

fn log_state(log: &LogState) -> AuditState {
    AuditState {
        entries: log.entries,
        head: hex::encode(log.hash),
        verified: match log.verified {
            None => Verified::Never,
            Some((at, None)) => Verified::Whole(at),
            Some((at, Some(position))) => Verified::Broken(at, position),
        },
    }
}
