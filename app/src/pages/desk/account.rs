//! `/desk/account`: how one signs in, and where one is signed in.

mod app;
mod codes;
mod mail;
mod passkeys;
mod password;

use domain::{MailWishes, Role, Timestamp};
use leptos::prelude::*;

pub use app::{AppPage, AppState};
pub use codes::{CodesPage, CodesState};
pub use mail::MailWishesPage;
pub use passkeys::{PasskeyQuestion, PasskeyRow, PasskeysPage, PasskeysView};
pub use password::{PasswordPage, PasswordView};

use crate::components::{Done, Fact};
use crate::text::desk::account as words;
use crate::text::desk::staff;
use crate::when;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct AccountPageView {
    /// The address one signs in with.
    pub email: String,
    /// What one may do.
    pub role: Role,
    /// Since when the authenticator app is asked for.
    pub app_since: Option<Timestamp>,
    /// How many recovery codes are left.
    pub codes_left: u32,
    /// How many passkeys there are.
    pub passkeys: usize,
    /// What one is mailed about.
    pub wishes: MailWishes,
    /// One's sessions, last used first.
    pub sessions: Vec<SessionRow>,
    /// What was just done.
    pub done: Option<&'static str>,
    /// Now, for ages.
    pub now: Timestamp,
}

/// One session.
#[derive(Clone, Debug)]
pub struct SessionRow {
    /// Its id.
    pub id: String,
    /// The browser; empty when it is not known.
    pub browser: String,
    /// The address it signed in from; empty when it is not known.
    pub address: String,
    /// When it began.
    pub began: Timestamp,
    /// When it was last used.
    pub used: Timestamp,
    /// Whether it is the one that asks.
    pub this_one: bool,
}

/// The page.
#[component]
pub fn AccountDeskPage(
    /// What it shows.
    view: AccountPageView,
) -> impl IntoView {
    let AccountPageView { email, role, app_since, codes_left, passkeys, wishes, sessions, done, now } = view;
    view! {
        <main class="desk desk--narrow" id="main" tabindex="-1">
            <header class="desk__head">
                <div>
                    <h1>{words::HEADING}</h1>
                    <p class="soft wrap">{email} " · " {staff::role(role)} ". " {staff::role_means(role)}</p>
                </div>
            </header>
            <div class="stack">
                {done.map(|done| view! { <Done words=done /> })}
                <section class="card" aria-labelledby="sign-in-title">
                    <h2 class="card__title" id="sign-in-title">{words::SIGN_IN}</h2>
                    <dl class="facts facts--acts">
                        {fact(words::PASSWORD, words::PASSWORD_SET.to_owned(), "password", words::CHANGE)}
                        {match app_since {
                            None => fact(words::APP, words::APP_OFF.to_owned(), "app", words::APP_SET_UP).into_any(),
                            Some(since) => {
                                view! {
                                    {fact(words::APP, words::app_on(&when::date(since)), "app", words::APP_TURN_OFF)}
                                    {fact(words::CODES, words::codes_left(codes_left), "codes", words::CODES_NEW)}
                                }
                                    .into_any()
                            }
                        }}
                        {fact(words::PASSKEYS, words::passkeys(passkeys), "passkeys", words::PASSKEYS_MANAGE)}
                    </dl>
                </section>
                <section class="card" aria-labelledby="mail-title">
                    <h2 class="card__title" id="mail-title">{words::MAIL}</h2>
                    <dl class="facts facts--acts">
                        {fact(words::MAIL_ABOUT, words::mailed_about(&wishes), "mail", words::MAIL_CHANGE)}
                    </dl>
                </section>
                {list(sessions, now)}
            </div>
        </main>
    }
}

fn fact(name: &'static str, value: String, page: &'static str, act: &'static str) -> impl IntoView {
    view! {
        <Fact name=name>
            <p>{value}</p>
            <p>
                <a class="button button--quiet button--small" href=format!("/desk/account/{page}")>
                    {act}
                    <span class="hidden">" · " {name}</span>
                </a>
            </p>
        </Fact>
    }
}

fn list(sessions: Vec<SessionRow>, now: Timestamp) -> impl IntoView {
    let others = sessions.iter().any(|session| !session.this_one);
    view! {
        <section aria-labelledby="sessions-title">
            <div class="title-line apart-line">
                <h2 id="sessions-title">{words::SESSIONS}</h2>
                {others
                    .then(|| {
                        view! {
                            <form method="post" action="/desk/account">
                                <button class="button button--quiet button--small" name="end" value="others">
                                    {words::END_OTHERS}
                                </button>
                            </form>
                        }
                    })}
            </div>
            <table class="table table--tight" role="table" aria-labelledby="sessions-title">
                <thead role="rowgroup">
                    <tr role="row">
                        {words::SESSION_COLUMNS
                            .map(|name| view! { <th role="columnheader" scope="col">{name}</th> })
                            .collect_view()}
                    </tr>
                </thead>
                <tbody role="rowgroup">{sessions.into_iter().map(|session| row(session, now)).collect_view()}</tbody>
            </table>
        </section>
    }
}

fn row(session: SessionRow, now: Timestamp) -> impl IntoView {
    let [browser, from, began, used, end] = words::SESSION_COLUMNS;
    let or = |text: String, unknown: &str| if text.is_empty() { unknown.to_owned() } else { text };
    let name = or(session.browser, words::BROWSER_UNKNOWN);
    let ends = words::end_this(&name);
    let id = session.id.clone();
    view! {
        <tr role="row" data-session-id=id>
            <td role="cell" data-label=browser>
                <b>{name}</b>
                {session.this_one.then(|| view! { " " <span class="tag">{words::THIS_ONE}</span> })}
            </td>
            <td role="cell" data-label=from>
                <span class="wrap">{or(session.address, words::ADDRESS_UNKNOWN)}</span>
            </td>
            <td role="cell" data-label=began class="table__time">
                {when::time(session.began, when::ago(session.began, now), "")}
            </td>
            <td role="cell" data-label=used class="table__time">
                {when::time(session.used, when::ago(session.used, now), "")}
            </td>
            <td role="cell" data-label=end>
                <form method="post" action="/desk/account">
                    <button
                        class="button button--quiet button--small"
                        name="end"
                        value=session.id
                        aria-label=ends
                    >
                        {words::END}
                    </button>
                </form>
            </td>
        </tr>
    }
}
