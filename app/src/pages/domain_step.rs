//! Step 3: the Web Services URL.

use domain::ProblemCode;
use leptos::prelude::*;

use super::step_frame::{StepFrame, buttons, found, instruction, is_doubt, other_way};
use crate::components::{Figure, FlowFrame, Picture, TextField};
use crate::icons::Icon;
use crate::islands::LiveFields;
use crate::islands::verdict::Kind;
use crate::rich::rich;
use crate::text::{fields, flow, flow::domain as words};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct DomainView {
    /// What every page of the flow shows.
    pub frame: FlowFrame,
    /// What the newest check found wrong with this step.
    pub found: Option<ProblemCode>,
    /// The host in use.
    pub host: Option<String>,
    /// The address typed last, if it was not simply taken.
    pub typed: Option<String>,
    /// The domains an address may belong to.
    pub suffixes: Vec<String>,
    /// The last attempt's problem.
    pub problem: Option<ProblemCode>,
}

/// The page.
#[component]
pub fn DomainPage(
    /// What it shows.
    view: DomainView,
) -> impl IntoView {
    let saved = view.host.as_deref().filter(|_| view.problem.is_none() && view.found.is_none());
    let heading = if saved.is_some() { words::SAVED_HEADING } else { words::HEADING };
    let lead = saved.map_or_else(|| words::LEAD.to_owned(), words::saved_lead);
    let value = if view.problem.is_some() { view.typed } else { view.host }.unwrap_or_default();
    let how = view! {
        {instruction(
            None,
            words::OPEN,
            view! {
                <Figure picture=Picture::WebServicesSearch caption=words::OPEN_CAPTION />
                {other_way(flow::OTHER_WAY, view! { <p>{rich(words::MENU)}</p> })}
            },
        )}
        {instruction(
            Some("how-2"),
            words::COPY,
            view! {
                <Figure picture=Picture::WebServicesUrl caption=words::COPY_CAPTION />
                {other_way(words::PLACEHOLDER.0, view! { <p>{rich(words::PLACEHOLDER.1)}</p> })}
            },
        )}
        {instruction(None, words::PASTE, view! { <Figure picture=Picture::OurUrlField caption=words::PASTE_CAPTION /> })}
    }
    .into_any();
    view! {
        <StepFrame frame=view.frame heading lead to_mend=view.problem.or(view.found).is_some() how>
            <form class="card form" method="post" action="domain">
                {found(view.found)}
                <TextField kind=Kind::Url kept=None problem=view.problem value allowed=view.suffixes />
                {buttons(fields::SAVE_AND_CHECK, is_doubt(view.problem))}
                <p class="card__foot aside">{Icon::Info.view()} <span>{words::NEXT}</span></p>
            </form>
            <LiveFields />
        </StepFrame>
    }
}
