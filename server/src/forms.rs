//! Reading a form: of the right kind, of bounded size, with every field optional so that a missing one is the use
//! case's to judge, not an error of transport.

use std::time::Duration;

use axum::body::Body;
use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use domain::Secret;
use http_body_util::{BodyExt as _, Limited};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::error::HandlerError;

/// The largest form taken, in bytes. The longest honest one is a password and an address.
pub const FORM_MAX: usize = 16 * 1024;

/// How long a form may take to arrive; an honest one is there at once.
const READ_TIME: Duration = Duration::from_secs(20);

/// A form's fields.
#[derive(Debug)]
pub struct Form<T>(pub T);

/// Step 1.
#[derive(Debug, Deserialize)]
pub struct KeyForm {
    /// The Customer API Key.
    #[serde(default)]
    pub key: Secret,
    /// Set by **Use it anyway**.
    #[serde(default)]
    pub anyway: String,
}

/// Step 2.
#[derive(Debug, Deserialize)]
pub struct AccountForm {
    /// The username.
    #[serde(default)]
    pub username: Secret,
    /// The password.
    #[serde(default)]
    pub password: Secret,
    /// Set by **Use it anyway**.
    #[serde(default)]
    pub anyway: String,
}

/// Step 3.
#[derive(Debug, Deserialize)]
pub struct DomainForm {
    /// The address; held as a secret until it is known to be one.
    #[serde(default)]
    pub url: Secret,
    /// Set by **Use it anyway**.
    #[serde(default)]
    pub anyway: String,
}

/// Staff sign-in. The address too, because people type their password into it.
#[derive(Debug, Deserialize)]
pub struct SignInForm {
    /// The address.
    #[serde(default)]
    pub email: Secret,
    /// The password.
    #[serde(default)]
    pub password: Secret,
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Form<T> {
    type Rejection = HandlerError;

    async fn from_request(request: Request, _: &S) -> Result<Self, HandlerError> {
        let is_form = is_form(request.headers());
        let body = read(request.into_body()).await?;
        if !is_form && !body.is_empty() {
            return Err(HandlerError::NotAForm);
        }
        serde_urlencoded::from_bytes(&body).map(Self).map_err(|_| HandlerError::BadForm)
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"))
}

/// The body, read to its end or to the limit; what is over the limit is never held.
async fn read(body: Body) -> Result<Vec<u8>, HandlerError> {
    let collected = tokio::time::timeout(READ_TIME, Limited::new(body, FORM_MAX).collect()).await;
    let collected = collected.map_err(|_| HandlerError::BadForm)?;
    collected.map(|body| body.to_bytes().to_vec()).map_err(|error| {
        if error.is::<http_body_util::LengthLimitError>() {
            HandlerError::TooLarge
        } else {
            HandlerError::BadForm
        }
    })
}
