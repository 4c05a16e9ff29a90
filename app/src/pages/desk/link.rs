//! `/desk/links/{id}`: one link, what happens next, and everything that happened. No secret, ever.

use domain::{Language, LinkStatus, Permission, ProblemCode, RowResult, Step, Timestamp, WhoActs};
use leptos::prelude::*;

use crate::components::{Fact, Sign, StatusPill, TestBadge, UkgBanner, UkgTrouble};
use crate::icons::Icon;
use crate::pages::check_notes::note;
use crate::rich::rich;
use crate::text::problems;
use crate::text::{desk, permissions};
use crate::when;

/// How an entry of the timeline looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimelineTone {
    /// Nothing special.
    Plain,
    /// Good news.
    Good,
    /// A problem.
    Bad,
}

/// One entry of the timeline.
#[derive(Clone, Debug)]
pub struct TimelineItem {
    /// When.
    pub at: Timestamp,
    /// What happened.
    pub what: String,
    /// More about it: a sentence, a shape.
    pub more: Option<String>,
    /// The problem it tells of.
    pub code: Option<ProblemCode>,
    /// How it looks.
    pub tone: TimelineTone,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct DeskLinkView {
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
    /// The host, once known.
    pub host: Option<String>,
    /// The newest invite's state, in words.
    pub invite: String,
    /// Which credentials are kept, in words.
    pub kept: String,
    /// What the last check found, with when.
    pub rows: Vec<(RowResult, Option<Timestamp>)>,
    /// Everything that happened, newest first.
    pub timeline: Vec<TimelineItem>,
    /// When it last changed.
    pub changed_at: Timestamp,
    /// Whether the account is on a test system.
    pub test: bool,
    /// Other links with the same account.
    pub duplicates: Vec<DeskTwin>,
    /// When the holder of an invite that ran out asked for a new one, if that is what is next.
    pub renew_asked: Option<Timestamp>,
    /// Permissions that are granted though the link does not ask for them.
    pub surplus: Vec<Permission>,
}

/// Another link with the same UKG Pro account.
#[derive(Clone, Debug)]
pub struct DeskTwin {
    /// Its id.
    pub id: String,
    /// Its customer.
    pub customer: String,
}

/// The page.
#[component]
pub fn DeskLinkPage(
    /// What it shows.
    view: DeskLinkView,
    /// Whether UKG Pro does not answer well on its host.
    #[prop(optional)]
    ukg: Vec<UkgTrouble>,
) -> impl IntoView {
    let DeskLinkView {
        id,
        customer,
        contact,
        status,
        who,
        problem,
        step,
        host,
        invite,
        kept,
        rows,
        timeline,
        changed_at,
        test,
        duplicates,
        renew_asked,
        surplus,
    } = view;
    let tone = match status {
        LinkStatus::Broken => "bad",
        LinkStatus::Attention | LinkStatus::LinkedWithGaps => "warn",
        LinkStatus::Linked => "ok",
        LinkStatus::Invited
        | LinkStatus::Opened
        | LinkStatus::InProgress
        | LinkStatus::Checking
        | LinkStatus::Paused
        | LinkStatus::Disconnected => "now",
    };
    let link_id = id.clone();
    let icon = if status == LinkStatus::Linked { Icon::Check } else { Icon::Person };
    view! {
        <main class="desk" id="main" tabindex="-1">
            <a class="back" href="/desk">{Icon::Back.view()} {desk::ALL_LINKS}</a>
            <header class="title-line">
                <h1>{customer.clone()}</h1>
                <StatusPill status />
                {test.then(|| view! { <TestBadge /> })}
            </header>
            <UkgBanner troubles=ukg />
            <div class="desk__cols" data-link-id=link_id data-link-status=status.as_str()>
                <div>
                    <section class="card next" aria-labelledby="next-title" data-code=problem.map(ProblemCode::as_str)>
                        <div class="next__head">
                            <Sign tone icon />
                            <div>
                                <p>{desk::who_next(who)}</p>
                                <h2 id="next-title">{desk::next(status, problem, step)}</h2>
                            </div>
                        </div>
                        {problem.map(|code| for_staff(code, desk::next(status, problem, step)))}
                    </section>
                    {marks(test, duplicates, renew_asked, &surplus)}
                    <section aria-labelledby="perm-title">
                        <h2 id="perm-title">{desk::PERMISSIONS}</h2>
                        {permission_table(rows)}
                    </section>
                    <section aria-labelledby="time-title">
                        <h2 id="time-title">{desk::TIMELINE}</h2>
                        <ol class="timeline">{timeline.into_iter().map(timeline_item).collect_view()}</ol>
                    </section>
                </div>
                <div>
                    <section class="card" aria-labelledby="facts-title">
                        <h2 id="facts-title">{desk::FACTS}</h2>
                        <dl class="facts facts--narrow">
                            <Fact name="Customer">{customer}</Fact>
                            <Fact name="Invited">{contact.unwrap_or_else(|| "No address noted".to_owned())}</Fact>
                            <Fact name="Step reached">{dots(step, status)} {desk::step(step, status)}</Fact>
                            <Fact name="System">
                                <span class="mono">{host.unwrap_or_else(|| "Not known yet".to_owned())}</span>
                            </Fact>
                            <Fact name="Invite">{invite}</Fact>
                            <Fact name="Kept">{kept}</Fact>
                            <Fact name="Last change">{when::time(changed_at, when::date_and_time(changed_at), "")}</Fact>
                            <Fact name="Link id">
                                <span class="mono">{id}</span>
                            </Fact>
                        </dl>
                    </section>
                </div>
            </div>
        </main>
    }
}

/// What staff need to know of the problem that stands in the way.
fn for_staff(code: ProblemCode, said: &'static str) -> impl IntoView {
    let text = problems::staff(Language::English, code);
    let read = problems::for_admin(code);
    view! {
        <dl class="facts facts--narrow">
            {(text.happened != said).then(|| view! { <Fact name=desk::HAPPENED>{text.happened}</Fact> })}
            <Fact name=desk::TELL>{text.tell}</Fact>
            <Fact name=desk::TRYING>{problems::trying_again(Language::English, code)}</Fact>
            <Fact name=desk::THEY_READ>
                <p>
                    <b>{read.title}</b>
                </p>
                <p>{rich(&crate::rich::without_links(read.body))}</p>
            </Fact>
        </dl>
    }
}

/// What is out of the ordinary about the link.
fn marks(
    test: bool,
    duplicates: Vec<DeskTwin>,
    renew_asked: Option<Timestamp>,
    surplus: &[Permission],
) -> impl IntoView + use<> {
    let twins = (!duplicates.is_empty()).then(|| {
        let links = duplicates.into_iter().map(|twin| {
            view! {
                <li>
                    <a href=format!("/desk/links/{}", twin.id)>{twin.customer}</a>
                </li>
            }
        });
        let body = view! {
            <p>{desk::DUPLICATES_BODY}</p>
            <ul class="note__list">{links.collect_view()}</ul>
        };
        note("note note--warn", Icon::Warning, desk::DUPLICATES.to_owned(), body)
    });
    let renew = renew_asked.map(|at| {
        let sentence = desk::renew_asked(&when::date_and_time(at));
        note("note", Icon::Mail, desk::RENEW_ASKED.to_owned(), view! { <p>{sentence}</p> })
    });
    let more = (!surplus.is_empty()).then(|| {
        note("note", Icon::Info, desk::SURPLUS.to_owned(), view! { <p>{desk::surplus(surplus)}</p> })
    });
    let system = test.then(|| {
        note(
            "note note--warn",
            Icon::Warning,
            desk::TEST_TITLE.to_owned(),
            view! { <p>{desk::TEST_BODY}</p> },
        )
    });
    let any = renew.is_some() || twins.is_some() || system.is_some() || more.is_some();
    any.then(|| view! { <div class="notes">{renew} {twins} {system} {more}</div> })
}

fn permission_table(rows: Vec<(RowResult, Option<Timestamp>)>) -> impl IntoView {
    let body = rows.into_iter().map(|(row, seen)| {
        let (class, icon) = match row.result {
            domain::PermissionResult::Granted => ("pill pill--ok", Icon::Check),
            domain::PermissionResult::Missing => ("pill pill--bad", Icon::Alert),
            domain::PermissionResult::Untestable | domain::PermissionResult::Unchecked => {
                ("pill", Icon::Dash)
            }
        };
        let seen = match seen {
            Some(at) => when::time(at, when::date_and_time(at), "").into_any(),
            None => desk::NEVER.into_any(),
        };
        view! {
            <tr role="row" data-permission=row.permission.slug() data-result=row.result.as_str() data-code=row.problem.map(ProblemCode::as_str)>
                <td role="cell" data-label="Permission">
                    <b>{row.permission.label()}</b>
                    {row
                        .permission
                        .is_required()
                        .then(|| view! { " " <span class="tag">{permissions::REQUIRED}</span> })}
                </td>
                <td role="cell" data-label="Result">
                    <span class=class>{icon.view()} {permissions::result(row.result)}</span>
                </td>
                <td role="cell" data-label="Seen last" class="table__time">
                    {seen}
                </td>
            </tr>
        }
    });
    view! {
        <table class="table table--tight" role="table" aria-labelledby="perm-title">
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col">"Permission"</th>
                    <th role="columnheader" scope="col">"Result"</th>
                    <th role="columnheader" scope="col">"Seen last"</th>
                </tr>
            </thead>
            <tbody role="rowgroup">{body.collect_view()}</tbody>
        </table>
    }
}

fn timeline_item(item: TimelineItem) -> impl IntoView {
    let class = match item.tone {
        TimelineTone::Plain => "timeline__item",
        TimelineTone::Good => "timeline__item timeline__item--ok",
        TimelineTone::Bad => "timeline__item timeline__item--bad",
    };
    view! {
        <li class=class data-code=item.code.map(ProblemCode::as_str)>
            <span class="timeline__what">{item.what}</span>
            {item.more.map(|more| view! { <p>{more}</p> })}
            {when::time(item.at, when::date_and_time(item.at), "timeline__when")}
        </li>
    }
}

/// How far a link came, as four dots: three steps and the link itself.
fn dots(step: Option<Step>, status: LinkStatus) -> impl IntoView {
    let reached = if status.is_linked() { 4 } else { step.map_or(0, Step::number) };
    let dots = (1..=4_u8).map(move |n| view! { <i class=(n <= reached).then_some("on")></i> });
    view! { <span class="steps-dots" aria-hidden="true">{dots.collect_view()}</span> }
}
