//! The check: running, or what it found and what is to be mended.

use domain::{
    CheckOutcome, CheckReport, ConnectionStep, LinkStatus, PermissionResult, PermissionSet, ProblemCode,
    RowResult,
};
use leptos::prelude::*;

use crate::components::{FlowFrame, PermissionGrid, PermissionRow, PlainRow, Problem, Sign, Stepper, Tone};
use crate::icons::Icon;
use crate::rich::rich;
use crate::text::check;

/// Where the check stands.
#[derive(Clone, Debug)]
pub enum CheckState {
    /// Everything is entered, nothing was asked yet (or the last check was cut short).
    Ready,
    /// It runs.
    Running,
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
    /// What the link asks for.
    pub permissions: PermissionSet,
    /// Where the check stands.
    pub state: CheckState,
}

/// The page.
#[component]
pub fn CheckPage(
    /// What it shows.
    view: CheckView,
) -> impl IntoView {
    let CheckView { frame, status, host, permissions, state } = view;
    let company = frame.company.clone();
    let body = match state {
        CheckState::Ready => ready().into_any(),
        CheckState::Running => running(&host, &permissions).into_any(),
        CheckState::Done(report) => match report.outcome {
            CheckOutcome::Linked => linked(&host, report, permissions).into_any(),
            CheckOutcome::LinkedWithGaps => gaps(&host, report, permissions, &company).into_any(),
            CheckOutcome::Failed(ProblemCode::CredentialsRejected) => rejected(&host, report).into_any(),
            CheckOutcome::Failed(ProblemCode::PermissionMissing) => {
                required_missing(&host, report, permissions).into_any()
            }
            CheckOutcome::Failed(code) => {
                trouble(&host, report, permissions, code, status.is_linked()).into_any()
            }
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

fn ready() -> impl IntoView {
    view! {
        {said(check::READY)}
        <div class="actions">{again("button", check::CHECK_NOW)}</div>
    }
}

fn running(host: &str, permissions: &PermissionSet) -> impl IntoView {
    let rows = permissions.iter().map(|permission| {
        let row = RowResult { permission, result: PermissionResult::Unchecked, problem: None, took_ms: None };
        view! { <PermissionRow row waiting=check::WAITING /> }
    });
    view! {
        {said(check::RUNNING)}
        <div class="card checks">
            <ol>
                <PlainRow
                    tone=Tone::Asking
                    name=check::reached(host, ConnectionStep::NotReached)
                    result=check::ASKING.to_owned()
                />
                <PlainRow
                    tone=Tone::Waiting
                    name=check::accepted(ConnectionStep::NotReached).to_owned()
                    result=check::WAITING.to_owned()
                />
                {rows.collect_view()}
            </ol>
        </div>
        <p class="actions">
            <a class="button button--quiet" href="check">{check::SHOW_LATEST}</a>
        </p>
    }
}

fn linked(host: &str, report: CheckReport, permissions: PermissionSet) -> impl IntoView {
    let sign = view! { <Sign tone="ok" icon=Icon::Check big=true /> }.into_any();
    let unchecked = report.unchecked();
    let (heading, lead) = if unchecked == 0 {
        (check::LINKED.0, check::LINKED.1.to_owned())
    } else {
        (check::LINKED_PARTLY, check::partly_lead(unchecked))
    };
    view! {
        {head(Some(sign), heading.to_owned(), lead)}
        {rows(host, report, permissions)}
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

fn gaps(host: &str, report: CheckReport, permissions: PermissionSet, company: &str) -> impl IntoView {
    let missing = report.rows.iter().filter(|row| row.result == PermissionResult::Missing).count();
    view! {
        {head(None, check::gaps_heading(missing), check::gaps_lead(company, missing))}
        {rows(host, report, permissions)}
        <div class="actions">
            {again("button", check::AGAIN)}
            <a class="button button--quiet" href="done">{check::FINISH_FOR_NOW}</a>
        </div>
        <p class="soft small">{check::gaps_finish(company)}</p>
    }
}

fn required_missing(host: &str, report: CheckReport, permissions: PermissionSet) -> impl IntoView {
    view! {
        {said(check::REQUIRED_MISSING)}
        {rows(host, report, permissions)}
        <div class="actions">{again("button", check::AGAIN)}</div>
        <p class="soft small">{rich(check::TICKED_ALREADY)}</p>
    }
}

fn rejected(host: &str, report: CheckReport) -> impl IntoView {
    let mends = check::MENDS.into_iter().enumerate().map(|(n, mend)| {
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
    view! {
        {said(check::REJECTED)}
        <Problem code=ProblemCode::CredentialsRejected />
        <ul class="card mend">{mends.collect_view()}</ul>
        <p class="soft small">{check::NOT_AGAIN}</p>
        {rows(host, report, PermissionSet::new(&[]))}
    }
}

fn trouble(
    host: &str,
    report: CheckReport,
    permissions: PermissionSet,
    code: ProblemCode,
    stands: bool,
) -> impl IntoView {
    // Only these two are put right in step 3; for everything else nothing of hers is wrong.
    let address = matches!(code, ProblemCode::HostNotFound | ProblemCode::HostNotWebServices);
    let heading = if address {
        check::WRONG_ADDRESS
    } else if code == ProblemCode::UkgUnexpected {
        check::UNEXPECTED
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
        <Problem code />
        {rows(host, report, permissions)}
        <div class="actions">
            {actions}
            {stands.then(|| view! { <a class="button button--quiet" href="done">{check::FINISH_FOR_NOW}</a> })}
        </div>
        <p class="soft small">{if stands { check::STILL_LINKED } else { check::COME_BACK }}</p>
    }
}

/// Every line: the connection, then the permissions; the picture stands under the first missing one.
fn rows(host: &str, report: CheckReport, permissions: PermissionSet) -> impl IntoView {
    let failed = match report.outcome {
        CheckOutcome::Failed(ProblemCode::CredentialsRejected) => Some((Tone::Bad, check::REFUSED)),
        CheckOutcome::Failed(_) => Some((Tone::Warn, check::FAILED)),
        CheckOutcome::Linked | CheckOutcome::LinkedWithGaps => None,
    };
    let line = |reached: ConnectionStep, millis: Option<u32>| {
        if report.connection >= reached {
            (Tone::Good, millis.map(check::seconds).unwrap_or_default())
        } else if reached == next_after(report.connection) {
            failed.map_or((Tone::Unknown, check::NOT_CHECKED.to_owned()), |(tone, words)| {
                (tone, words.to_owned())
            })
        } else {
            (Tone::Unknown, check::NOT_CHECKED.to_owned())
        }
    };
    let (reached_tone, reached) = line(ConnectionStep::Reached, report.reached_ms);
    let (accepted_tone, accepted) = line(ConnectionStep::Accepted, report.accepted_ms);
    let mut where_to_tick = Some(permissions);
    let lines = report.rows.into_iter().map(|row| {
        match where_to_tick.take_if(|_| row.result == PermissionResult::Missing) {
            Some(permissions) => view! {
                <PermissionRow row>
                    <details class="more">
                        <summary>{check::SHOW_WHERE}</summary>
                        <div class="more__body">
                            <PermissionGrid permissions caption=check::SHOW_WHERE_CAPTION />
                        </div>
                    </details>
                </PermissionRow>
            }
            .into_any(),
            None => view! { <PermissionRow row /> }.into_any(),
        }
    });
    let lines = lines.collect_view();
    view! {
        <div class="card checks">
            <ol>
                <PlainRow tone=reached_tone name=check::reached(host, report.connection) result=reached />
                <PlainRow
                    tone=accepted_tone
                    name=check::accepted(report.connection).to_owned()
                    result=accepted
                />
                {lines}
            </ol>
        </div>
    }
}

const fn next_after(step: ConnectionStep) -> ConnectionStep {
    match step {
        ConnectionStep::NotReached => ConnectionStep::Reached,
        ConnectionStep::Reached | ConnectionStep::Accepted => ConnectionStep::Accepted,
    }
}
