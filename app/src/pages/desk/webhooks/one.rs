//! `/desk/webhooks/{id}`: one endpoint, and what became of its messages.

use domain::{DeliveryProblem, DeliveryState, EndpointState, Timestamp, WebhookEvent, WebhookEvents};
use leptos::prelude::*;

use super::new::{boxes, ticked};
use super::{EndpointRow, state_pill};
use crate::components::{Done, Fact};
use crate::icons::Icon;
use crate::text::desk::webhooks::{self as words, one};
use crate::when;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct EndpointPageView {
    /// The endpoint.
    pub endpoint: EndpointRow,
    /// When it was added.
    pub since: Timestamp,
    /// Until when the secret before signs too.
    pub old_secret_until: Option<Timestamp>,
    /// Its messages, newest first.
    pub messages: Vec<MessageRow>,
    /// Which of them are listed; `None` for all.
    pub listed: Option<DeliveryState>,
    /// The address of the older ones.
    pub older: Option<String>,
    /// Whether these are not the newest.
    pub is_older: bool,
    /// Whether the reader may change anything.
    pub may_change: bool,
    /// What was just done.
    pub done: Option<&'static str>,
}

/// A message at a look.
#[derive(Clone, Debug)]
pub struct MessageRow {
    /// Its id.
    pub id: String,
    /// Its number.
    pub sequence: u64,
    /// What it tells of.
    pub event: WebhookEvent,
    /// What became of it.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: u32,
    /// The last answer's status.
    pub status: Option<u16>,
    /// Why the last attempt failed.
    pub problem: Option<DeliveryProblem>,
    /// When it was written.
    pub at: Timestamp,
    /// When it is tried next, while it waits.
    pub next: Option<NextTry>,
}

/// When a message that waits is tried next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextTry {
    /// Then.
    At(Timestamp),
    /// It is due.
    Now,
    /// Not while its endpoint is paused.
    Paused,
    /// Not while its endpoint is switched off.
    Gone,
}

/// The page.
#[component]
pub fn EndpointPage(
    /// What it shows.
    view: EndpointPageView,
) -> impl IntoView {
    let EndpointPageView { endpoint, since, old_secret_until, may_change, done, .. } = view.clone();
    let at = format!("/desk/webhooks/{}", endpoint.id);
    let quiet_link = |path: &str, name: &'static str| {
        let href = format!("{at}/{path}");
        may_change.then(|| view! { <a class="button button--quiet button--small" href=href>{name}</a> })
    };
    let (replace, remove) = (quiet_link("secret", one::REPLACE_SECRET), quiet_link("remove", one::REMOVE));
    let acts = may_change.then(|| state_acts(&at, &endpoint));
    let (state, events) = (state(&endpoint), events(&at, &endpoint.events, may_change));
    let secret = match old_secret_until {
        Some(until) => when::within(one::SECRET_BOTH, until, when::date_and_time(until)).into_any(),
        None => one::SECRET_ONE.into_any(),
    };
    view! {
        <main
            class="desk desk--narrow"
            id="main"
            tabindex="-1"
            data-endpoint-id=endpoint.id.clone()
            data-endpoint-state=endpoint.state.as_str()
        >
            <a class="back" href="/desk/webhooks">{Icon::Back.view()} {words::ALL}</a>
            <h1 class="wrap">{endpoint.url.clone()}</h1>
            {when::zone()}
            <div class="stack">
                {done.map(|done| view! { <Done words=done /> })}
                <section class="card" aria-label=one::STATE>
                    <dl class="facts facts--acts">
                        <Fact name=one::STATE>{state} {acts}</Fact>
                        <Fact name=one::EVENTS>{events}</Fact>
                        <Fact name=one::SECRET>
                            <p>{secret}</p> {replace}
                        </Fact>
                        <Fact name=one::SINCE>
                            <p>{when::time(since, when::date_and_time(since), "")}</p> {remove}
                        </Fact>
                    </dl>
                </section>
                {messages(at, view)}
            </div>
        </main>
    }
}

fn state(endpoint: &EndpointRow) -> AnyView {
    let more = match (endpoint.state, endpoint.quiet_until) {
        (EndpointState::Active, None) => None,
        (EndpointState::Active, Some(until)) => {
            Some(when::within(one::QUIET, until, when::date_and_time(until)).into_any())
        }
        (EndpointState::Paused, _) => Some(one::PAUSED.into_any()),
        (EndpointState::Gone, _) => Some(one::GONE.into_any()),
    };
    view! { <div class="state">{state_pill(endpoint)} {more.map(|more| view! { <p class="soft small">{more}</p> })}</div> }
        .into_any()
}

fn state_acts(at: &str, endpoint: &EndpointRow) -> AnyView {
    let act = |value: &'static str, name: &'static str| {
        view! {
            <button class="button button--quiet button--small" name="do" value=value>
                {name}
            </button>
        }
    };
    let buttons = match (endpoint.state, endpoint.quiet_until) {
        (EndpointState::Active, None) => vec![act("test", one::TEST), act("pause", one::PAUSE)],
        (EndpointState::Active, Some(_)) => vec![act("resume", one::ASK_NOW), act("pause", one::PAUSE)],
        (EndpointState::Paused | EndpointState::Gone, _) => vec![act("resume", one::RESUME)],
    };
    view! { <form class="actions" method="post" action=at.to_owned()>{buttons}</form> }.into_any()
}

