//! An invite that ran out, and what became of the wish for a new one.

use domain::ProblemCode;
use leptos::prelude::*;

use super::message::request_line;
use crate::components::Sign;
use crate::icons::Icon;
use crate::rich::rich;
use crate::text::expired;

/// What became of the wish for a new invite. Addresses are masked (`text::mail::masked`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RenewState {
    /// Not wished yet.
    Offer {
        /// Where it would go; `None` when it cannot be mailed, and the company is told instead.
        to: Option<String>,
    },
    /// It was mailed.
    Sent {
        /// Where to.
        to: String,
    },
    /// One was mailed less than ten minutes ago.
    Already {
        /// Where to.
        to: String,
    },
    /// The company was told.
    Told,
    /// The mail could not be sent; the company was told.
    Failed,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct ExpiredView {
    /// The inviting company.
    pub company: String,
    /// What became of the wish.
    pub state: RenewState,
    /// Where the form goes, seen from this page: an address that does not hold the token, such as `?renew`.
    pub action: String,
    /// Names the request in the log.
    pub request_id: String,
}

/// The page.
#[component]
pub fn ExpiredPage(
    /// What it shows.
    view: ExpiredView,
) -> impl IntoView {
    let ExpiredView { company, state, action, request_id } = view;
    let (tone, icon, title, body, again, aside) = match state {
        RenewState::Offer { to: Some(to) } => (
            "warn",
            Icon::Clock,
            expired::HEADING,
            expired::offer(&to),
            true,
            Some(expired::other_address(&company)),
        ),
        RenewState::Offer { to: None } => {
            ("warn", Icon::Clock, expired::HEADING, expired::offer_told(&company), true, None)
        }
        RenewState::Sent { to } => {
            let (title, body) = expired::sent(&to);
            ("ok", Icon::Mail, title, body, false, Some(expired::other_address(&company)))
        }
        RenewState::Already { to } => {
            let (title, body) = expired::already(&to);
            ("now", Icon::Mail, title, body, false, Some(expired::other_address(&company)))
        }
        RenewState::Told => {
            let (title, body) = expired::told(&company);
            ("ok", Icon::Check, title, body, false, None)
        }
        RenewState::Failed => {
            let (title, body) = expired::failed(&company);
            ("warn", Icon::Warning, title, body, true, None)
        }
    };
    view! {
        <main class="narrow" id="main" tabindex="-1">
            <section class="card" data-code=ProblemCode::InviteExpired.as_str()>
                <Sign tone icon big=true />
                <h1>{title}</h1>
                <p class="narrow__text">{rich(&body)}</p>
                {again
                    .then(|| {
                        view! {
                            <form method="post" action=action>
                                <button class="button" type="submit">{expired::BUTTON}</button>
                            </form>
                        }
                    })}
                {aside.map(|sentence| view! { <p class="soft small">{sentence}</p> })}
            </section>
            {request_line(request_id)}
        </main>
    }
}
