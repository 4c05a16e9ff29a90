//! The forms an answer comes in.

use http_body_util::Full;
use hyper::header::{ALLOW, CONTENT_TYPE, HeaderValue};
use hyper::{Method, Response, StatusCode};
use serde_json::Value;

use super::Answer;

/// A status alone.
pub(crate) fn bare(status: StatusCode) -> Answer {
    let mut answer = Response::default();
    *answer.status_mut() = status;
    answer
}

/// `application/json`.
pub(crate) fn json(status: StatusCode, body: &Value) -> Answer {
    with_body(status, "application/json; charset=utf-8", body.to_string())
}

/// `application/problem+json`.
pub(crate) fn problem(status: StatusCode, body: &Value) -> Answer {
    with_body(status, "application/problem+json", body.to_string())
}

/// A page for people.
pub(crate) fn html(status: StatusCode, body: &str) -> Answer {
    let page = format!("<!DOCTYPE html><html><head><title>UKG Pro</title></head><body>{body}</body></html>");
    with_body(status, "text/html; charset=utf-8", page)
}

/// Any other type.
pub(crate) fn with_body(status: StatusCode, content_type: &'static str, body: String) -> Answer {
    let mut answer = Response::new(Full::from(body));
    *answer.status_mut() = status;
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    answer
}

/// 405, saying which method there is.
pub(crate) fn method_not_allowed(allowed: &Method) -> Answer {
    let mut answer = bare(StatusCode::METHOD_NOT_ALLOWED);
    if let Ok(value) = HeaderValue::from_str(allowed.as_str()) {
        answer.headers_mut().insert(ALLOW, value);
    }
    answer
}
