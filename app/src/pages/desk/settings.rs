//! What owners set up has two pages; each leads to the other.

use leptos::prelude::*;

use crate::text::desk as words;

/// A page of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SettingsPart {
    /// Who works at the desk.
    Staff,
    /// What invites start from.
    Presets,
}

/// The way between the settings' pages.
pub(super) fn parts(here: SettingsPart) -> impl IntoView {
    let parts = [
        (SettingsPart::Staff, "/desk/settings/staff", words::staff::HEADING),
        (SettingsPart::Presets, "/desk/settings/presets", words::presets::PRESETS),
    ];
    let links = parts.map(|(part, href, name)| {
        view! { <a class="filters__link" href=href aria-current=(part == here).then_some("page")>{name}</a> }
    });
    view! { <nav class="filters settings-parts" aria-label=words::SETTINGS>{links.collect_view()}</nav> }
}
