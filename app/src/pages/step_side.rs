//! What stands beside a step's form: what was taken from a pasted page, the box to paste one, and the way to hand the step
//! to a colleague.

use domain::{LinkStatus, Step, Timestamp};
use leptos::prelude::*;

use crate::icons::Icon;
use crate::rich::rich;
use crate::text::{flow, hand_over, paste};
use crate::when;

/// What was taken from a pasted page. Nothing taken: nothing was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PasteNotice {
    /// Whether the Customer API Key was found and sealed.
    pub key: bool,
    /// The host that was found.
    pub host: Option<String>,
}

/// Whether the step is handed to a colleague.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandOff {
    /// No, and it is not offered.
    No,
    /// No; it is offered.
    Offer,
    /// Yes: the page waits.
    Waiting {
        /// Since when.
        at: Timestamp,
        /// Whether the colleague opened it.
        started: bool,
    },
    /// This is the colleague's page.
    Colleague,
}

/// What was taken from the page pasted last.
pub(super) fn pasted(step: Step, notice: Option<PasteNotice>) -> Option<AnyView> {
    notice.map(|PasteNotice { key, host }| {
        let nothing = !key && host.is_none();
        let (class, icon) =
            if nothing { ("note note--warn", Icon::Warning) } else { ("note note--ok", Icon::Check) };
        let title = if nothing { paste::NOTHING } else { paste::TAKEN };
        let missing = paste::missing(step, key, host.is_some());
        view! {
            <div class=class role="status">
                {icon.view()} <div>
                    <p class="note__title">{title}</p>
                    {(!nothing)
                        .then(|| {
                            view! {
                                <ul class="note__list">
                                    {key.then(|| view! { <li>{rich(paste::TOOK_KEY)}</li> })}
                                    {host.map(|host| view! { <li>{rich(&paste::took_host(&host))}</li> })}
                                </ul>
                                <p>{paste::NOTHING_ELSE}</p>
                            }
                        })}
                    {missing.map(|sentence| view! { <p>{rich(sentence)}</p> })}
                    {paste::go_on(step, key).map(|sentence| view! { <p>{rich(sentence)}</p> })}
                </div>
            </div>
        }
        .into_any()
    })
}

/// The box that takes a whole page of UKG Pro. It is never filled by the server: what was pasted is not kept.
pub(super) fn paste_box(step: Step, open: bool) -> AnyView {
    view! {
        <details class="more card paste" open=open>
            <summary>{paste::SUMMARY}</summary>
            <form class="form more__body" method="post" action="paste">
                <input type="hidden" name="step" value=step.as_str() />
                <ol class="paste__how">
                    {paste::how(step).map(|line| view! { <li>{rich(line)}</li> }).collect_view()}
                </ol>
                <textarea
                    class="field__input paste__box"
                    name="page"
                    rows="3"
                    aria-label=paste::LABEL
                    autocomplete="off"
                    spellcheck="false"
                    required
                ></textarea>
                <button class="button button--wide button--quiet" type="submit">{paste::BUTTON}</button>
                <p class="aside">{Icon::Lock.view()} <span>{paste::KEPT}</span></p>
            </form>
        </details>
    }
    .into_any()
}

/// That a colleague has the step, above the form.
pub(super) fn waiting(step: Step, hand_off: HandOff) -> Option<AnyView> {
    match hand_off {
        HandOff::Waiting { at, started } => Some(waiting_note(step, at, started)),
        HandOff::No | HandOff::Offer | HandOff::Colleague => None,
    }
}

/// The note with its way back.
pub(super) fn waiting_note(step: Step, at: Timestamp, started: bool) -> AnyView {
    let when = when::date_and_time(at);
    let (title, body) = if started {
        (hand_over::OPENED.to_owned(), hand_over::OPENED_BODY)
    } else {
        (hand_over::waiting(&when), hand_over::WAITING_BODY)
    };
    view! {
        <div class="note">
            {Icon::Clock.view()} <div>
                <p class="note__title">{title}</p>
                <p>{body}</p>
                <form class="note__act" method="post" action="hand-over">
                    <input type="hidden" name="step" value=step.as_str() />
                    <button class="button button--quiet button--small" type="submit" name="end" value="yes">
                        {hand_over::TAKE_BACK}
                    </button>
                </form>
            </div>
        </div>
    }
    .into_any()
}

/// The way to hand the step over, under the form.
pub(super) fn offer(step: Step, hand_off: HandOff) -> Option<AnyView> {
    (hand_off == HandOff::Offer).then(|| {
        view! {
            <p class="aside aside--under">
                {Icon::Person.view()} <span>
                    {hand_over::QUESTION} " "
                    <a href=format!("hand-over?step={}", step.as_str())>{hand_over::HAND_OVER}</a>
                </span>
            </p>
        }
        .into_any()
    })
}

/// What the link does until what is entered is proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is being made.
    Made,
    /// It stands, and goes on with what is saved.
    GoesOn,
    /// It stands, and does not work until something better is entered.
    Broken,
}

impl Standing {
    /// That of a link with this status.
    #[must_use]
    pub const fn of(status: LinkStatus) -> Self {
        match status {
            LinkStatus::Broken => Self::Broken,
            LinkStatus::Linked | LinkStatus::LinkedWithGaps | LinkStatus::Attention => Self::GoesOn,
            LinkStatus::Invited
            | LinkStatus::Opened
            | LinkStatus::InProgress
            | LinkStatus::Checking
            | LinkStatus::Paused
            | LinkStatus::Disconnected => Self::Made,
        }
    }
}

/// What becomes of what is entered for a link that stands.
pub(super) fn stands(standing: Standing) -> Option<AnyView> {
    let words = match standing {
        Standing::Made => return None,
        Standing::GoesOn => flow::STANDS,
        Standing::Broken => flow::STANDS_BROKEN,
    };
    Some(view! { <p class="aside">{Icon::Info.view()} <span>{words}</span></p> }.into_any())
}
