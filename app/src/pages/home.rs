//! `/`: what this is, and which door is whose.

use leptos::prelude::*;

use crate::icons::Icon;
use crate::text::{message::home, message::sign_in};

/// The page.
#[component]
pub fn HomePage() -> impl IntoView {
    view! {
        <main class="narrow" id="main" tabindex="-1">
            <div class="pair" aria-hidden="true">
                <span class="pair__tile">"You"</span>
                <span class="pair__line"></span>
                <span class="pair__link">{Icon::Link.view()}</span>
                <span class="pair__line"></span>
                <span class="pair__tile">"UKG Pro"</span>
            </div>
            <h1>{home::HEADING.0}</h1>
            <p class="lead__text">{home::HEADING.1}</p>
            <section class="card">
                <h2>{home::INVITE.0}</h2>
                <p class="narrow__text">{home::INVITE.1}</p>
            </section>
            <section class="card">
                <h2>{home::STAFF.0}</h2>
                <p class="narrow__text">{home::STAFF.1}</p>
                <div class="actions">
                    <a class="button" href="/sign-in">{sign_in::BUTTON}</a>
                </div>
            </section>
        </main>
    }
}
