//! An address that is told this once: to copy, and until when it lets somebody in.

use leptos::prelude::*;

use crate::text::forward;

/// The address with its button. Without script it is copied by hand.
#[component]
pub fn FreshAddress(
    /// The id of its field.
    id: &'static str,
    /// What it is.
    label: &'static str,
    /// The address.
    url: String,
    /// The button.
    copy: &'static str,
    /// Until when it lets somebody in, in a sentence.
    until: String,
) -> impl IntoView {
    view! {
        <label class="field__label" for=id>{label}</label>
        <div class="copy">
            <input class="field__input field__input--mono" id=id type="text" readonly value=url />
            <button class="button" type="button" data-copy=id data-copied=forward::COPIED data-script="" hidden>
                {copy}
            </button>
        </div>
        <p class="soft small">{until}</p>
    }
}
