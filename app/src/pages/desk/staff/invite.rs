//! `/desk/settings/staff/new`: inviting a colleague; the link is shown once.

use domain::{Role, Timestamp};
use leptos::prelude::*;

use super::one::role_choices;
use crate::components::{Done, FreshAddress, NotTaken};
use crate::icons::Icon;
use crate::text::desk::staff::{self as words, invite};
use crate::when;

/// Where it stands.
#[derive(Clone, Debug)]
pub enum StaffInviteState {
    /// To be filled in.
    Ask {
        /// The address typed before.
        email: String,
        /// The role chosen before.
        role: Role,
        /// What is wrong with the address.
        problem: Option<&'static str>,
    },
    /// Made, and told this once.
    Made {
        /// Whom it is for.
        email: String,
        /// The address to send.
        url: String,
        /// Until when it lets somebody in.
        until: Timestamp,
        /// Whether the mail was taken; `None` when no mail is set up.
        mailed: Option<bool>,
    },
}

/// The page.
#[component]
pub fn StaffInvitePage(
    /// Where it stands.
    state: StaffInviteState,
) -> impl IntoView {
    let body = match state {
        StaffInviteState::Ask { email, role, problem } => ask(email, role, problem).into_any(),
        StaffInviteState::Made { email, url, until, mailed } => made(&email, url, until, mailed).into_any(),
    };
    view! {
        <main class="narrow" id="main" tabindex="-1">
            {body}
            <p>
                <a class="back" href="/desk/settings/staff">{Icon::Back.view()} {words::BACK}</a>
            </p>
        </main>
    }
}

fn ask(email: String, role: Role, problem: Option<&'static str>) -> impl IntoView {
    view! {
        <form class="card form" method="post" action="/desk/settings/staff/new">
            <h1>{invite::HEADING}</h1>
            <p class="narrow__text">{invite::LEAD}</p>
            {problem.map(|problem| view! { <NotTaken words=problem id="email-problem" /> })}
            <div class="field">
                <label class="field__label" for="email">{invite::EMAIL}</label>
                <input
                    class="field__input"
                    id="email"
                    name="email"
                    type="email"
                    value=email
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    required
                    aria-invalid=problem.is_some().then_some("true")
                    aria-describedby=problem.is_some().then_some("email-problem")
                    autofocus=problem.is_some()
                />
            </div>
            <fieldset class="choices">
                <legend class="field__label">{invite::ROLE}</legend>
                {role_choices(role)}
            </fieldset>
            <button class="button button--wide" type="submit">{invite::BUTTON}</button>
        </form>
    }
}

fn made(email: &str, url: String, until: Timestamp, mailed: Option<bool>) -> impl IntoView {
    let went = match mailed {
        Some(true) => view! { <Done words=invite::mailed(email) /> }.into_any(),
        Some(false) => view! { <NotTaken words=invite::MAIL_FAILED /> }.into_any(),
        None => view! { <p>{invite::NO_MAIL}</p> }.into_any(),
    };
    view! {
        <section class="card">
            <h1>{invite::MADE}</h1>
            <p class="narrow__over wrap">{email.to_owned()}</p>
            {went}
            <div>
                <FreshAddress
                    id="join-url"
                    label=invite::LINK
                    url
                    copy=invite::COPY
                    until=invite::good_until(&when::date_and_time(until))
                />
            </div>
        </section>
    }
}
