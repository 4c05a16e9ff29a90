//! `/desk`: every link, who must act, and what happens next.

use domain::{LinkStatus, ProblemCode, Step, Timestamp, WhoActs};
use leptos::prelude::*;

use crate::components::{Sign, StatusPill, TestBadge, UkgBanner, UkgTrouble};
use crate::icons::Icon;
use crate::text::desk;
use crate::when;

/// One link's row.
#[derive(Clone, Debug)]
pub struct DeskRow {
    /// The link's id.
    pub id: String,
    /// The customer.
    pub customer: String,
    /// Whom the invite is for.
    pub contact: Option<String>,
    /// Where it stands.
    pub status: LinkStatus,
    /// Who has to act.
    pub who: WhoActs,
    /// What stands in the way.
    pub problem: Option<ProblemCode>,
    /// The last step saved.
    pub step: Option<Step>,
    /// When anything about it last changed.
    pub changed_at: Timestamp,
    /// Whether the account is on a test system.
    pub test: bool,
    /// Whether the invite ran out and its holder asked for a new one.
    pub renew_asked: bool,
}

/// A filter with how many links it would show.
#[derive(Clone, Copy, Debug)]
pub struct StatusFilter {
    /// The status, or all.
    pub status: Option<LinkStatus>,
    /// How many.
    pub count: u64,
    /// Whether it is the one in use.
    pub current: bool,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct DeskListView {
    /// The rows, last changed first.
    pub rows: Vec<DeskRow>,
    /// The filters.
    pub filters: Vec<StatusFilter>,
    /// How many links need the customer, us or UKG.
    pub acting: u64,
    /// Whether there are more than are shown.
    pub cut: bool,
    /// Now, for ages.
    pub now: Timestamp,
}

/// The page.
#[component]
pub fn DeskListPage(
    /// What it shows.
    view: DeskListView,
    /// Where UKG Pro does not answer well.
    #[prop(optional)]
    ukg: Vec<UkgTrouble>,
) -> impl IntoView {
    let DeskListView { rows, filters, acting, cut, now } = view;
    let any = filters.iter().any(|filter| filter.count > 0);
    let content = if !rows.is_empty() {
        table(rows, now).into_any()
    } else if any {
        nothing(Icon::Search, desk::NONE_OF_STATUS, None).into_any()
    } else {
        nothing(Icon::Link, desk::EMPTY, Some(desk::EMPTY_COMMAND)).into_any()
    };
    view! {
        <main class="desk" id="main" tabindex="-1">
            <header class="desk__head">
                <div>
                    <h1>{desk::LINKS}</h1>
                    <p class="soft">{desk::summary(acting)}</p>
                </div>
            </header>
            <UkgBanner troubles=ukg />
            <div class="desk__bar">
                <nav class="filters" aria-label="Filter by status">
                    {filters.into_iter().map(filter_link).collect_view()}
                </nav>
            </div>
            {content}
            {cut.then(|| view! { <p class="pages">{desk::CUT}</p> })}
        </main>
    }
}

fn filter_link(filter: StatusFilter) -> impl IntoView {
    let (href, name) = match filter.status {
        None => ("/desk".to_owned(), desk::ALL),
        Some(status) => (format!("/desk?status={status}"), desk::status(status)),
    };
    view! {
        <a class="filters__link" href=href aria-current=filter.current.then_some("page")>
            {name}
            " "
            <span class="filters__count">{filter.count}</span>
        </a>
    }
}

fn nothing(
    icon: Icon,
    (heading, body): (&'static str, &'static str),
    command: Option<&'static str>,
) -> impl IntoView {
    view! {
        <section class="empty" aria-labelledby="empty-title">
            <Sign tone="now" icon big=true />
            <h2 id="empty-title">{heading}</h2>
            <p>{body}</p>
            {command.map(|command| view! { <p><code>{command}</code></p> })}
        </section>
    }
}

fn table(rows: Vec<DeskRow>, now: Timestamp) -> impl IntoView {
    view! {
        <table class="table" role="table" aria-label=desk::LINKS>
            <thead role="rowgroup">
                <tr role="row">
                    {desk::COLUMNS
                        .map(|name| view! { <th role="columnheader" scope="col">{name}</th> })
                        .collect_view()}
                </tr>
            </thead>
            <tbody role="rowgroup">{rows.into_iter().map(|row| table_row(row, now)).collect_view()}</tbody>
        </table>
    }
}

fn table_row(row: DeskRow, now: Timestamp) -> impl IntoView {
    let [customer, status, next, step, change] = desk::COLUMNS_SHORT;
    view! {
        <tr role="row" data-link-id=row.id.clone() data-link-status=row.status.as_str()>
            <td role="cell" data-label=customer>
                <a class="table__main" href=format!("/desk/links/{}", row.id)>{row.customer}</a>
                {row.test.then(|| view! { " " <TestBadge /> })}
                <small>{row.contact}</small>
            </td>
            <td role="cell" data-label=status>
                <StatusPill status=row.status />
                {row.renew_asked.then(|| view! { <small class="table__mark">{Icon::Mail.view()} {desk::RENEW_ASKED}</small> })}
            </td>
            <td role="cell" data-label=next data-code=row.problem.map(ProblemCode::as_str)>
                <span>
                    <b>{desk::who(row.who)}</b>
                    <small>{desk::next(row.status, row.problem, row.step)}</small>
                </span>
            </td>
            <td role="cell" data-label=step>
                <span class="nowrap">{dots(row.step, row.status)} {desk::step(row.step, row.status)}</span>
            </td>
            <td role="cell" data-label=change class="table__time">
                {when::time(row.changed_at, when::ago(row.changed_at, now), "")}
            </td>
        </tr>
    }
}

/// How far a link came, as four dots: three steps and the link itself.
pub(super) fn dots(step: Option<Step>, status: LinkStatus) -> impl IntoView {
    let reached = if status.is_linked() { 4 } else { step.map_or(0, Step::number) };
    let dots = (1..=4_u8).map(move |n| view! { <i class=(n <= reached).then_some("on")></i> });
    view! { <span class="steps-dots" aria-hidden="true">{dots.collect_view()}</span> }
}
