//! A picture of UKG's screens, drawn by us, that enlarges without a script (`style/components/picture.css`).

use leptos::prelude::*;

use crate::icons::Icon;
use crate::rich::rich;
use crate::text::flow;

/// A drawing in `app/pictures`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    /// The search box.
    SearchBox,
    /// The newer menu.
    MenuPath,
    /// The key under the heading.
    CustomerApiKey,
    /// Our own first field, filled.
    OurKeyField,
    /// The icon that adds an account.
    AddAccount,
    /// The form of the new account.
    AccountForm,
    /// The window with the password.
    NewPassword,
    /// The search for Web Services.
    WebServicesSearch,
    /// The list of addresses.
    WebServicesUrl,
    /// Our own last field, filled.
    OurUrlField,
}

impl Picture {
    /// The file's name, and so the start of the picture's id in the page.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SearchBox => "search-box",
            Self::MenuPath => "menu-path",
            Self::CustomerApiKey => "customer-api-key",
            Self::OurKeyField => "our-key-field",
            Self::AddAccount => "add-account",
            Self::AccountForm => "account-form",
            Self::NewPassword => "new-password",
            Self::WebServicesSearch => "web-services-search",
            Self::WebServicesUrl => "web-services-url",
            Self::OurUrlField => "our-url-field",
        }
    }

    /// What the picture is of, for the button that enlarges it.
    const fn subject(self) -> &'static str {
        match self {
            Self::SearchBox | Self::WebServicesSearch => "the search box",
            Self::MenuPath => "the menu",
            Self::CustomerApiKey => "the Customer API Key",
            Self::OurKeyField | Self::OurUrlField => "the filled field",
            Self::AddAccount => "the icon add",
            Self::AccountForm => "the form Add/Change Service Account",
            Self::NewPassword => "the window New Password",
            Self::WebServicesUrl => "the list on the page Web Services",
        }
    }

    const fn svg(self) -> &'static str {
        match self {
            Self::SearchBox => include_str!("../../pictures/search-box.svg"),
            Self::MenuPath => include_str!("../../pictures/menu-path.svg"),
            Self::CustomerApiKey => include_str!("../../pictures/customer-api-key.svg"),
            Self::OurKeyField => include_str!("../../pictures/our-key-field.svg"),
            Self::AddAccount => include_str!("../../pictures/add-account.svg"),
            Self::AccountForm => include_str!("../../pictures/account-form.svg"),
            Self::NewPassword => include_str!("../../pictures/new-password.svg"),
            Self::WebServicesSearch => include_str!("../../pictures/web-services-search.svg"),
            Self::WebServicesUrl => include_str!("../../pictures/web-services-url.svg"),
            Self::OurUrlField => include_str!("../../pictures/our-url-field.svg"),
        }
    }
}

/// A picture with its caption and the large view.
#[component]
pub fn Figure(
    /// Which drawing.
    picture: Picture,
    /// What it shows, naming its marks.
    caption: &'static str,
) -> impl IntoView {
    let drawing = view! { <div class="figure__pic" inner_html=picture.svg()></div> };
    framed(picture.name(), picture.subject(), caption, drawing)
}

/// Any drawing whose id is `{name}-picture`, framed as a figure.
pub(super) fn framed(
    name: &'static str,
    subject: &'static str,
    caption: &'static str,
    drawing: impl IntoView + 'static,
) -> impl IntoView {
    let (zoom, id) = (format!("{name}-zoom"), format!("{name}-picture"));
    view! {
        <figure class="figure">
            {drawing}
            <figcaption class="figure__caption">{rich(caption)} " " {flow::DRAWING}</figcaption>
            <button class="figure__zoom" type="button" popovertarget=zoom.clone()>
                {Icon::Zoom.view()}
                {flow::ENLARGE}
                <span class="hidden">" the picture: " {subject}</span>
            </button>
            <div class="zoom" id=zoom.clone() popover="auto" role="dialog" aria-label=flow::ENLARGED>
                <button
                    class="button button--quiet button--small zoom__close"
                    type="button"
                    popovertarget=zoom.clone()
                    popovertargetaction="hide"
                    autofocus
                >
                    {Icon::Cross.view()}
                    {flow::CLOSE}
                </button>
                <svg class="zoom__pic" aria-hidden="true">
                    <use href=format!("#{id}") width="100%" height="100%"></use>
                </svg>
            </div>
        </figure>
    }
}
