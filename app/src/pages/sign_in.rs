//! `/sign-in` and `/sign-in/code`: the staff's door, in one step or two.

use leptos::prelude::*;

use crate::components::{NotTaken, ProofCode, ProofPasskey, ProofPassword};
use crate::text::{fields, message::sign_in};

/// The id of what is said about the last try.
const SAID: &str = "sign-in-problem";

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
    let said = view.problem.is_some().then_some(SAID);
    let wrong = matches!(view.problem, Some(SignInProblem::Refused));
    view! {
        <main class="narrow narrow--form" id="main" tabindex="-1">
            <form class="card form" method="post" action="/sign-in">
                <h1>{sign_in::HEADING}</h1>
                {view
                    .problem
                    .map(|problem| match problem {
                        SignInProblem::Refused => not_taken(sign_in::REFUSED.0, sign_in::REFUSED.1.to_owned()),
                        SignInProblem::Passkey => {
                            not_taken(sign_in::PASSKEY_REFUSED.0, sign_in::PASSKEY_REFUSED.1.to_owned())
                        }
                        SignInProblem::TooMany(until) => not_taken(sign_in::TOO_MANY, sign_in::too_many(&until)),
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
                        aria-invalid=wrong.then_some("true")
                        aria-describedby=said
                    />
                </div>
                <ProofPassword wrong said first=said.is_some() />
                <button class="button button--wide" type="submit">{sign_in::BUTTON}</button>
            </form>
            {view
                .passkeys
                .then(|| {
                    view! {
                        <ProofPasskey
                            at="/sign-in/passkey"
                            button=sign_in::PASSKEY
                            failed=sign_in::PASSKEY_FAILED
                            to=None
                        />
                    }
                })}
            <p class="narrow__id">{sign_in::FORGOTTEN}</p>
            <p class="narrow__id">{sign_in::OTHERS}</p>
        </main>
    }
}

/// The second step.
#[component]
pub fn CodePage(
    /// Why the last code was not taken.
    problem: Option<CodeProblem>,
) -> impl IntoView {
    let said = problem.is_some().then_some(SAID);
    view! {
        <main class="narrow narrow--form" id="main" tabindex="-1">
            <form class="card form" method="post" action="/sign-in/code">
                <h1>{sign_in::CODE_HEADING}</h1>
                <p class="narrow__text">{sign_in::CODE_ASK}</p>
                {problem
                    .map(|problem| match problem {
                        CodeProblem::Wrong => not_taken(sign_in::CODE_WRONG.0, sign_in::CODE_WRONG.1.to_owned()),
                        CodeProblem::TooMany(until) => not_taken(sign_in::TOO_MANY, sign_in::too_many(&until)),
                    })}
                <ProofCode label=sign_in::CODE_LABEL said first=true />
                <button class="button button--wide" type="submit">{sign_in::CODE_BUTTON}</button>
            </form>
            <p class="narrow__id">
                <a href="/sign-in">{sign_in::START_AGAIN}</a>
            </p>
        </main>
    }
}

fn not_taken(title: &'static str, words: String) -> impl IntoView {
    view! { <NotTaken title words id=SAID /> }
}
