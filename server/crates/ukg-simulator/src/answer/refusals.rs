//! 400, 401 and 403. Nobody has published a real 401 or 403 body, so there are four to choose from.

use hyper::StatusCode;
use serde_json::json;

use super::{Answer, bare, responses};
use crate::scenarios::ErrorBody;

/// A 401 or 403 with the body the knob asks for.
pub(crate) fn refuse(status: StatusCode, body: ErrorBody) -> Answer {
    let title = status.canonical_reason().unwrap_or_default();
    match body {
        ErrorBody::Empty => bare(status),
        ErrorBody::AspNet => {
            responses::json(status, &json!({ "Message": "Authorization has been denied for this request." }))
        }
        ErrorBody::ProblemJson => responses::problem(
            status,
            &json!({ "type": "about:blank", "title": title, "status": status.as_u16() }),
        ),
        ErrorBody::Html => responses::html(
            status,
            &format!(
                "<h2>{} - {title}</h2><p>You do not have permission to view this page.</p>",
                status.as_u16()
            ),
        ),
    }
}

/// UKG's documented error object.
pub(crate) fn bad_request(parameter: &str, message: &str) -> Answer {
    let body = json!({
        "title": "Bad Request", "type": "about:blank", "detail": message, "code": 400, "message": message,
        "errorCount": 1,
        "errors": { "modelstate": { parameter: [{ "type": "invalid", "message": message }] } },
    });
    responses::json(StatusCode::BAD_REQUEST, &body)
}
