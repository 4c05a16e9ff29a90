//! Step 1: the Customer API Key.

use domain::ProblemCode;
use leptos::prelude::*;

use super::step_frame::{StepFrame, buttons, found, instruction, is_doubt, other_way, saved_line, sealed};
use crate::components::{Figure, FlowFrame, Kept, Picture, TextField};
use crate::islands::LiveFields;
use crate::islands::verdict::Kind;
use crate::rich::rich;
use crate::text::{fields, flow, flow::key};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct KeyView {
    /// What every page of the flow shows.
    pub frame: FlowFrame,
    /// What the newest check found wrong with this step.
    pub found: Option<ProblemCode>,
    /// What is kept of the key.
    pub kept: Kept,
    /// Since when it is saved.
    pub saved_at: Option<String>,
    /// The last attempt's problem.
    pub problem: Option<ProblemCode>,
}

/// The page.
#[component]
pub fn KeyPage(
    /// What it shows.
    view: KeyView,
) -> impl IntoView {
    let saved = view.saved_at.is_some() && view.problem.is_none() && view.found.is_none();
    let (heading, lead) =
        if saved { (key::SAVED_HEADING, key::SAVED_LEAD) } else { (key::HEADING, key::LEAD) };
    let how = view! {
        {instruction(
            None,
            key::OPEN,
            view! {
                <Figure picture=Picture::SearchBox caption=key::OPEN_CAPTION />
                {other_way(
                    flow::OTHER_WAY,
                    view! {
                        <p>{rich(key::MENU)}</p>
                        <Figure picture=Picture::MenuPath caption=key::MENU_CAPTION />
                    },
                )}
            },
        )}
        {instruction(
            Some("how-2"),
            key::COPY,
            view! { <Figure picture=Picture::CustomerApiKey caption=key::COPY_CAPTION /> },
        )}
        {instruction(None, key::PASTE, view! { <Figure picture=Picture::OurKeyField caption=key::PASTE_CAPTION /> })}
    }
    .into_any();
    view! {
        <StepFrame frame=view.frame heading lead=lead.to_owned() to_mend=view.problem.or(view.found).is_some() how>
            <form class="card form" method="post" action="key">
                {found(view.found)}
                {saved_line(view.saved_at)}
                <TextField kind=Kind::Key kept=Some(view.kept) problem=view.problem />
                {buttons(fields::SAVE_AND_CONTINUE, is_doubt(view.problem))}
                {sealed()}
            </form>
            <LiveFields />
        </StepFrame>
    }
}
