//! A form with a table in it, pasted or as a file.

use axum::body::Body;
use axum::extract::multipart::Multipart;
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::HeaderMap;

use super::{Fields, is_form, kind, read};
use crate::error::HandlerError;

/// The largest such form taken, in bytes: a table of two thousand lines with long notes, and some more.
pub const TABLE_MAX: usize = 1_000_000;
/// The name of the file's field.
const FILE: &str = "file";

/// A table's form.
#[derive(Debug, Default)]
pub struct TableForm {
    /// Its fields, but for the file.
    pub fields: Fields,
    /// The file's bytes; `None` when none was chosen.
    pub file: Option<Vec<u8>>,
}

impl<S: Send + Sync> FromRequest<S> for TableForm {
    type Rejection = HandlerError;

    async fn from_request(request: Request, state: &S) -> Result<Self, HandlerError> {
        let (parts, body) = request.into_parts();
        let (form, multipart) = (is_form(&parts.headers), is_multipart(&parts.headers));
        // Read whole before it is taken apart: the limits of size and time are those of every form.
        let body = read(body, TABLE_MAX).await?;
        if multipart {
            let mut request = Request::from_parts(parts, Body::from(body));
            DefaultBodyLimit::disable().apply(&mut request);
            let parts = Multipart::from_request(request, state).await.map_err(|_| HandlerError::BadForm)?;
            return taken_apart(parts).await;
        }
        if !form && !body.is_empty() {
            return Err(HandlerError::NotAForm);
        }
        let fields = serde_urlencoded::from_bytes(&body).map_err(|_| HandlerError::BadForm)?;
        Ok(Self { fields: Fields(fields), file: None })
    }
}

async fn taken_apart(mut parts: Multipart) -> Result<TableForm, HandlerError> {
    let mut form = TableForm::default();
    while let Some(part) = parts.next_field().await.map_err(|_| HandlerError::BadForm)? {
        let name = part.name().unwrap_or_default().to_owned();
        let bytes = part.bytes().await.map_err(|_| HandlerError::BadForm)?;
        if name == FILE {
            // A browser sends the field without a file, empty, when none was chosen.
            form.file = Some(bytes.to_vec()).filter(|bytes| !bytes.is_empty()).or(form.file);
        } else {
            form.fields.0.push((name, String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    Ok(form)
}

fn is_multipart(headers: &HeaderMap) -> bool {
    kind(headers, "multipart/form-data")
}
