//! The settings of one account. Where UKG's behaviour is documented or seen, that is the default.

use serde::Deserialize;

/// Whether an account may be used. Suspended and locked ones are refused like wrong passwords (assumed).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    /// It may.
    #[default]
    Active,
    /// An administrator set it to Suspended.
    Suspended,
    /// Too many wrong passwords.
    Locked,
}

/// The status when a permission is not granted. UKG documents 403 for some services and none for others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u16")]
pub enum MissingPermission {
    /// 403.
    #[default]
    Forbidden,
    /// 401, as ASP.NET's own attribute does for a missing role.
    Unauthorized,
}

/// Whether `/configuration/v1/earnings` is open to every valid account, as UKG documents, or asks for the
/// permission Company Configuration Integration, as was met in practice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Earnings {
    /// Open to every valid account.
    #[default]
    Open,
    /// Only with the permission.
    NeedsPermission,
}

/// The body of a refusal; nobody has published a real one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorBody {
    /// None.
    #[default]
    Empty,
    /// ASP.NET's stock sentence, in JSON.
    AspNet,
    /// `application/problem+json`.
    ProblemJson,
    /// A page for people.
    Html,
}

/// The answer to a page past the last. Clients count on `[]`; the documents also list 404.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PastLastPage {
    /// 200 and `[]`.
    #[default]
    EmptyArray,
    /// 404 without a body.
    NotFound,
}

/// The form of the `Link` header on paged answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkHeader {
    /// As RFC 8288 has it: `<https://…>; rel="next"`.
    #[default]
    Plain,
    /// `<<https://…>>; rel="next"`, as one author saw.
    Doubled,
    /// No such header.
    None,
}

/// What goes wrong instead of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Fault {
    /// 429 without body or `Retry-After`: UKG's documented way.
    Busy,
    /// 429 with `Retry-After`, which UKG is considering.
    BusyRetryAfter {
        /// What the header says.
        seconds: u32,
    },
    /// 500 with a problem body.
    ServerError,
    /// 503 with a maintenance page.
    Maintenance,
    /// 302 to a sign-in page: the host is a portal's.
    PortalRedirect,
    /// 200 with a sign-in page.
    PortalPage,
    /// 200 with a JSON object where an array belongs.
    Garbage,
    /// The right answer, after a while.
    Slow {
        /// How long.
        ms: u64,
    },
    /// No answer; the connection stays open.
    Hang,
    /// The connection is reset once the request is read.
    Reset,
    /// 200 with a list that is compressed although nobody asked for that.
    Gzip,
    /// 200 with a list that is called plain text.
    PlainText,
    /// 200 and the head of a right answer; of its body one space after the other, for ever.
    SlowBody {
        /// How long each takes.
        ms: u64,
    },
    /// 200 with a list that never ends.
    EndlessBody,
    /// 200 with headers that never end.
    EndlessHeaders,
    /// An answer that is not HTTP.
    NotHttp,
    /// 403 with a firewall's page. On a host it strikes also whoever sends no credentials.
    Guard,
    /// Scripts for a browser in everything an answer can hold: reason, headers, `Link`, body. 200 is a list of such
    /// records, any other status a page.
    Hostile {
        /// The status, from 200 to 599.
        status: u16,
    },
}

/// What goes wrong before a request can be sent, on a whole host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TlsFault {
    /// The certificate is for another host.
    WrongName,
    /// The certificate ran out.
    Expired,
    /// The certificate vouches for itself.
    SelfSigned,
    /// The certificate is from an authority nobody knows.
    OtherAuthority,
    /// The server knows nothing newer than TLS 1.1.
    OldVersion,
    /// The server answers in plain HTTP.
    PlainText,
    /// The connection is closed in the handshake.
    HangUp,
    /// The connection is reset in the handshake.
    Reset,
    /// The server never says a word.
    Silent,
}

/// A missing permission is answered with 403 or 401.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("missing_permission is 403 or 401, not {0}")]
pub struct NoSuchRefusal(u16);

impl TryFrom<u16> for MissingPermission {
    type Error = NoSuchRefusal;

    fn try_from(status: u16) -> Result<Self, NoSuchRefusal> {
        match status {
            403 => Ok(Self::Forbidden),
            401 => Ok(Self::Unauthorized),
            other => Err(NoSuchRefusal(other)),
        }
    }
}
