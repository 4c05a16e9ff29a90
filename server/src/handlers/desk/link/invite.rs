//! Fresh invites: shown once, or mailed; and withdrawing those that are out.

use app::pages::{DeskFreshPage, DeskFreshView};
use app::shell::DeskTab;
use app::text::desk::help::{Said, fresh};
use app::when;
use axum::extract::State;
use axum::response::Response;
use domain::LinkId;
use leptos::prelude::*;
use serde::Deserialize;
use services::{FreshInvite, MailOutcome};

use super::super::page;
use super::{LinkInPath, path_of, said};
use crate::error::HandlerError;
use crate::forms::Form;
use crate::render::see_other;
use crate::sessions::AtDesk;
use crate::startup::AppState;

/// What to do with a fresh invite.
#[derive(Debug, Deserialize)]
pub struct InviteForm {
    /// `show` or `mail`.
    #[serde(default)]
    how: String,
}

/// Makes a fresh invite. Its address stands in this answer alone, which no cache keeps.
pub async fn make(
    State(state): State<AppState>,
    desk: AtDesk,
    LinkInPath(id): LinkInPath,
    Form(form): Form<InviteForm>,
) -> Result<Response, HandlerError> {
    match form.how.as_str() {
        "show" => {
            let customer = customer(&state, &desk, id).await?;
            let made = state.services.new_invite(&desk.caller, id).await?.ok_or(HandlerError::NoSuchLink)?;
            Ok(shown(&state, &desk, id, customer, &made).await)
        }
        "mail" => mailed(id, &state.services.mail_fresh_invite(&desk.caller, id).await?),
        // Nothing was asked for, so nothing is made.
        _ => Ok(see_other(&path_of(id))),
    }
}

/// Withdraws every invite to the link.
pub async fn withdraw(
    State(state): State<AppState>,
    desk: AtDesk,
    LinkInPath(id): LinkInPath,
) -> Result<Response, HandlerError> {
    let withdrawn = state.services.withdraw_invites(&desk.caller, id).await?;
    Ok(said(id, if withdrawn > 0 { Said::Withdrawn } else { Said::NothingToWithdraw }))
}

/// An invite's address.
pub(super) fn address(state: &AppState, made: &FreshInvite) -> String {
    format!("{}/i/{}", state.public_url.as_str(), made.token.expose())
}

/// Back to the link's page, which says what became of the mail.
pub(super) fn mailed(id: LinkId, outcome: &MailOutcome) -> Result<Response, HandlerError> {
    match outcome {
        MailOutcome::Sent { .. } => Ok(said(id, Said::Mailed)),
        MailOutcome::NotSent => Ok(said(id, Said::NotMailed)),
        MailOutcome::NoWay => Ok(said(id, Said::NoMail)),
        MailOutcome::TooSoon => Ok(said(id, Said::MailTooSoon)),
        MailOutcome::Enough => Ok(said(id, Said::MailsEnough)),
        MailOutcome::NoSuchLink => Err(HandlerError::NoSuchLink),
    }
}

async fn customer(state: &AppState, desk: &AtDesk, id: LinkId) -> Result<String, HandlerError> {
    let found = state.services.show_link(&desk.caller, id, None).await?.ok_or(HandlerError::NoSuchLink)?;
    Ok(found.link.customer.to_string())
}

async fn shown(
    state: &AppState,
    desk: &AtDesk,
    id: LinkId,
    customer: String,
    made: &FreshInvite,
) -> Response {
    let view = DeskFreshView {
        back: path_of(id),
        customer,
        url: address(state, made),
        good_until: when::date(made.expires_at),
    };
    let title = fresh::HEADING.to_owned();
    page(desk, DeskTab::Links, title, move || view! { <DeskFreshPage view=view.clone() /> }).await
}
