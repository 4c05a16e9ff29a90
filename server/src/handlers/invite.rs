//! `/i/{token}`: looking changes nothing, **Start** lets this browser in and leaves the token behind.

use app::pages::{WelcomePage, WelcomeView};
use app::shell::{Page, Top};
use app::text::{flow, welcome};
use app::when;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::Response;
use domain::{LinkStatus, ProblemCode};
use leptos::prelude::*;

use super::flow_pages::path_of;
use crate::cookies::SessionCookie;
use crate::error::HandlerError;
use crate::render;
use crate::startup::AppState;

/// The token in the path, which may be anything: mail programs cut and re-encode addresses.
type Token = Result<Path<String>, PathRejection>;

/// The welcome page.
pub async fn show(State(state): State<AppState>, token: Token) -> Result<Response, HandlerError> {
    let found = state.services.look_at_invite(&text(token)?).await?;
    let invite = found.map_err(|refusal| HandlerError::Invite(refusal.code))?;
    let company = state.company.to_string();
    let view = WelcomeView {
        company: company.clone(),
        permissions: invite.link.permissions,
        begun: invite.link.status != LinkStatus::Invited,
        good_until: when::date(invite.expires_at),
    };
    Ok(render::page(StatusCode::OK, move || {
        let (view, company) = (view.clone(), company.clone());
        view! {
            <Page
                assets=render::assets()
                title=welcome::heading(&company)
                foot=Some(flow::foot(&company))
                top=Top::Asked { company }
            >
                <WelcomePage view />
            </Page>
        }
    })
    .await)
}

/// The **Start** button.
pub async fn start(State(state): State<AppState>, token: Token) -> Result<Response, HandlerError> {
    let started = state.services.start_flow(&text(token)?).await?;
    let flow = started.map_err(|refusal| HandlerError::Invite(refusal.code))?;
    let mut response = render::see_other(&path_of(flow.link, flow.page));
    let cookie = state.cookies.set(SessionCookie::Flow(flow.link), &flow.session, flow.valid_seconds);
    response.headers_mut().extend(cookie.map(|cookie| (SET_COOKIE, cookie)));
    Ok(response)
}

fn text(token: Token) -> Result<String, HandlerError> {
    token.map(|Path(token)| token).map_err(|_| HandlerError::Invite(ProblemCode::InviteUnknown))
}
