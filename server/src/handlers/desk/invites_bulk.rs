//! `/desk/invites/bulk`: a table of customers, looked at line by line, then made into invites, which are shown once.

mod file;

use app::pages::{
    BulkMadePage, BulkMadeRow, BulkMadeView, BulkPage, BulkPreviewPage, BulkPreviewView, BulkRow,
    BulkRowState, BulkView,
};
use app::shell::DeskTab;
use app::text::desk::{invites, invites_bulk as words};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use services::{BulkLine, BulkMade, BulkRefusal, LineState, NewInvite, Twins, text_of_upload};

use super::invite_new::twin;
use super::page;
use crate::error::HandlerError;
use crate::forms::TableForm;
use crate::sessions::AtDesk;
use crate::startup::AppState;

/// Longest text of a cell that the preview shows, in characters: whatever is longer is wrong anyway.
const CELL_SHOWN: usize = 80;

/// The page to paste a table into.
pub async fn show(State(state): State<AppState>, desk: AtDesk) -> Result<Response, HandlerError> {
    paste(&state, &desk, String::new(), None).await
}

/// Looks at a table, or makes its invites.
pub async fn send(
    State(state): State<AppState>,
    desk: AtDesk,
    form: TableForm,
) -> Result<Response, HandlerError> {
    let fields = form.fields;
    let text = match form.file.as_deref().map(text_of_upload) {
        None => fields.one("table").to_owned(),
        Some(Ok(text)) => text,
        Some(Err(refusal)) => return refused(&state, &desk, fields.one("table").to_owned(), &refusal).await,
    };
    let what = fields.one("do");
    if what != "make" && what != "file" {
        return match state.services.preview_invites(&desk.caller, &text).await? {
            Ok(read) => Ok(preview(&state, &desk, read.lines, read.ignored, text).await),
            Err(refusal) => refused(&state, &desk, text, &refusal).await,
        };
    }
    let twins = if fields.has("twins") { Twins::Accept } else { Twins::Ask };
    let mail = fields.has("mail");
    match state.services.make_invites(&desk.caller, &text, twins, mail).await? {
        Ok(made) if what == "file" && !made.made.is_empty() => Ok(file::download(&rows(&state, &made))),
        Ok(made) => Ok(shown(&state, &desk, &made).await),
        Err(refusal) => refused(&state, &desk, text, &refusal).await,
    }
}

async fn paste(
    state: &AppState,
    desk: &AtDesk,
    table: String,
    problem: Option<String>,
) -> Result<Response, HandlerError> {
    let presets = state.services.presets(&desk.caller).await?;
    let presets = presets.into_iter().map(|preset| preset.name.to_string()).collect();
    let view = BulkView { table, problem, presets };
    let content = move || view! { <BulkPage view=view.clone() /> };
    Ok(page(desk, DeskTab::Links, words::MANY.to_owned(), content).await)
}

async fn refused(
    state: &AppState,
    desk: &AtDesk,
    table: String,
    refusal: &BulkRefusal,
) -> Result<Response, HandlerError> {
    let problem = match refusal {
        BulkRefusal::Empty => words::refused::EMPTY.to_owned(),
        BulkRefusal::NoLines => words::refused::NO_LINES.to_owned(),
        BulkRefusal::TooManyLines => words::refused::TOO_MANY_LINES.to_owned(),
        BulkRefusal::NoCustomer => words::refused::NO_CUSTOMER.to_owned(),
        BulkRefusal::TwiceTheSame(heading) => words::refused::twice_the_same(&cut(heading)),
        BulkRefusal::Unclosed(line) => words::refused::unclosed(*line),
        BulkRefusal::NotText => words::refused::NOT_TEXT.to_owned(),
    };
    let mut response = paste(state, desk, table, Some(problem)).await?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

async fn preview(
    state: &AppState,
    desk: &AtDesk,
    lines: Vec<BulkLine>,
    ignored: Vec<String>,
    table: String,
) -> Response {
    let view = BulkPreviewView {
        rows: lines.iter().map(row).collect(),
        ignored: ignored.iter().map(|heading| cut(heading)).collect(),
        table,
        mail: state.services.can_mail().then_some(false),
    };
    let content = move || view! { <BulkPreviewPage view=view.clone() /> };
    page(desk, DeskTab::Links, words::PREVIEW_TITLE.to_owned(), content).await
}

async fn shown(state: &AppState, desk: &AtDesk, made: &BulkMade) -> Response {
    let rows = rows(state, made);
    let view = BulkMadeView {
        table: file::table(&rows),
        mailing: made.made.iter().filter(|line| line.mailed).count(),
        left_out: made.left_out.iter().map(row).collect(),
        made: rows,
    };
    let title = words::made(view.made.len());
    page(desk, DeskTab::Links, title, move || view! { <BulkMadePage view=view.clone() /> }).await
}

/// The invites with their addresses.
fn rows(state: &AppState, made: &BulkMade) -> Vec<BulkMadeRow> {
    let row = |line: &services::MadeLine| BulkMadeRow {
        number: line.number,
        link: line.link.to_string(),
        customer: line.customer.to_string(),
        contact: line.contact.as_ref().map(ToString::to_string).unwrap_or_default(),
        reference: line.reference.as_ref().map(ToString::to_string).unwrap_or_default(),
        url: format!("{}/i/{}", state.public_url.as_str(), line.token.expose()),
        good_until: app::when::machine(line.expires_at),
    };
    made.made.iter().map(row).collect()
}

fn row(line: &BulkLine) -> BulkRow {
    let state = match &line.state {
        LineState::Good(new) => BulkRowState::Ready(ready(new)),
        LineState::Wrong(problems) => BulkRowState::Mend(
            problems
                .iter()
                .map(|problem| format!("{}: {}", invites::field(problem.field).0, invites::mistake(*problem)))
                .collect(),
        ),
        LineState::TooManyCells => BulkRowState::Mend(vec![words::TOO_MANY_CELLS.to_owned()]),
        LineState::TwinLine(_, before) => BulkRowState::Duplicate(words::twin_line(*before), Vec::new()),
        LineState::TwinLinks(_, links) => {
            BulkRowState::Duplicate(words::TWIN_LINKS.to_owned(), links.iter().map(twin).collect())
        }
    };
    BulkRow {
        number: line.number,
        customer: cut(&line.draft.customer),
        contact: cut(&line.draft.email),
        state,
    }
}

fn ready(new: &NewInvite) -> String {
    words::good(new.permissions.len(), new.valid_seconds / 86_400)
}

/// A cell as the preview shows it: what cannot be seen as a space, what is too long cut.
fn cut(text: &str) -> String {
    let seen = |sign: char| if sign.is_control() { ' ' } else { sign };
    let mut shown: String = text.trim().chars().take(CELL_SHOWN).map(seen).collect();
    if text.trim().chars().nth(CELL_SHOWN).is_some() {
        shown.push('…');
    }
    shown
}
