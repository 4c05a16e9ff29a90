//! `/desk/export.csv`: the whole list that the address asks for, as a file for a spreadsheet.
//!
//! A spreadsheet takes a cell that begins with certain signs for a formula, which may send what stands beside it elsewhere.
//! Such a cell gets an apostrophe before it: what a customer is called is text, whatever it looks like.

use app::pages::ListAddress;
use app::when;
use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::{LinkStage, ProblemCode, Step, Timestamp, WebServicesHost};
use futures_util::stream;
use services::{LinkExport, ListedLink};

use super::list_query::ListQuery;
use crate::error::HandlerError;
use crate::sessions::AtDesk;
use crate::startup::AppState;

/// Tells a spreadsheet that the file is UTF-8.
const MARK: &str = "\u{feff}";
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
    let mut text = if first { format!("{MARK}{}", line(COLUMNS.map(str::to_owned))) } else { String::new() };
    let links = export.next().await.map_err(|error| {
        // The response is under way: all that is left is to cut it off, which the browser reports as a broken download.
        tracing::error!(error = %error, "an export could not be read to its end");
        std::io::Error::other("the export could not be read")
    })?;
    let Some(links) = links else { return Ok(first.then_some((text, None))) };
    text.extend(links.iter().map(|listed| line(cells(listed))));
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

/// A line as RFC 4180 has it.
fn line<const N: usize>(cells: [String; N]) -> String {
    let mut line = cells.map(|text| cell(&text)).join(",");
    line.push_str("\r\n");
    line
}

/// A cell that is text and nothing else.
fn cell(text: &str) -> String {
    let harmless = if begins_a_formula(text) { format!("'{text}") } else { text.to_owned() };
    if harmless.contains(['"', ',', '\r', '\n', '\t', ';', '\'']) {
        format!("\"{}\"", harmless.replace('"', "\"\""))
    } else {
        harmless
    }
}

/// Whether a spreadsheet may take the text for a formula: also behind white space and signs that are not seen, and in the
/// wide forms that some convert.
fn begins_a_formula(text: &str) -> bool {
    let starts = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '﹢', '﹣', '﹦', '﹫', '−'];
    let unseen = |sign: char| {
        sign.is_whitespace() && !starts.contains(&sign)
            || matches!(sign, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    text.trim_start_matches(unseen).starts_with(starts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_looks_like_a_formula_is_text() {
        for text in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            " =1",
            "\u{200b}=1",
            "\u{202e}=1",
        ] {
            assert!(cell(text).trim_start_matches('"').starts_with('\''), "{text:?}: {}", cell(text));
        }
        for text in ["Contoso", "a=b", "1-2", "", "ops@contoso.example"] {
            assert_eq!(cell(text), text);
        }
    }

    #[test]
    fn what_separates_cells_is_quoted() {
        assert_eq!(cell("a,b"), "\"a,b\"");
        assert_eq!(cell("say \"hi\""), "\"say \"\"hi\"\"\"");
        assert_eq!(cell("=cmd|' /C calc'!A0"), "\"'=cmd|' /C calc'!A0\"");
        assert_eq!(line(["a".to_owned(), "b;c".to_owned()]), "a,\"b;c\"\r\n");
    }
}
