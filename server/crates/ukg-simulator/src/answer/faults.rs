//! What goes out when something goes wrong.

use std::time::Duration;

use http_body_util::Full;
use hyper::StatusCode;
use hyper::body::Bytes;
use hyper::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderValue, LOCATION, RETRY_AFTER};
use serde_json::json;

use super::{Answer, Raw, What, bare, hostile, responses};
use crate::scenarios::Fault;

/// A list, as any service might answer it.
const LIST: &str = r#"[{"employeeId":"MADEUP"}]"#;

/// The same, compressed by gzip.
const LIST_GZIPPED: [u8; 45] = [
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 139, 174, 86, 74, 205, 45, 200, 201, 175, 76, 77, 245, 76, 81, 178, 82,
    242, 117, 116, 113, 13, 13, 80, 170, 141, 5, 0, 195, 124, 167, 143, 25, 0, 0, 0,
];

/// Where a portal sends whoever is not signed in. Nothing is there; a client must not go.
const SIGN_IN: &str = "https://signin.ultipro.com/login?returnUrl=%2F";

/// The fault's answer. A slow answer is a right one: the caller waits and never asks for it here.
pub(crate) fn what(fault: Fault) -> What {
    What::Answer(match fault {
        Fault::Busy => bare(StatusCode::TOO_MANY_REQUESTS),
        Fault::BusyRetryAfter { seconds } => busy(seconds),
        Fault::ServerError | Fault::Slow { .. } => responses::problem(
            StatusCode::INTERNAL_SERVER_ERROR,
            &json!({ "type": "about:blank", "title": "An error occurred.", "status": 500 }),
        ),
        Fault::Maintenance => responses::html(
            StatusCode::SERVICE_UNAVAILABLE,
            "<h1>Scheduled maintenance</h1><p>UKG Pro is not available at the moment.</p>",
        ),
        Fault::PortalRedirect => redirect(),
        Fault::PortalPage => responses::html(
            StatusCode::OK,
            "<h1>Sign in</h1><form method=\"post\"><input name=\"username\"><input name=\"password\"></form>",
        ),
        Fault::Garbage => responses::json(StatusCode::OK, &json!({ "status": "ok", "items": {} })),
        Fault::Gzip => gzip(),
        Fault::PlainText => {
            responses::with_body(StatusCode::OK, "text/plain; charset=utf-8", LIST.to_owned())
        }
        Fault::Guard => responses::html(
            StatusCode::FORBIDDEN,
            "<h1>Request blocked</h1><p>The web application firewall has blocked this request.</p>",
        ),
        Fault::Hostile { status } => hostile::answer(status),
        Fault::Hang => return What::Hang,
        Fault::Reset => return What::Reset,
        Fault::SlowBody { ms } => return raw(&(ok("Content-Length: 1000000\r\n") + "\r\n"), b" ", ms),
        Fault::EndlessBody => return raw(&(ok("") + "\r\n[{\"a\":\""), &[b'1'; 16 * 1024], 0),
        Fault::EndlessHeaders => return raw(&ok(""), &b"X-More: 1234567890\r\n".repeat(1000), 0),
        Fault::NotHttp => return raw("220 mail.example ESMTP ready\r\n\r\n", b"250 ok\r\n", 1000),
    })
}

/// The start of a right answer's head.
fn ok(headers: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\n{headers}")
}

fn raw(start: &str, piece: &[u8], pause_ms: u64) -> What {
    let (start, piece) = (start.as_bytes().to_vec(), piece.to_vec());
    What::Raw(Raw { start, piece, pause: Duration::from_millis(pause_ms) })
}

fn gzip() -> Answer {
    let mut answer = Answer::new(Full::new(Bytes::from_static(&LIST_GZIPPED)));
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    answer.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    answer
}

fn busy(seconds: u32) -> Answer {
    let mut answer = bare(StatusCode::TOO_MANY_REQUESTS);
    answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    answer
}

fn redirect() -> Answer {
    let page = format!("<h1>Object moved</h1><a href=\"{SIGN_IN}\">here</a>");
    let mut answer = responses::html(StatusCode::FOUND, &page);
    answer.headers_mut().insert(LOCATION, HeaderValue::from_static(SIGN_IN));
    answer
}
