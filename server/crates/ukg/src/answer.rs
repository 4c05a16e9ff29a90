//! What an HTTP answer says, read from its status, its content type and the first byte of its body.
//!
//! Nothing else of a body is looked at: it holds real people (`ukg-pro.md` §3, "Privacy of probes").

use std::time::Duration;

use domain::ProblemCode;
use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use reqwest::{Response, StatusCode};

use crate::fault::Fault;

/// How much white space may stand before a body's first character.
const OPENING_MAX: usize = 1024;
/// The mark some servers put before UTF-8 text.
const BYTE_ORDER_MARK: [u8; 3] = [0xEF, 0xBB, 0xBF];

/// What one request came to, after all its tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// 200 with a JSON array, which is how UKG Pro answers every list (`ukg-pro.md` §4a).
    List,
    /// 401.
    Refused,
    /// 403.
    Forbidden,
    /// What no REST service would say: a redirect, a page, or that nothing is there.
    NotApi,
    /// No clear answer, for this reason.
    Failed(ProblemCode),
}

/// What one try came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Try {
    /// Another try would not tell more.
    Final(Answer),
    /// 429, and how long to wait if it says.
    Busy(Option<Duration>),
    /// A server error that is known to pass.
    Unavailable,
    /// The connection was cut.
    Reset,
}

impl Try {
    /// What this answer says. Reads no more of the body than its first character needs, then lets go of it.
    pub(crate) async fn of(response: Response) -> Self {
        let status = response.status();
        let kind = BodyKind::of(response.headers());
        match status.as_u16() {
            200 => Self::of_success(response, kind).await,
            401 => Self::Final(Answer::Refused),
            // Whatever the body looks like: a firewall's page means as well that the account is not the trouble.
            403 => Self::Final(Answer::Forbidden),
            429 => Self::Busy(retry_after(response.headers())),
            500 | 502 | 503 | 504 => Self::Unavailable,
            _ if status.is_server_error() => Self::Final(Answer::Failed(ProblemCode::UkgUnavailable)),
            // UKG's OpenAPI lists 404 beside 200 for the person-details family, for a person that is not there; a
            // list request has no such person. So for the required request it means a wrong host, for another one
            // (`flow`) just no clear answer.
            _ if status.is_redirection() || status == StatusCode::NOT_FOUND || kind == BodyKind::Html => {
                Self::Final(Answer::NotApi)
            }
            _ => Self::Final(Answer::Failed(ProblemCode::UkgUnexpected)),
        }
    }

    /// What a request without an answer comes to.
    pub(crate) fn of_fault(fault: Fault) -> Self {
        match fault {
            Fault::Reset => Self::Reset,
            Fault::NotFound | Fault::Unreachable | Fault::Tls | Fault::TimedOut | Fault::Garbage => {
                Self::Final(Answer::Failed(fault.code()))
            }
        }
    }

    async fn of_success(response: Response, kind: BodyKind) -> Self {
        if kind == BodyKind::Html {
            return Self::Final(Answer::NotApi);
        }
        let first = match first_character(response).await {
            Ok(first) => first,
            Err(fault) => return Self::of_fault(fault),
        };
        Self::Final(match (kind, first) {
            (BodyKind::Json | BodyKind::Unnamed, Some(b'[')) => Answer::List,
            (BodyKind::Unnamed, Some(b'<')) => Answer::NotApi,
            _ => Answer::Failed(ProblemCode::UkgUnexpected),
        })
    }
}

/// What the content type promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum BodyKind {
    Json,
    Html,
    /// No content type: the body's first character decides.
    Unnamed,
    Other,
}

impl BodyKind {
    fn of(headers: &HeaderMap) -> Self {
        let Some(value) = headers.get(CONTENT_TYPE) else { return Self::Unnamed };
        let full = value.to_str().unwrap_or("?").to_ascii_lowercase();
        match full.split(';').next().unwrap_or_default().trim() {
            "" => Self::Unnamed,
            "application/json" | "text/json" => Self::Json,
            "text/html" | "application/xhtml+xml" => Self::Html,
            other if other.starts_with("application/") && other.ends_with("+json") => Self::Json,
            _ => Self::Other,
        }
    }
}

/// The wait asked for in seconds; a date, which would need a clock both sides agree on, counts as none.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok().map(Duration::from_secs)
}

/// The first character that is no white space; `None` when the body ends, or goes on too long, without one.
async fn first_character(mut response: Response) -> Result<Option<u8>, Fault> {
    let mut seen = 0;
    while seen < OPENING_MAX {
        let Some(chunk) = response.chunk().await.map_err(|error| Fault::of(&error))? else { return Ok(None) };
        if let Some(first) = first_of(&chunk, &mut seen) {
            return Ok(Some(first));
        }
    }
    Ok(None)
}

/// The first meaningful byte of this piece; `seen` counts the bytes before it, over all pieces.
fn first_of(chunk: &[u8], seen: &mut usize) -> Option<u8> {
    for byte in chunk {
        let is_mark = BYTE_ORDER_MARK.get(*seen) == Some(byte);
        if !is_mark && !byte.is_ascii_whitespace() {
            return Some(*byte);
        }
        *seen += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(content_type: &'static str) -> BodyKind {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, reqwest::header::HeaderValue::from_static(content_type));
        BodyKind::of(&headers)
    }

    #[test]
    fn json_is_known_by_every_name_it_goes_by() {
        for name in [
            "application/json",
            "Application/JSON; charset=utf-8",
            "text/json",
            "application/problem+json",
            "application/vnd.ukg.v1+json;a=b",
        ] {
            assert_eq!(kind(name), BodyKind::Json, "{name}");
        }
        assert_eq!(kind("text/html; charset=utf-8"), BodyKind::Html);
        assert_eq!(kind("text/plain; application/json"), BodyKind::Other);
        assert_eq!(kind(""), BodyKind::Unnamed);
        assert_eq!(BodyKind::of(&HeaderMap::new()), BodyKind::Unnamed);
    }

    #[test]
    fn the_first_character_is_found_across_pieces_behind_mark_and_space() {
        let mut seen = 0;

        assert_eq!(first_of(b"\xEF\xBB", &mut seen), None);
        assert_eq!(first_of(b"\xBF \r\n", &mut seen), None);
        assert_eq!(first_of(b"\t[{", &mut seen), Some(b'['));
        assert_eq!(first_of(b"\xEF", &mut 7), Some(0xEF));
    }
}
