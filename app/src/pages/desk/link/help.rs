//! What staff can do for a link: reply, check, invite, preview; pause and end it. Plain forms, each with its own address.

use domain::LinkStatus;
use leptos::prelude::*;

use crate::pages::Hold;
use crate::text::desk::help as words;
use crate::when;

/// Whether a check can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckHelp {
    /// It can.
    Ready,
    /// One is running.
    Running,
    /// A value is missing.
    NotReady,
    /// It is held back.
    Held(Hold),
}

/// What changes the link itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkAct {
    /// It can be paused.
    Pause,
    /// It can go on.
    Resume,
    /// It can be ended, by this reader or only by owners.
    End {
        /// Whether the reader may.
        may: bool,
    },
    /// It was ended: the certificate's number.
    Certificate(String),
}

/// What can be done.
#[derive(Clone, Debug)]
pub struct DeskHelpView {
    /// Where it stands.
    pub status: LinkStatus,
    /// The check.
    pub check: CheckHelp,
    /// How many invites let somebody in.
    pub open_invites: usize,
    /// Where a mail would go; `None` when none can be sent.
    pub mail_to: Option<String>,
    /// What changes the link itself.
    pub acts: Vec<LinkAct>,
}

/// The section.
pub(super) fn section(id: &str, help: DeskHelpView) -> impl IntoView + use<> {
    let at = |page: &str| format!("/desk/links/{id}/{page}");
    let reply = view! { <a class="button" href=at("reply")>{words::REPLY_GO}</a> };
    let check = check(at("check"), help.status, help.check);
    let (show, mail) = (at("invite"), at("invite"));
    let invite = view! {
        <form method="post" action=show>
            <button class="button button--quiet button--small" type="submit" name="how" value="show">{words::INVITE_SHOW}</button>
        </form>
        {match help.mail_to {
            Some(to) => {
                view! {
                    <form method="post" action=mail>
                        <button class="button button--quiet button--small" type="submit" name="how" value="mail">
                            {words::invite_mail(&to)}
                        </button>
                    </form>
                }
                    .into_any()
            }
            None => view! { <p class="soft small">{words::INVITE_NO_MAIL}</p> }.into_any(),
        }}
    };
    let withdraw = (help.open_invites > 0).then(|| {
        view! {
            <form method="post" action=at("withdraw")>
                <button class="button button--quiet button--small" type="submit">{words::WITHDRAW}</button>
            </form>
        }
    });
    let open = words::open_invites(help.open_invites);
    view! {
        <section class="card help" id="help" aria-labelledby="help-title">
            <h2 id="help-title">{words::HELP}</h2>
            {way(words::REPLY, reply)}
            {way(words::CHECK, check)}
            {way(words::INVITE, view! { {invite} <p class="help__open">{open}</p> {withdraw} })}
            {way(
                words::PREVIEW,
                view! { <a class="button button--quiet button--small" href="/desk/preview">{words::PREVIEW_GO}</a> },
            )}
        </section>
    }
}

/// What changes the link itself.
pub(super) fn acts(id: &str, help: DeskHelpView) -> impl IntoView + use<> {
    let at = |page: &str| format!("/desk/links/{id}/{page}");
    let ways = help.acts.into_iter().map(|act| match act {
        LinkAct::Pause => way(words::PAUSE, form(at("pause"), words::PAUSE_GO)).into_any(),
        LinkAct::Resume => way(words::RESUME, form(at("resume"), words::RESUME_GO)).into_any(),
        LinkAct::End { may: true } => {
            let go = view! {
                <a class="button button--quiet button--small button--end" href=at("end")>{words::END_GO}</a>
            };
            way(words::END, go).into_any()
        }
        LinkAct::End { may: false } => {
            way(words::END, view! { <p class="soft small">{words::END_OWNERS}</p> }).into_any()
        }
        LinkAct::Certificate(number) => {
            let href = at(&format!("certificate/{number}"));
            let go = view! {
                <a class="button button--quiet button--small" href=href download="">{words::CERTIFICATE_GO}</a>
            };
            way(words::CERTIFICATE, go).into_any()
        }
    });
    let ways: Vec<_> = ways.collect();
    (!ways.is_empty()).then(|| {
        view! {
            <section class="card help" aria-labelledby="acts-title">
                <h2 id="acts-title">{words::LINK}</h2>
                {ways}
            </section>
        }
    })
}

fn way((name, sentence): (&'static str, &'static str), what: impl IntoView + 'static) -> impl IntoView {
    view! {
        <div class="help__way">
            <h3>{name}</h3>
            <p class="help__why">{sentence}</p>
            <div class="help__acts">{what.into_any()}</div>
        </div>
    }
}

fn form(action: String, name: &'static str) -> impl IntoView {
    view! {
        <form method="post" action=action>
            <button class="button button--quiet button--small" type="submit">{name}</button>
        </form>
    }
}

fn check(action: String, status: LinkStatus, check: CheckHelp) -> AnyView {
    let why = |sentence: &'static str| view! { <p class="help__no">{sentence}</p> }.into_any();
    match (status, check) {
        (LinkStatus::Paused, _) => why(words::CHECK_PAUSED),
        (LinkStatus::Disconnected, CheckHelp::NotReady) => why(words::CHECK_ENDED),
        (_, CheckHelp::Running) => why(words::CHECK_RUNNING),
        (_, CheckHelp::NotReady) => why(words::CHECK_NOT_READY),
        (_, CheckHelp::Held(Hold::Wait { until, .. })) => {
            let sentence = when::within(words::HELD_UNTIL, until, when::clock(until));
            view! { <p class="help__no" data-held="wait">{sentence}</p> }.into_any()
        }
        (_, CheckHelp::Held(Hold::NeedsChange { may_retry })) => view! {
            <p class="help__no" data-held="refused">{words::HELD_REFUSED}</p>
            {may_retry.then(|| view! { <p class="help__no">{words::HELD_MENDED}</p> })}
        }
        .into_any(),
        (_, CheckHelp::Ready) => form(action, words::CHECK_GO).into_any(),
    }
}
