//! Reading a form: of the right kind, of bounded size, with every field optional so that a missing one is the use
//! case's to judge, not an error of transport.

mod fields;
mod table;

use std::time::Duration;

use axum::body::Body;
use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use domain::Secret;
use http_body_util::{BodyExt as _, Limited};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use services::PasskeyAnswer;
use tokio::time::Instant;

use crate::error::HandlerError;

pub use fields::Fields;
pub use table::{TABLE_MAX, TableForm};

/// The largest form taken, in bytes. The longest honest one is a password and an address.
pub const FORM_MAX: usize = 16 * 1024;

/// The largest form that holds a whole page of UKG Pro, in bytes: its text takes up to three times as many when encoded.
pub const PASTE_MAX: usize = 768 * 1024;

/// How long a form may take to arrive; an honest one is there at once.
const READ_TIME: Duration = Duration::from_secs(20);
/// How long its first bytes may take.
const FIRST_TIME: Duration = Duration::from_secs(5);
/// How many bytes a second must come after that.
const PACE: u32 = 4 * 1024;

/// A form's fields.
#[derive(Debug)]
pub struct Form<T>(pub T);

/// The fields of a form that may hold a whole page.
#[derive(Debug)]
pub struct PastedForm<T>(pub T);

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

/// The one step a colleague was handed: the fields of whichever it is.
#[derive(Debug, Deserialize)]
pub struct StepForm {
    /// The Customer API Key.
    #[serde(default)]
    pub key: Secret,
    /// The username.
    #[serde(default)]
    pub username: Secret,
    /// The password.
    #[serde(default)]
    pub password: Secret,
    /// The address.
    #[serde(default)]
    pub url: Secret,
    /// Set by **Use it anyway**.
    #[serde(default)]
    pub anyway: String,
}

/// A page of UKG Pro, pasted.
#[derive(Debug, Deserialize)]
pub struct PasteForm {
    /// The step it was pasted on.
    #[serde(default)]
    pub step: String,
    /// Its text. Secret: it holds keys.
    #[serde(default)]
    pub page: Secret,
}

/// What to check.
#[derive(Debug, Deserialize)]
pub struct CheckForm {
    /// Only this permission, when one is named.
    #[serde(default)]
    pub permission: String,
    /// Set when the account was mended in UKG Pro itself.
    #[serde(default)]
    pub mended: String,
}

/// A step to hand over, or to take back.
#[derive(Debug, Deserialize)]
pub struct HandOverForm {
    /// Which.
    #[serde(default)]
    pub step: String,
    /// Set to take it back.
    #[serde(default)]
    pub end: String,
}

/// What to do with new credentials.
#[derive(Debug, Deserialize)]
pub struct ChoiceForm {
    /// `use` or `keep`.
    #[serde(default)]
    pub choice: String,
}

/// A question that only a clear yes answers.
#[derive(Debug, Deserialize)]
pub struct ConfirmForm {
    /// `yes`.
    #[serde(default)]
    pub confirm: String,
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

/// A code, or a password, that proves who somebody is; and where to go on.
#[derive(Debug, Deserialize)]
pub struct ProofForm {
    /// The password.
    #[serde(default)]
    pub password: Secret,
    /// The authenticator's code, or a recovery code.
    #[serde(default)]
    pub code: Secret,
    /// The page to go on to.
    #[serde(default)]
    pub to: String,
}

/// Changing one's own password.
#[derive(Debug, Deserialize)]
pub struct PasswordForm {
    /// The present one.
    #[serde(default)]
    pub present: Secret,
    /// The new one.
    #[serde(default)]
    pub new: Secret,
}

/// What to do, named by the button pressed, with what belongs to it.
#[derive(Debug, Deserialize)]
pub struct ActForm {
    /// The button.
    #[serde(default, rename = "do")]
    pub act: String,
    /// A code of the authenticator app.
    #[serde(default)]
    pub code: Secret,
    /// A role.
    #[serde(default)]
    pub role: String,
}

/// What an authenticator answered, as the script put it into the form, and where to go on; or a passkey to remove.
#[derive(Debug, Deserialize)]
pub struct PasskeyForm {
    /// The name of a new one.
    #[serde(default)]
    pub name: String,
    /// One to remove.
    #[serde(default)]
    pub remove: String,
    /// The page to go on to.
    #[serde(default)]
    pub to: String,
    #[serde(default)]
    credential: Secret,
    #[serde(default)]
    client: Secret,
    #[serde(default)]
    data: Secret,
    #[serde(default)]
    signature: Secret,
    #[serde(default)]
    key: Secret,
    #[serde(default)]
    algorithm: String,
}

impl PasskeyForm {
    /// The answer in it.
    #[must_use]
    pub fn answer(self) -> PasskeyAnswer {
        PasskeyAnswer {
            credential: self.credential,
            client: self.client,
            data: self.data,
            signature: self.signature,
            key: self.key,
            algorithm: self.algorithm.parse().unwrap_or(0),
        }
    }
}

/// Which of several to end or withdraw.
#[derive(Debug, Deserialize)]
pub struct WhichForm {
    /// A session's id, or `others`.
    #[serde(default)]
    pub end: String,
    /// An invite's id.
    #[serde(default)]
    pub revoke: String,
}

/// A colleague to invite. The address as a secret, because people type their password into any field.
#[derive(Debug, Deserialize)]
pub struct ColleagueForm {
    /// The address.
    #[serde(default)]
    pub email: Secret,
    /// What they will be.
    #[serde(default)]
    pub role: String,
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Form<T> {
    type Rejection = HandlerError;

    async fn from_request(request: Request, _: &S) -> Result<Self, HandlerError> {
        form(request, FORM_MAX).await.map(Self)
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for PastedForm<T> {
    type Rejection = HandlerError;

    async fn from_request(request: Request, _: &S) -> Result<Self, HandlerError> {
        form(request, PASTE_MAX).await.map(Self)
    }
}

async fn form<T: DeserializeOwned>(request: Request, most: usize) -> Result<T, HandlerError> {
    let is_form = is_form(request.headers());
    let body = read(request.into_body(), most).await?;
    if !is_form && !body.is_empty() {
        return Err(HandlerError::NotAForm);
    }
    serde_urlencoded::from_bytes(&body).map_err(|_| HandlerError::BadForm)
}

fn is_form(headers: &HeaderMap) -> bool {
    kind(headers, "application/x-www-form-urlencoded")
}

/// Whether the body says that it is of this kind.
fn kind(headers: &HeaderMap, wanted: &str) -> bool {
    headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case(wanted))
}

/// The body, read to its end or to the limit; what is over the limit is never held. One that stops coming, or comes a byte
/// at a time, is waited for no longer: it holds a place that others want.
async fn read(body: Body, most: usize) -> Result<Vec<u8>, HandlerError> {
    let (mut body, mut bytes) = (Limited::new(body, most), Vec::new());
    let began = Instant::now();
    loop {
        let came = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        let until = began + READ_TIME.min(FIRST_TIME + Duration::from_secs(1) * came / PACE);
        let frame = tokio::time::timeout_at(until, body.frame()).await.map_err(|_| HandlerError::BadForm)?;
        let Some(frame) = frame else { return Ok(bytes) };
        let frame = frame.map_err(|error| {
            if error.is::<http_body_util::LengthLimitError>() {
                HandlerError::TooLarge
            } else {
                HandlerError::BadForm
            }
        })?;
        if let Some(data) = frame.data_ref() {
            bytes.extend_from_slice(data);
        }
    }
}
