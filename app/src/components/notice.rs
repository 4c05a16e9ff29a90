//! What was just done, or what was not taken and why, in a box above the rest.

use leptos::prelude::*;

use crate::icons::Icon;

/// Something that was done.
#[component]
pub fn Done(
    /// What.
    #[prop(into)]
    words: String,
) -> impl IntoView {
    view! {
        <div class="note note--ok" role="status" tabindex="-1" autofocus>
            {Icon::Check.view()} <div>
                <p>{words}</p>
            </div>
        </div>
    }
}

/// Something that was not taken.
#[component]
pub fn NotTaken(
    /// What is wrong, in a few words; empty when the sentence says it all.
    #[prop(optional, into)]
    title: String,
    /// What to do.
    #[prop(into)]
    words: String,
    /// Its id, for the fields it is about.
    #[prop(optional)]
    id: &'static str,
) -> impl IntoView {
    view! {
        <div class="note note--bad" role="alert" id=(!id.is_empty()).then_some(id)>
            {Icon::Problem.view()} <div>
                {(!title.is_empty()).then(|| view! { <p class="note__title">{title}</p> })} <p>{words}</p>
            </div>
        </div>
    }
}
