//! The document around every page: head, top bar, foot.

use domain::Role;
use leptos::nonce::use_nonce;
use leptos::prelude::*;

use crate::rich::rich;
use crate::text;

/// Addresses of the built assets, with their content's hash in the name.
#[derive(Clone, Copy, Debug)]
pub struct PageAssets {
    /// The style sheet.
    pub css: &'static str,
    /// The style sheet that the desk's pages have besides.
    pub desk: &'static str,
    /// The script of the desk's pages: keys, and the list as it changes (`frontend/desk.js`).
    pub desk_script: &'static str,
    /// The script that brings islands to life.
    pub loader: &'static str,
    /// The script that shows a running check as it goes, and copies texts (`frontend/live.js`).
    pub live: &'static str,
    /// The script that speaks with an authenticator (`frontend/passkey.js`).
    pub passkey: &'static str,
}

/// What stands at the right of the top bar.
#[derive(Clone, Debug)]
pub enum Top {
    /// Nothing.
    Plain,
    /// Who asks the administrator.
    Asked {
        /// The inviting company.
        company: String,
    },
    /// The same within a preview: the product's name leads back to the desk.
    Previewed {
        /// The company that is made up.
        company: String,
    },
    /// The staff member, with the way out.
    Desk {
        /// Their address, which leads to their account.
        email: String,
        /// The part of the desk they are in.
        tab: DeskTab,
        /// What they may do: parts for owners are shown to nobody else.
        role: Role,
    },
}

/// A part of the desk, as the top bar leads to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeskTab {
    /// The links.
    Links,
    /// How customers fare, in figures.
    Insights,
    /// What other systems are told.
    Webhooks,
    /// The audit log.
    Audit,
    /// What owners set up.
    Settings,
    /// One's own account: not among the tabs, it is reached by one's address.
    Account,
}

impl DeskTab {
    /// Every part that is a tab, in the top bar's order.
    pub const ALL: [Self; 5] = [Self::Links, Self::Insights, Self::Webhooks, Self::Audit, Self::Settings];

    /// Where it is.
    #[must_use]
    pub const fn href(self) -> &'static str {
        match self {
            Self::Links => "/desk",
            Self::Insights => "/desk/insights",
            Self::Webhooks => "/desk/webhooks",
            Self::Audit => "/desk/audit",
            Self::Settings => "/desk/settings/staff",
            Self::Account => "/desk/account",
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Links => text::desk::LINKS,
            Self::Insights => text::desk::insights::HEADING,
            Self::Webhooks => text::desk::webhooks::HEADING,
            Self::Audit => text::desk::audit::TAB,
            Self::Settings => text::desk::SETTINGS,
            Self::Account => text::desk::ACCOUNT,
        }
    }

    const fn is_open_to(self, role: Role) -> bool {
        match self {
            Self::Links | Self::Insights | Self::Webhooks | Self::Account => true,
            Self::Audit | Self::Settings => matches!(role, Role::Owner),
        }
    }
}

/// A whole document.
#[component]
pub fn Page(
    /// The built assets.
    assets: PageAssets,
    /// The title, before the product's name; without markup, as it may hold a customer's name.
    #[prop(into)]
    title: String,
    /// The top bar's right end.
    top: Top,
    /// The foot, if any.
    #[prop(optional_no_strip)]
    foot: Option<String>,
    /// Whether the page holds islands; other pages load no script.
    #[prop(optional)]
    islands: bool,
    /// Whether the page has something for the live script: a running check, a text to copy.
    #[prop(optional)]
    live: bool,
    /// Whether the page has a form for passkeys.
    #[prop(optional)]
    passkey: bool,
    /// After how many seconds a browser without script loads the page again.
    #[prop(optional_no_strip)]
    refresh: Option<u32>,
    /// The page.
    children: Children,
) -> impl IntoView {
    // Outside islands nothing is hydrated, so nothing needs the markers hydration looks for.
    if let Some(context) = Owner::current_shared_context() {
        context.set_is_hydrating(false);
    }
    let body = children();
    let home = match top {
        Top::Plain | Top::Asked { .. } | Top::Desk { .. } => "/",
        Top::Previewed { .. } => DeskTab::Links.href(),
    };
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="robots" content="noindex, nofollow" />
                <title>{format!("{} · {}", title, text::PRODUCT)}</title>
                <link rel="icon" href="/icon.svg" type="image/svg+xml" />
                <link rel="stylesheet" href=assets.css />
                {matches!(top, Top::Desk { .. }).then(|| view! { <link rel="stylesheet" href=assets.desk /> })}
                {matches!(top, Top::Desk { .. })
                    .then(|| view! { <script type="module" nonce=use_nonce() src=assets.desk_script></script> })}
                {islands.then(|| view! { <IslandLoader assets /> })}
                {live.then(|| view! { <script type="module" nonce=use_nonce() src=assets.live></script> })}
                {passkey
                    .then(|| view! { <script type="module" nonce=use_nonce() src=assets.passkey></script> })}
                {refresh
                    .map(|seconds| {
                        view! {
                            <noscript>
                                <meta http-equiv="refresh" content=seconds />
                            </noscript>
                        }
                    })}
            </head>
            <body>
                <a class="skip" href="#main">
                    "Skip to the content"
                </a>
                <header class="top">
                    <a class="top__brand" href=home>
                        <span class="top__tile" inner_html=include_str!("../pictures/mark.svg")></span>
                        {text::PRODUCT}
                    </a>
                    {top_end(top)}
                </header>
                {body}
                {foot.map(|foot| view! { <footer class="foot">{foot}</footer> })}
            </body>
        </html>
    }
}

/// Our own small loader (`frontend/loader.js`) instead of Leptos's inline script, which cannot carry its nonce
/// right in 0.8 and would need a laxer policy.
#[component]
fn IslandLoader(assets: PageAssets) -> impl IntoView {
    view! {
        <script type="module" nonce=use_nonce() src=assets.loader></script>
    }
}

fn top_end(top: Top) -> impl IntoView {
    match top {
        Top::Plain => ().into_any(),
        Top::Asked { company } | Top::Previewed { company } => {
            let asked = text::flow::asked_by(&company);
            view! { <p class="top__end"><span>{rich(&asked)}</span></p> }.into_any()
        }
        Top::Desk { email, role, tab: current } => view! {
            <nav class="top__nav" aria-label="Desk">
                {DeskTab::ALL
                    .into_iter()
                    .filter(|tab| tab.is_open_to(role))
                    .map(|tab| {
                        let here = (tab == current).then_some("page");
                        view! { <a class="top__tab" href=tab.href() aria-current=here>{tab.name()}</a> }
                    })
                    .collect_view()}
            </nav>
            <div class="top__end">
                <a
                    class="top__account"
                    href=DeskTab::Account.href()
                    aria-current=(current == DeskTab::Account).then_some("page")
                >
                    <span class="top__email">{email}</span>
                    <span class="top__short">{text::desk::ACCOUNT}</span>
                </a>
                <form method="post" action="/sign-out">
                    <button class="button button--quiet button--small" type="submit">{text::desk::SIGN_OUT}</button>
                </form>
            </div>
        }
        .into_any(),
    }
}
