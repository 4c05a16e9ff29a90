//! What may stand above a check's outcome: a replacement, a wait, another link with the same account, rows too many.

use domain::{LinkStatus, Permission, Timestamp};
use leptos::prelude::*;

use crate::components::Fact;
use crate::icons::Icon;
use crate::rich::rich;
use crate::text::{check, replacement};
use crate::when;

/// Why the check was not started although it was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// Too many tries in a short time: UKG Pro could lock the account.
    Wait {
        /// When the next try is possible.
        until: Timestamp,
        /// In how many minutes that is, rounded up.
        minutes: i64,
    },
    /// UKG Pro has refused exactly these values: something has to change first.
    NeedsChange {
        /// Whether they may be tried once more when the account was mended in UKG Pro itself.
        may_retry: bool,
    },
}

/// What became of values that are to replace those in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Replacement {
    /// There are none.
    No,
    /// They failed: those in use stay.
    Failed,
    /// They wait for their check: those in use stay.
    Waiting,
    /// They are in use now, which can be undone for a while.
    Used {
        /// Until when it can be undone.
        undo_until: Timestamp,
    },
    /// They work, but may read less: the administrator decides.
    Weaker {
        /// What the ones in use may read and the new ones may not.
        lost: Vec<Permission>,
    },
    /// They belong to another UKG Pro account: the administrator decides.
    OtherAccount {
        /// The host in use.
        old_host: String,
        /// The new host; the same as the old one when only the key is another.
        new_host: String,
    },
}

/// A note: title, sentences.
pub(in crate::pages) fn note(
    class: &'static str,
    icon: Icon,
    title: String,
    body: impl IntoView + 'static,
) -> AnyView {
    view! {
        <div class=class>
            {icon.view()} <div>
                <p class="note__title">{title}</p>
                {body.into_any()}
            </div>
        </div>
    }
    .into_any()
}

/// Why nothing was asked.
pub(super) fn hold(hold: Option<Hold>) -> Option<AnyView> {
    hold.map(|hold| match hold {
        Hold::Wait { until, minutes } => {
            let clock = when::time(until, check::clock(&when::clock(until)), "");
            let body = view! {
                <p>{check::WAIT_WHY} " " {clock}</p>
                <p>{rich(check::WAIT_MEANWHILE)}</p>
            };
            note("note note--warn", Icon::Clock, check::wait(minutes), body)
        }
        Hold::NeedsChange { may_retry } => {
            let body = view! {
                <p>{rich(check::NOT_AGAIN)}</p>
                {may_retry
                    .then(|| {
                        view! {
                            <p>{rich(check::MENDED_THERE)}</p>
                            <form class="note__act" method="post" action="check">
                                <button
                                    class="button button--quiet button--small"
                                    type="submit"
                                    name="mended"
                                    value="yes"
                                >
                                    {check::TRY_ONCE_MORE}
                                </button>
                            </form>
                        }
                    })}
            };
            note("note", Icon::Info, check::NEEDS_CHANGE.to_owned(), body)
        }
    })
}

/// What became of the new values, unless the administrator has to decide.
pub(super) fn replaced(replacement: &Replacement, status: LinkStatus) -> Option<AnyView> {
    let works = status != LinkStatus::Broken;
    match replacement {
        Replacement::Failed if works => Some(kept(replacement::FAILED).into_any()),
        Replacement::Failed => Some(kept(replacement::FAILED_BROKEN).into_any()),
        Replacement::Waiting if works => Some(kept(replacement::WAITING).into_any()),
        Replacement::Waiting => Some(kept(replacement::WAITING_BROKEN).into_any()),
        Replacement::Used { undo_until } => Some(undo(*undo_until).into_any()),
        Replacement::No | Replacement::Weaker { .. } | Replacement::OtherAccount { .. } => None,
    }
}

/// That those in use stay, and the way to give the new ones up.
pub(super) fn kept((title, body): (&'static str, &'static str)) -> impl IntoView {
    let body = view! {
        <p>{body}</p>
        <form class="note__act" method="post" action="replace">
            <button class="button button--quiet button--small" type="submit" name="choice" value="keep">
                {replacement::GIVE_UP}
            </button>
        </form>
    };
    note("note", Icon::Info, title.to_owned(), body)
}

/// That new values are in use, and the way back.
pub(super) fn undo(until: Timestamp) -> impl IntoView {
    let body = view! {
        <p>{replacement::used(&when::date_and_time(until))}</p>
        <form class="note__act" method="post" action="undo">
            <button class="button button--quiet button--small" type="submit">{replacement::UNDO}</button>
        </form>
    };
    note("note note--ok screen", Icon::Check, replacement::USED.to_owned(), body)
}

/// The question, when the administrator has to decide: heading, paragraph, and what to look at.
pub(super) fn question(replacement: &Replacement) -> Option<(&'static str, &'static str, AnyView)> {
    match replacement {
        Replacement::Weaker { lost } => {
            let lost = lost.iter().map(|permission| view! { <li><b>{permission.label()}</b></li> });
            let list = view! {
                <section class="card">
                    <h2>{replacement::LOST}</h2>
                    <ul class="points-plain">{lost.collect_view()}</ul>
                </section>
            };
            Some((replacement::WEAKER.0, replacement::WEAKER.1, list.into_any()))
        }
        Replacement::OtherAccount { old_host, new_host } => {
            let (old_host, new_host) = (old_host.clone(), new_host.clone());
            let facts = if old_host == new_host {
                view! { <p>{replacement::OTHER_KEY}</p> }.into_any()
            } else {
                view! {
                    <dl class="facts">
                        <Fact name=replacement::OLD>
                            <span class="mono">{old_host}</span>
                        </Fact>
                        <Fact name=replacement::NEW>
                            <span class="mono">{new_host}</span>
                        </Fact>
                    </dl>
                }
                .into_any()
            };
            let card = view! { <section class="card">{facts}</section> };
            Some((replacement::OTHER.0, replacement::OTHER.1, card.into_any()))
        }
        Replacement::No | Replacement::Failed | Replacement::Waiting | Replacement::Used { .. } => None,
    }
}

/// The two answers.
pub(super) fn answers() -> impl IntoView {
    view! {
        <form class="actions" method="post" action="replace">
            <button class="button" type="submit" name="choice" value="keep">{replacement::KEEP}</button>
            <button class="button button--quiet" type="submit" name="choice" value="use">{replacement::USE}</button>
        </form>
        <p class="soft small">{replacement::NOTHING_YET}</p>
    }
}

/// That the same account is linked elsewhere. Whose link that is, is not told.
pub(super) fn duplicate(duplicate: bool, company: &str) -> impl IntoView + use<> {
    duplicate.then(|| {
        note(
            "note screen",
            Icon::Info,
            check::DUPLICATE.to_owned(),
            view! { <p>{check::duplicate(company)}</p> },
        )
    })
}

/// Rows that may be unticked.
pub(super) fn surplus(permissions: &[Permission], company: &str) -> impl IntoView + use<> {
    (!permissions.is_empty()).then(|| {
        let names: Vec<&str> = permissions.iter().map(|permission| permission.label()).collect();
        let sentence = check::surplus(&names, company);
        note("note screen", Icon::Info, check::SURPLUS.to_owned(), view! { <p>{rich(&sentence)}</p> })
    })
}
