//! A part of a picture that stands on the page already, beside a problem: the spot where the right value is.
//!
//! The picture is not repeated: the crop is a window on it (`<use>`). The style sheet shows it while the note before it
//! tells of a problem (`style/components/crop.css`), so what is said while typing brings its picture along.

use leptos::prelude::*;

use super::Picture;
use crate::islands::verdict::Kind;
use crate::text::flow;

/// The crop that belongs to a field.
#[component]
pub(super) fn Crop(
    /// The field.
    kind: Kind,
    /// Whether the server says that something is wrong: for browsers whose style sheets cannot tell.
    shown: bool,
) -> impl IntoView {
    let (picture, size, window, caption) = match kind {
        Kind::Key => (Picture::CustomerApiKey, (400, 226), "0 44 300 72", flow::CROP_KEY),
        Kind::Username => (Picture::AccountForm, (400, 206), "0 46 400 88", flow::CROP_USERNAME),
        Kind::Password => (Picture::NewPassword, (400, 200), "36 26 330 80", flow::CROP_PASSWORD),
        Kind::Url => (Picture::WebServicesUrl, (400, 248), "0 153 400 54", flow::CROP_URL),
    };
    let (width, height) = size;
    view! {
        <figure class=if shown { "crop crop--on" } else { "crop" }>
            <figcaption>{flow::CROP} <span class="hidden">" " {caption}</span></figcaption>
            <svg class="crop__pic" viewBox=window aria-hidden="true">
                // The picture's own style makes it as wide as what it stands in: this is as wide as the picture.
                <svg width=width height=height>
                    <use href=format!("#{}-picture", picture.name()) width="100%" height="100%"></use>
                </svg>
            </svg>
        </figure>
    }
}
