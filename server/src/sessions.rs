//! Who is calling: extractors that hand a handler its checked caller, or answer instead of it.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{LinkId, Secret, Step};
use services::{Confirmed, FlowCaller, OwnerCaller, StaffCaller, StepCaller};

use crate::cookies::SessionCookie;
use crate::error::HandlerError;
use crate::handlers::desk::confirm;
use crate::render::see_other;
use crate::startup::AppState;

/// The administrator whose session opens the link in the path.
#[derive(Clone, Copy, Debug)]
pub struct InFlow(pub FlowCaller);

/// The colleague whose session opens the one step in the path.
#[derive(Clone, Copy, Debug)]
pub struct InStep(pub StepCaller);

/// The staff member whose session this is.
#[derive(Clone, Debug)]
pub struct AtDesk {
    /// Who.
    pub caller: StaffCaller,
    /// The cookie's token, to end the session with.
    pub session: Secret,
}

/// The same for what a page does by itself: it keeps no session alive.
#[derive(Clone, Debug)]
pub struct WatchingDesk {
    /// Who.
    pub caller: StaffCaller,
    /// The cookie's token, to see whether the session is still good.
    pub session: Secret,
}

/// The owner whose session this is.
#[derive(Clone, Debug)]
pub struct OwnerAtDesk {
    /// Who, with the right of an owner.
    pub owner: OwnerCaller,
    /// The same as any staff member.
    pub desk: AtDesk,
}

/// The staff member whose session this is, who proved lately who they are. Anybody else is asked to, and led back to
/// the address they asked for: so what sends a form to a path must be shown by a GET of the same path.
#[derive(Clone, Debug)]
pub struct ConfirmedAtDesk {
    /// Who, for use cases that ask for a proof.
    pub caller: Confirmed<StaffCaller>,
    /// The same as any staff member.
    pub desk: AtDesk,
}

/// The owner whose session this is, who proved lately who they are. The rest is as with [`ConfirmedAtDesk`].
#[derive(Clone, Debug)]
pub struct ConfirmedOwner {
    /// Who, for use cases that ask for an owner's proof.
    pub owner: Confirmed<OwnerCaller>,
    /// The same as any staff member.
    pub desk: AtDesk,
}

/// The answer to somebody without a staff session.
#[derive(Debug)]
pub enum NotAtDesk {
    /// To the door.
    SignIn,
    /// To the page that asks for a proof, and from there to this one.
    Confirm(String),
    /// The session could not be looked up, or does not reach so far.
    Failed(HandlerError),
}

impl FromRequestParts<AppState> for InFlow {
    type Rejection = HandlerError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, HandlerError> {
        let Path(id) =
            Path::<String>::from_request_parts(parts, state).await.map_err(|_| HandlerError::OpenAgain)?;
        let link: LinkId = id.parse().map_err(|_| HandlerError::OpenAgain)?;
        let token =
            state.cookies.read(&parts.headers, SessionCookie::Flow(link)).ok_or(HandlerError::OpenAgain)?;
        let caller = state.services.enter_flow(&token, link).await?.ok_or(HandlerError::OpenAgain)?;
        Ok(Self(caller))
    }
}

impl FromRequestParts<AppState> for InStep {
    type Rejection = HandlerError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, HandlerError> {
        let path = Path::<(String, String)>::from_request_parts(parts, state).await;
        let Path((id, step)) = path.map_err(|_| HandlerError::StepOver)?;
        let (Ok(link), Ok(step)) = (id.parse::<LinkId>(), step.parse::<Step>()) else {
            return Err(HandlerError::StepOver);
        };
        let token = state
            .cookies
            .read(&parts.headers, SessionCookie::Step(link, step))
            .ok_or(HandlerError::StepOver)?;
        let caller = state.services.enter_step(&token, link, step).await?.ok_or(HandlerError::StepOver)?;
        Ok(Self(caller))
    }
}

impl FromRequestParts<AppState> for AtDesk {
    type Rejection = NotAtDesk;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, NotAtDesk> {
        let session = state.cookies.read(&parts.headers, SessionCookie::Desk).ok_or(NotAtDesk::SignIn)?;
        let found = state.services.recognise_staff(&session).await;
        let caller = found.map_err(|error| NotAtDesk::Failed(error.into()))?.ok_or(NotAtDesk::SignIn)?;
        Ok(Self { caller, session: Secret::new(session) })
    }
}

impl FromRequestParts<AppState> for WatchingDesk {
    type Rejection = NotAtDesk;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, NotAtDesk> {
        let session = state.cookies.read(&parts.headers, SessionCookie::Desk).ok_or(NotAtDesk::SignIn)?;
        let found = state.services.recognise_watching_staff(&session).await;
        let caller = found.map_err(|error| NotAtDesk::Failed(error.into()))?.ok_or(NotAtDesk::SignIn)?;
        Ok(Self { caller, session: Secret::new(session) })
    }
}

impl FromRequestParts<AppState> for OwnerAtDesk {
    type Rejection = NotAtDesk;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, NotAtDesk> {
        let desk = AtDesk::from_request_parts(parts, state).await?;
        let owner = desk.caller.as_owner().ok_or(NotAtDesk::Failed(HandlerError::OwnersOnly))?;
        Ok(Self { owner, desk })
    }
}

impl FromRequestParts<AppState> for ConfirmedAtDesk {
    type Rejection = NotAtDesk;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, NotAtDesk> {
        let desk = AtDesk::from_request_parts(parts, state).await?;
        match state.services.confirmed_staff(&desk.caller) {
            Some(caller) => Ok(Self { caller, desk }),
            None => Err(confirm_first(parts)),
        }
    }
}

impl FromRequestParts<AppState> for ConfirmedOwner {
    type Rejection = NotAtDesk;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, NotAtDesk> {
        let OwnerAtDesk { owner, desk } = OwnerAtDesk::from_request_parts(parts, state).await?;
        match state.services.confirmed_owner(&owner) {
            Some(owner) => Ok(Self { owner, desk }),
            None => Err(confirm_first(parts)),
        }
    }
}

fn confirm_first(parts: &Parts) -> NotAtDesk {
    let asked = parts.uri.path_and_query().map_or("/desk", |path| path.as_str());
    NotAtDesk::Confirm(confirm::address(asked))
}

impl IntoResponse for NotAtDesk {
    fn into_response(self) -> Response {
        match self {
            Self::SignIn => Redirect::to("/sign-in").into_response(),
            Self::Confirm(address) => see_other(&address),
            Self::Failed(error) => error.into_response(),
        }
    }
}
