//! `/desk/ukg`: how UKG Pro answers on each host.

use domain::Timestamp;
use leptos::prelude::*;

use crate::icons::Icon;
use crate::text::desk::{self, ukg as words};
use crate::when;

/// One host.
#[derive(Clone, Debug)]
pub struct UkgHost {
    /// The host.
    pub host: String,
    /// How many checks ended.
    pub checks: u64,
    /// Of how many links.
    pub links: u64,
    /// How many of these links' last checks failed for a reason of UKG Pro's own.
    pub failed: u64,
    /// Since when; `None` when no check failed so.
    pub since: Option<Timestamp>,
    /// Whether it is in trouble.
    pub in_trouble: bool,
}

/// The page.
#[component]
pub fn UkgPage(
    /// The hosts, by name.
    hosts: Vec<UkgHost>,
) -> impl IntoView {
    let content = if hosts.is_empty() { nothing().into_any() } else { table(hosts).into_any() };
    view! {
        <main class="desk" id="main" tabindex="-1">
            <a class="back" href="/desk">{Icon::Back.view()} {desk::ALL_LINKS}</a>
            <header class="desk__head desk__head--apart">
                <div>
                    <h1>{words::HEADING}</h1>
                    <p class="soft">{words::LEAD}</p>
                    {when::zone()}
                </div>
            </header>
            {content}
        </main>
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

fn table(hosts: Vec<UkgHost>) -> impl IntoView {
    view! {
        <table class="table table--tight" role="table" aria-label=words::HEADING>
            <thead role="rowgroup">
                <tr role="row">
                    {words::COLUMNS
                        .map(|name| view! { <th role="columnheader" scope="col">{name}</th> })
                        .collect_view()}
                </tr>
            </thead>
            <tbody role="rowgroup">{hosts.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}

fn row(host: UkgHost) -> impl IntoView {
    let [system, state, checks, links, failed] = words::COLUMNS;
    let (name, class, icon, said) = if host.in_trouble {
        ("trouble", "pill pill--warn", Icon::Warning, words::TROUBLE)
    } else if host.failed > 0 {
        ("some", "pill", Icon::Dash, words::SOME)
    } else {
        ("answers", "pill pill--ok", Icon::Check, words::ANSWERS)
    };
    let (place, since) = (host.host.clone(), host.since.filter(|_| host.failed > 0));
    view! {
        <tr role="row" data-ukg-host=place data-ukg-state=name>
            <td role="cell" data-label=system>
                <b class="mono">{host.host}</b>
            </td>
            <td role="cell" data-label=state>
                <span class=class>{icon.view()} {said}</span>
            </td>
            <td role="cell" data-label=checks>
                {host.checks}
            </td>
            <td role="cell" data-label=links>
                {host.links}
            </td>
            <td role="cell" data-label=failed>
                <span>
                    {host.failed} {since.map(|at| view! { " " <span class="soft">"since "{when::time(at, when::clock(at), "")}</span> })}
                </span>
            </td>
        </tr>
    }
}
