//! `/desk/audit`: the audit log, for owners.

use domain::Timestamp;
use leptos::prelude::*;

use crate::components::Fact;
use crate::icons::Icon;
use crate::pages::check_notes::note;
use crate::rich::rich;
use crate::text::desk::audit as words;
use crate::when;

/// One entry.
#[derive(Clone, Debug)]
pub struct AuditItem {
    /// Its place in the log.
    pub position: u64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// What.
    pub what: String,
    /// More about it.
    pub more: Option<String>,
    /// The id and the customer of the link it is about. The customer is unknown when the link is gone.
    pub link: Option<(String, Option<String>)>,
    /// From where.
    pub from: Option<String>,
}

/// A choice of a list.
#[derive(Clone, Debug)]
pub struct AuditChoice {
    /// Its value in the address.
    pub value: &'static str,
    /// What it reads.
    pub name: &'static str,
    /// Whether it is the one in use.
    pub chosen: bool,
}

/// What is searched for.
#[derive(Clone, Debug, Default)]
pub struct AuditForm {
    /// Text.
    pub text: String,
    /// Whose entries.
    pub who: Vec<AuditChoice>,
    /// Of what.
    pub what: Vec<AuditChoice>,
    /// From this day.
    pub since: String,
    /// To this day.
    pub until: String,
    /// Whether anything is searched for.
    pub is_used: bool,
}

/// What the last verification found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verified {
    /// There was none.
    Never,
    /// Everything was whole.
    Whole(Timestamp),
    /// This entry was not.
    Broken(Timestamp, u64),
}

