//! `/reminders/{token}`: a contact who wants no more reminders, or wants them again.

use leptos::prelude::*;

use crate::components::Sign;
use crate::icons::Icon;
use crate::rich::rich;
use crate::text::reminders as words;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct RemindersView {
    /// The inviting company.
    pub company: String,
    /// The customer.
    pub customer: String,
    /// Whether none are sent any more.
    pub stopped: bool,
}

/// The page. Its form leads back to its own address, which is secret and stands nowhere in it.
#[component]
pub fn RemindersPage(
    /// What it shows.
    view: RemindersView,
) -> impl IntoView {
    let RemindersView { company, customer, stopped } = view;
    let (tone, icon, title, body, action, button) = if stopped {
        ("ok", Icon::Check, words::STOPPED, words::stopped(&customer), "?again", words::AGAIN)
    } else {
        ("plain", Icon::Clock, words::HEADING, words::about(&company, &customer), "?", words::STOP)
    };
    let class = if stopped { "button button--quiet" } else { "button" };
    view! {
        <main class="narrow" id="main" tabindex="-1">
            <section class="card">
                <Sign tone icon big=true />
                <h1>{title}</h1>
                <p class="narrow__text">{rich(&body)}</p>
                <form method="post" action=action>
                    <button class=class type="submit">{button}</button>
                </form>
            </section>
        </main>
    }
}
