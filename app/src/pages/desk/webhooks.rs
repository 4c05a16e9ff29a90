//! `/desk/webhooks`: where other systems are told what happens to links.

mod message;
mod new;
mod one;
mod question;

use domain::{EndpointState, Timestamp, WebhookEvents};
use leptos::prelude::*;

pub use message::{AttemptRow, WebhookMessagePage, WebhookMessageView};
pub use new::{EndpointNewPage, EndpointNewView};
pub use one::{EndpointPage, EndpointPageView, MessageRow, NextTry};
pub use question::{EndpointQuestion, EndpointQuestionPage, EndpointSecretPage, EndpointSecretView};

use crate::components::Done;
use crate::icons::Icon;
use crate::text::desk::audit::number;
use crate::text::desk::webhooks as words;

/// What an endpoint is at a look.
#[derive(Clone, Debug)]
pub struct EndpointRow {
    /// Its id.
    pub id: String,
    /// Its address.
    pub url: String,
    /// Whether it is sent to.
    pub state: EndpointState,
    /// Until when it is left alone, as it fails or asked for it.
    pub quiet_until: Option<Timestamp>,
    /// What it is told of.
    pub events: WebhookEvents,
    /// How many messages wait.
    pub waiting: u64,
    /// How many were given up.
    pub failed: u64,
}

/// What the list shows.
#[derive(Clone, Debug)]
pub struct WebhooksView {
    /// The endpoints, oldest first.
    pub endpoints: Vec<EndpointRow>,
    /// Whether the reader may change anything.
    pub may_change: bool,
    /// What was just done.
    pub done: Option<&'static str>,
}

/// The list.
#[component]
pub fn WebhooksPage(
    /// What it shows.
    view: WebhooksView,
) -> impl IntoView {
    let WebhooksView { endpoints, may_change, done } = view;
    let add = may_change.then(|| view! { <a class="button" href="/desk/webhooks/new">{words::ADD}</a> });
    let content =
        if endpoints.is_empty() { nothing(may_change).into_any() } else { table(endpoints).into_any() };
    view! {
        <main class="desk desk--narrow" id="main" tabindex="-1">
            <header class="desk__head">
                <div>
                    <h1>{words::HEADING}</h1>
                    <p class="soft">{words::LEAD}</p>
                </div>
                {add}
            </header>
            <div class="stack">{done.map(|done| view! { <Done words=done /> })} {content}</div>
        </main>
    }
}

fn nothing(may_change: bool) -> impl IntoView {
    let (heading, body) = words::NONE;
    view! {
        <section class="empty" aria-labelledby="empty-title">
            <h2 id="empty-title">{heading}</h2>
            <p>{if may_change { body } else { words::NONE_SUPPORT }}</p>
        </section>
    }
}

fn table(endpoints: Vec<EndpointRow>) -> impl IntoView {
    let head = words::COLUMNS.map(|name| view! { <th role="columnheader" scope="col">{name}</th> });
    view! {
        <table class="table" role="table" aria-label=words::HEADING>
            <thead role="rowgroup">
                <tr role="row">{head.collect_view()}</tr>
            </thead>
            <tbody role="rowgroup">{endpoints.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}

fn row(row: EndpointRow) -> impl IntoView {
    let [address, state, told, waiting, failed] = words::COLUMNS;
    let pill = state_pill(&row);
    view! {
        <tr role="row" data-endpoint-id=row.id.clone() data-endpoint-state=row.state.as_str()>
            <td role="cell" data-label=address>
                <a class="table__main wrap" href=format!("/desk/webhooks/{}", row.id)>{row.url}</a>
            </td>
            <td role="cell" data-label=state>{pill}</td>
            <td role="cell" data-label=told>{told_of(&row.events)}</td>
            <td role="cell" data-label=waiting class="table__count">{number(row.waiting)}</td>
            <td role="cell" data-label=failed class="table__count">{number(row.failed)}</td>
        </tr>
    }
}

/// How many events, in words.
fn told_of(events: &WebhookEvents) -> String {
    match events {
        WebhookEvents::All => words::EVERYTHING.to_owned(),
        WebhookEvents::Only(some) => words::events(some.len()),
    }
}

/// The state: a word first, with an icon and a colour that say the same.
pub(super) fn state_pill(row: &EndpointRow) -> AnyView {
    let (class, icon, name) = match (row.state, row.quiet_until) {
        (EndpointState::Active, None) => ("pill pill--ok", Icon::Check, words::state(row.state)),
        (EndpointState::Active, Some(_)) => ("pill pill--warn", Icon::Warning, words::FAILING),
        (EndpointState::Paused, _) => ("pill", Icon::Pause, words::state(row.state)),
        (EndpointState::Gone, _) => ("pill pill--bad", Icon::Cross, words::state(row.state)),
    };
    view! { <span class=class>{icon.view()} {name}</span> }.into_any()
}
