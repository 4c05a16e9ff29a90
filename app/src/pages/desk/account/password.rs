//! `/desk/account/password`: changing one's own password.

use leptos::prelude::*;

use crate::components::PasswordField;
use crate::icons::Icon;
use crate::text::desk::account as words;

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct PasswordView {
    /// Who: for the browser's password manager.
    pub email: String,
    /// What is wrong with the present password.
    pub present: Option<&'static str>,
    /// What is wrong with the new one.
    pub new: Option<&'static str>,
}

/// The page.
#[component]
pub fn PasswordPage(
    /// What it shows.
    view: PasswordView,
) -> impl IntoView {
    view! {
        <main class="narrow narrow--form" id="main" tabindex="-1">
            <a class="back" href="/desk/account">{Icon::Back.view()} {words::BACK}</a>
            <form class="card form" method="post" action="/desk/account/password">
                <h1>{words::password::HEADING}</h1>
                <p class="narrow__text">{words::password::LEAD}</p>
                <input type="hidden" name="username" autocomplete="username" value=view.email />
                <PasswordField name="present" label=words::password::PRESENT problem=view.present />
                <PasswordField
                    name="new"
                    label=words::password::NEW
                    hint=words::password::NEW_HINT
                    new=true
                    problem=view.new
                />
                <button class="button button--wide" type="submit">{words::password::BUTTON}</button>
            </form>
        </main>
    }
}
