//! `/i/{token}` of a link that was made: how it stands, what is to be done, if anything, and one button.

use domain::{LinkStatus, ProblemCode};
use leptos::prelude::*;

use super::welcome::need;
use crate::rich::rich;
use crate::text::{welcome, welcome_back as words};

/// How a link that was made stands, as far as the invite's page tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WelcomeBack {
    /// It works, gaps or not.
    Works,
    /// The last check did not go through; it stays in use.
    Look,
    /// UKG Pro refuses the account.
    Refused,
    /// The required permission was taken away.
    Lost,
    /// Staff stopped it.
    Paused,
}

impl WelcomeBack {
    /// That of a link; `None` while it is being made, or made anew.
    #[must_use]
    pub const fn of(status: LinkStatus, problem: Option<ProblemCode>) -> Option<Self> {
        match (status, problem) {
            (LinkStatus::Linked | LinkStatus::LinkedWithGaps, _) => Some(Self::Works),
            (LinkStatus::Attention, _) => Some(Self::Look),
            (LinkStatus::Broken, Some(ProblemCode::PermissionMissing)) => Some(Self::Lost),
            (LinkStatus::Broken, _) => Some(Self::Refused),
            (LinkStatus::Paused, _) => Some(Self::Paused),
            (
                LinkStatus::Invited
                | LinkStatus::Opened
                | LinkStatus::InProgress
                | LinkStatus::Checking
                | LinkStatus::Disconnected,
                _,
            ) => None,
        }
    }

    /// Whether she has to mend something in UKG Pro.
    pub(super) fn is_hers(self) -> bool {
        matches!(self, Self::Refused | Self::Lost)
    }
}

/// What the card says: its heading, what is to be done in which time, and where the button leads.
pub(super) fn card(back: WelcomeBack) -> impl IntoView {
    let (title, steps, leads) = words::plan(back);
    let steps = steps.iter().enumerate().map(|(n, (what, time))| {
        view! {
            <li class="plan__item">
                <b class="mark">{n + 1}</b>
                <span>{rich(what)}</span>
                <span class="plan__time">{*time}</span>
            </li>
        }
    });
    view! {
        <h2 class="card__title" id="plan-title">{title}</h2>
        {back.is_hers().then(|| view! { <ol class="plan">{steps.collect_view()}</ol> })}
        <p class="welcome__begun">{rich(leads)}</p>
    }
}

/// What else she may want to know.
pub(super) fn body(back: WelcomeBack, company: &str) -> impl IntoView + use<> {
    view! {
        {back.is_hers().then(need)}
        <section aria-labelledby="kept">
            <h2 id="kept">{words::KEPT}</h2>
            <p class="soft">{welcome::kept(company)}</p>
        </section>
    }
}
