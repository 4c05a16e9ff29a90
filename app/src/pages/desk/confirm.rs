//! `/desk/confirm`: proving again who one is, before what cannot be taken back.

use leptos::prelude::*;

use crate::icons::Icon;
use crate::text::desk::account::confirm as words;
use crate::text::message::sign_in;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct ConfirmView {
    /// Who is signed in: for the browser's password manager.
    pub email: String,
    /// The page to go on to.
    pub to: String,
    /// Whether an authenticator app is set up.
    pub with_code: bool,
    /// Whether the last try was wrong.
    pub wrong: bool,
}

/// The page.
#[component]
pub fn ConfirmPage(
    /// What it shows.
    view: ConfirmView,
) -> impl IntoView {
    let ConfirmView { email, to, with_code, wrong } = view;
    let described = wrong.then_some("confirm-problem");
    let invalid = wrong.then_some("true");
    view! {
        <main class="narrow narrow--form" id="main" tabindex="-1">
            <div class="card">
                <h1>{words::HEADING}</h1>
                <p class="narrow__text">{words::WHY}</p>
                {wrong
                    .then(|| {
                        view! {
                            <div class="note note--bad" id="confirm-problem" role="alert">
                                {Icon::Problem.view()} <div>
                                    <p class="note__title">{words::WRONG.0}</p>
                                    <p>{words::WRONG.1}</p>
                                </div>
                            </div>
                        }
                    })}
                <form class="form" method="post" action="/desk/confirm">
                    <input type="hidden" name="to" value=to.clone() />
                    <input type="hidden" name="username" autocomplete="username" value=email />
                    <div class="field">
                        <label class="field__label" for="password">{words::PASSWORD}</label>
                        <input
                            class="field__input"
                            id="password"
                            name="password"
                            type="password"
                            autocomplete="current-password"
                            required
                            aria-invalid=invalid
                            aria-describedby=described
                            autofocus
                        />
                    </div>
                    <button class="button button--wide" type="submit">{words::BUTTON}</button>
                </form>
                {with_code
                    .then(|| {
                        view! {
                            <form class="form apart" method="post" action="/desk/confirm">
                                <input type="hidden" name="to" value=to.clone() />
                                <div class="field">
                                    <label class="field__label" for="code">{words::OR_CODE}</label>
                                    <p class="field__hint" id="code-hint">{sign_in::CODE_HINT}</p>
                                    <input
                                        class="field__input field__input--mono"
                                        id="code"
                                        name="code"
                                        inputmode="text"
                                        autocomplete="one-time-code"
                                        autocapitalize="none"
                                        spellcheck="false"
                                        required
                                        aria-describedby="code-hint"
                                    />
                                </div>
                                <button class="button button--quiet button--wide" type="submit">
                                    {words::CODE_BUTTON}
                                </button>
                            </form>
                        }
                    })}
                <p class="apart">
                    <a href="/desk">{words::LEAVE}</a>
                </p>
            </div>
        </main>
    }
}
