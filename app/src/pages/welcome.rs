//! `/i/{token}`: who asks, what for, what it takes, how it is kept, and one button.

use domain::PermissionSet;
use leptos::prelude::*;

use super::welcome_back::{WelcomeBack, body, card};
use crate::components::{PermissionList, Sign};
use crate::icons::Icon;
use crate::rich::rich;
use crate::text::{welcome, welcome_back};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct WelcomeView {
    /// The inviting company.
    pub company: String,
    /// What the link asks for.
    pub permissions: PermissionSet,
    /// Whether somebody pressed **Start** before.
    pub begun: bool,
    /// How the link stands, when it was made before.
    pub back: Option<WelcomeBack>,
    /// Until when the invite is good, as a date.
    pub good_until: String,
    /// What staff say to the administrator.
    pub note: Option<String>,
}

/// The page.
#[component]
pub fn WelcomePage(
    /// What it shows.
    view: WelcomeView,
) -> impl IntoView {
    let WelcomeView { company, permissions, begun, back, good_until, note } = view;
    let (heading, lead) = match back {
        Some(back) => (welcome_back::heading(back, &company), welcome_back::lead(back, &company)),
        None => (welcome::heading(&company), welcome::lead(&company)),
    };
    let enters = back.is_none_or(WelcomeBack::is_hers);
    let what = match back {
        Some(back) => card(back).into_any(),
        None => plan(begun).into_any(),
    };
    let more = match back {
        Some(back) => body(back, &company).into_any(),
        None => ask(&company, permissions).into_any(),
    };
    view! {
        <main class="welcome" id="main" tabindex="-1">
            <header class="welcome__lead">
                <div class="pair" aria-hidden="true">
                    <span class="pair__tile">{initials(&company)}</span>
                    <span class="pair__line"></span>
                    <span class="pair__link">{Icon::Link.view()}</span>
                    <span class="pair__line"></span>
                    <span class="pair__tile">"UKG Pro"</span>
                </div>
                <h1>{heading}</h1>
                <p class="lead__text">{lead}</p>
                {note
                    .map(|note| {
                        view! {
                            <div class="note welcome__note">
                                {Icon::Mail.view()} <div>
                                    <p class="note__title">{welcome::note_from(&company)}</p>
                                    <p>{note}</p>
                                </div>
                            </div>
                        }
                    })}
            </header>
            <div class="welcome__side">
                <section class="card" aria-labelledby="plan-title">
                    {what}
                    <form method="post">
                        <button class="button button--wide" type="submit">
                            {welcome::START}
                            " "
                            {Icon::Arrow.view()}
                        </button>
                    </form>
                    <p class="card__foot aside">
                        {Icon::Clock.view()}
                        <span>
                            {enters.then_some((welcome::STOP_ANY_TIME, " "))} {welcome::good_until(&good_until)}
                        </span>
                    </p>
                </section>
            </div>
            <div class="welcome__body">
                {more}
            </div>
        </main>
    }
}

/// What is to be done, and in which time.
fn plan(begun: bool) -> impl IntoView {
    view! {
        <h2 class="card__title" id="plan-title">{welcome::PLAN}</h2>
        <ol class="plan">
            {welcome::PLAN_STEPS
                .into_iter()
                .enumerate()
                .map(|(n, (what, time))| {
                    view! {
                        <li class="plan__item">
                            <b class="mark">{n + 1}</b>
                            <span>{what}</span>
                            <span class="plan__time">{time}</span>
                        </li>
                    }
                })
                .collect_view()}
        </ol>
        {begun.then(|| view! { <p class="welcome__begun">{rich(welcome::GO_ON)}</p> })}
    }
}

/// Who can do it, and the way to pass it on.
pub(super) fn need() -> impl IntoView {
    view! {
        <section aria-labelledby="need">
            <h2 id="need">{welcome::NEED}</h2>
            <ul class="points">
                {point(Icon::Person, welcome::NEED_ACCESS)} {point(Icon::Mail, welcome::NEED_OTHERWISE)}
            </ul>
            // Without the token: the address leads on from the one in the browser's bar.
            <p class="welcome__other">
                <a href="?forward">{welcome::NOT_ADMINISTRATOR}</a>
            </p>
        </section>
    }
}

/// What is needed and asked for, what the account may do, and how values are kept.
fn ask(company: &str, permissions: PermissionSet) -> impl IntoView + use<> {
    let number = permissions.len();
    view! {
        {need()}
        <section aria-labelledby="ask">
            <h2 id="ask">{welcome::ASK}</h2>
            <ul class="points">
                {point(Icon::Key, welcome::ASK_KEY)} {point(Icon::Person, welcome::ASK_ACCOUNT)}
                {point(Icon::Globe, welcome::ASK_URL)}
            </ul>
        </section>
        <section aria-labelledby="may">
            <h2 id="may">{welcome::MAY}</h2>
            <p class="soft">{rich(&welcome::may(number))}</p>
            <PermissionList permissions />
        </section>
        <section aria-labelledby="kept">
            <h2 id="kept">{welcome::KEPT}</h2>
            <p class="soft">{welcome::kept(company)}</p>
        </section>
    }
}

/// A point of a list: an icon, a line, and what it means.
pub(super) fn point(icon: Icon, (title, body): (&'static str, &'static str)) -> impl IntoView {
    view! {
        <li class="points__item">
            <Sign tone="now" icon />
            <p>
                <b>{title}</b>
                <span>{body}</span>
            </p>
        </li>
    }
}

/// The first letters of at most two words.
fn initials(company: &str) -> String {
    company
        .split_whitespace()
        .filter_map(|word| word.chars().next())
        .take(2)
        .flat_map(char::to_uppercase)
        .collect()
}
