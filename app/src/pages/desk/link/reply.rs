//! Writing to the customer: a draft to read over, to mail or to copy.

use leptos::prelude::*;

use crate::components::{AreaField, FieldWords};
use crate::icons::Icon;
use crate::text::desk::help::{MAIL_TOO_SOON, MAILS_ENOUGH, writing as words};

/// What is to be said above the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplyNotice {
    /// The fresh link is filled in.
    Filled,
    /// It cannot be sent as it is.
    Refused,
    /// The mail server did not take it.
    NotSent,
    /// It cannot be mailed.
    NoWay,
    /// A mail went to the customer a short while ago.
    TooSoon,
    /// As many mails went to the customer as one gets in a day.
    Enough,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct DeskReplyView {
    /// The link's page.
    pub back: String,
    /// The customer.
    pub customer: String,
    /// The contact, when it can be mailed.
    pub mail_to: Option<String>,
    /// The subject.
    pub subject: String,
    /// The message.
    pub body: String,
    /// What is to be said.
    pub notice: Option<ReplyNotice>,
}

/// The page.
#[component]
pub fn DeskReplyPage(
    /// What it shows.
    view: DeskReplyView,
) -> impl IntoView {
    let DeskReplyView { back, customer, mail_to, subject, body, notice } = view;
    let action = format!("{back}/reply");
    let lead = words::lead(mail_to.as_deref());
    let mail = mail_to.map(|to| {
        view! { <button class="button" type="submit" name="how" value="mail">{words::mail(&to)}</button> }
    });
    view! {
        <main class="desk desk--one" id="main" tabindex="-1">
            <a class="back" href=back>{Icon::Back.view()} {crate::text::desk::help::fresh::BACK}</a>
            <p class="narrow__over">{customer}</p>
            <h1>{words::HEADING}</h1>
            <p class="soft">{lead}</p>
            {notice.map(said)}
            <form class="card form" method="post" action=action>
                <div class="field">
                    <label class="field__label" for="subject">{words::SUBJECT}</label>
                    <input
                        class="field__input"
                        id="subject"
                        name="subject"
                        type="text"
                        value=subject
                        maxlength="160"
                        required
                        autocomplete="off"
                    />
                </div>
                <AreaField id="body" words=FieldWords { label: words::BODY, hint: words::PLACE, ..FieldWords::default() } value=body rows=18 />
                <div class="actions">
                    {mail}
                    <button class="button button--quiet" type="submit" name="how" value="copy">{words::FILL}</button>
                    <button
                        class="button button--quiet"
                        type="button"
                        data-copy="body"
                        data-copied=crate::text::desk::help::fresh::COPIED
                        data-script=""
                        hidden
                    >
                        {words::COPY}
                    </button>
                </div>
            </form>
        </main>
    }
}

fn said(notice: ReplyNotice) -> impl IntoView {
    let (class, icon, sentence) = match notice {
        ReplyNotice::Filled => ("note note--ok", Icon::Check, words::FILLED),
        ReplyNotice::Refused => ("note note--warn", Icon::Warning, words::REFUSED),
        ReplyNotice::NotSent => ("note note--warn", Icon::Warning, words::NOT_SENT),
        ReplyNotice::NoWay => ("note note--warn", Icon::Warning, words::NO_WAY),
        ReplyNotice::TooSoon => ("note note--warn", Icon::Warning, MAIL_TOO_SOON),
        ReplyNotice::Enough => ("note note--warn", Icon::Warning, MAILS_ENOUGH),
    };
    view! {
        <div class="said" role="status">
            <div class=class>{icon.view()} <div><p>{sentence}</p></div></div>
        </div>
    }
}
