//! A round sign with an icon, always beside a word.

use leptos::prelude::*;

use crate::icons::Icon;

/// A round sign.
#[component]
pub fn Sign(
    /// `ok`, `warn`, `bad`, `now`, `plain`, `wait` or `spin`: the last part of its class.
    tone: &'static str,
    /// The icon in it.
    #[prop(optional)]
    icon: Option<Icon>,
    /// Whether it is the large one of a page's head.
    #[prop(optional)]
    big: bool,
) -> impl IntoView {
    let class = format!("sign sign--{tone}{}", if big { " sign--big" } else { "" });
    view! { <span class=class>{icon.map(Icon::view)}</span> }
}
