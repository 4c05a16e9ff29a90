//! A reply to the customer: drafted from what stands in the way, read over, then mailed or copied.

use app::pages::{DeskReplyPage, DeskReplyView, ReplyNotice};
use app::shell::DeskTab;
use app::text::desk::help::writing;
use app::text::desk::reply::{Draft, Situation, draft};
use axum::extract::State;
use axum::response::Response;
use domain::{PermissionResult, Reply};
use leptos::prelude::*;
use serde::Deserialize;
use services::{LinkPage, MailOutcome, ReplyOutcome, ReplyWay};

use super::super::page;
use super::invite::{address, mailed};
use super::{LinkInPath, path_of};
use crate::error::HandlerError;
use crate::forms::PastedForm;
use crate::sessions::AtDesk;
use crate::startup::AppState;

/// A reply.
#[derive(Debug, Deserialize)]
pub struct ReplyForm {
    /// One line.
    #[serde(default)]
    subject: String,
    /// The text.
    #[serde(default)]
    body: String,
    /// `mail` or `copy`.
    #[serde(default)]
    how: String,
}

/// The draft.
pub async fn show(
    State(state): State<AppState>,
    desk: AtDesk,
    LinkInPath(id): LinkInPath,
) -> Result<Response, HandlerError> {
    let found = state.services.show_link(&desk.caller, id, None).await?.ok_or(HandlerError::NoSuchLink)?;
    let draft = draft_of(&state.company, &found);
    Ok(written(&desk, &found, draft, None).await)
}

/// Sends it its way.
pub async fn send(
    State(state): State<AppState>,
    desk: AtDesk,
    LinkInPath(id): LinkInPath,
    PastedForm(form): PastedForm<ReplyForm>,
) -> Result<Response, HandlerError> {
    let found = state.services.show_link(&desk.caller, id, None).await?.ok_or(HandlerError::NoSuchLink)?;
    let way = match form.how.as_str() {
        "mail" => ReplyWay::Mail,
        _ => ReplyWay::Copy,
    };
    let typed = Draft { subject: form.subject, body: form.body };
    let Ok(reply) = Reply::parse(&typed.subject, &typed.body) else {
        return Ok(written(&desk, &found, typed, Some(ReplyNotice::Refused)).await);
    };
    match state.services.reply(&desk.caller, id, &reply, way).await? {
        ReplyOutcome::Mailed(MailOutcome::NotSent) => {
            Ok(written(&desk, &found, typed, Some(ReplyNotice::NotSent)).await)
        }
        ReplyOutcome::Mailed(MailOutcome::NoWay) => {
            Ok(written(&desk, &found, typed, Some(ReplyNotice::NoWay)).await)
        }
        ReplyOutcome::Mailed(MailOutcome::TooSoon) => {
            Ok(written(&desk, &found, typed, Some(ReplyNotice::TooSoon)).await)
        }
        ReplyOutcome::Mailed(MailOutcome::Enough) => {
            Ok(written(&desk, &found, typed, Some(ReplyNotice::Enough)).await)
        }
        ReplyOutcome::Mailed(outcome @ (MailOutcome::Sent { .. } | MailOutcome::NoSuchLink)) => {
            mailed(id, &outcome)
        }
        ReplyOutcome::ToCopy(fresh) => {
            let notice = fresh.is_some().then_some(ReplyNotice::Filled);
            let body =
                fresh.map_or_else(|| reply.body().to_owned(), |made| reply.filled(&address(&state, &made)));
            let filled = Draft { subject: reply.subject().to_owned(), body };
            Ok(written(&desk, &found, filled, notice).await)
        }
    }
}

fn draft_of(company: &str, page: &LinkPage) -> Draft {
    let link = &page.link;
    let rows =
        page.check.as_ref().and_then(|check| check.report.as_ref()).map_or(&[][..], |report| &report.rows);
    let missing: Vec<_> =
        rows.iter().filter(|row| row.result == PermissionResult::Missing).map(|row| row.permission).collect();
    let situation = Situation {
        company,
        customer: link.customer.as_str(),
        status: link.status,
        problem: link.problem,
        step: link.step_reached,
        missing: &missing,
    };
    draft(link.language, &situation)
}

async fn written(desk: &AtDesk, found: &LinkPage, draft: Draft, notice: Option<ReplyNotice>) -> Response {
    let view = DeskReplyView {
        back: path_of(found.link.id),
        customer: found.link.customer.to_string(),
        mail_to: found.mailable.as_ref().map(ToString::to_string),
        subject: draft.subject,
        body: draft.body,
        notice,
    };
    let title = writing::HEADING.to_owned();
    page(desk, DeskTab::Links, title, move || view! { <DeskReplyPage view=view.clone() /> }).await
}
