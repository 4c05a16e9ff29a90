//! `/desk/settings/staff/{staff}`: one account, and what owners may do with it.

use domain::{Role, Timestamp};
use leptos::prelude::*;

use super::StaffRow;
use crate::components::{Done, Fact, NotTaken};
use crate::icons::Icon;
use crate::text::desk::staff::{self as words, one, said};
use crate::when;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct StaffOneView {
    /// The account.
    pub member: StaffRow,
    /// Since when there is one.
    pub since: Timestamp,
    /// Since when it is closed.
    pub closed_since: Option<Timestamp>,
    /// What was just done.
    pub done: Option<&'static str>,
    /// Whether it is the last owner, and was to stop being one.
    pub last_owner: bool,
    /// Now, for ages.
    pub now: Timestamp,
}

/// The page.
#[component]
pub fn StaffOnePage(
    /// What it shows.
    view: StaffOneView,
) -> impl IntoView {
    let StaffOneView { member, since, closed_since, done, last_owner, now } = view;
    let action = format!("/desk/settings/staff/{}", member.id);
    let seen = member.seen.map(|at| when::ago(at, now)).unwrap_or_else(|| words::NOT_SEEN.to_owned());
    let [_, role, with, last_seen] = words::COLUMNS;
    view! {
        <main class="desk desk--narrow" id="main" tabindex="-1">
            <p>
                <a class="back" href="/desk/settings/staff">{Icon::Back.view()} {words::BACK}</a>
            </p>
            <div class="title-line">
                <h1 class="wrap">{member.email.clone()}</h1>
                {member.you.then(|| view! { <span class="tag">{words::YOU}</span> })}
                {member.closed.then(|| view! { <span class="tag">{words::CLOSED}</span> })}
            </div>
            <div class="stack" data-staff-id=member.id.clone()>
                {done.map(|done| view! { <Done words=done /> })}
                {last_owner.then(|| view! { <NotTaken title=said::LAST_OWNER.0 words=said::LAST_OWNER.1 /> })}
                <section class="card">
                    <dl class="facts">
                        <Fact name=role>{words::role(member.role)} ". " {words::role_means(member.role)}</Fact>
                        <Fact name=with>{words::signs_in_with(member.app, member.passkeys)}</Fact>
                        <Fact name=last_seen>{seen}</Fact>
                        <Fact name=one::SINCE>{when::date(since)}</Fact>
                        {closed_since.map(|at| view! { <Fact name=one::CLOSED_SINCE>{when::date(at)}</Fact> })}
                    </dl>
                </section>
                {if member.closed {
                    act(&action, one::OPEN, one::OPEN_HINT, "open", one::OPEN_BUTTON, false).into_any()
                } else {
                    view! {
                        {role_form(&action, member.role)}
                        {if member.app || member.passkeys > 0 {
                            act(&action, one::FACTORS, one::FACTORS_HINT, "reset", one::FACTORS_BUTTON, true).into_any()
                        } else {
                            ().into_any()
                        }}
                        {act(&action, one::CLOSE, one::CLOSE_HINT, "close", one::CLOSE_BUTTON, true)}
                    }
                        .into_any()
                }}
            </div>
        </main>
    }
}

fn role_form(action: &str, current: Role) -> impl IntoView {
    view! {
        <form class="card form" method="post" action=action.to_owned()>
            <fieldset class="choices">
                <legend>
                    <h2>{one::ROLE}</h2>
                </legend>
                {role_choices(current)}
            </fieldset>
            <p class="soft small">{one::ROLE_HINT}</p>
            <div class="actions">
                <button class="button button--quiet" name="do" value="role">{one::ROLE_BUTTON}</button>
            </div>
        </form>
    }
}

/// The roles to choose among.
pub(super) fn role_choices(current: Role) -> impl IntoView {
    [Role::Support, Role::Owner]
        .map(|role| {
            let id = format!("role-{}", role.as_str());
            let target = id.clone();
            view! {
                <label class="choice" for=target>
                    <input type="radio" id=id name="role" value=role.as_str() checked=role == current />
                    <span>
                        <b>{words::role(role)}</b>
                        <small>{words::role_means(role)}</small>
                    </span>
                </label>
            }
        })
        .collect_view()
}

fn act(
    action: &str,
    title: &'static str,
    hint: &'static str,
    value: &'static str,
    button: &'static str,
    ends: bool,
) -> impl IntoView {
    let class = if ends { "button button--quiet button--end" } else { "button button--quiet" };
    view! {
        <form class="card form" method="post" action=action.to_owned()>
            <h2>{title}</h2>
            <p class="soft">{hint}</p>
            <div class="actions">
                <button class=class name="do" value=value>{button}</button>
            </div>
        </form>
    }
}
