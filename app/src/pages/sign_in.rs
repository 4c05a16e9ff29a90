//! `/sign-in` and `/sign-in/code`: the staff's door, in one step or two.

use leptos::prelude::*;

use crate::icons::Icon;
use crate::text::{fields, message::sign_in};

/// What the first step shows.
#[derive(Clone, Debug, Default)]
pub struct SignInView {
    /// The address typed before.
    pub email: String,
    /// Why it was not taken.
    pub problem: Option<SignInProblem>,
    /// Whether passkeys can be used here.
    pub passkeys: bool,
}

/// Why address and password were not taken.
#[derive(Clone, Debug)]
pub enum SignInProblem {
    /// One of them is wrong: the same words whichever it was.
    Refused,
    /// A passkey that is not known here.
    Passkey,
    /// Too many guesses; until this time of day.
    TooMany(String),
}

/// Why a code was not taken.
#[derive(Clone, Debug)]
pub enum CodeProblem {
    /// It is wrong, or was used before.
    Wrong,
    /// Too many guesses; until this time of day.
    TooMany(String),
}

/// The first step.
#[component]
pub fn SignInPage(
    /// What it shows.
    view: SignInView,
) -> impl IntoView {
    let refused = view.problem.is_some();
    let described = refused.then_some("sign-in-problem");
    let invalid = matches!(view.problem, Some(SignInProblem::Refused)).then_some("true");
    view! {
        <main class="narrow narrow--form" id="main" tabindex="-1">
            <form class="card form" method="post" action="/sign-in">
                <h1>{sign_in::HEADING}</h1>
                {view
                    .problem
                    .map(|problem| match problem {
                        SignInProblem::Refused => said(sign_in::REFUSED.0, sign_in::REFUSED.1.to_owned()),
                        SignInProblem::Passkey => {
                            said(sign_in::PASSKEY_REFUSED.0, sign_in::PASSKEY_REFUSED.1.to_owned())
                        }
                        SignInProblem::TooMany(until) => said(sign_in::TOO_MANY, sign_in::too_many(&until)),
                    })}
                <div class="field">
                    <label class="field__label" for="email">{fields::EMAIL_LABEL}</label>
                    <input
                        class="field__input"
                        id="email"
                        name="email"
                        type="email"
                        value=view.email
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
            {view.passkeys.then(passkey)}
            <p class="narrow__id">{sign_in::OTHERS}</p>
        </main>
    }
}

/// The way in by a passkey; the script shows it where the browser knows them.
fn passkey() -> impl IntoView {
    let field = |name| view! { <input type="hidden" name=name value="" /> };
    view! {
        <form method="post" action="/sign-in/passkey" data-passkey="get" data-ask="/sign-in/passkey" hidden>
            {["credential", "client", "data", "signature"].map(field).collect_view()}
            <button class="button button--quiet button--wide" type="submit">
                {Icon::Key.view()}
                {sign_in::PASSKEY}
            </button>
            <p class="narrow__id" role="alert" data-failed="" hidden>
                {sign_in::PASSKEY_FAILED}
            </p>
        </form>
    }
}

/// The second step.
#[component]
pub fn CodePage(
    /// Why the last code was not taken.
    problem: Option<CodeProblem>,
) -> impl IntoView {
    let described = if problem.is_some() { "sign-in-problem code-hint" } else { "code-hint" };
    let invalid = problem.is_some().then_some("true");
    view! {
        <main class="narrow narrow--form" id="main" tabindex="-1">
            <form class="card form" method="post" action="/sign-in/code">
                <h1>{sign_in::CODE_HEADING}</h1>
                <p class="narrow__text">{sign_in::CODE_ASK}</p>
                {problem
                    .map(|problem| match problem {
                        CodeProblem::Wrong => said(sign_in::CODE_WRONG.0, sign_in::CODE_WRONG.1.to_owned()),
                        CodeProblem::TooMany(until) => said(sign_in::TOO_MANY, sign_in::too_many(&until)),
                    })}
                <div class="field">
                    <label class="field__label" for="code">{sign_in::CODE_LABEL}</label>
                    <p class="field__hint" id="code-hint">{sign_in::CODE_HINT}</p>
                    <input
                        class="field__input field__input--mono"
                        id="code"
                        name="code"
                        autocomplete="one-time-code"
                        autocapitalize="none"
                        spellcheck="false"
                        required
                        aria-invalid=invalid
                        aria-describedby=described
                        autofocus
                    />
                </div>
                <button class="button button--wide" type="submit">{sign_in::CODE_BUTTON}</button>
            </form>
            <p class="narrow__id">
                <a href="/sign-in">{sign_in::START_AGAIN}</a>
            </p>
        </main>
    }
}

fn said(title: &'static str, body: String) -> impl IntoView {
    view! {
        <div class="note note--bad" id="sign-in-problem" role="alert">
            {Icon::Problem.view()} <div>
                <p class="note__title">{title}</p>
                <p>{body}</p>
            </div>
        </div>
    }
}
