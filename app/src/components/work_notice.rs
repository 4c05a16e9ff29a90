//! That background work was given up, said where staff come by.

use leptos::prelude::*;

use crate::icons::Icon;
use crate::text::desk::work as words;

/// How much was given up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GivenUpCount {
    /// So much.
    pub some: u64,
    /// Or more: nobody counted further.
    pub or_more: bool,
}

/// A note; nothing when nothing was given up.
#[component]
pub fn WorkNotice(
    /// How much.
    given_up: GivenUpCount,
) -> impl IntoView {
    let GivenUpCount { some, or_more } = given_up;
    (some > 0).then(|| {
        view! {
            <div class="note note--warn work-note" role="status" data-work-given-up=some>
                {Icon::Warning.view()} <div>
                    <p class="note__title">{words::notice(some, or_more)}</p>
                    <p>
                        <a href="/desk/work">{words::SEE}</a>
                    </p>
                </div>
            </div>
        }
    })
}
