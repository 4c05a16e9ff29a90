//! `/desk/preview`: every screen of the customer's, and each of them with made-up data.

use leptos::prelude::*;

use crate::icons::Icon;
use crate::text::desk::preview as words;

/// What the index shows: nothing but what there is.
#[derive(Clone, Copy, Debug, Default)]
pub struct DeskPreviewsView;

/// One preview.
#[derive(Clone, Debug)]
pub struct PreviewView {
    /// The step and the state.
    pub told: (&'static str, &'static str),
    /// The page, disarmed ([`crate::previews::inert`]).
    pub html: String,
}

/// The index.
#[component]
pub fn DeskPreviewsPage(
    /// What it shows.
    view: DeskPreviewsView,
) -> impl IntoView {
    let DeskPreviewsView = view;
    let groups = words::GROUPS.iter().map(|group| {
        let states = group.states.iter().map(|(name, state)| {
            view! {
                <li>
                    <a href=format!("/desk/preview/{name}")>{*state}</a>
                </li>
            }
        });
        view! {
            <section class="card">
                <h2>{group.title}</h2>
                <ul class="previews__list">{states.collect_view()}</ul>
            </section>
        }
    });
    view! {
        <main class="desk" id="main" tabindex="-1">
            <h1>{words::HEADING}</h1>
            <p class="soft">{words::LEAD}</p>
            <div class="previews">{groups.collect_view()}</div>
        </main>
    }
}

/// A preview under its banner. The banner stands outside of the page that is shown.
#[component]
pub fn PreviewPage(
    /// What it shows.
    view: PreviewView,
) -> impl IntoView {
    let PreviewView { told: (step, state), html } = view;
    view! {
        <aside class="note note--warn" aria-label=words::BANNER data-preview="">
            {Icon::Info.view()} <div>
                <p class="note__title">{words::BANNER}</p>
                <p>{format!("{step}: {state}. ")} {words::BANNER_BODY} " " <a href="/desk/preview">{words::BACK}</a></p>
            </div>
        </aside>
        <div inner_html=html></div>
    }
}
