//! The way to the pages beside this one.

use leptos::prelude::*;

use super::DeskListView;
use crate::text::desk::list as words;

/// The pager; nothing when there is one page.
#[component]
pub fn Pager(
    /// The list.
    view: DeskListView,
) -> impl IntoView {
    let DeskListView { address, before, after, place, .. } = view;
    (before.is_some() || after.is_some() || place.is_some()).then(|| {
        let first = (place.is_some() && before.is_some()).then(|| address.href());
        let last = after.is_some().then(|| address.href_after(super::address::END));
        let link = |name: &'static str, rel: Option<&'static str>, href: Option<String>| {
            href.map(
                |href| view! { <a class="button button--quiet button--small" href=href rel=rel>{name}</a> },
            )
        };
        view! {
            <nav class="pages" aria-label=words::PAGES>
                <span>
                    {link(words::FIRST, None, first)}
                    {link(words::BEFORE, Some("prev"), before.map(|place| address.href_after(&place)))}
                </span>
                <span>
                    {link(words::AFTER, Some("next"), after.map(|place| address.href_after(&place)))}
                    {link(words::LAST, None, last)}
                </span>
            </nav>
        }
    })
}
