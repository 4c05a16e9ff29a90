//! An invite that ran out: its page, and the wish for a fresh one.

use app::pages::{ExpiredPage, ExpiredView, RenewState};
use app::shell::{Page, Top};
use app::text::{flow, mail, problems};
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::{EmailAddress, ProblemCode};
use leptos::prelude::*;
use services::{Renewal, RenewalOffer};

use super::invite::{Token, text};
use crate::error::HandlerError;
use crate::middleware::request_id::RequestId;
use crate::render::{self, see_other};
use crate::startup::AppState;

/// Where the form goes, seen from the invite's own page: an address without the token, which never stands in HTML.
const FROM_INVITE: &str = "?renew";
/// The same, seen from the page that answers it.
const FROM_ANSWER: &str = "";

/// The page of an invite that ran out.
pub async fn show(state: &AppState, offer: RenewalOffer, request: &RequestId) -> Response {
    let to = offer.to.as_ref().map(masked);
    page(state, StatusCode::GONE, RenewState::Offer { to }, FROM_INVITE, request).await
}

/// The button.
pub async fn renew(
    State(state): State<AppState>,
    Extension(request): Extension<RequestId>,
    token: Token,
) -> Result<Response, HandlerError> {
    let token = text(token)?;
    let renewal = state.services.renew_invite(&token).await?;
    let answer = match renewal.map_err(|refusal| HandlerError::Invite(refusal.code))? {
        Renewal::Mailed { to } => RenewState::Sent { to: masked(&to) },
        Renewal::TooSoon { to: Some(to) } => RenewState::Already { to: masked(&to) },
        Renewal::TooSoon { to: None } | Renewal::CompanyTold => RenewState::Told,
        Renewal::NotSent => RenewState::Failed,
        Renewal::StillGood => return Ok(see_other(&format!("/i/{token}"))),
    };
    Ok(page(&state, StatusCode::OK, answer, FROM_ANSWER, &request).await)
}

async fn page(
    state: &AppState,
    status: StatusCode,
    renewal: RenewState,
    action: &str,
    request: &RequestId,
) -> Response {
    let company = state.company.to_string();
    let view = ExpiredView {
        company: company.clone(),
        state: renewal,
        action: action.to_owned(),
        request_id: request.0.clone(),
    };
    let title = problems::for_admin(ProblemCode::InviteExpired).title;
    render::page(status, move || {
        let (view, company) = (view.clone(), company.clone());
        view! {
            <Page
                assets=render::assets()
                title=title
                foot=Some(flow::foot(&company))
                top=Top::Asked { company }
                refresh=None
            >
                <ExpiredPage view />
            </Page>
        }
    })
    .await
}

fn masked(address: &EmailAddress) -> String {
    mail::masked(address.as_str())
}