fn events(at: &str, chosen: &WebhookEvents, may_change: bool) -> AnyView {
    let names = match chosen {
        WebhookEvents::All => words::EVERYTHING.to_owned(),
        WebhookEvents::Only(some) => some.iter().map(|event| event.as_str()).collect::<Vec<_>>().join(", "),
    };
    let change = may_change.then(|| {
        view! {
            <details class="more events">
                <summary class="more__head">{one::CHOOSE}</summary>
                <form class="more__body" method="post" action=at.to_owned()>
                    <fieldset class="choices">
                        <legend class="field__label">{words::new::EVENTS}</legend>
                        <p class="soft small">{words::new::EVENTS_HINT}</p>
                        {boxes(&ticked(chosen))}
                    </fieldset>
                    <div class="actions">
                        <button class="button button--small" type="submit" name="do" value="events">
                            {one::CHOOSE_BUTTON}
                        </button>
                    </div>
                </form>
            </details>
        }
    });
    view! { <p class="wrap">{names}</p> {change} }.into_any()
}

fn messages(at: String, view: EndpointPageView) -> impl IntoView {
    let EndpointPageView { endpoint, messages, listed, older, is_older, may_change, .. } = view;
    let filter = |state: Option<DeliveryState>| {
        let (href, name) = match state {
            None => (at.clone(), one::EVERY),
            Some(state) => (format!("{at}?state={}", state.as_str()), words::delivery(state)),
        };
        view! { <a class="filters__link" href=href aria-current=(state == listed).then_some("page")>{name}</a> }
    };
    let filters = [None].into_iter().chain(DeliveryState::ALL.map(Some)).map(filter).collect_view();
    let newest = is_older.then(|| match listed {
        None => at.clone(),
        Some(state) => format!("{at}?state={}", state.as_str()),
    });
    let content = if messages.is_empty() {
        view! { <p class="soft">{one::NONE}</p> }.into_any()
    } else {
        table(&at, messages).into_any()
    };
    let again = (may_change && endpoint.failed > 0).then(|| {
        view! {
            <form class="actions" method="post" action=at.clone()>
                <button class="button button--quiet button--small" name="do" value="replay">
                    {one::REPLAY_FAILED}
                </button>
            </form>
        }
    });
    view! {
        <section aria-labelledby="messages-title" class="messages">
            <h2 class="card__title" id="messages-title">{one::MESSAGES}</h2>
            <div class="messages__head">
                <nav class="filters" aria-label=one::MESSAGES>{filters}</nav>
                {again}
            </div>
            {content}
            <p class="pages">
                {newest.map(|href| view! { <a href=href>{one::NEWEST}</a> })}
                {older.map(|href| view! { <a class="pages__next" href=href rel="next">{one::OLDER}</a> })}
            </p>
        </section>
    }
}

fn table(at: &str, messages: Vec<MessageRow>) -> impl IntoView {
    let head = one::COLUMNS.map(|name| view! { <th role="columnheader" scope="col">{name}</th> });
    let rows = messages.into_iter().map(|message| row(at, message));
    view! {
        <table class="table table--tight" role="table" aria-labelledby="messages-title">
            <thead role="rowgroup">
                <tr role="row">{head.collect_view()}</tr>
            </thead>
            <tbody role="rowgroup">{rows.collect_view()}</tbody>
        </table>
    }
}

fn row(at: &str, message: MessageRow) -> impl IntoView {
    let [sequence, event, became, answer, when_label] = one::COLUMNS;
    let href = format!("{at}/messages/{}", message.id);
    let next = match message.next {
        Some(NextTry::At(at)) => Some(when::within(one::NEXT, at, when::date_and_time(at))),
        // The endpoint's state, above, says why it is not tried.
        Some(NextTry::Now | NextTry::Paused | NextTry::Gone) | None => None,
    };
    view! {
        <tr role="row" data-message-id=message.id data-message-state=message.state.as_str()>
            <td role="cell" data-label=sequence><a class="table__main" href=href>{message.sequence}</a></td>
            <td role="cell" data-label=event>
                <span class="mono nowrap">{message.event.as_str()}</span>
            </td>
            <td role="cell" data-label=became>
                <span>{delivery_pill(message.state)} <small>{one::tries(message.attempts)}</small></span>
            </td>
            <td role="cell" data-label=answer>
                <span>
                    {answer_of(message.state, message.status, message.problem)}
                    {next.map(|next| view! { <small>{next}</small> })}
                </span>
            </td>
            <td role="cell" data-label=when_label class="table__time">
                {when::time(message.at, when::date_and_time(message.at), "")}
            </td>
        </tr>
    }
}

/// The last answer, in words; nothing of a message that was taken and is sent again, until it is answered anew.
fn answer_of(state: DeliveryState, status: Option<u16>, problem: Option<DeliveryProblem>) -> Option<String> {
    match (state, status, problem) {
        (_, _, Some(problem)) => Some(words::problem(problem, status)),
        (DeliveryState::Delivered, Some(status), None) => Some(words::message::taken(status)),
        (DeliveryState::Waiting | DeliveryState::Failed, Some(_), None) | (_, None, None) => None,
    }
}

/// What became of a message: a word first, with an icon and a colour that say the same.
pub(super) fn delivery_pill(state: DeliveryState) -> AnyView {
    let (class, icon) = match state {
        DeliveryState::Waiting => ("pill pill--now", Icon::Clock),
        DeliveryState::Delivered => ("pill pill--ok", Icon::Check),
        DeliveryState::Failed => ("pill pill--bad", Icon::Cross),
    };
    view! { <span class=class>{icon.view()} {words::delivery(state)}</span> }.into_any()
}
