//! `/desk/account/passkeys`: one's passkeys, and adding one.

use domain::Timestamp;
use leptos::prelude::*;

use crate::components::{Done, NotTaken};
use crate::icons::Icon;
use crate::text::desk::account::{self as words, passkeys};
use crate::when;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct PasskeysView {
    /// The passkeys there are, oldest first.
    pub passkeys: Vec<PasskeyRow>,
    /// What a browser needs to make another; `None` where none can be made.
    pub ask: Option<PasskeyQuestion>,
    /// What was just done.
    pub done: Option<&'static str>,
    /// What is wrong with the last one.
    pub problem: Option<&'static str>,
    /// Now, for ages.
    pub now: Timestamp,
}

/// One passkey.
#[derive(Clone, Debug)]
pub struct PasskeyRow {
    /// Its id.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// When it was made.
    pub made: Timestamp,
    /// When it last let somebody in.
    pub used: Option<Timestamp>,
}

/// What a browser needs to make a passkey.
#[derive(Clone, Debug)]
pub struct PasskeyQuestion {
    /// The question.
    pub challenge: String,
    /// The host it will be bound to.
    pub host: String,
    /// The account's id.
    pub user: String,
    /// The account's address.
    pub email: String,
    /// Ids of passkeys there are already, between spaces.
    pub known: String,
}

/// The page.
#[component]
pub fn PasskeysPage(
    /// What it shows.
    view: PasskeysView,
) -> impl IntoView {
    let PasskeysView { passkeys: rows, ask, done, problem, now } = view;
    view! {
        <main class="narrow" id="main" tabindex="-1">
            <a class="back" href="/desk/account">{Icon::Back.view()} {words::BACK}</a>
            <div class="card">
                <h1>{words::PASSKEYS}</h1>
                <p class="narrow__text">{passkeys::LEAD}</p>
                {done.map(|done| view! { <Done words=done /> })}
                {problem.map(|problem| view! { <NotTaken words=problem /> })}
                {(!rows.is_empty())
                    .then(|| view! { <ul class="rows">{rows.into_iter().map(|row| passkey(row, now)).collect_view()}</ul> })}
                {match ask {
                    Some(ask) => add(ask).into_any(),
                    None => view! { <p>{passkeys::NO_NAME}</p> }.into_any(),
                }}
            </div>
        </main>
    }
}

fn passkey(row: PasskeyRow, now: Timestamp) -> impl IntoView {
    let used =
        row.used.map_or_else(|| passkeys::NEVER_USED.to_owned(), |at| passkeys::used(&when::ago(at, now)));
    let made = passkeys::made(&when::date(row.made));
    let removes = passkeys::remove_this(&row.name);
    view! {
        <li class="rows__row">
            <span class="wrap">
                <b>{row.name}</b>
                <small>{made} " " {used}</small>
            </span>
            <form method="post" action="/desk/account/passkeys">
                <button class="button button--quiet button--small" name="remove" value=row.id aria-label=removes>
                    {passkeys::REMOVE}
                </button>
            </form>
        </li>
    }
}

fn add(ask: PasskeyQuestion) -> impl IntoView {
    let field = |name| view! { <input type="hidden" name=name value="" /> };
    view! {
        <form
            class="form apart"
            method="post"
            action="/desk/account/passkeys"
            data-passkey="create"
            data-challenge=ask.challenge
            data-host=ask.host
            data-user=ask.user
            data-email=ask.email
            data-known=ask.known
            hidden
        >
            <div class="note note--bad" role="alert" data-failed="" hidden>
                {Icon::Problem.view()} <div>
                    <p>{passkeys::NOT_MADE}</p>
                </div>
            </div>
            <div class="field">
                <label class="field__label" for="name">{passkeys::NAME}</label>
                <p class="field__hint" id="name-hint">{passkeys::NAME_HINT}</p>
                <input
                    class="field__input"
                    id="name"
                    name="name"
                    type="text"
                    maxlength="60"
                    autocomplete="off"
                    required
                    aria-describedby="name-hint"
                />
            </div>
            {["credential", "client", "data", "key", "algorithm"].map(field).collect_view()}
            <button class="button button--wide" type="submit">{passkeys::ADD}</button>
        </form>
        <noscript>
            <p>{passkeys::NO_SCRIPT}</p>
        </noscript>
    }
}
