//! An answer that is all scripts: whoever shows any part of it to a browser unescaped, runs them.
//!
//! Each calls `linkdeskHostile`, so that a browser test can tell a script of the simulator's from any other.

use hyper::StatusCode;
use hyper::ext::ReasonPhrase;
use hyper::header::{
    CONTENT_LANGUAGE, ETAG, HeaderName, HeaderValue, LINK, LOCATION, RETRY_AFTER, SERVER, VIA, WARNING,
    WWW_AUTHENTICATE,
};
use serde_json::{Value, json};

use super::{Answer, responses};

/// Ways out of text, attributes, scripts, comments, JSON in pages, styles and URLs.
pub(crate) const SCRIPTS: [&str; 16] = [
    "<script>linkdeskHostile()</script>",
    "\"><script>linkdeskHostile()</script>",
    "'><img src=x onerror=linkdeskHostile()>",
    "<svg/onload=linkdeskHostile()>",
    "</title><script>linkdeskHostile()</script>",
    "</textarea><script>linkdeskHostile()</script>",
    "</script><script>linkdeskHostile()</script>",
    "--><script>linkdeskHostile()</script>",
    "\" autofocus onfocus=linkdeskHostile() x=\"",
    "javascript:linkdeskHostile()",
    "data:text/html,<script>linkdeskHostile()</script>",
    "{{constructor.constructor('linkdeskHostile()')()}}",
    "${linkdeskHostile()}",
    "<iframe srcdoc='<script>parent.linkdeskHostile()</script>'></iframe>",
    "<style>@import 'javascript:linkdeskHostile()'</style>",
    "<math><mtext><a href=\"javascript:linkdeskHostile()\">click</a></mtext></math>",
];

/// Headers a curious reader might show.
const HEADERS: [HeaderName; 9] =
    [SERVER, VIA, WARNING, WWW_AUTHENTICATE, RETRY_AFTER, ETAG, CONTENT_LANGUAGE, LOCATION, LINK];

/// The answer of this status.
pub(crate) fn answer(status: u16) -> Answer {
    let status = StatusCode::from_u16(status).unwrap_or_default();
    let mut answer = if status == StatusCode::OK {
        responses::json(status, &list())
    } else {
        responses::html(status, &SCRIPTS.join("\n"))
    };
    for (name, script) in HEADERS.into_iter().zip(SCRIPTS) {
        let script = if name == LINK { format!("<{script}>; rel=\"{script}\"") } else { script.to_owned() };
        if let Ok(value) = HeaderValue::from_str(&script) {
            answer.headers_mut().insert(name, value);
        }
    }
    answer.extensions_mut().insert(ReasonPhrase::from_static(b"<script>linkdeskHostile()</script>"));
    answer
}

/// Records like any others, and a script in each field, its name included.
fn list() -> Value {
    let record = |script: &str| {
        json!({
            "employeeId": script, "companyId": script, "firstName": script, "lastName": script,
            "companyName": script, "userName": script, "emailAddress": script, script: script,
        })
    };
    SCRIPTS.into_iter().map(record).collect()
}
