//! After `/desk/invites/new`: the invite's address, once, and a message that is ready to send.

use leptos::prelude::*;

use crate::components::{FreshAddress, Sign};
use crate::icons::Icon;
use crate::pages::check_notes::note;
use crate::text::desk::invites as words;
use crate::text::forward;

/// What became of the mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InviteMail {
    /// None was asked for.
    None,
    /// It went to this address.
    Sent(String),
    /// It could not be sent to this address.
    NotSent(String),
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct InviteMadeView {
    /// The customer.
    pub customer: String,
    /// The link's id.
    pub link: String,
    /// The invite's address.
    pub url: String,
    /// Until when it is good, as a date.
    pub good_until: String,
    /// The message that is ready.
    pub message: String,
    /// What became of the mail.
    pub mail: InviteMail,
}

/// The page.
#[component]
pub fn InviteMadePage(
    /// What it shows.
    view: InviteMadeView,
) -> impl IntoView {
    let InviteMadeView { customer, link, url, good_until, message, mail } = view;
    let mailed = match mail {
        InviteMail::None => None,
        InviteMail::Sent(to) => {
            let (title, body) = words::mailed(&to);
            Some(note("note note--ok", Icon::Check, title.to_owned(), view! { <p>{body}</p> }))
        }
        InviteMail::NotSent(to) => {
            let (title, body) = words::not_mailed(&to);
            Some(note("note note--warn", Icon::Warning, title.to_owned(), view! { <p>{body}</p> }))
        }
    };
    view! {
        <main class="narrow narrow--wide" id="main" tabindex="-1" data-link-id=link.clone()>
            <Sign tone="ok" icon=Icon::Check big=true />
            <h1>{words::made(&customer)}</h1>
            <p class="narrow__text">{words::MADE_LEAD}</p>
            {mailed}
            <div class="card">
                <FreshAddress
                    id="invite-url"
                    label=words::MADE_LABEL
                    url
                    copy=words::COPY
                    until=words::good_until(&good_until)
                />
            </div>
            <section class="card" aria-labelledby="message-title">
                <h2 id="message-title">{words::MESSAGE}</h2>
                <div class="message" id="message">{message}</div>
                <div class="actions" data-script="" hidden>
                    <button class="button button--quiet" type="button" data-copy="message" data-copied=forward::COPIED>
                        {words::COPY_MESSAGE}
                    </button>
                </div>
                <p class="soft small" data-no-script="">{words::COPY_BY_HAND}</p>
            </section>
            <div class="actions">
                <a class="button" href=format!("/desk/links/{link}")>{words::TO_LINK}</a>
                <a class="button button--quiet" href="/desk/invites/new">{words::ANOTHER}</a>
            </div>
        </main>
    }
}
