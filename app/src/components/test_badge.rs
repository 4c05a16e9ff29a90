//! The word TEST, wherever a link with one of UKG Pro's test systems is named: what is read there is not live data.

use leptos::prelude::*;

use crate::text::flow;

/// The badge. Read aloud it says what it means.
#[component]
pub fn TestBadge() -> impl IntoView {
    view! {
        <span class="test" title=flow::TEST_MEANS>
            {flow::TEST}
            <span class="hidden">": " {flow::TEST_MEANS}</span>
        </span>
    }
}
