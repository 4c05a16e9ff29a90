//! `/desk/settings/staff`: who works at the desk.

mod invite;
mod one;

use domain::{Role, Timestamp};
use leptos::prelude::*;

pub use invite::{StaffInvitePage, StaffInviteState};
pub use one::{StaffOnePage, StaffOneView};

use super::settings::{SettingsPart, parts};
use crate::components::Done;
use crate::text::desk::staff as words;
use crate::when;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct StaffListView {
    /// The accounts, by address.
    pub members: Vec<StaffRow>,
    /// The invites that wait.
    pub invites: Vec<StaffInviteRow>,
    /// What was just done.
    pub done: Option<&'static str>,
    /// Now, for ages.
    pub now: Timestamp,
}

/// One account.
#[derive(Clone, Debug)]
pub struct StaffRow {
    /// Its id.
    pub id: String,
    /// The address it signs in with.
    pub email: String,
    /// What it may do.
    pub role: Role,
    /// Whether an authenticator app is asked for.
    pub app: bool,
    /// How many passkeys it has.
    pub passkeys: usize,
    /// When it was last seen.
    pub seen: Option<Timestamp>,
    /// Whether it is closed.
    pub closed: bool,
    /// Whether it is the reader's own.
    pub you: bool,
}

/// One invite that waits.
#[derive(Clone, Debug)]
pub struct StaffInviteRow {
    /// Its id.
    pub id: String,
    /// Whom it is for.
    pub email: String,
    /// What they will be.
    pub role: Role,
    /// Until when it lets somebody in.
    pub until: Timestamp,
}

/// The page.
#[component]
pub fn StaffListPage(
    /// What it shows.
    view: StaffListView,
) -> impl IntoView {
    let StaffListView { members, invites, done, now } = view;
    view! {
        <main class="desk desk--narrow" id="main" tabindex="-1">
            {parts(SettingsPart::Staff)}
            <header class="desk__head">
                <div>
                    <h1>{words::HEADING}</h1>
                    <p class="soft">{words::LEAD}</p>
                </div>
                <a class="button" href="/desk/settings/staff/new">{words::INVITE}</a>
            </header>
            <div class="stack">
                {done.map(|done| view! { <Done words=done /> })}
                <table class="table" role="table" aria-label=words::HEADING>
                    {head(words::COLUMNS)}
                    <tbody role="rowgroup">{members.into_iter().map(|row| member(row, now)).collect_view()}</tbody>
                </table>
                {(!invites.is_empty()).then(|| waiting(invites))}
            </div>
        </main>
    }
}

fn head<const N: usize>(columns: [&'static str; N]) -> impl IntoView {
    let cells = columns.map(|name| view! { <th role="columnheader" scope="col">{name}</th> }).collect_view();
    view! {
        <thead role="rowgroup">
            <tr role="row">{cells}</tr>
        </thead>
    }
}

fn member(row: StaffRow, now: Timestamp) -> impl IntoView {
    let [email, role, with, seen] = words::COLUMNS;
    let seen_words = row.seen.map(|at| when::time(at, when::ago(at, now), "").into_any());
    view! {
        <tr role="row" data-staff-id=row.id.clone()>
            <td role="cell" data-label=email>
                <a class="table__main wrap" href=format!("/desk/settings/staff/{}", row.id)>{row.email}</a>
                {row.you.then(|| view! { " " <span class="tag">{words::YOU}</span> })}
                {row.closed.then(|| view! { " " <span class="tag">{words::CLOSED}</span> })}
            </td>
            <td role="cell" data-label=role>{words::role(row.role)}</td>
            <td role="cell" data-label=with>{words::signs_in_with(row.app, row.passkeys)}</td>
            <td role="cell" data-label=seen class="table__time">
                {seen_words.unwrap_or_else(|| words::NOT_SEEN.into_any())}
            </td>
        </tr>
    }
}

fn waiting(invites: Vec<StaffInviteRow>) -> impl IntoView {
    view! {
        <section aria-labelledby="waiting-title">
            <h2 class="card__title" id="waiting-title">{words::WAITING}</h2>
            <table class="table table--tight" role="table" aria-labelledby="waiting-title">
                {head(words::INVITE_COLUMNS)} <tbody role="rowgroup">{invites.into_iter().map(invited).collect_view()}</tbody>
            </table>
        </section>
    }
}

fn invited(row: StaffInviteRow) -> impl IntoView {
    let [email, role, until, revoke] = words::INVITE_COLUMNS;
    let revokes = words::revoke_this(&row.email);
    let id = row.id.clone();
    view! {
        <tr role="row" data-staff-invite-id=id>
            <td role="cell" data-label=email>
                <b class="wrap">{row.email}</b>
            </td>
            <td role="cell" data-label=role>{words::role(row.role)}</td>
            <td role="cell" data-label=until class="table__time">
                {when::time(row.until, format!("{} UTC", when::date_and_time(row.until)), "")}
            </td>
            <td role="cell" data-label=revoke>
                <form method="post" action="/desk/settings/staff">
                    <button class="button button--quiet button--small" name="revoke" value=row.id aria-label=revokes>
                        {words::REVOKE}
                    </button>
                </form>
            </td>
        </tr>
    }
}
