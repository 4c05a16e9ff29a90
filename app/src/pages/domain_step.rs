//! Step 3: the Web Services URL.

use domain::{ProblemCode, Step};
use leptos::prelude::*;

use super::step_frame::{StepFrame, buttons, found, instruction, is_doubt, label_for, other_way, sealed};
use super::step_side::{HandOff, PasteNotice, Standing, paste_box, pasted, stands};
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
    /// What was taken from a page pasted just now.
    pub pasted: Option<PasteNotice>,
    /// Whether the step is handed to a colleague.
    pub hand_off: HandOff,
    /// What the link does until what is entered is proven.
    pub standing: Standing,
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
    let alone = view.hand_off == HandOff::Colleague;
    let again = view.pasted.as_ref().is_some_and(|notice| notice.host.is_none());
    let how = view! {
        {instruction(
            "how-1",
            words::OPEN,
            view! {
                <Figure picture=Picture::WebServicesSearch caption=words::OPEN_CAPTION />
                {other_way(flow::OTHER_WAY, view! { <p>{rich(words::MENU)}</p> })}
            },
        )}
        {instruction(
            "how-2",
            words::COPY,
            view! {
                <Figure picture=Picture::WebServicesUrl caption=words::COPY_CAPTION />
                {other_way(words::PLACEHOLDER.0, view! { <p>{rich(words::PLACEHOLDER.1)}</p> })}
            },
        )}
        {instruction("how-3", words::PASTE, view! { <Figure picture=Picture::OurUrlField caption=words::PASTE_CAPTION /> })}
    }
    .into_any();
    view! {
        <StepFrame
            frame=view.frame
            step=Step::Domain
            hand_off=view.hand_off
            heading
            lead
            to_mend=view.problem.or(view.found).is_some()
            how
        >
            {pasted(Step::Domain, view.pasted)}
            <form class="card form" method="post" action="domain">
                {found(view.found)}
                <TextField kind=Kind::Url kept=None problem=view.problem value allowed=view.suffixes />
                {buttons(label_for(view.hand_off, fields::SAVE_AND_CHECK), is_doubt(view.problem))}
                {stands(view.standing)}
                {if alone {
                    sealed().into_any()
                } else {
                    view! { <p class="card__foot aside">{Icon::Info.view()} <span>{words::NEXT}</span></p> }.into_any()
                }}
            </form>
            {(!alone).then(|| paste_box(Step::Domain, again))}
            <LiveFields />
        </StepFrame>
    }
}
