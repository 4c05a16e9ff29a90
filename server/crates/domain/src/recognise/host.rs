//! The host that will be called: a plain DNS name, read by this grammar alone.
//!
//! No general URL parser has a say: what is accepted is a plain lower-case name, so nothing else can ever be resolved or
//! called (`ukg-pro.md` §2).

use std::fmt;

use super::text::{
    ALNUM, COLON, DASH, DIGIT, DOT, FOREIGN, HEX, LETTER, PATH, TRAP, all, any, cut, find, is,
};
use crate::ProblemCode;

/// Longest host name in DNS.
const HOST_MAX: usize = 253;
/// Longest label in DNS.
const LABEL_MAX: usize = 63;
/// Longest part after `service` in the first label of a service host; the ones seen have one character.
const SERVICE_REST_MAX: usize = 3;

/// A host under an allowed domain: lower case, no port, no IP address.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WebServicesHost(String);

impl WebServicesHost {
    /// A host stored earlier; held to the same grammar as when it was entered, whatever is allowed today.
    ///
    /// # Errors
    /// `url_unreadable` when the text is no plain host name.
    pub fn from_stored(text: &str) -> Result<Self, ProblemCode> {
        match host_of(text) {
            Ok(host) if host == text => Ok(Self(host)),
            Ok(_) | Err(_) => Err(ProblemCode::UrlUnreadable),
        }
    }

    /// The host in one word, if it is a service host under an allowed domain.
    pub(super) fn of_word(word: &str, suffixes: &[&str]) -> Result<Self, ProblemCode> {
        let mut host = host_of(word)?;
        if let Some(rest) = host.strip_prefix("www.").filter(|rest| is_service_host(rest)) {
            host = rest.to_owned();
        }
        let allowed = suffixes.iter().any(|suffix| is_under(&host, suffix));
        let disguised = find(&host, "xn--").is_some();
        if allowed && !disguised && (!is_ultipro(&host) || is_service_host(&host)) {
            Ok(Self(host))
        } else {
            Err(what_else(&host))
        }
    }

    /// The host name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it belongs to one of these domains, on a label boundary.
    #[must_use]
    pub fn is_allowed(&self, suffixes: &[&str]) -> bool {
        suffixes.iter().any(|suffix| is_under(&self.0, suffix))
    }

    /// Whether this is a test or pre-production host.
    #[must_use]
    pub fn is_test_tenant(&self) -> bool {
        self.0.starts_with("servicet") || self.0.starts_with("rental")
    }
}

impl fmt::Display for WebServicesHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What follows the scheme in a lower-case address, with the slips people make: `htp://`, `https//`, `http://https://`.
///
/// # Errors
/// `url_unreadable` for another scheme than http.
pub(super) fn after_scheme(lower: &str) -> Result<&str, ProblemCode> {
    let mut rest = lower;
    loop {
        let tail = rest.trim_start_matches(['h', 't', 'p', 's']);
        let (marks, next) = cut(tail, COLON | PATH, false);
        let (letters, http) = (rest.len() - tail.len(), rest.starts_with("http"));
        if (letters > 1 && marks.len() > 1) || (http && tail.starts_with(':')) || rest.starts_with("//") {
            rest = next;
            continue;
        }
        let Some((scheme, next)) = find(rest, "://").and_then(|at| rest.split_at_checked(at)) else {
            return Ok(rest);
        };
        // One after a path or query is not this address's own.
        if any(scheme, PATH | DOT | TRAP) {
            return Ok(rest);
        }
        if !scheme.is_empty() && !scheme.ends_with("http") && !scheme.ends_with("https") {
            return Err(ProblemCode::UrlUnreadable);
        }
        rest = cut(next, COLON | PATH, false).1;
    }
}

