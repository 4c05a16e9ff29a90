//! `/sign-in`: the staff's door.

use leptos::prelude::*;

use crate::icons::Icon;
use crate::text::{fields, message::sign_in};

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct SignInView {
    /// The address typed before, when it was refused; the same sentence whatever was wrong.
    pub refused: Option<String>,
}

/// The page.
#[component]
pub fn SignInPage(
    /// What it shows.
    view: SignInView,
) -> impl IntoView {
    let refused = view.refused.is_some();
    let described = refused.then_some("sign-in-problem");
    let invalid = refused.then_some("true");
    view! {
        <main class="narrow narrow--form" id="main" tabindex="-1">
            <form class="card form" method="post" action="/sign-in">
                <h1>{sign_in::HEADING}</h1>
                {refused
                    .then(|| {
                        view! {
                            <div class="note note--bad" id="sign-in-problem" role="alert">
                                {Icon::Problem.view()} <div>
                                    <p class="note__title">{sign_in::REFUSED.0}</p>
                                    <p>{sign_in::REFUSED.1}</p>
                                </div>
                            </div>
                        }
                    })}
                <div class="field">
                    <label class="field__label" for="email">{fields::EMAIL_LABEL}</label>
                    <input
                        class="field__input"
                        id="email"
                        name="email"
                        type="email"
                        value=view.refused.unwrap_or_default()
                        autocomplete="username"
                        autocapitalize="none"
                        spellcheck="false"
                        required
                        aria-invalid=invalid
                        aria-describedby=described
                    />
                </div>
                <div class="field">
                    <label class="field__label" for="password">{fields::STAFF_PASSWORD_LABEL}</label>
                    <input
                        class="field__input"
                        id="password"
                        name="password"
                        type="password"
                        autocomplete="current-password"
                        required
                        aria-invalid=invalid
                        aria-describedby=described
                        autofocus=refused
                    />
                </div>
                <button class="button button--wide" type="submit">{sign_in::BUTTON}</button>
            </form>
            <p class="narrow__id">{sign_in::OTHERS}</p>
        </main>
    }
}
