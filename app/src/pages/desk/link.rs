//! `/desk/links/{id}`: one link, what happens next, and everything that happened. No secret, ever.

mod care;
mod ending;
mod fresh;
mod help;
mod matrix;
mod reply;
mod timeline;

use domain::{Language, LinkStatus, Permission, PermissionResult, ProblemCode, Step, Timestamp, WhoActs};
use leptos::prelude::*;

use crate::components::{Fact, Sign, StatusPill, TestBadge, UkgBanner, UkgTrouble};
use crate::icons::Icon;
use crate::pages::check_notes::note;
use crate::rich::rich;
use crate::text::desk;
use crate::text::desk::help::Said;
use crate::text::problems;
use crate::when;

pub use care::{CareView, NoteView};
pub use ending::{DeskEndPage, DeskEndView};
pub use fresh::{DeskFreshPage, DeskFreshView};
pub use help::{CheckHelp, DeskHelpView, LinkAct};
pub use matrix::{DayMarks, MatrixRow, MatrixView};
pub use reply::{DeskReplyPage, DeskReplyView, ReplyNotice};
pub use timeline::{TimelineDay, TimelineItem, TimelineTone, TimelineView};

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
    /// What was just done, when the page comes after that.
    pub said: Option<Said>,
    /// What is known of the permissions.
    pub matrix: MatrixView,
    /// What happened.
    pub timeline: TimelineView,
    /// What staff can do.
    pub help: DeskHelpView,
    /// Who looks after it, and notes.
    pub care: CareView,
    /// Staff's own name for it.
    pub reference: Option<String>,
    /// The language its administrator is written to in.
    pub language: Language,
    /// When it last changed.
    pub changed_at: Timestamp,
    /// When it is checked again by itself; `None` when it is not.
    pub next_check: Option<Timestamp>,
    /// What becomes of its reminders; `None` when there are to be none.
    pub reminders: Option<String>,
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
        said,
        matrix,
        timeline,
        help,
        care,
        reference,
        language,
        changed_at,
        next_check,
        reminders,
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
    let missing: Vec<Permission> = matrix
        .rows
        .iter()
        .filter(|row| row.row.result == PermissionResult::Missing)
        .map(|row| row.row.permission)
        .collect();
    let next = desk::next(status, problem, step, &missing);
    let link_id = id.clone();
    let (help_section, acts) = (help::section(&id, help.clone()), help::acts(&id, help));
    let (care, timeline) = (care::section(&id, care), timeline::section(&id, timeline));
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
            {when::zone()}
            {said.map(said_note)}
            <div class="desk__cols" data-link-id=link_id data-link-status=status.as_str()>
                <div>
                    <section class="card next" aria-labelledby="next-title" data-code=problem.map(ProblemCode::as_str)>
                        <div class="next__head">
                            <Sign tone icon />
                            <div>
                                <p>{desk::who_next(who)}</p>
                                <h2 id="next-title">{next.clone()}</h2>
                            </div>
                        </div>
                        {next_check.filter(|_| status == LinkStatus::Attention).map(tried_again)}
                        {problem.map(|code| for_staff(code, &next, who != WhoActs::Nobody))}
                    </section>
                    {marks(test, duplicates, renew_asked, &surplus)}
                    {help_section}
                    {matrix::section(matrix)}
                    {timeline}
                </div>
                <div>
                    {care}
                    <section class="card" aria-labelledby="facts-title">
                        <h2 id="facts-title">{desk::FACTS}</h2>
                        <dl class="facts facts--narrow">
                            <Fact name="Customer">{customer}</Fact>
                            {reference.map(|reference| view! { <Fact name="Reference">{reference}</Fact> })}
                            <Fact name="Invited">{address(contact)}</Fact>
                            <Fact name="Step reached">{dots(step, status)} {desk::step(step, status)}</Fact>
                            <Fact name="System">
                                <span class="mono">{host.unwrap_or_else(|| "Not known yet".to_owned())}</span>
                            </Fact>
                            <Fact name="Invite">{invite}</Fact>
                            {reminders.map(|reminders| view! { <Fact name="Reminders">{reminders}</Fact> })}
                            <Fact name="Language">{desk::help::language(language)}</Fact>
                            <Fact name="Kept">{kept}</Fact>
                            <Fact name="Last change">{when::time(changed_at, when::date_and_time(changed_at), "")}</Fact>
                            {next_check
                                .map(|at| view! { <Fact name="Next check">{when::time(at, when::date_and_time(at), "")}</Fact> })}
                            <Fact name="Link id">
                                <span class="mono">{id}</span>
                            </Fact>
                        </dl>
                    </section>
                    {acts}
                </div>
            </div>
        </main>
    }
}

/// An address, which breaks after its @ when a line does not hold it.
fn address(contact: Option<String>) -> AnyView {
    match contact.as_deref().and_then(|contact| contact.split_once('@')) {
        Some((name, host)) => view! { {format!("{name}@")} <wbr /> {host.to_owned()} }.into_any(),
        None => contact.unwrap_or_else(|| desk::NO_ADDRESS.to_owned()).into_any(),
    }
}

/// What was just done. It has the focus, so that a screen reader reads it first and keys go on from here.
fn said_note(said: Said) -> impl IntoView {
    let (class, icon) =
        if said.is_good() { ("note note--ok", Icon::Check) } else { ("note note--warn", Icon::Warning) };
    view! {
        <div class="said" role="status" data-said=said.as_str() tabindex="-1" autofocus>
            <div class=class>{icon.view()} <div><p>{said.sentence()}</p></div></div>
        </div>
    }
}

/// That nobody has to press anything for the next check.
fn tried_again(at: Timestamp) -> impl IntoView {
    view! { <p>{desk::link::TRIED_AGAIN} " " {when::time(at, when::date_and_time(at), "")}</p> }
}

/// What staff need to know of the problem that stands in the way; what to tell the customer, once it is sure (`settled`).
fn for_staff(code: ProblemCode, said: &str, settled: bool) -> impl IntoView + use<> {
    let text = problems::staff(Language::English, code);
    let read = problems::for_admin(code);
    view! {
        <dl class="facts facts--narrow">
            {(text.happened != said).then(|| view! { <Fact name=desk::HAPPENED>{text.happened}</Fact> })}
            {settled
                .then(|| {
                    view! {
                        <Fact name=desk::TELL>{text.tell}</Fact>
                        <Fact name=desk::TRYING>{problems::trying_again(Language::English, code)}</Fact>
                        <Fact name=desk::THEY_READ>
                            <p>
                                <b>{read.title}</b>
                            </p>
                            <p>{rich(&crate::rich::without_links(read.body))}</p>
                        </Fact>
                    }
                })}
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
        let sentence = when::within(desk::RENEW_ASKED_BODY, at, when::date_and_time(at));
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

/// How far a link came, as four dots: three steps and the link itself.
fn dots(step: Option<Step>, status: LinkStatus) -> impl IntoView {
    let reached = if status.stands() { 4 } else { step.map_or(0, Step::number) };
    let dots = (1..=4_u8).map(move |n| view! { <i class=(n <= reached).then_some("on")></i> });
    view! { <span class="steps-dots" aria-hidden="true">{dots.collect_view()}</span> }
}
