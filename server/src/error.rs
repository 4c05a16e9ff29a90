//! What a handler answers when it cannot do its work. `middleware::error_pages` draws the page.

use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::ProblemCode;
use services::{ExportError, ServiceError};

/// Why there is no ordinary answer.
#[derive(Debug, thiserror::Error)]
pub enum HandlerError {
    /// No such page.
    #[error("not found")]
    NotFound,
    /// No such link at the desk.
    #[error("no such link")]
    NoSuchLink,
    /// No such staff account.
    #[error("no such staff account")]
    NoSuchStaff,
    /// An invite to become staff that is unknown, over or used: nobody can tell which.
    #[error("no open invite to become staff")]
    JoinOver,
    /// For owners only, and the caller is none.
    #[error("not an owner")]
    OwnersOnly,
    /// No session, another's link or an unknown link: nobody can tell which.
    #[error("no session for this link")]
    OpenAgain,
    /// No session for a step that was handed over: never was one, or the step is saved or taken back.
    #[error("no session for this step")]
    StepOver,
    /// The invite leads nowhere, for this reason.
    #[error("invite refused: {0}")]
    Invite(ProblemCode),
    /// The page exists, but not for this method.
    #[error("method not allowed")]
    WrongMethod,
    /// Sent from another site's page.
    #[error("cross-site request")]
    CrossSite,
    /// More than a form can hold.
    #[error("body too large")]
    TooLarge,
    /// Not a form.
    #[error("not a form")]
    NotAForm,
    /// A form that cannot be read.
    #[error("unreadable form")]
    BadForm,
    /// A mistake of ours that stopped the handler.
    #[error("a handler panicked")]
    Panic,
    /// The account takes as many files away already as it may at a time.
    #[error("too many downloads at a time")]
    TooManyExports,
    /// Ours.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

/// Left in a response for `middleware::error_pages`, which knows the request's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorPage {
    /// See [`HandlerError::NotFound`].
    NotFound,
    /// See [`HandlerError::NoSuchLink`].
    NoSuchLink,
    /// See [`HandlerError::NoSuchStaff`].
    NoSuchStaff,
    /// See [`HandlerError::JoinOver`].
    JoinOver,
    /// See [`HandlerError::OwnersOnly`].
    OwnersOnly,
    /// See [`HandlerError::OpenAgain`].
    OpenAgain,
    /// See [`HandlerError::StepOver`].
    StepOver,
    /// See [`HandlerError::Invite`].
    Invite(ProblemCode),
    /// See [`HandlerError::WrongMethod`].
    WrongMethod,
    /// See [`HandlerError::CrossSite`].
    CrossSite,
    /// See [`HandlerError::TooLarge`].
    TooLarge,
    /// See [`HandlerError::NotAForm`] and [`HandlerError::BadForm`].
    BadForm,
    /// A fault of ours.
    Fault,
    /// Nothing can be written at the moment.
    Unavailable,
    /// Too many sign-ins at once.
    Busy,
    /// See [`HandlerError::TooManyExports`].
    TooManyExports,
}

impl From<ExportError> for HandlerError {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::TooMany => Self::TooManyExports,
            ExportError::Over => Self::NotFound,
            ExportError::Service(error) => Self::Service(error),
        }
    }
}

impl IntoResponse for HandlerError {
    fn into_response(self) -> Response {
        let (status, page) = match &self {
            Self::NotFound => (StatusCode::NOT_FOUND, ErrorPage::NotFound),
            Self::NoSuchLink => (StatusCode::NOT_FOUND, ErrorPage::NoSuchLink),
            Self::NoSuchStaff => (StatusCode::NOT_FOUND, ErrorPage::NoSuchStaff),
            Self::JoinOver => (StatusCode::NOT_FOUND, ErrorPage::JoinOver),
            Self::OwnersOnly => (StatusCode::FORBIDDEN, ErrorPage::OwnersOnly),
            Self::OpenAgain => (StatusCode::NOT_FOUND, ErrorPage::OpenAgain),
            Self::StepOver => (StatusCode::NOT_FOUND, ErrorPage::StepOver),
            Self::Invite(code @ ProblemCode::InviteUnknown) => {
                (StatusCode::NOT_FOUND, ErrorPage::Invite(*code))
            }
            Self::Invite(code) => (StatusCode::GONE, ErrorPage::Invite(*code)),
            Self::WrongMethod => (StatusCode::METHOD_NOT_ALLOWED, ErrorPage::WrongMethod),
            Self::CrossSite => (StatusCode::FORBIDDEN, ErrorPage::CrossSite),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, ErrorPage::TooLarge),
            Self::NotAForm => (StatusCode::UNSUPPORTED_MEDIA_TYPE, ErrorPage::BadForm),
            Self::BadForm => (StatusCode::BAD_REQUEST, ErrorPage::BadForm),
            Self::TooManyExports => (StatusCode::TOO_MANY_REQUESTS, ErrorPage::TooManyExports),
            Self::Panic => {
                tracing::error!("a handler panicked; the panic's message stands before this line");
                (StatusCode::INTERNAL_SERVER_ERROR, ErrorPage::Fault)
            }
            Self::Service(error) => {
                // Logged here and nowhere else; the person gets a fixed sentence and the request's id.
                match error {
                    ServiceError::Busy => tracing::warn!("too many passwords wait to be hashed"),
                    ServiceError::Unavailable(_)
                    | ServiceError::Storage(_)
                    | ServiceError::Vault(_)
                    | ServiceError::Unexpected(_) => {
                        tracing::error!(error = %chain(error), "a request failed");
                    }
                }
                match error {
                    ServiceError::Busy => (StatusCode::SERVICE_UNAVAILABLE, ErrorPage::Busy),
                    ServiceError::Unavailable(_) => (StatusCode::SERVICE_UNAVAILABLE, ErrorPage::Unavailable),
                    ServiceError::Storage(_) | ServiceError::Vault(_) | ServiceError::Unexpected(_) => {
                        (StatusCode::INTERNAL_SERVER_ERROR, ErrorPage::Fault)
                    }
                }
            }
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(page);
        if matches!(page, ErrorPage::Busy | ErrorPage::TooManyExports) {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("5"));
        }
        response
    }
}

/// The error and what caused it, in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        line.push_str(&format!(": {error}"));
        cause = error.source();
    }
    line
}
