//! The receipt, and from then on the page where the link stands: what was proven, what is kept, what can be done. Printable.

use domain::{LinkStatus, Permission, PermissionResult, ProblemCode, RowResult, Timestamp};
use leptos::prelude::*;

use super::check_notes::{duplicate, note, surplus, undo};
use super::welcome::point;
use crate::components::{Fact, FlowFrame, Problem, Sign, StatusPill, Stepper, TestBadge};
use crate::icons::Icon;
use crate::rich::rich;
use crate::text::{done, problems};
use crate::when;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct DoneView {
    /// What every page of the flow shows.
    pub frame: FlowFrame,
    /// The link's status.
    pub status: LinkStatus,
    /// The customer.
    pub customer: String,
    /// Whom the invite was sent to, if known.
    pub contact: Option<String>,
    /// When it was linked.
    pub linked_at: Timestamp,
    /// When it was last checked, whatever came of it.
    pub checked_at: Option<Timestamp>,
    /// When it was ended.
    pub ended_at: Option<Timestamp>,
    /// The host.
    pub host: String,
    /// What the last check that was accepted found.
    pub rows: Vec<RowResult>,
    /// What stands in the way, if anything.
    pub problem: Option<ProblemCode>,
    /// When the link is checked again by itself.
    pub next_check: Option<Timestamp>,
    /// Until when the last replacement can be undone.
    pub undo_until: Option<Timestamp>,
    /// Whether something was entered that is not in use yet.
    pub fresh: bool,
    /// Permissions that are granted though nobody asked for them.
    pub surplus: Vec<Permission>,
    /// Whether the same account is linked under another link.
    pub duplicate: bool,
}

/// The page.
#[component]
pub fn DonePage(
    /// What it shows.
    view: DoneView,
) -> impl IntoView {
    let company = view.frame.company.clone();
    let (heading, lead) = done::heading(view.status, view.problem);
    let ended = view.status == LinkStatus::Disconnected;
    let stands = view.status.stands();
    let notes = stands.then(|| {
        view! {
            {view
                .fresh
                .then(|| {
                    let (title, body) = done::FRESH;
                    note("note screen", Icon::Info, title.to_owned(), view! { <p>{rich(body)}</p> })
                })}
            {view.undo_until.map(undo)}
        }
    });
    let asides =
        stands.then(|| view! { {surplus(&view.surplus, &company)} {duplicate(view.duplicate, &company)} });
    let trouble = match view.status {
        LinkStatus::Attention => view.problem.map(|code| waits(code, view.next_check)),
        LinkStatus::Broken => view.problem.map(in_the_way),
        LinkStatus::Invited
        | LinkStatus::Opened
        | LinkStatus::InProgress
        | LinkStatus::Checking
        | LinkStatus::Linked
        | LinkStatus::LinkedWithGaps
        | LinkStatus::Paused
        | LinkStatus::Disconnected => None,
    };
    let after = if ended { after_end().into_any() } else { later(stands).into_any() };
    view! {
        <div class="flow">
            <Stepper frame=view.frame.clone() />
            <main class="flow__main" id="main" tabindex="-1">
                <div class="flow__read">
                    <header class="lead">
                        <h1>{heading}</h1>
                        <p class="lead__text">{lead}</p>
                    </header>
                    {trouble}
                    {stands.then(|| actions(view.status, view.problem))}
                    {notes}
                    {receipt(view, &company)}
                    {asides}
                    {after}
                    <p class="soft small screen">{done::PRINT}</p>
                </div>
            </main>
        </div>
    }
}

/// What did not go through, and when it is tried again: nothing she has to mend.
fn waits(code: ProblemCode, next: Option<Timestamp>) -> AnyView {
    let again = next.map_or_else(
        || done::LOOKS_AGAIN_SOON.into_any(),
        |at| when::time(at, done::looks_again(&when::clock(at)), "").into_any(),
    );
    let words = if code.is_refusal() { done::NOTHING_YET } else { done::NOTHING_TO_DO };
    view! {
        <div class="note note--warn" data-code=code.as_str()>
            {Icon::Clock.view()} <div>
                <p class="note__title">{problems::for_admin(code).title}</p>
                <p>{again} " " {words}</p>
            </div>
        </div>
    }
    .into_any()
}

/// What has to be mended.
fn in_the_way(code: ProblemCode) -> AnyView {
    let required = Permission::ALL.into_iter().find(|permission| permission.is_required());
    match required.filter(|_| code == ProblemCode::PermissionMissing).map(Permission::label) {
        Some(name) => view! {
            <div class="note note--bad" data-code=code.as_str()>
                {Icon::Problem.view()} <div>
                    <p class="note__title">{done::lost_title(name)}</p>
                    <p>{rich(&done::lost(name))}</p>
                </div>
            </div>
        }
        .into_any(),
        None => view! { <Problem code /> }.into_any(),
    }
}

