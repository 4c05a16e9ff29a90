//! `/desk/account/app`: the authenticator app, set up or turned off.

use domain::Timestamp;
use leptos::prelude::*;

use crate::components::NotTaken;
use crate::icons::Icon;
use crate::text::desk::account::{self as words, app};
use crate::when;

/// Where it stands.
#[derive(Clone, Debug)]
pub enum AppState {
    /// None is set up.
    Off,
    /// It is being set up: shown now, and never again.
    SettingUp {
        /// The picture to scan: our own SVG.
        picture: String,
        /// The same as a key to type.
        key: String,
        /// Whether the last code was wrong.
        wrong: bool,
    },
    /// It is asked for at each sign-in.
    On {
        /// Since then.
        since: Timestamp,
    },
}

/// The page.
#[component]
pub fn AppPage(
    /// Where it stands.
    state: AppState,
) -> impl IntoView {
    let body = match state {
        AppState::Off => view! {
            <form class="form" method="post" action="/desk/account/app">
                <button class="button button--wide" name="do" value="begin">{app::BEGIN}</button>
            </form>
        }
        .into_any(),
        AppState::SettingUp { picture, key, wrong } => setting_up(picture, key, wrong).into_any(),
        AppState::On { since } => view! {
            <p>{app::on(&when::date(since))}</p>
            <form class="form" method="post" action="/desk/account/app">
                <button class="button button--quiet button--end button--wide" name="do" value="remove">{app::OFF}</button>
            </form>
        }
        .into_any(),
    };
    view! {
        <main class="narrow narrow--form" id="main" tabindex="-1">
            <a class="back" href="/desk/account">{Icon::Back.view()} {words::BACK}</a>
            <div class="card">
                <h1>{app::HEADING}</h1>
                <p class="narrow__text">{app::LEAD}</p>
                {body}
            </div>
        </main>
    }
}

fn setting_up(picture: String, key: String, wrong: bool) -> impl IntoView {
    let grouped = key.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ");
    view! {
        <h2>{app::SCAN}</h2>
        <div class="qr" inner_html=picture></div>
        <p>{app::TYPE}</p>
        <p class="key-text mono">{grouped}</p>
        <p class="soft small">{app::ONCE}</p>
        <form class="form apart" method="post" action="/desk/account/app">
            {wrong.then(|| view! { <NotTaken words=app::WRONG id="code-problem" /> })}
            <div class="field">
                <label class="field__label" for="code">{app::CODE}</label>
                <input
                    class="field__input field__input--mono"
                    id="code"
                    name="code"
                    inputmode="numeric"
                    autocomplete="one-time-code"
                    required
                    aria-invalid=wrong.then_some("true")
                    aria-describedby=wrong.then_some("code-problem")
                    autofocus=wrong
                />
            </div>
            <button class="button button--wide" name="do" value="finish">{app::FINISH}</button>
        </form>
    }
}
