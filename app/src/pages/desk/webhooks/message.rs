//! `/desk/webhooks/{id}/messages/{message}`: one message, what it says, and its attempts.

use domain::{DeliveryState, Timestamp};
use leptos::prelude::*;

use super::one::delivery_pill;
use super::{MessageRow, NextTry};
use crate::components::{Done, Fact};
use crate::icons::Icon;
use crate::text::desk::webhooks::message as words;
use crate::when;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct WebhookMessageView {
    /// The endpoint's page.
    pub back: String,
    /// The message.
    pub message: MessageRow,
    /// The link it is about, and its customer.
    pub link: Option<(String, String)>,
    /// What it says.
    pub body: String,
    /// After when it is given up, while it waits.
    pub give_up_at: Option<Timestamp>,
    /// Its attempts, oldest first.
    pub attempts: Vec<AttemptRow>,
    /// Whether the reader may change anything.
    pub may_change: bool,
    /// What was just done.
    pub done: Option<&'static str>,
}

/// One attempt.
#[derive(Clone, Debug)]
pub struct AttemptRow {
    /// Which one.
    pub number: u32,
    /// When.
    pub at: Timestamp,
    /// What came of it.
    pub answer: String,
    /// How long it took.
    pub took_ms: u32,
}

/// The page.
#[component]
pub fn WebhookMessagePage(
    /// What it shows.
    view: WebhookMessageView,
) -> impl IntoView {
    let WebhookMessageView { back, message, link, body, give_up_at, attempts, may_change, done } = view;
    let time = |at: Timestamp| when::time(at, when::date_and_time(at), "");
    let action = format!("{back}/messages/{}", message.id);
    let again = (may_change && message.state != DeliveryState::Waiting).then(|| {
        view! {
            <form class="card form" method="post" action=action>
                <p class="soft small">{words::REPLAY_HINT}</p>
                <div class="actions">
                    <button class="button button--quiet button--small" type="submit">{words::REPLAY}</button>
                </div>
            </form>
        }
    });
    view! {
        <main class="desk desk--narrow" id="main" tabindex="-1" data-message-state=message.state.as_str()>
            <a class="back" href=back>{Icon::Back.view()} {words::BACK}</a>
            <h1>{words::heading(message.sequence)}</h1>
            {when::zone()}
            <div class="stack">
                {done.map(|done| view! { <Done words=done /> })}
                <section class="card" aria-label=words::EVENT>
                    <dl class="facts">
                        <Fact name=words::EVENT>
                            <span class="mono">{message.event.as_str()}</span>
                        </Fact>
                        <Fact name=words::STATE>{delivery_pill(message.state)}</Fact>
                        {message.next.map(|next| view! { <Fact name=words::NEXT>{next_try(next)}</Fact> })}
                        {give_up_at.map(|at| view! { <Fact name=words::GIVE_UP>{time(at)}</Fact> })}
                        <Fact name=words::WRITTEN>{time(message.at)}</Fact>
                        {link
                            .map(|(link, customer)| {
                                let href = format!("/desk/links/{link}");
                                view! {
                                    <Fact name=words::CUSTOMER>
                                        <a class="wrap" href=href>{customer}</a>
                                    </Fact>
                                }
                            })}
                        <Fact name=words::ID>
                            <span class="mono wrap">{message.id.clone()}</span>
                        </Fact>
                    </dl>
                </section>
                <section class="card" aria-labelledby="body-title">
                    <h2 class="card__title" id="body-title">{words::BODY}</h2>
                    <pre class="body-text" role="group" tabindex="0" aria-labelledby="body-title">{body}</pre>
                </section>
                <section aria-labelledby="attempts-title">
                    <h2 class="card__title" id="attempts-title">{words::ATTEMPTS}</h2>
                    {table(attempts)}
                </section>
                {again}
            </div>
        </main>
    }
}

fn next_try(next: NextTry) -> AnyView {
    match next {
        NextTry::At(at) => when::time(at, when::date_and_time(at), "").into_any(),
        NextTry::Now => words::NEXT_NOW.into_any(),
        NextTry::Paused => words::NEXT_PAUSED.into_any(),
        NextTry::Gone => words::NEXT_GONE.into_any(),
    }
}

fn table(attempts: Vec<AttemptRow>) -> AnyView {
    if attempts.is_empty() {
        return view! { <p class="soft">{words::NO_ATTEMPTS}</p> }.into_any();
    }
    let [number, at, answer, took] = words::COLUMNS;
    let head = words::COLUMNS.map(|name| view! { <th role="columnheader" scope="col">{name}</th> });
    let rows = attempts.into_iter().map(|attempt| {
        view! {
            <tr role="row">
                <td role="cell" data-label=number>{attempt.number}</td>
                <td role="cell" data-label=at class="table__time">
                    {when::time(attempt.at, when::date_and_time(attempt.at), "")}
                </td>
                <td role="cell" data-label=answer>{attempt.answer}</td>
                <td role="cell" data-label=took>{words::took(attempt.took_ms)}</td>
            </tr>
        }
    });
    view! {
        <table class="table table--tight" role="table" aria-labelledby="attempts-title">
            <thead role="rowgroup">
                <tr role="row">{head.collect_view()}</tr>
            </thead>
            <tbody role="rowgroup">{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}
