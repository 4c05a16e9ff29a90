//! A name and its value in a list of facts.

use leptos::prelude::*;

/// One fact.
#[component]
pub fn Fact(
    /// Its name.
    #[prop(into)]
    name: String,
    /// Its value.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="facts__row">
            <dt>{name}</dt>
            <dd>{children()}</dd>
        </div>
    }
}
