//! `/desk/export.csv`: the whole list that the address asks for, as a file for a spreadsheet.

use app::pages::ListAddress;
use app::when;
use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::{LinkStage, ProblemCode, Step, Timestamp, WebServicesHost};
use futures_util::stream;
use services::{ExportError, LinkExport, ListedLink};

use super::list_query::ListQuery;
use crate::csv;
use crate::error::HandlerError;
use crate::sessions::AtDesk;
use crate::startup::AppState;

const COLUMNS: [&str; 18] = [
    "id",
    "customer",
    "email",
    "reference",
    "status",
    "stage",
    "who_acts",
    "problem",
    "what_happened",
    "stuck_at_step",
    "tries",
    "step_reached",
    "host",
    "created_at",
    "changed_at",
    "linked_at",
    "assignee",
    "entered",
];

/// The file.
pub async fn show(
    State(state): State<AppState>,
    desk: AtDesk,
    RawQuery(query): RawQuery,
) -> Result<Response, HandlerError> {
    let query = ListQuery::parse(&query.unwrap_or_default());
    let request = query.request(desk.caller.id());
    let export = state
        .services
        .export_links(&desk.caller, request.filter, request.sort, asked(&query.address))
        .await?;
    let name = format!("attachment; filename=\"links-{}.csv\"", when::machine_date(state.clock.now()));
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8; header=present".to_owned()),
        (CONTENT_DISPOSITION, name),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, Body::from_stream(stream::try_unfold(Some((export, true)), part))).into_response())
}

/// What was asked for, for the audit log.
fn asked(address: &ListAddress) -> String {
    let query = address.query();
    if query.is_empty() { "every link".to_owned() } else { query }
}

/// The next part of the file: the first has the column's names before it, the last is followed by nothing.
async fn part(
    state: Option<(LinkExport, bool)>,
) -> Result<Option<(String, Option<(LinkExport, bool)>)>, std::io::Error> {
    let Some((mut export, first)) = state else { return Ok(None) };
    let mut text = if first { csv::MARK.to_owned() + &csv::row(COLUMNS) } else { String::new() };
    let links = export.next().await.map_err(|error| {
        // The response is under way: all that is left is to cut it off, which the browser reports as a broken download.
        match &error {
            ExportError::Over | ExportError::TooMany => tracing::info!(%error, "an export was cut off"),
            ExportError::Service(error) => tracing::error!(%error, "an export could not be read to its end"),
        }
        std::io::Error::other("the export could not be read")
    })?;
    let Some(links) = links else { return Ok(first.then_some((text, None))) };
    text.extend(links.iter().map(|listed| csv::row(cells(listed).iter().map(String::as_str))));
    Ok(Some((text, Some((export, false)))))
}

fn cells(listed: &ListedLink) -> [String; 18] {
    let link = &listed.link;
    let or_empty = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let time = |at: Option<Timestamp>| at.map(when::machine).unwrap_or_default();
    [
        link.id.to_string(),
        link.customer.to_string(),
        or_empty(link.contact.as_ref().map(|contact| contact.as_str())),
        or_empty(link.reference.as_ref().map(|reference| reference.as_str())),
        link.status.to_string(),
        LinkStage::of(link.status, link.problem).as_str().to_owned(),
        link.who_acts.as_str().to_owned(),
        or_empty(link.problem.map(ProblemCode::as_str)),
        or_empty(link.problem.map(app::text::desk::for_staff)),
        or_empty(listed.stuck.as_ref().map(|stuck| stuck.step.as_str())),
        listed.stuck.as_ref().map(|stuck| stuck.tries.to_string()).unwrap_or_default(),
        or_empty(link.step_reached.map(Step::as_str)),
        or_empty(link.host.as_ref().map(WebServicesHost::as_str)),
        when::machine(link.created_at),
        when::machine(link.changed_at),
        time(link.linked_at),
        or_empty(listed.assignee.as_ref().map(|address| address.as_str())),
        or_empty(listed.stuck.as_ref().and_then(|stuck| stuck.shape.as_deref())),
    ]
}
