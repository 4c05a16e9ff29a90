//! What each line of a table would make, before anything is made.

use leptos::prelude::*;

use super::table_fields;
use crate::components::TickField;
use crate::icons::Icon;
use crate::pages::desk::DeskTwin;
use crate::pages::desk::invite_new::twin;
use crate::text::desk::invites_bulk as words;

/// What a line would make.
#[derive(Clone, Debug)]
pub enum BulkRowState {
    /// An invite, in words.
    Ready(String),
    /// None; what has to be mended.
    Mend(Vec<String>),
    /// None unless asked for: why, and the links it is like.
    Duplicate(String, Vec<DeskTwin>),
}

/// One line of a table.
#[derive(Clone, Debug)]
pub struct BulkRow {
    /// Its number.
    pub number: u64,
    /// The customer, as it is written, cut to what a table can show.
    pub customer: String,
    /// The contact, likewise.
    pub contact: String,
    /// What it would make.
    pub state: BulkRowState,
}

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct BulkPreviewView {
    /// The lines.
    pub rows: Vec<BulkRow>,
    /// Columns that were not read.
    pub ignored: Vec<String>,
    /// The table itself, to be sent again.
    pub table: String,
    /// Whether to mail; `None` where no mail is set up.
    pub mail: Option<bool>,
}

/// The page.
#[component]
pub fn BulkPreviewPage(
    /// What it shows.
    view: BulkPreviewView,
) -> impl IntoView {
    let BulkPreviewView { rows, ignored, table, mail } = view;
    let count = |wanted: fn(&BulkRowState) -> bool| rows.iter().filter(|row| wanted(&row.state)).count();
    let good = count(|state| matches!(state, BulkRowState::Ready(_)));
    let wrong = count(|state| matches!(state, BulkRowState::Mend(_)));
    let twins = count(|state| matches!(state, BulkRowState::Duplicate(..)));
    let again = table.clone();
    let confirm = (good + twins > 0).then(|| {
        view! {
            <form class="card order__part" method="post" action="/desk/invites/bulk" enctype="multipart/form-data">
                <input type="hidden" name="table" value=table />
                {(twins > 0).then(|| view! { <TickField id="twins" words=words::TWINS_TOO ticked=false /> })}
                {mail.map(|ticked| view! { <TickField id="mail" words=words::MAIL ticked /> })}
                <div class="actions">
                    <button class="button" type="submit" name="do" value="make">{words::make(good)}</button>
                    <button class="button button--quiet" type="submit" name="do" value="file">{words::MAKE_FILE}</button>
                </div>
            </form>
        }
    });
    view! {
        <main class="desk" id="main" tabindex="-1">
            <a class="back" href="/desk/invites/bulk">{Icon::Back.view()} {words::MANY}</a>
            <header class="desk__head">
                <div>
                    <h1>{words::PREVIEW_TITLE}</h1>
                    <p class="soft" role="status">{words::summary(good, wrong, twins)}</p>
                    {(!ignored.is_empty()).then(|| view! { <p class="soft small">{words::ignored(&ignored)}</p> })}
                </div>
            </header>
            <div class="order order--wide">
                {confirm}
                {lines(rows)}
                <details class="card more">
                    <summary class="more__head">{words::MEND_TABLE}</summary>
                    <form class="order__form more__body" method="post" action="/desk/invites/bulk" enctype="multipart/form-data">
                        {table_fields(again, None)}
                        <div class="actions">
                            <button class="button button--quiet" type="submit" name="do" value="preview">{words::PREVIEW}</button>
                        </div>
                    </form>
                </details>
            </div>
        </main>
    }
}

/// The lines, as a table.
pub(super) fn lines(rows: Vec<BulkRow>) -> impl IntoView {
    let headings = words::HEADINGS.map(|name| view! { <th role="columnheader" scope="col">{name}</th> });
    view! {
        <table class="table table--tight lines" role="table" aria-label=words::PREVIEW_TITLE>
            <thead role="rowgroup">
                <tr role="row">{headings.collect_view()}</tr>
            </thead>
            <tbody role="rowgroup">{rows.into_iter().map(line).collect_view()}</tbody>
        </table>
    }
}

fn line(row: BulkRow) -> impl IntoView {
    let [customer, contact, what] = words::HEADINGS;
    let (name, state) = match row.state {
        BulkRowState::Ready(sentence) => {
            ("ready", said("pill pill--ok", Icon::Check, words::READY, vec![sentence], None))
        }
        BulkRowState::Mend(sentences) => {
            ("mend", said("pill pill--bad", Icon::Alert, words::MEND, sentences, None))
        }
        BulkRowState::Duplicate(sentence, twins) => {
            let links = (!twins.is_empty()).then(|| {
                view! { <ul class="line-links">{twins.into_iter().map(twin).collect_view()}</ul> }.into_any()
            });
            ("duplicate", said("pill pill--warn", Icon::Warning, words::DUPLICATE, vec![sentence], links))
        }
    };
    view! {
        <tr role="row" data-line=row.number data-line-state=name>
            <td role="cell" data-label=customer>
                <b>{row.customer}</b>
                <small>{words::line(row.number)}</small>
            </td>
            <td role="cell" data-label=contact>{row.contact}</td>
            <td role="cell" data-label=what>{state}</td>
        </tr>
    }
}

fn said(
    class: &'static str,
    icon: Icon,
    word: &'static str,
    sentences: Vec<String>,
    links: Option<AnyView>,
) -> impl IntoView {
    view! {
        <div class="line-state">
            <span class=class>{icon.view()} {word}</span>
            <div>
                {sentences.into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect_view()}
                {links}
            </div>
        </div>
    }
}
