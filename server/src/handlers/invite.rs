//! `/i/{token}`: looking changes nothing, **Start** lets this browser in and leaves the token behind; and
//! `/i/{token}/forward`, the message for somebody who is not the right person.

use app::pages::{ForwardPage, ForwardView, WelcomeBack, WelcomePage, WelcomeView};
use app::shell::{Page, Top};
use app::text::{flow, forward as forward_words, welcome, welcome_back};
use app::when;
use axum::Extension;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::Response;
use domain::{LinkStatus, ProblemCode};
use leptos::prelude::*;

use super::expired;
use super::flow_pages::path_of;
use crate::cookies::SessionCookie;
use crate::error::HandlerError;
use crate::middleware::request_id::RequestId;
use crate::render;
use crate::startup::AppState;

/// The query of the way to the message: the token never stands in HTML, so the page links to an address without it.
const FORWARD: &str = "forward";
/// The query of the way to a fresh invite.
const RENEW: &str = "renew";

/// The token in the path, which may be anything: mail programs cut and re-encode addresses.
pub type Token = Result<Path<String>, PathRejection>;

/// The welcome page.
pub async fn show(
    State(state): State<AppState>,
    Extension(request): Extension<RequestId>,
    RawQuery(query): RawQuery,
    token: Token,
) -> Result<Response, HandlerError> {
    let token = text(token)?;
    if query.as_deref() == Some(FORWARD) {
        // Only what can be a token may stand in a header.
        if services::Token::parse(&token).is_none() {
            return Err(HandlerError::Invite(ProblemCode::InviteUnknown));
        }
        return Ok(render::see_other(&format!("/i/{token}/forward")));
    }
    let invite = match state.services.look_at_invite(&token).await? {
        Ok(invite) => invite,
        Err(refusal) => {
            return match state.services.renewal_offer(&token).await? {
                Some(offer) => Ok(expired::show(&state, offer, &request).await),
                None => Err(HandlerError::Invite(refusal.code)),
            };
        }
    };
    let company = state.company.to_string();
    let back = WelcomeBack::of(invite.link.status, invite.link.problem);
    let title = back.map_or_else(|| welcome::heading(&company), |back| welcome_back::heading(back, &company));
    let view = WelcomeView {
        company: company.clone(),
        permissions: invite.link.permissions,
        begun: matches!(
            invite.link.status,
            LinkStatus::Opened | LinkStatus::InProgress | LinkStatus::Checking
        ),
        back,
        good_until: when::date(invite.expires_at),
        note: invite.link.note.map(|note| note.as_str().to_owned()),
    };
    Ok(render::page(StatusCode::OK, move || {
        let (view, company, title) = (view.clone(), company.clone(), title.clone());
        view! {
            <Page
                assets=render::assets()
                title
                foot=Some(flow::foot(&company))
                top=Top::Asked { company }
                refresh=None
            >
                <WelcomePage view />
            </Page>
        }
    })
    .await)
}

/// The message to forward to whoever is the right person.
pub async fn forward(State(state): State<AppState>, token: Token) -> Result<Response, HandlerError> {
    let found = state.services.look_at_invite(&text(token)?).await?;
    let invite = found.map_err(|refusal| HandlerError::Invite(refusal.code))?;
    let company = state.company.to_string();
    let view = ForwardView {
        company: company.clone(),
        permissions: invite.link.permissions,
        good_until: when::date(invite.expires_at),
    };
    Ok(render::page(StatusCode::OK, move || {
        let (view, company) = (view.clone(), company.clone());
        view! {
            <Page
                assets=render::assets()
                title=forward_words::HEADING.0
                foot=Some(flow::foot(&company))
                top=Top::Asked { company }
                live=true
                refresh=None
            >
                <ForwardPage view />
            </Page>
        }
    })
    .await)
}

/// The **Start** button; on the page of an invite that ran out, the button that asks for a fresh one.
pub async fn start(
    State(state): State<AppState>,
    request: Extension<RequestId>,
    RawQuery(query): RawQuery,
    token: Token,
) -> Result<Response, HandlerError> {
    if query.as_deref() == Some(RENEW) {
        return expired::renew(State(state), request, token).await;
    }
    let started = state.services.start_flow(&text(token)?).await?;
    let flow = started.map_err(|refusal| HandlerError::Invite(refusal.code))?;
    let mut response = render::see_other(&path_of(flow.link, flow.page));
    let cookie = state.cookies.set(SessionCookie::Flow(flow.link), &flow.session, flow.valid_seconds);
    response.headers_mut().extend(cookie.map(|cookie| (SET_COOKIE, cookie)));
    Ok(response)
}

/// The token's text.
pub fn text(token: Token) -> Result<String, HandlerError> {
    token.map(|Path(token)| token).map_err(|_| HandlerError::Invite(ProblemCode::InviteUnknown))
}
