//! What an HTTP answer says, read from its status, its content type and its body's first characters.

use std::time::Duration;

use domain::{ProblemCode, retry_after};
use reqwest::Response;
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

use crate::content::{Kind, Opening, is_encoded, is_too_long, opening};
use crate::fault::Fault;

/// What one request came to, after all its tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// 200 with a JSON array.
    List,
    /// 401.
    Refused,
    /// 403.
    Forbidden,
    /// 403 with a page: UKG Pro's own, or that of a firewall in front of it. `front` tells them apart where it counts.
    ForbiddenPage,
    /// What no REST service would say: a redirect, or a page where data belongs.
    Portal,
    /// Nothing is there: a wrong host's answer, or that of a right one in a strange mood. `front` tells them apart
    /// where it counts.
    NotThere,
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
    /// A server error that is known to pass, and what it is called if it does not.
    Passing(ProblemCode),
    /// The connection was cut.
    Reset,
}

impl Try {
    /// What this answer says. Reads no more of the body than its first characters, then lets go of it.
    pub(crate) async fn of(response: Response) -> Self {
        let status = response.status();
        let page = Kind::of(response.headers()) == Kind::Html;
        Self::Final(match status.as_u16() {
            200 => return Self::of_success(response).await,
            401 => Answer::Refused,
            403 if page => Answer::ForbiddenPage,
            403 => Answer::Forbidden,
            429 => return Self::Busy(asked_rest(response.headers())),
            // "You were too slow", of a request that was complete: a gateway's own trouble.
            408 => return Self::Passing(ProblemCode::UkgTimeout),
            // 425 asks for the same again; 520 to 524 are a content network's names for 502 to 504.
            425 | 500 | 502..=504 | 520..=524 => return Self::Passing(ProblemCode::UkgUnavailable),
            _ if status.is_server_error() => Answer::Failed(ProblemCode::UkgUnavailable),
            // UKG's OpenAPI lists 404 beside 200 for the person-details family, for a person that is not there; a
            // list request has no such person. So for the required request it means a wrong host, for another one
            // (`flow`) just no clear answer.
            404 => Answer::NotThere,
            // What web servers say with a page of theirs about a path or method they do not know.
            400 | 405 | 406 | 410 | 415 if page => Answer::NotThere,
            301..=303 | 307 | 308 => Answer::Portal,
            _ => Answer::Failed(ProblemCode::UkgUnexpected),
        })
    }

    /// What a request without an answer comes to.
    pub(crate) fn of_fault(fault: Fault) -> Self {
        match fault {
            Fault::Reset => Self::Reset,
            Fault::NotFound
            | Fault::Unreachable
            | Fault::Tls
            | Fault::SlowConnect
            | Fault::TimedOut
            | Fault::Garbage => Self::Final(Answer::Failed(fault.code())),
        }
    }

    /// A body that clearly is a list counts as one unless its type says it is something else: a page can hold
    /// anything, and a list under a wrong name is still UKG Pro's answer.
    async fn of_success(response: Response) -> Self {
        let kind = Kind::of(response.headers());
        if kind == Kind::Html {
            return Self::Final(Answer::Portal);
        }
        if is_encoded(response.headers()) || is_too_long(&response) {
            return Self::Final(Answer::Failed(ProblemCode::UkgUnexpected));
        }
        let opening = match opening(response).await {
            Ok(opening) => opening,
            Err(fault) => return Self::of_fault(fault),
        };
        Self::Final(match (kind, opening) {
            (Kind::Json | Kind::Unsaid, Opening::List) => Answer::List,
            (Kind::Unsaid, Opening::Markup) => Answer::Portal,
            _ => Answer::Failed(ProblemCode::UkgUnexpected),
        })
    }
}

/// How long the answer asks us to wait.
fn asked_rest(headers: &HeaderMap) -> Option<Duration> {
    let text = |name| headers.get(name)?.to_str().ok();
    retry_after(text(RETRY_AFTER)?, text(DATE))
}
