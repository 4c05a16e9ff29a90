//! Step 1: the Customer API Key.

use domain::{ProblemCode, Step};
use leptos::prelude::*;

use super::step_frame::{
    StepFrame, buttons, found, instruction, is_doubt, label_for, other_way, saved_line, sealed,
};
use super::step_side::{HandOff, PasteNotice, Standing, paste_box, pasted, stands};
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
    /// What was taken from a page pasted just now.
    pub pasted: Option<PasteNotice>,
    /// Whether the step is handed to a colleague.
    pub hand_off: HandOff,
    /// What the link does until what is entered is proven.
    pub standing: Standing,
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
    // Somebody whose page held nothing usable tries again.
    let again = view.pasted.as_ref().is_some_and(|notice| !notice.key);
    let how = view! {
        {instruction(
            "how-1",
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
            "how-2",
            key::COPY,
            view! { <Figure picture=Picture::CustomerApiKey caption=key::COPY_CAPTION /> },
        )}
        {instruction("how-3", key::PASTE, view! { <Figure picture=Picture::OurKeyField caption=key::PASTE_CAPTION /> })}
    }
    .into_any();
    view! {
        <StepFrame
            frame=view.frame
            step=Step::Key
            hand_off=view.hand_off
            heading
            lead=lead.to_owned()
            to_mend=view.problem.or(view.found).is_some()
            how
        >
            {pasted(Step::Key, view.pasted)}
            <form class="card form" method="post" action="key">
                {found(view.found)}
                {saved_line(view.saved_at)}
                <TextField kind=Kind::Key kept=Some(view.kept) problem=view.problem />
                {buttons(label_for(view.hand_off, fields::SAVE_AND_CONTINUE), is_doubt(view.problem))}
                {stands(view.standing)}
                {sealed()}
            </form>
            {(view.hand_off != HandOff::Colleague).then(|| paste_box(Step::Key, again))}
            <LiveFields />
        </StepFrame>
    }
}
