//! `/desk/confirm`: proving again who one is, before what cannot be taken back.

use leptos::prelude::*;

use crate::components::{NotTaken, ProofCode, ProofPasskey, ProofPassword};
use crate::text::desk::account::confirm as words;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct ConfirmView {
    /// Who is signed in: for the browser's password manager.
    pub email: String,
    /// The page to go on to.
    pub to: String,
    /// Whether the password alone is enough.
    pub with_password: bool,
    /// Whether an authenticator app is set up.
    pub with_code: bool,
    /// Whether there is a passkey that can be used here.
    pub with_passkey: bool,
    /// What was wrong with the last try.
    pub problem: Option<ConfirmProblem>,
}

/// Why a proof was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfirmProblem {
    /// The password or the code is wrong.
    Wrong,
    /// The password alone is not enough.
    MoreNeeded,
    /// The passkey is none of theirs, or its answer came too late.
    Passkey,
}

/// The page.
#[component]
pub fn ConfirmPage(
    /// What it shows.
    view: ConfirmView,
) -> impl IntoView {
    let ConfirmView { email, to, with_password, with_code, with_passkey, problem } = view;
    let wrong = problem == Some(ConfirmProblem::Wrong);
    let said = problem.is_some().then_some("confirm-problem");
    let problem = problem.map(|problem| match problem {
        ConfirmProblem::Wrong => words::WRONG,
        ConfirmProblem::MoreNeeded => words::MORE_NEEDED,
        ConfirmProblem::Passkey => words::PASSKEY_REFUSED,
    });
    view! {
        <main class="narrow narrow--form" id="main" tabindex="-1">
            <div class="card">
                <h1>{words::HEADING}</h1>
                <p class="narrow__text">{words::WHY}</p>
                {problem
                    .map(|(title, words)| view! { <NotTaken title=title words=words id="confirm-problem" /> })}
                {if with_password {
                    view! {
                        <form class="form" method="post" action="/desk/confirm">
                            <input type="hidden" name="to" value=to.clone() />
                            <input type="hidden" name="username" autocomplete="username" value=email />
                            <ProofPassword wrong said first=true />
                            <button class="button button--wide" type="submit">{words::BUTTON}</button>
                        </form>
                    }
                        .into_any()
                } else {
                    let how = if with_code { words::NOT_BY_PASSWORD } else { words::BY_PASSKEY_ALONE };
                    view! { <p class="narrow__text">{how}</p> }.into_any()
                }}
                {with_code
                    .then(|| {
                        view! {
                            <form class="form" method="post" action="/desk/confirm">
                                <input type="hidden" name="to" value=to.clone() />
                                <ProofCode label=words::CODE said first=true />
                                <button class="button button--wide" type="submit">
                                    {words::CODE_BUTTON}
                                </button>
                            </form>
                        }
                    })}
                {with_passkey
                    .then(|| {
                        view! {
                            <div class="form apart">
                                <ProofPasskey
                                    at="/desk/confirm/passkey"
                                    button=words::PASSKEY
                                    failed=words::PASSKEY_FAILED
                                    to=Some(to.clone())
                                />
                            </div>
                        }
                    })}
                <p class="apart">
                    <a href="/desk">{words::LEAVE}</a>
                </p>
            </div>
        </main>
    }
}
