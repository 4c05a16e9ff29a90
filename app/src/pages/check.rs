//! The check: running, or what it found and what is to be mended.

use domain::{
    CheckOutcome, CheckProgress, CheckReport, LinkStatus, Permission, PermissionResult, ProblemCode,
};
use leptos::prelude::*;

use super::check_lines::{CheckLines, CheckLinesView};
use super::check_notes::{Hold, Replacement, answers, duplicate, hold, note, question, replaced, surplus};
use super::check_report::report_lines;
use crate::components::{FlowFrame, Problem, Sign, Stepper};
use crate::icons::Icon;
use crate::rich::rich;
use crate::text::check;

/// Where the check stands.
#[derive(Clone, Debug)]
pub enum CheckState {
    /// Everything is entered, nothing was asked yet (or the last check was cut short).
    Ready,
    /// It runs, and is this far.
    Running(CheckProgress),
    /// It ended.
    Done(CheckReport),
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct CheckView {
    /// What every page of the flow shows.
    pub frame: FlowFrame,
    /// The link's status.
    pub status: LinkStatus,
    /// The host that is asked.
    pub host: String,
    /// Where the check stands.
    pub state: CheckState,
    /// Why the check asked for was not started.
    pub hold: Option<Hold>,
    /// What became of values that are to replace those in use.
    pub replacement: Replacement,
    /// Permissions that are granted though nobody asked for them.
    pub surplus: Vec<Permission>,
    /// Whether the same account is linked under another link.
    pub duplicate: bool,
}

/// The page.
#[component]
pub fn CheckPage(
    /// What it shows.
    view: CheckView,
    /// How many minutes ago a check of somebody else failed on a system of UKG Pro's that is in trouble.
    #[prop(optional_no_strip)]
    others: Option<i64>,
) -> impl IntoView {
    let CheckView { frame, status, host, state, hold: held, replacement, surplus: more, duplicate: twin } =
        view;
    let company = frame.company.clone();
    let body = match state {
        CheckState::Ready => view! { {replaced(&replacement, status)} {ready(held)} }.into_any(),
        CheckState::Running(progress) => running(CheckLinesView { host, progress }).into_any(),
        CheckState::Done(report) => match question(&replacement) {
            Some(asked) => decide(&host, report, asked).into_any(),
            None => view! {
                {
                    let before = Before::of(status, &replacement);
                    done(&host, report, before, held, replaced(&replacement, status), (&company, others))
                }
                {surplus(&more, &company)}
                {duplicate(twin, &company)}
            }
            .into_any(),
        },
    };
    view! {
        <div class="flow">
            <Stepper frame />
            <main class="flow__main" id="main" tabindex="-1">
                <div class="flow__read" data-link-status=status.as_str()>
                    {body}
                </div>
            </main>
        </div>
    }
}

fn head(sign: Option<AnyView>, heading: String, lead: String) -> impl IntoView {
    view! {
        <header class="lead">
            {match sign {
                Some(sign) => view! { <div class="lead__sign">{sign} <h1>{heading}</h1></div> }.into_any(),
                None => view! { <h1>{heading}</h1> }.into_any(),
            }}
            <p class="lead__text">{lead}</p>
        </header>
    }
}

fn said((heading, lead): (&'static str, &'static str)) -> impl IntoView {
    head(None, heading.to_owned(), lead.to_owned())
}

/// The button that asks for a check.
fn again(class: &'static str, words: &'static str) -> impl IntoView {
    view! {
        <form method="post" action="check">
            <button class=class type="submit">{words}</button>
        </form>
    }
}

fn ready(held: Option<Hold>) -> impl IntoView {
    // A button that cannot do its work yet would only be pressed again and again.
    let (words, action) = if matches!(held, Some(Hold::Wait { .. })) {
        let latest = view! { <a class="button button--quiet" href="check">{check::SHOW_LATEST}</a> };
        (check::READY_LATER, latest.into_any())
    } else {
        (check::READY, again("button", check::CHECK_NOW).into_any())
    };
    view! {
        {said(words)}
        {hold(held)}
        <div class="actions">{action}</div>
    }
}

/// The lines are replaced as the check goes on (`frontend/live.js`); without script the page loads itself again.
fn running(lines: CheckLinesView) -> impl IntoView {
    view! {
        {said(check::RUNNING)}
        <div class="card checks" data-live="check/events" aria-live="polite">
            <CheckLines view=lines />
        </div>
        <p class="actions">
            <a class="button button--quiet" href="check">{check::SHOW_LATEST}</a>
        </p>
    }
}

/// The new values work, but are not simply taken.
fn decide(
    host: &str,
    report: CheckReport,
    (heading, lead, facts): (&'static str, &'static str, AnyView),
) -> impl IntoView {
    view! {
        {said((heading, lead))}
        {facts}
        {answers()}
        {report_lines(host, report)}
    }
}

/// What is known of the values that were checked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Nothing: they are new, whether the link stands or not.
    New {
        /// Whether it does.
        stands: bool,
    },
    /// They worked, and do until a refusal is confirmed.
    Worked,
    /// They worked once, and do not any more.
    Broke,
}