/// What is known of the log.
#[derive(Clone, Debug)]
pub struct AuditState {
    /// How many entries there are.
    pub entries: u64,
    /// The newest one's fingerprint.
    pub head: String,
    /// What the last verification found.
    pub verified: Verified,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct AuditView {
    /// The entries, newest first.
    pub items: Vec<AuditItem>,
    /// What is searched for.
    pub form: AuditForm,
    /// What is known of the log.
    pub state: AuditState,
    /// The address of the older ones.
    pub older: Option<String>,
    /// The address of the newest ones, when these are not.
    pub newest: Option<String>,
    /// The address of the download.
    pub export: String,
}

/// The page.
#[component]
pub fn AuditPage(
    /// What it shows.
    view: AuditView,
) -> impl IntoView {
    let AuditView { items, form, state, older, newest, export } = view;
    let content = if items.is_empty() { nothing().into_any() } else { table(items).into_any() };
    view! {
        <main class="desk" id="main" tabindex="-1">
            <header class="desk__head">
                <div>
                    <h1>{words::HEADING}</h1>
                    <p class="soft">{words::LEAD}</p>
                    {when::zone()}
                </div>
                <a class="button button--quiet" href=export>{words::EXPORT}</a>
            </header>
            {search(form)}
            {content}
            <p class="pages">
                {newest.map(|href| view! { <a href=href>{words::NEWEST}</a> })}
                {older.map(|href| view! { <a class="pages__next" href=href rel="next">{words::OLDER}</a> })}
            </p>
            {whole(state)}
        </main>
    }
}

fn search(form: AuditForm) -> impl IntoView {
    let AuditForm { text, who, what, since, until, is_used } = form;
    view! {
        <form class="sift" method="get" action="/desk/audit" role="search">
            <div class="sift__field sift__field--wide">
                <label for="q">{words::SEARCH_LABEL}</label>
                <input class="field__input" id="q" name="q" type="search" value=text maxlength="200" spellcheck="false" />
            </div>
            {choices("who", words::WHO_LABEL, who)}
            {choices("what", words::WHAT_LABEL, what)}
            {day("from", words::SINCE_LABEL, since)}
            {day("to", words::UNTIL_LABEL, until)}
            <div class="sift__do">
                <button class="button button--small" type="submit">{words::SEARCH}</button>
                {is_used
                    .then(|| {
                        view! { <a class="button button--quiet button--small" href="/desk/audit">{words::CLEAR}</a> }
                    })}
            </div>
        </form>
    }
}

fn choices(name: &'static str, label: &'static str, choices: Vec<AuditChoice>) -> impl IntoView {
    let options = choices.into_iter().map(|choice| {
        view! { <option value=choice.value selected=choice.chosen>{choice.name}</option> }
    });
    view! {
        <div class="sift__field">
            <label for=name>{label}</label>
            <select class="field__input" id=name name=name>{options.collect_view()}</select>
        </div>
    }
}

fn day(name: &'static str, label: &'static str, value: String) -> impl IntoView {
    view! {
        <div class="sift__field sift__field--day">
            <label for=name>{label}</label>
            <input class="field__input" id=name name=name type="date" value=value />
        </div>
    }
}

fn nothing() -> impl IntoView {
    let (heading, body) = words::NONE;
    view! {
        <section class="empty" aria-labelledby="empty-title">
            <h2 id="empty-title">{heading}</h2>
            <p>{body}</p>
        </section>
    }
}

fn table(items: Vec<AuditItem>) -> impl IntoView {
    view! {
        <table class="table table--tight table--audit" role="table" aria-label=words::HEADING>
            <thead role="rowgroup">
                <tr role="row">
                    {words::COLUMNS
                        .map(|name| view! { <th role="columnheader" scope="col">{name}</th> })
                        .collect_view()}
                </tr>
            </thead>
            <tbody role="rowgroup">{items.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}

fn row(item: AuditItem) -> impl IntoView {
    let [when, who, what, link, from] = words::COLUMNS;
    let about = item.link.map(|(id, customer)| match customer {
        Some(customer) => view! { <a href=format!("/desk/links/{id}")>{customer}</a> }.into_any(),
        None => view! { <span class="mono">{id}</span> }.into_any(),
    });
    view! {
        <tr role="row" data-audit-entry=item.position>
            <td role="cell" data-label=when class="table__time">
                {when::time(item.at, when::date_and_time(item.at), "")}
            </td>
            <td role="cell" data-label=who>
                {item.who}
            </td>
            <td role="cell" data-label=what>
                <span>
                    <b>{item.what}</b>
                    {item.more.map(|more| view! { <small>{more}</small> })}
                </span>
            </td>
            <td role="cell" data-label=link>
                {about}
            </td>
            <td role="cell" data-label=from class="table__from">
                {item.from}
            </td>
        </tr>
    }
}

fn whole(state: AuditState) -> impl IntoView {
    let found = match state.verified {
        Verified::Never => note("note", Icon::Info, words::NEVER.to_owned(), ()),
        Verified::Whole(at) => {
            let body = when::within(words::VERIFIED, at, when::date_and_time(at));
            note("note note--ok", Icon::Check, words::WHOLE.to_owned(), view! { <p>{body}</p> })
        }
        Verified::Broken(at, position) => {
            let body = when::within(words::broken(position), at, when::date_and_time(at));
            note("note note--bad", Icon::Alert, words::NOT_WHOLE.to_owned(), view! { <p>{body}</p> })
        }
    };
    let result = match state.verified {
        Verified::Never => "never",
        Verified::Whole(_) => "whole",
        Verified::Broken(..) => "broken",
    };
    view! {
        <section class="card whole" aria-labelledby="whole-title" data-audit-state=result>
            <h2 id="whole-title">{words::STATE}</h2>
            {found}
            <dl class="facts facts--narrow">
                <Fact name=words::ENTRIES>{words::number(state.entries)}</Fact>
                <Fact name=words::HEAD>
                    <span class="mono">{state.head}</span>
                </Fact>
            </dl>
            <p class="soft small">{rich(words::VERIFY_HINT)}</p>
            <form class="actions" method="post" action="/desk/audit/verify">
                <button class="button button--quiet button--small" type="submit">{words::VERIFY}</button>
            </form>
        </section>
    }
}
