//! What the three steps share: step list, heading, instructions at the left, form at the right.
//!
//! Each form names its own address: without it the page's fragment (`#entry`) would go along, through the redirect, and
//! open the next step scrolled past its instructions.

use domain::{ProblemCode, Step};
use leptos::prelude::*;

use super::step_side::{HandOff, offer, waiting};
use crate::components::{FlowFrame, Problem, Stepper};
use crate::icons::Icon;
use crate::rich::rich;
use crate::text::{fields, flow, hand_over};

/// A step's page.
#[component]
pub(super) fn StepFrame(
    /// What every page of the flow shows.
    frame: FlowFrame,
    /// Which step.
    step: Step,
    /// Whether it is handed to a colleague; her page has no step list.
    hand_off: HandOff,
    /// Heading.
    heading: &'static str,
    /// Under it.
    lead: String,
    /// Whether something is to be mended, which the short way to the form says.
    to_mend: bool,
    /// The instructions' list items.
    how: AnyView,
    /// The form.
    children: Children,
) -> impl IntoView {
    let alone = hand_off == HandOff::Colleague;
    view! {
        <div class=if alone { "flow flow--alone" } else { "flow" }>
            {(!alone).then(|| view! { <Stepper frame /> }.into_any())}
            <main class="flow__main" id="main" tabindex="-1">
                <header class="lead">
                    <h1>{heading}</h1>
                    <p class="lead__text">{rich(&lead)}</p>
                    <a class="lead__jump" href="#entry">
                        {Icon::Down.view()}
                        {if to_mend { flow::JUMP_MEND } else { flow::JUMP }}
                    </a>
                </header>
                <div class="flow__cols">
                    <ol class="how">{how}</ol>
                    <div class="flow__side" id="entry">
                        {waiting(step, hand_off)}
                        {children()}
                        {offer(step, hand_off)}
                    </div>
                </div>
            </main>
        </div>
    }
    .into_any()
}

/// One instruction: heading, sentence, and what illustrates it.
pub(super) fn instruction(
    id: &'static str,
    (heading, sentence): (&'static str, &'static str),
    more: impl IntoView + 'static,
) -> impl IntoView {
    view! {
        <li class="how__item" id=id>
            <h2>{heading}</h2>
            <p>{rich(sentence)}</p>
            {more}
        </li>
    }
}

/// A second way, folded away.
pub(super) fn other_way(summary: &'static str, body: impl IntoView + 'static) -> impl IntoView {
    view! {
        <details class="more">
            <summary>{summary}</summary>
            <div class="more__body">{body}</div>
        </details>
    }
}

/// The submit button's words: for a colleague nothing goes on after it.
pub(super) fn label_for(hand_off: HandOff, words: &'static str) -> &'static str {
    if hand_off == HandOff::Colleague { hand_over::SAVE } else { words }
}

/// The submit buttons: one, and **Use it anyway** beside it when something is doubted.
pub(super) fn buttons(words: &'static str, doubted: bool) -> impl IntoView {
    view! {
        <button class="button button--wide" type="submit">{words}</button>
        {doubted
            .then(|| {
                view! {
                    <button class="button button--wide button--quiet" type="submit" name="anyway" value="yes">
                        {fields::USE_IT_ANYWAY}
                    </button>
                }
            })}
    }
}

/// What the check found wrong, above the fields it may lie in.
pub(super) fn found(problem: Option<ProblemCode>) -> impl IntoView {
    problem.map(|code| view! { <Problem code /> })
}

/// That a secret is saved and never shown.
pub(super) fn saved_line(saved_at: Option<String>) -> impl IntoView {
    saved_at.map(|when| {
        view! {
            <p class="field__read">
                <span class="sign sign--ok">{Icon::Check.view()}</span>
                <span>{flow::saved_since(&when)}</span>
            </p>
        }
    })
}

/// How what is entered is kept.
pub(super) fn sealed() -> impl IntoView {
    view! { <p class="card__foot aside">{Icon::Lock.view()} <span>{flow::SEALED}</span></p> }
}

/// Whether **Use it anyway** is offered.
pub(super) fn is_doubt(problem: Option<ProblemCode>) -> bool {
    problem.is_some_and(ProblemCode::is_warning)
}