impl Before {
    fn of(status: LinkStatus, replacement: &Replacement) -> Self {
        let new = *replacement == Replacement::Failed || !status.stands();
        match (new, status == LinkStatus::Broken) {
            (true, _) => Self::New { stands: status.stands() },
            (false, true) => Self::Broke,
            (false, false) => Self::Worked,
        }
    }

    fn stands(self) -> bool {
        self != Self::New { stands: false }
    }
}

/// What an ended check shows.
fn done(
    host: &str,
    report: CheckReport,
    before: Before,
    held: Option<Hold>,
    replaced: Option<AnyView>,
    (company, others): (&str, Option<i64>),
) -> impl IntoView {
    match report.outcome {
        CheckOutcome::Linked => linked(host, report, replaced).into_any(),
        CheckOutcome::LinkedWithGaps => gaps(host, report, held, replaced, company).into_any(),
        CheckOutcome::Failed(ProblemCode::CredentialsRejected) => {
            rejected(host, report, before, held, replaced).into_any()
        }
        CheckOutcome::Failed(ProblemCode::PermissionMissing) => {
            required_missing(host, report, before, held, replaced).into_any()
        }
        CheckOutcome::Failed(code) => {
            let others = others.filter(|_| code.is_fault_of_ukg());
            trouble(host, report, code, held, replaced, (before, others)).into_any()
        }
    }
}

fn linked(host: &str, report: CheckReport, replaced: Option<AnyView>) -> impl IntoView {
    let sign = view! { <Sign tone="ok" icon=Icon::Check big=true /> }.into_any();
    let unchecked = report.unchecked();
    let (heading, lead) = if unchecked == 0 {
        (check::LINKED.0, check::LINKED.1.to_owned())
    } else {
        (check::LINKED_PARTLY, check::partly_lead(unchecked))
    };
    view! {
        {head(Some(sign), heading.to_owned(), lead)}
        {replaced}
        {report_lines(host, report)}
        <div class="actions">
            <a class="button" href="done">
                {check::FINISH}
                " "
                {Icon::Arrow.view()}
            </a>
            {(unchecked > 0).then(|| again("button button--quiet", check::AGAIN))}
        </div>
    }
}

fn gaps(
    host: &str,
    report: CheckReport,
    held: Option<Hold>,
    replaced: Option<AnyView>,
    company: &str,
) -> impl IntoView {
    let missing = missing(&report);
    view! {
        {head(None, check::gaps_heading(missing), check::gaps_lead(company, missing))}
        {replaced}
        {hold(held)}
        {several(missing)}
        {report_lines(host, report)}
        <div class="actions">
            {again("button", check::AGAIN)}
            <a class="button button--quiet" href="done">{check::FINISH_FOR_NOW}</a>
        </div>
        <p class="soft small">{check::gaps_finish(company)}</p>
    }
}

