//! `/i/{token}/forward`: a message for the colleague who is an administrator.
//!
//! The invite's address is not in the page: who copies the message gets it from the browser's bar (`frontend/live.js`).

use domain::PermissionSet;
use leptos::prelude::*;

use crate::icons::Icon;
use crate::rich::rich;
use crate::text::forward;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct ForwardView {
    /// The inviting company.
    pub company: String,
    /// What the link asks for.
    pub permissions: PermissionSet,
    /// Until when the invite is good, as a date.
    pub good_until: String,
}

/// The page.
#[component]
pub fn ForwardPage(
    /// What it shows.
    view: ForwardView,
) -> impl IntoView {
    let (before, after) = forward::message(&view.company, view.permissions.len(), &view.good_until);
    view! {
        <main class="narrow narrow--wide" id="main" tabindex="-1">
            <h1>{forward::HEADING.0}</h1>
            <p class="narrow__text">{forward::HEADING.1}</p>
            <section class="card" aria-label=forward::MESSAGE>
                <div class="message" id="message">
                    {before}
                    <b data-invite="">{forward::PLACE}</b>
                    {after}
                </div>
                <div class="actions" data-script="" hidden>
                    <button class="button" type="button" data-copy="message" data-copied=forward::COPIED>
                        {forward::COPY}
                    </button>
                    <span class="soft small">{forward::BY_SCRIPT}</span>
                </div>
                <p class="soft small" data-no-script="">{rich(forward::BY_HAND)}</p>
            </section>
            <p class="aside">{Icon::Lock.view()} <span>{forward::WHY}</span></p>
        </main>
    }
}
