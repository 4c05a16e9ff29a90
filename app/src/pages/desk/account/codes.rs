//! `/desk/account/codes`: recovery codes, shown once.

use leptos::prelude::*;

use crate::components::Done;
use crate::icons::Icon;
use crate::text::desk::account::{self as words, codes};

/// Where they stand.
#[derive(Clone, Debug)]
pub enum CodesState {
    /// There is no authenticator app they could stand in for.
    NoApp,
    /// New ones can be made; so many are left.
    Left(u32),
    /// These are new, and shown this once.
    New {
        /// The codes.
        codes: Vec<String>,
        /// Whether the app was turned on just now.
        app_is_on: bool,
    },
}

/// The page.
#[component]
pub fn CodesPage(
    /// Where they stand.
    state: CodesState,
) -> impl IntoView {
    let body = match state {
        CodesState::NoApp => view! {
            <h1>{codes::HEADING}</h1>
            <p class="narrow__text">{codes::NO_APP}</p>
            <a class="button button--wide" href="/desk/account/app">{words::APP_SET_UP}</a>
        }
        .into_any(),
        CodesState::Left(left) => view! {
            <h1>{codes::HEADING}</h1>
            <p class="narrow__text">{codes::LEAD}</p>
            <p>{words::codes_left(left)}</p>
            <form class="form" method="post" action="/desk/account/codes">
                <button class="button button--wide" type="submit">{codes::MAKE}</button>
            </form>
        }
        .into_any(),
        CodesState::New { codes, app_is_on } => shown(codes, app_is_on).into_any(),
    };
    view! {
        <main class="narrow narrow--form" id="main" tabindex="-1">
            <a class="back" href="/desk/account">{Icon::Back.view()} {words::BACK}</a>
            <div class="card">{body}</div>
        </main>
    }
}

fn shown(new: Vec<String>, app_is_on: bool) -> impl IntoView {
    view! {
        {app_is_on.then(|| view! { <Done words=codes::APP_IS_ON /> })}
        <h1>{codes::SHOWN_HEADING}</h1>
        <p class="narrow__text">{codes::SHOWN_LEAD}</p>
        <ol class="codes mono" id="codes">
            {new.into_iter().map(|code| view! { <li>{code} "\n"</li> }).collect_view()}
        </ol>
        <div class="actions">
            <a class="button" href="/desk/account">{codes::KEPT}</a>
            <button class="button button--quiet" type="button" data-copy="codes" data-copied=codes::COPIED data-script="" hidden>
                {codes::COPY}
            </button>
        </div>
    }
}