fn required_missing(
    host: &str,
    report: CheckReport,
    before: Before,
    held: Option<Hold>,
    replaced: Option<AnyView>,
) -> impl IntoView {
    let missing = missing(&report);
    view! {
        {said(if before.stands() { check::REQUIRED_LOST } else { check::REQUIRED_MISSING })}
        {replaced}
        {hold(held)}
        {several(missing)}
        {report_lines(host, report)}
        <div class="actions">{again("button", check::AGAIN)}</div>
        <p class="soft small">{rich(check::TICKED_ALREADY)}</p>
    }
}

fn missing(report: &CheckReport) -> usize {
    report.rows.iter().filter(|row| row.result == PermissionResult::Missing).count()
}

/// How to grant a permission, said once when several are missing.
fn several(missing: usize) -> impl IntoView {
    let (title, body) = check::SEVERAL_MISSING;
    (missing > 1).then(|| note("note", Icon::Info, title.to_owned(), view! { <p>{rich(body)}</p> }))
}

fn rejected(
    host: &str,
    report: CheckReport,
    before: Before,
    held: Option<Hold>,
    replaced: Option<AnyView>,
) -> impl IntoView {
    let (heading, mends): (_, &'static [check::Mend]) = match before {
        Before::New { .. } => (check::REJECTED, &check::MENDS),
        Before::Worked => (check::REJECTED_ONCE, &check::MENDS_AGAIN),
        Before::Broke => (check::REJECTED_AGAIN, &check::MENDS_AGAIN),
    };
    let mends = mends.iter().enumerate().map(|(n, mend)| {
        let class = if n == 0 { "button button--small" } else { "button button--quiet button--small" };
        view! {
            <li class="mend__item">
                <div class="mend__text">
                    <h2>{mend.title}</h2>
                    <p>{rich(mend.body)}</p>
                </div>
                {mend.href.map(|href| view! { <a class=class href=href>{mend.action}</a> })}
            </li>
        }
    });
    // A wait comes before everything else; that the same is not sent again, after what there is to look at.
    let (first, after, retry) = match held {
        Some(Hold::Wait { .. }) => {
            (Some(hold(held)), None, Some(again("button button--quiet", check::AGAIN)))
        }
        Some(Hold::NeedsChange { .. }) => (None, Some(hold(held)), None),
        None => (None, None, None),
    };
    view! {
        {said(heading)}
        {replaced}
        {first}
        <Problem code=ProblemCode::CredentialsRejected />
        <ul class="card mend">{mends.collect_view()}</ul>
        {after}
        {retry.map(|retry| view! { <div class="actions">{retry}</div> })}
        {report_lines(host, report)}
    }
}

fn trouble(
    host: &str,
    report: CheckReport,
    code: ProblemCode,
    held: Option<Hold>,
    replaced: Option<AnyView>,
    (before, others): (Before, Option<i64>),
) -> impl IntoView {
    let stands = before.stands();
    // Only these two are put right in step 3; for everything else nothing of hers is wrong.
    let address = matches!(code, ProblemCode::HostNotFound | ProblemCode::HostNotWebServices);
    let heading = if address {
        check::WRONG_ADDRESS
    } else if code == ProblemCode::UkgUnexpected {
        check::UNEXPECTED
    } else if before == Before::Worked {
        check::TROUBLE_LINKED
    } else {
        check::TROUBLE
    };
    let actions = if address {
        view! { <a class="button" href="domain#url">{check::CHANGE_URL}</a> {again("button button--quiet", check::AGAIN)} }
            .into_any()
    } else {
        again("button", check::AGAIN).into_any()
    };
    view! {
        {said(heading)}
        {replaced}
        {hold(held)}
        <Problem code />
        {others.map(not_you)}
        {report_lines(host, report)}
        <div class="actions">
            {actions}
            {stands.then(|| view! { <a class="button button--quiet" href="done">{check::FINISH_FOR_NOW}</a> })}
        </div>
        {(!stands).then(|| view! { <p class="soft small">{check::COME_BACK}</p> })}
    }
}

/// Others have the same trouble with the same system.
fn not_you(minutes: i64) -> impl IntoView {
    let body = view! { <p>{check::others_failed(minutes)}</p> };
    view! { <div data-others-failed=minutes>{note("note", Icon::Globe, check::NOT_YOU.to_owned(), body)}</div> }
}
