//! What stands at the front of a host, asked without credentials: UKG Pro's web services, a guard that lets nobody
//! through, or something else.
//!
//! The login service describes itself to anyone (`ukg-pro.md` §4d.1). Asked only where an answer is in doubt, over
//! the same verified connection; nothing but its kind is looked at.

use domain::ProblemCode;
use reqwest::{Response, StatusCode};

use crate::content::{Kind, beginning, is_encoded};

/// The path that needs no credentials.
pub(crate) const LOGIN_SERVICE: &str = "/services/LoginService";

/// How much of the description is looked at; its first lines name what it is.
const LOOKED_AT: usize = 4096;

/// What stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Front {
    /// UKG Pro's web services.
    Services,
    /// 403 although nothing was asked that needs a permission: a firewall, or a filter of addresses.
    Guard,
    /// It does not tell.
    Unclear,
}

impl Front {
    /// What this answer to the request without credentials tells.
    pub(crate) async fn of(response: Response) -> Self {
        match response.status() {
            StatusCode::OK => {}
            StatusCode::FORBIDDEN => return Self::Guard,
            _ => return Self::Unclear,
        }
        let kind = Kind::of(response.headers());
        if is_encoded(response.headers()) || matches!(kind, Kind::Json | Kind::Other) {
            return Self::Unclear;
        }
        // A service's description, or the page that says where it is; a portal's page knows nothing of it.
        match beginning(response, LOOKED_AT).await {
            Ok(bytes) if bytes.to_ascii_lowercase().windows(4).any(|part| part == b"wsdl") => Self::Services,
            Ok(_) | Err(_) => Self::Unclear,
        }
    }

    /// What to call it when nothing is where the required request belongs: a wrong host, unless the host proves to be
    /// the right one.
    pub(crate) const fn problem_of_nothing_there(self) -> ProblemCode {
        match self {
            Self::Services => ProblemCode::UkgUnexpected,
            Self::Guard | Self::Unclear => ProblemCode::HostNotWebServices,
        }
    }
}
