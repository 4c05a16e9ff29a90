//! A fresh invite's address, shown this once.

use leptos::prelude::*;

use crate::components::FreshAddress;
use crate::icons::Icon;
use crate::text::desk::help::fresh as words;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct DeskFreshView {
    /// The link's page.
    pub back: String,
    /// The customer.
    pub customer: String,
    /// The address.
    pub url: String,
    /// Until when it lets somebody in, in words.
    pub good_until: String,
}

/// The page.
#[component]
pub fn DeskFreshPage(
    /// What it shows.
    view: DeskFreshView,
) -> impl IntoView {
    let DeskFreshView { back, customer, url, good_until } = view;
    view! {
        <main class="desk desk--one" id="main" tabindex="-1">
            <a class="back" href=back>{Icon::Back.view()} {words::BACK}</a>
            <p class="narrow__over">{customer}</p>
            <h1>{words::HEADING}</h1>
            <p class="soft">{words::LEAD}</p>
            <section class="card">
                <FreshAddress id="invite-url" label=words::LABEL url copy=words::COPY until=words::until(&good_until) />
            </section>
        </main>
    }
}
