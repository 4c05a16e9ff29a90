//! A fresh invite's address, shown this once.

use leptos::prelude::*;

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
                <label class="field__label" for="invite-url">{words::LABEL}</label>
                <div class="copy">
                    <input class="field__input field__input--mono" id="invite-url" type="text" readonly value=url />
                    <button class="button" type="button" data-copy="invite-url" data-copied=words::COPIED data-script="" hidden>
                        {words::COPY}
                    </button>
                </div>
                <p class="soft small">{words::until(&good_until)}</p>
            </section>
        </main>
    }
}
