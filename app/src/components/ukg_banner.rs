//! That UKG Pro does not answer well on a host, above the desk's pages: it is nobody's fault here.

use domain::Timestamp;
use leptos::prelude::*;

use crate::icons::Icon;
use crate::text::desk::ukg as words;
use crate::when;

/// A host on which most links' checks fail for reasons of UKG Pro's own.
#[derive(Clone, Debug)]
pub struct UkgTrouble {
    /// The host.
    pub host: String,
    /// How many links' last checks failed so.
    pub failed: u64,
    /// How many links were checked.
    pub links: u64,
    /// Since when.
    pub since: Timestamp,
}

/// One note for each host in trouble; nothing when there is none.
#[component]
pub fn UkgBanner(
    /// The hosts.
    troubles: Vec<UkgTrouble>,
) -> impl IntoView {
    let notes = troubles.into_iter().map(|UkgTrouble { host, failed, links, since }| {
        view! {
            <div class="note note--warn" role="status" data-ukg-trouble=host.clone()>
                {Icon::Globe.view()} <div>
                    <p class="note__title">{words::trouble(&host)}</p>
                    <p>
                        {when::within(words::trouble_body(failed, links), since, when::clock(since))} " "
                        <a href="/desk/ukg">{words::EVERY_HOST}</a>
                    </p>
                </div>
            </div>
        }
    });
    let notes: Vec<_> = notes.collect();
    (!notes.is_empty()).then(|| view! { <div class="ukg-notes">{notes}</div> })
}
