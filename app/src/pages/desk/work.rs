//! `/desk/work`: what Linkdesk does by itself, and what it gave up.

use domain::Timestamp;
use leptos::prelude::*;

use crate::icons::Icon;
use crate::text::desk::audit::number;
use crate::text::desk::{self, work as words};
use crate::when;

/// One kind of work.
#[derive(Clone, Debug)]
pub struct WorkKind {
    /// What it is, in words.
    pub name: &'static str,
    /// How many are due, or being done.
    pub due: u64,
    /// How many are due later.
    pub planned: u64,
    /// For how many milliseconds the oldest has been due.
    pub oldest_ms: Option<i64>,
    /// How many were given up.
    pub given_up: u64,
}

/// One that was given up.
#[derive(Clone, Debug)]
pub struct GivenUpRow {
    /// Its kind's stable name.
    pub kind: &'static str,
    /// What it is, in words.
    pub name: &'static str,
    /// What it is about: an id.
    pub subject: String,
    /// Whom it is for: the address of the page about them, and their name.
    pub whose: Option<(String, String)>,
    /// Why, in words.
    pub why: String,
    /// Since when.
    pub since: Timestamp,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct WorkView {
    /// Every kind.
    pub kinds: Vec<WorkKind>,
    /// What was given up, the newest first.
    pub given_up: Vec<GivenUpRow>,
    /// Receivers of webhooks that did not take messages: their page, where they are, and how many messages.
    pub lost: Vec<(String, String, u64)>,
    /// Whether there is more than that.
    pub more: bool,
    /// What was done.
    pub done: Option<&'static str>,
    /// Now, for ages.
    pub now: Timestamp,
}

/// The page.
#[component]
pub fn WorkPage(
    /// What it shows.
    view: WorkView,
) -> impl IntoView {
    let WorkView { kinds, given_up, lost, more, done, now } = view;
    let shown = given_up.len();
    let content = match (given_up.is_empty(), lost.is_empty()) {
        (true, true) => nothing().into_any(),
        (true, false) => ().into_any(),
        (false, _) => table(given_up, now).into_any(),
    };
    view! {
        <main class="desk" id="main" tabindex="-1">
            <a class="back" href="/desk">{Icon::Back.view()} {desk::ALL_LINKS}</a>
            <header class="desk__head desk__head--apart">
                <div>
                    <h1>{words::HEADING}</h1>
                    <p class="soft">{words::LEAD}</p>
                </div>
            </header>
            {done.map(|done| view! { <p class="note note--ok done" role="status">{Icon::Check.view()} <span>{done}</span></p> })}
            <section class="work" aria-labelledby="kinds">
                <h2 id="kinds">{words::KINDS}</h2>
                {of_kinds(kinds)}
            </section>
            <section class="work" aria-labelledby="given-up">
                <div class="work__head">
                    <h2 id="given-up">{words::GIVEN_UP}</h2>
                    {(shown > 1)
                        .then(|| {
                            view! {
                                <form method="post" action="/desk/work">
                                    <button class="button button--quiet button--small" name="do" value="all">
                                        {words::TRY_ALL}
                                    </button>
                                </form>
                            }
                        })}
                </div>
                {more.then(|| view! { <p class="soft">{words::more(shown)}</p> })}
                {lost.into_iter().map(not_taken).collect_view()} {content}
            </section>
        </main>
    }
}

fn of_kinds(kinds: Vec<WorkKind>) -> impl IntoView {
    let [work, planned, due, overdue, given_up] = words::KIND_COLUMNS;
    let row = move |kind: WorkKind| {
        let late = kind.oldest_ms.map_or_else(|| words::ON_TIME.to_owned(), words::overdue);
        view! {
            <tr role="row">
                <td role="cell" data-label=work><b>{kind.name}</b></td>
                <td role="cell" data-label=planned>{number(kind.planned)}</td>
                <td role="cell" data-label=due>{number(kind.due)}</td>
                <td role="cell" data-label=overdue>{late}</td>
                <td role="cell" data-label=given_up>{number(kind.given_up)}</td>
            </tr>
        }
    };
    view! {
        <table class="table table--tight" role="table" aria-labelledby="kinds">
            <thead role="rowgroup">{heads(&words::KIND_COLUMNS, None)}</thead>
            <tbody role="rowgroup">{kinds.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}

/// Messages that a receiver of webhooks did not take.
fn not_taken((page, origin, messages): (String, String, u64)) -> impl IntoView {
    view! {
        <div class="note note--warn" data-lost=messages>
            {Icon::Warning.view()} <div>
                <p>
                    <b class="wrap">{origin}</b> " " {words::lost(messages)} " " <a href=page>{words::LOST_SEE}</a> "."
                </p>
            </div>
        </div>
    }
}

fn nothing() -> impl IntoView {
    let (heading, body) = words::NONE;
    view! {
        <div class="empty">
            <h3>{heading}</h3>
            <p>{body}</p>
        </div>
    }
}

fn table(given_up: Vec<GivenUpRow>, now: Timestamp) -> impl IntoView {
    view! {
        <table class="table table--tight work__table" role="table" aria-labelledby="given-up">
            <thead role="rowgroup">{heads(&words::GIVEN_UP_COLUMNS, Some(words::TRY_AGAIN))}</thead>
            <tbody role="rowgroup">
                {given_up.into_iter().map(|row| given_up_row(row, now)).collect_view()}
            </tbody>
        </table>
    }
}

/// The columns' names; `act` names a last one that shows no name.
fn heads(columns: &[&'static str], act: Option<&'static str>) -> impl IntoView + use<> {
    let names: Vec<_> =
        columns.iter().map(|name| view! { <th role="columnheader" scope="col">{*name}</th> }).collect();
    let act = act.map(|act| view! { <th role="columnheader" scope="col" aria-label=act></th> });
    view! { <tr role="row">{names} {act}</tr> }
}

fn given_up_row(row: GivenUpRow, now: Timestamp) -> impl IntoView {
    let [work, link, why, since] = words::GIVEN_UP_COLUMNS;
    let GivenUpRow { kind, name, subject, whose: of, why: reason, since: at } = row;
    let about = subject.clone();
    let whose = of.as_ref().map_or_else(|| subject.clone(), |(_, name)| name.clone());
    let label = format!("{}: {name}, {whose}", words::TRY_AGAIN);
    let of = match of {
        Some((page, name)) => view! { <a href=page>{name}</a> }.into_any(),
        None => view! { <span class="soft">{words::NOBODY}</span> }.into_any(),
    };
    view! {
        <tr role="row" data-work-kind=kind data-work-subject=about>
            <td role="cell" data-label=work><b>{name}</b></td>
            <td role="cell" data-label=link>{of}</td>
            <td role="cell" data-label=why>{reason}</td>
            <td role="cell" data-label=since>{when::time(at, when::ago(at, now), "")}</td>
            <td role="cell" class="work__act">
                <form method="post" action="/desk/work">
                    <input type="hidden" name="kind" value=kind />
                    <input type="hidden" name="subject" value=subject />
                    <button class="button button--quiet button--small" name="do" value="one" aria-label=label>
                        {words::TRY_AGAIN}
                    </button>
                </form>
            </td>
        </tr>
    }
}