/// The host in one word, lower-cased, if it is a plain DNS name.
pub(super) fn host_of(word: &str) -> Result<String, ProblemCode> {
    let lower = word.to_ascii_lowercase();
    let rest = after_scheme(&lower)?;
    let (authority, _) = cut(rest, PATH, true);
    let colons = authority.bytes().filter(|b| is(*b, COLON)).count();
    if authority.starts_with('[') || (colons > 1 && all(cut(authority, TRAP, true).0, HEX | COLON | DOT)) {
        return Err(ProblemCode::UrlIpAddress);
    }
    // A name before an @ is user information; a backslash is read as a slash by some and not by others. Neither
    // is ever in an address copied from UKG Pro, and both are ways to make two readers see two hosts.
    if any(authority, TRAP) {
        return Err(ProblemCode::UrlUnreadable);
    }
    let (host, port) = cut(authority, COLON, true);
    let host = host.strip_suffix('.').unwrap_or(host);
    let (mut labels, mut last) = (0, "");
    for label in host.split('.') {
        let ends = label.bytes().next().is_none_or(|b| is(b, DASH)) || label.ends_with('-');
        if ends || label.len() > LABEL_MAX || !all(label, ALNUM | DASH | FOREIGN) {
            return Err(ProblemCode::UrlUnreadable);
        }
        labels += 1;
        last = label;
    }
    // `127.1`, `0x7f.1` and `2130706433` are addresses to many resolvers, so a numeric last label is one to us.
    if all(last, DIGIT) || (last.starts_with("0x") && all(last.trim_start_matches("0x"), HEX)) {
        return Err(ProblemCode::UrlIpAddress);
    }
    let top_level = last.len() > 1 && (all(last, LETTER | FOREIGN) || last.starts_with("xn--"));
    if labels < 2 || host.len() > HOST_MAX || !top_level || !matches!(port, "" | ":" | ":80" | ":443") {
        return Err(ProblemCode::UrlUnreadable);
    }
    // Letters that only look like UKG's make a domain that is somebody else's.
    if any(host, FOREIGN) { Err(ProblemCode::UrlNotUkg) } else { Ok(host.to_owned()) }
}

/// UKG's other hosts (`ukg-pro.md` §2): their domain, the beginning of one of their labels, and what they are. The first
/// that fits counts.
const OTHERS: [(&str, &str, ProblemCode); 18] = [
    ("ultipro.com", "recruiting", ProblemCode::UrlRecruiting),
    ("ultipro.ca", "recruiting", ProblemCode::UrlRecruiting),
    ("ultipro.com", "", ProblemCode::UrlLoginPortal),
    ("ultipro.ca", "", ProblemCode::UrlLoginPortal),
    ("ultiproworkplace.com", "", ProblemCode::UrlLoginPortal),
    ("ulticustomers.com", "", ProblemCode::UrlLoginPortal),
    ("mykronos.com", "", ProblemCode::UrlWfm),
    ("kronos.net", "", ProblemCode::UrlWfm),
    ("saashr.com", "", ProblemCode::UrlReady),
    ("rdy.ukg", "", ProblemCode::UrlReady),
    ("ukg.net", "rdy", ProblemCode::UrlReady),
    ("ukg.com", "rdy", ProblemCode::UrlReady),
    ("ukg.net", "signin", ProblemCode::UrlLoginPortal),
    ("ukg.com", "signin", ProblemCode::UrlLoginPortal),
    ("ukg.net", "login", ProblemCode::UrlLoginPortal),
    ("ukg.com", "login", ProblemCode::UrlLoginPortal),
    ("ukg.com", "wfm", ProblemCode::UrlWfm),
    ("ukg.net", "", ProblemCode::UrlWfm),
];

/// What a host is that is no service host of UKG Pro.
fn what_else(host: &str) -> ProblemCode {
    // A service host whose domain is not allowed here is no sign-in page.
    if is_service_host(host) {
        return ProblemCode::UrlNotUkg;
    }
    let fits = |domain: &str, start: &str| {
        (host == domain || is_under(host, domain)) && host.split('.').any(|label| label.starts_with(start))
    };
    OTHERS
        .iter()
        .find(|(domain, start, _)| fits(domain, start))
        .map_or(ProblemCode::UrlNotUkg, |(.., code)| *code)
}

/// Whether this is a host of one of UKG's products, known by its domain.
pub(super) fn is_known(host: &str) -> bool {
    is_ultipro(host) || what_else(host) != ProblemCode::UrlNotUkg
}

/// Whether `host` is below `suffix`, on a label boundary; the suffix itself is no service host.
pub(super) fn is_under(host: &str, suffix: &str) -> bool {
    host.strip_suffix(suffix).is_some_and(|rest| rest.ends_with('.') && rest.len() > 1)
}

/// UKG Pro's own domains, where the names of service hosts are known; a domain added by setting is trusted.
fn is_ultipro(host: &str) -> bool {
    is_under(host, "ultipro.com") || is_under(host, "ultipro.ca")
}

/// `service`, `service4`, `servicet`, `rental2`: the first labels of every service host seen (`ukg-pro.md` §2).
fn is_service_host(host: &str) -> bool {
    let (first, _) = cut(host, DOT, true);
    let rest = first.strip_prefix("service").or_else(|| first.strip_prefix("rental"));
    is_ultipro(host) && rest.is_some_and(|rest| rest.len() <= SERVICE_REST_MAX && all(rest, ALNUM))
}
