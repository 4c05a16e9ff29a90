//! What somebody proves with who they are: the fields and the button of the sign-in pages and of `/desk/confirm`.
//!
//! What is wrong with the last try is told above them, in one place ([`NotTaken`](super::NotTaken)): whether it was the
//! address or the password is nobody's business.

use leptos::prelude::*;

use crate::icons::Icon;
use crate::text::{fields, message::sign_in};

/// The field for the present password.
#[component]
pub fn ProofPassword(
    /// Whether the last one was wrong.
    wrong: bool,
    /// The id of what is said about the last try.
    #[prop(optional_no_strip)]
    said: Option<&'static str>,
    /// Whether it is the field to begin with.
    first: bool,
) -> impl IntoView {
    view! {
        <div class="field">
            <label class="field__label" for="password">{fields::STAFF_PASSWORD_LABEL}</label>
            <input
                class="field__input"
                id="password"
                name="password"
                type="password"
                autocomplete="current-password"
                required
                aria-invalid=wrong.then_some("true")
                aria-describedby=said
                autofocus=first
            />
        </div>
    }
}

/// The field for a code: of the authenticator app, or a recovery code.
#[component]
pub fn ProofCode(
    /// Its label.
    label: &'static str,
    /// The id of what is said about the last code.
    #[prop(optional_no_strip)]
    said: Option<&'static str>,
    /// Whether it is the field to begin with.
    #[prop(optional)]
    first: bool,
) -> impl IntoView {
    let described = said.map_or_else(|| "code-hint".to_owned(), |said| format!("{said} code-hint"));
    view! {
        <div class="field">
            <label class="field__label" for="code">{label}</label>
            <p class="field__hint" id="code-hint">{sign_in::CODE_HINT}</p>
            <input
                class="field__input field__input--mono"
                id="code"
                name="code"
                autocomplete="one-time-code"
                autocapitalize="none"
                spellcheck="false"
                required
                aria-invalid=said.is_some().then_some("true")
                aria-describedby=described
                autofocus=first
            />
        </div>
    }
}

/// The way by a passkey, as a form of its own; the script (`frontend/passkey.js`) shows it where the browser knows them.
#[component]
pub fn ProofPasskey(
    /// Where the answer is sent, and where the question is asked for.
    at: &'static str,
    /// The button.
    button: &'static str,
    /// What is said when the browser gave no passkey.
    failed: &'static str,
    /// The page to go on to.
    #[prop(optional_no_strip)]
    to: Option<String>,
) -> impl IntoView {
    let field = |name| view! { <input type="hidden" name=name value="" /> };
    view! {
        <form method="post" action=at data-passkey="get" data-ask=at hidden>
            {to.map(|to| view! { <input type="hidden" name="to" value=to /> })}
            {["credential", "client", "data", "signature"].map(field).collect_view()}
            <button class="button button--quiet button--wide" type="submit">
                {Icon::Key.view()}
                {button}
            </button>
            <p class="narrow__id" role="alert" data-failed="" hidden>
                {failed}
            </p>
        </form>
    }
}
