//! A link's status: a word first, with an icon and a colour that say the same.

use domain::LinkStatus;
use leptos::prelude::*;

use crate::icons::Icon;
use crate::text::desk;

/// A status.
#[component]
pub fn StatusPill(
    /// Which.
    status: LinkStatus,
    /// More about it, in a word or two.
    #[prop(optional_no_strip)]
    detail: Option<String>,
) -> impl IntoView {
    let (class, icon) = match status {
        LinkStatus::Invited => ("pill", Icon::Mail),
        LinkStatus::Opened => ("pill pill--now", Icon::Person),
        LinkStatus::InProgress => ("pill pill--now", Icon::Arrow),
        LinkStatus::Checking => ("pill pill--now", Icon::Clock),
        LinkStatus::Linked => ("pill pill--ok", Icon::Check),
        LinkStatus::LinkedWithGaps => ("pill pill--warn", Icon::Dash),
        LinkStatus::Attention => ("pill pill--warn", Icon::Warning),
        LinkStatus::Broken => ("pill pill--bad", Icon::Cross),
        LinkStatus::Paused => ("pill", Icon::Pause),
        LinkStatus::Disconnected => ("pill", Icon::Dash),
    };
    view! { <span class=class>{icon.view()} {desk::status(status)}{detail.map(|detail| format!(" · {detail}"))}</span> }
}