/// What can be done, the most useful first.
fn actions(status: LinkStatus, problem: Option<ProblemCode>) -> impl IntoView {
    let broken = status == LinkStatus::Broken;
    // With a permission taken away the password is good: another one would mend nothing.
    let lost = broken && problem == Some(ProblemCode::PermissionMissing);
    let class = |first: bool| if first { "button" } else { "button button--quiet" };
    let password = move || {
        (!lost).then(|| view! { <a class=class(broken) href="account#password">{done::UPDATE_PASSWORD}</a> })
    };
    let gaps = (status == LinkStatus::LinkedWithGaps)
        .then(|| view! { <a class="button" href="check">{done::BACK_TO_CHECK}</a> });
    // Values that were refused are not sent again, so there would be nothing to check.
    let check = (problem != Some(ProblemCode::CredentialsRejected)).then(|| {
        view! {
            <form method="post" action="check">
                <button class=class(status == LinkStatus::Attention || lost) type="submit">{done::CHECK_AGAIN}</button>
            </form>
        }
    });
    let see = broken.then(|| view! { <a class="button button--quiet" href="check">{done::SEE_CHECK}</a> });
    view! {
        <div class="actions screen">{gaps} {broken.then(password)} {check} {(!broken).then(password)} {see}</div>
    }
}

fn receipt(view: DoneView, company: &str) -> impl IntoView + use<> {
    let number = view.frame.link.to_string();
    let ended = view.status == LinkStatus::Disconnected;
    let named = |result: PermissionResult| -> Vec<&'static str> {
        view.rows.iter().filter(|row| row.result == result).map(|row| row.permission.label()).collect()
    };
    let line = |name: &'static str, icon: Icon, result: PermissionResult| {
        let names = named(result);
        (!names.is_empty()).then(|| view! { <Fact name=name>{list(icon, names)}</Fact> })
    };
    let sees = done::sees(company);
    let at = |at: Timestamp| when::time(at, format!("{} (UTC)", when::date_and_time(at)), "");
    let (tone, icon) = match view.status {
        LinkStatus::Broken => ("bad", Icon::Cross),
        LinkStatus::Attention => ("warn", Icon::Warning),
        LinkStatus::Paused => ("plain", Icon::Pause),
        LinkStatus::Disconnected => ("plain", Icon::Dash),
        LinkStatus::Invited
        | LinkStatus::Opened
        | LinkStatus::InProgress
        | LinkStatus::Checking
        | LinkStatus::Linked
        | LinkStatus::LinkedWithGaps => ("ok", Icon::Check),
    };
    view! {
        <section
            class="card receipt"
            aria-labelledby="receipt-title"
            data-link-status=view.status.as_str()
        >
            <div class="receipt__head">
                <Sign tone icon big=true />
                <div>
                    <h2 id="receipt-title">{done::RECEIPT}</h2>
                    <p>{done::parties(&view.customer, company)}</p>
                </div>
                {view.frame.test.then(|| view! { <TestBadge /> })}
            </div>
            <dl class="facts">
                <Fact name=done::STATUS>
                    <StatusPill status=view.status />
                </Fact>
                <Fact name=done::WHEN>{at(view.linked_at)}</Fact>
                {view.ended_at.map(|ended| view! { <Fact name=done::ENDED_WHEN>{at(ended)}</Fact> })}
                {view.checked_at.map(|checked| view! { <Fact name=done::CHECKED>{at(checked)}</Fact> })}
                <Fact name=done::WHO>{rich(&done::who(view.contact.as_deref()))}</Fact>
                <Fact name=done::SYSTEM>
                    <span class="mono">{view.host.clone()}</span>
                </Fact>
                {line(done::GRANTED, Icon::Check, PermissionResult::Granted)}
                {line(done::MISSING, Icon::Alert, PermissionResult::Missing)}
                {line(done::UNCHECKED, Icon::Dash, PermissionResult::Unchecked)}
                {line(done::UNTESTABLE, Icon::Dash, PermissionResult::Untestable)}
                {(!ended)
                    .then(|| {
                        view! {
                            <Fact name=done::KEPT>{kept()}</Fact>
                            <Fact name=sees>
                                <p>{done::SEES}</p>
                            </Fact>
                        }
                    })}
                <Fact name=done::NUMBER>
                    <span class="mono">{number}</span>
                </Fact>
            </dl>
        </section>
    }
}

/// What is kept: names and a mask that is the same for every value.
fn kept() -> impl IntoView {
    let rows = done::KEPT_ROWS.map(|name| {
        view! {
            <li>
                {Icon::Lock.view()} <span>
                    {name} " " <span class="mask" aria-hidden="true">{done::MASK}</span>
                    <span class="soft small">" " {done::MASK_MEANS}</span>
                </span>
            </li>
        }
    });
    view! { <ul>{rows.collect_view()}</ul> }
}

fn later(stands: bool) -> impl IntoView {
    view! {
        <section aria-labelledby="later">
            <h2 id="later">{done::LATER}</h2>
            <ul class="points">{point(Icon::Clock, done::LATER_BACK)} {point(Icon::Lock, done::LATER_END)}</ul>
            {stands
                .then(|| {
                    view! {
                        <p class="actions screen">
                            <a class="button button--quiet button--small button--end" href="disconnect">
                                {done::DISCONNECT}
                            </a>
                        </p>
                    }
                })}
        </section>
    }
}

fn after_end() -> impl IntoView {
    let points = done::AFTER_END_POINTS.map(|point| view! { <li>{rich(point)}</li> });
    view! {
        <section aria-labelledby="after">
            <h2 id="after">{done::AFTER_END}</h2>
            <ul class="bullets">{points.collect_view()}</ul>
        </section>
    }
}

fn list(icon: Icon, names: Vec<&'static str>) -> impl IntoView {
    // Only what is granted or kept safe has the colour of good news.
    let class = if matches!(icon, Icon::Alert | Icon::Dash) { "receipt__open" } else { "" };
    view! { <ul class=class>{names.into_iter().map(|name| view! { <li>{icon.view()} {name}</li> }).collect_view()}</ul> }
}
