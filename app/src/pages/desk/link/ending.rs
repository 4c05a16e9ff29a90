//! Ending a link: what it does, and the customer's name to be typed.

use leptos::prelude::*;

use crate::icons::Icon;
use crate::text::desk::help::ending as words;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct DeskEndView {
    /// The link's page.
    pub back: String,
    /// The customer.
    pub customer: String,
    /// Whether another name was typed.
    pub other_name: bool,
}

/// The page.
#[component]
pub fn DeskEndPage(
    /// What it shows.
    view: DeskEndView,
) -> impl IntoView {
    let DeskEndView { back, customer, other_name } = view;
    let action = format!("{back}/end");
    let keep = back.clone();
    let points = words::POINTS.map(|point| view! { <li>{point}</li> });
    view! {
        <main class="desk desk--one" id="main" tabindex="-1">
            <a class="back" href=back>{Icon::Back.view()} {crate::text::desk::help::fresh::BACK}</a>
            <h1>{words::heading(&customer)}</h1>
            <p class="soft">{words::LEAD}</p>
            <section class="card">
                <ul class="bullets">{points.collect_view()}</ul>
            </section>
            <form class="card form" method="post" action=action>
                <div class="field">
                    <label class="field__label" for="customer">{words::label(&customer)}</label>
                    <input
                        class="field__input"
                        id="customer"
                        name="customer"
                        type="text"
                        required
                        autocomplete="off"
                        autocapitalize="none"
                        spellcheck="false"
                        aria-invalid=other_name.then_some("true")
                        aria-describedby=other_name.then_some("customer-note")
                        autofocus=other_name
                    />
                    {other_name
                        .then(|| {
                            view! {
                                <div class="field__note" id="customer-note">
                                    <div class="note note--bad">
                                        {Icon::Problem.view()} <div><p>{words::OTHER_NAME}</p></div>
                                    </div>
                                </div>
                            }
                        })}
                </div>
                <div class="actions">
                    <button class="button button--quiet button--end" type="submit">{words::CONFIRM}</button>
                    <a class="button button--quiet" href=keep>{words::KEEP}</a>
                </div>
            </form>
        </main>
    }
}
