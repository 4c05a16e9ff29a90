//! The step list: where one is, what is saved, what is to be looked at again.

use domain::LinkId;
use leptos::prelude::*;

use super::TestBadge;
use crate::icons::Icon;
use crate::text::flow;

/// How a step stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepMark {
    /// Saved; with what is said of it. May be replaced.
    Done(String),
    /// Saved, and nothing to replace now; with what is said of it.
    Closed(String),
    /// Saved, but to be looked at again.
    Fix,
    /// This page, or still to come; with what is said of it.
    Open(String),
}

/// What every page of the flow shows around its content.
#[derive(Clone, Debug)]
pub struct FlowFrame {
    /// The inviting company.
    pub company: String,
    /// The link, for the steps' addresses.
    pub link: LinkId,
    /// The page's place, 1 to 4.
    pub current: usize,
    /// The four steps.
    pub marks: [StepMark; 4],
    /// Whether the account is on one of UKG Pro's test systems.
    pub test: bool,
}

const PATHS: [&str; 4] = ["key", "account", "domain", "check"];

/// The step list.
#[component]
pub fn Stepper(
    /// The page's frame.
    frame: FlowFrame,
) -> impl IntoView {
    let FlowFrame { link, current, marks, test, company: _ } = frame;
    let saved =
        marks.iter().take(3).filter(|mark| matches!(mark, StepMark::Done(_) | StepMark::Closed(_))).count();
    let where_now = current.checked_sub(1).and_then(|n| flow::STEPS.get(n)).copied().unwrap_or_default();
    let items =
        marks.into_iter().zip(flow::STEPS).zip(PATHS).enumerate().map(|(n, ((mark, name), path))| {
            item(mark, name, format!("/link/{link}/{path}"), n + 1, current)
        });
    view! {
        <nav class="stepper" aria-label="Steps">
            {test.then(|| view! { <p class="stepper__test"><TestBadge /></p> })}
            <p class="stepper__where">
                <b>{flow::step_of(current)}</b>
                {format!(" · {where_now}")}
                {(saved > 0).then(|| format!(" · {saved} of 3 saved"))}
            </p>
            <ol class="stepper__list">{items.collect_view()}</ol>
            <p class="stepper__aside aside">{Icon::Lock.view()} <span>{flow::SAVED_AS_YOU_GO}</span></p>
        </nav>
    }
    .into_any()
}

fn item(mark: StepMark, name: &'static str, href: String, number: usize, current: usize) -> impl IntoView {
    let here = number == current;
    let (state, sign, note) = match &mark {
        StepMark::Done(note) | StepMark::Closed(note) => {
            ("done", Icon::Check.view().into_any(), note.clone())
        }
        StepMark::Fix => ("fix", Icon::Alert.view().into_any(), flow::LOOK_AGAIN.to_owned()),
        StepMark::Open(note) => {
            (if here { "now" } else { "next" }, number.to_string().into_any(), note.clone())
        }
    };
    let replace = (matches!(mark, StepMark::Done(_)) && !here).then(|| {
        // A host is long: the word goes on a line of its own.
        let apart = if note == flow::SAVED { " · ".into_any() } else { view! { <br /> }.into_any() };
        view! {
            {apart}
            <u>{flow::REPLACE}</u>
        }
    });
    let row = view! {
        <span class="stepper__dot" aria-hidden="true">{sign}</span>
        <span class="stepper__text">
            <span class="stepper__name">{name}</span>
            <span class="stepper__note">{note} {replace}</span>
        </span>
    };
    let class = format!("stepper__item stepper__item--{state}");
    let here_mark = here.then_some("step");
    if here || matches!(mark, StepMark::Open(_) | StepMark::Closed(_)) {
        view! { <li class=class aria-current=here_mark><span class="stepper__row">{row}</span></li> }
            .into_any()
    } else {
        view! { <li class=class><a class="stepper__link stepper__row" href=href>{row}</a></li> }.into_any()
    }
}
