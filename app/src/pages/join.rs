//! `/join/{token}`: a colleague takes an invite and chooses a password.

use leptos::prelude::*;

use crate::components::PasswordField;
use crate::rich::rich;
use crate::text::desk::account::{join, password};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct JoinView {
    /// The company whose desk it is.
    pub company: String,
    /// Whom the invite is for.
    pub email: String,
    /// What is wrong with the password.
    pub problem: Option<&'static str>,
}

/// The page. Its form leads back to its own address, which is secret and stands nowhere in it.
#[component]
pub fn JoinPage(
    /// What it shows.
    view: JoinView,
) -> impl IntoView {
    let lead = join::lead(&view.company);
    view! {
        <main class="narrow narrow--form" id="main" tabindex="-1">
            <form class="card form" method="post">
                <h1>{join::HEADING}</h1>
                <p class="narrow__text">{rich(&lead)}</p>
                <div class="field">
                    <label class="field__label" for="email">{join::EMAIL}</label>
                    <input
                        class="field__input"
                        id="email"
                        name="username"
                        type="email"
                        value=view.email
                        autocomplete="username"
                        readonly
                    />
                </div>
                <PasswordField
                    name="password"
                    label=join::PASSWORD
                    hint=password::NEW_HINT
                    new=true
                    problem=view.problem
                />
                <button class="button button--wide" type="submit">{join::BUTTON}</button>
            </form>
        </main>
    }
}
