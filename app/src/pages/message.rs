//! A page that says one thing and what to do next: invites that lead nowhere, sessions that ended, faults.

use domain::ProblemCode;
use leptos::prelude::*;

use crate::components::Sign;
use crate::icons::Icon;
use crate::rich::rich;
use crate::text::message;

/// How grave it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageTone {
    /// Nobody's fault.
    Plain,
    /// Good news.
    Good,
    /// Time ran out.
    Over,
    /// Ours.
    Fault,
}

/// The next step offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MessageAction {
    /// To `/`.
    Home,
    /// To the desk.
    Desk,
    /// The same page again.
    Again,
    /// There is nothing more to do.
    Nothing,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct MessageView {
    /// The problem code, if it has one.
    pub code: Option<ProblemCode>,
    /// How grave it is.
    pub tone: MessageTone,
    /// Heading.
    pub title: String,
    /// What happened and what to do.
    pub body: String,
    /// What to do with one click.
    pub action: MessageAction,
    /// Names the request in the log; empty where nothing went wrong.
    pub request_id: String,
}

/// The page.
#[component]
pub fn MessagePage(
    /// What it shows.
    view: MessageView,
) -> impl IntoView {
    let (tone, icon) = match view.tone {
        MessageTone::Plain => ("plain", Icon::Info),
        MessageTone::Good => ("ok", Icon::Check),
        MessageTone::Over => ("warn", Icon::Clock),
        MessageTone::Fault => ("bad", Icon::Alert),
    };
    let action = match view.action {
        MessageAction::Home => Some(("/", message::HOME)),
        MessageAction::Desk => Some(("/desk", message::DESK)),
        MessageAction::Again => Some(("", message::TRY_AGAIN)),
        MessageAction::Nothing => None,
    };
    view! {
        <main class="narrow" id="main" tabindex="-1">
            <section class="card" data-code=view.code.map(ProblemCode::as_str)>
                <Sign tone icon big=true />
                <h1>{view.title}</h1>
                <p class="narrow__text">{rich(&view.body)}</p>
                {action
                    .map(|(href, words)| {
                        view! {
                            <div class="actions">
                                <a class="button button--quiet" href=href>{words}</a>
                            </div>
                        }
                    })}
            </section>
            {request_line(view.request_id)}
        </main>
    }
}

/// How to name the request when writing about it.
pub(super) fn request_line(id: String) -> impl IntoView {
    (!id.is_empty())
        .then(|| view! { <p class="narrow__id">{message::REQUEST} <span class="mono">{id}</span></p> })
}
