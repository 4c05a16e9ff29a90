//! `/desk/webhooks/new`, and the boxes that say what an endpoint is told of.

use domain::{WebhookEvent, WebhookEvents};
use leptos::prelude::*;

use crate::components::{FieldWords, LineField, LineKind};
use crate::icons::Icon;
use crate::text::desk::webhooks::{self as words, new};

/// What the form holds.
#[derive(Clone, Debug, Default)]
pub struct EndpointNewView {
    /// The address, as it was typed.
    pub url: String,
    /// The events that are ticked.
    pub ticked: Vec<WebhookEvent>,
    /// What is wrong with it.
    pub problem: Option<String>,
}

/// The page.
#[component]
pub fn EndpointNewPage(
    /// What the form holds.
    view: EndpointNewView,
) -> impl IntoView {
    let EndpointNewView { url, ticked, problem } = view;
    let first = problem.is_some();
    let field = FieldWords { label: new::URL, hint: new::URL_HINT, optional: false, problem };
    view! {
        <main class="desk desk--form" id="main" tabindex="-1">
            <a class="back" href="/desk/webhooks">{Icon::Back.view()} {words::ALL}</a>
            <header class="desk__head desk__head--apart">
                <div>
                    <h1>{new::HEADING}</h1>
                    <p class="soft">{new::LEAD}</p>
                </div>
            </header>
            <form class="order__form card" method="post" action="/desk/webhooks/new">
                <LineField id="url".to_owned() name="url" words=field value=url kind=LineKind::Text first />
                <fieldset class="choices">
                    <legend class="field__label">{new::EVENTS}</legend>
                    <p class="soft small">{new::EVENTS_HINT}</p>
                    {boxes(&ticked)}
                </fieldset>
                <div class="actions">
                    <button class="button" type="submit">{new::BUTTON}</button>
                </div>
            </form>
        </main>
    }
}

/// The events as boxes to tick. Each sends its name as `event`.
pub(super) fn boxes(ticked: &[WebhookEvent]) -> impl IntoView + use<> {
    let ticked = ticked.to_vec();
    let boxes = WebhookEvent::ALL.map(|event| {
        view! {
            <label class="tick">
                <input
                    class="tick__box"
                    name="event"
                    type="checkbox"
                    value=event.as_str()
                    checked=ticked.contains(&event)
                />
                <span>
                    <b class="tick__name mono">{event.as_str()}</b>
                    <span class="tick__why">{words::event(event)}</span>
                </span>
            </label>
        }
    });
    view! { <div class="ticks">{boxes.collect_view()}</div> }
}

/// The events that are ticked for this choice: none for all.
pub(super) fn ticked(events: &WebhookEvents) -> Vec<WebhookEvent> {
    match events {
        WebhookEvents::All => Vec::new(),
        WebhookEvents::Only(some) => some.clone(),
    }
}
