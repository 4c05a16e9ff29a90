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
use services::{AuditQuestion, LogState, OwnerCaller, ServiceError, Services, hex_of};
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
        items: found.entries.iter().map(|found| item(found, &name)).collect(),
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
    state.services.begin_audit_export(&owner).await?;
    let head = csv::MARK.to_owned() + &csv::row(words::CSV_COLUMNS);
    let first = Download { services: state.services, owner, question: Some(question), head: Some(head) };
    let rows = stream::try_unfold(first, |mut download| async move {
        let text = download.next().await?;
        Ok::<_, ServiceError>(text.map(|text| (text, download)))
    });
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"linkdesk-audit.csv\""),
    ];
    Ok((headers, Body::from_stream(rows)).into_response())
}

/// Where a download stands.
struct Download {
    services: Services,
    owner: OwnerCaller,
    /// `None` when everything was read.
    question: Option<AuditQuestion>,
    head: Option<String>,
}

impl Download {
    /// The next piece of the file; `None` when it is complete.
    async fn next(&mut self) -> Result<Option<String>, ServiceError> {
        let Some(question) = self.question.as_mut() else { return Ok(None) };
        let found = self.services.audit_export_batch(&self.owner, question).await?;
        let mut text = self.head.take().unwrap_or_default();
        text.extend(found.iter().map(csv_row));
        match found.last() {
            Some(last) => question.before = Some(last.position),
            None => self.question = None,
        }
        Ok(Some(text).filter(|text| !text.is_empty()))
    }
}

/// One line of a download.
#[must_use]
pub fn csv_row(found: &AuditFound) -> String {
    let entry = &found.entry;
    let text = |value: Option<String>| value.unwrap_or_default();
    let cells = [
        found.position.to_string(),
        when::machine(entry.at),
        entry.actor.kind().as_str().to_owned(),
        sentence::who(found),
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

fn item(found: &AuditFound, name: &dyn Fn(StaffId) -> Option<String>) -> AuditItem {
    let (what, more) = sentence::what(&found.entry, name);
    AuditItem {
        position: found.position,
        at: found.entry.at,
        who: sentence::who(found),
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
        head: hex_of(&log.hash),
        verified: match log.verified {
            None => Verified::Never,
            Some((at, None)) => Verified::Whole(at),
            Some((at, Some(position))) => Verified::Broken(at, position),
        },
    }
}
