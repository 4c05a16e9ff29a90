//! The host that will be called: a plain DNS name, read by this grammar alone.
//!
//! No general URL parser has a say: what is accepted is a plain lower-case name, so nothing else can ever be resolved or
//! called (`ukg-pro.md` §2).

use std::fmt;

use super::text::{
    ALNUM, COLON, DASH, DIGIT, DOT, FOREIGN, HEX, LETTER, Labels, PATH, SCHEME, TRAP, UPPER, all, any, cut,
    find, is, starts, trim,
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
            Ok((host, _)) if host == text && !any(text, UPPER) => Ok(Self(host.to_owned())),
            Ok(_) | Err(_) => Err(ProblemCode::UrlUnreadable),
        }
    }

    /// This name, read by `host_of`, if it is a service host under an allowed domain.
    pub(super) fn of_name(name: &str, suffixes: &[&str]) -> Result<Self, ProblemCode> {
        let host = name.strip_prefix("www.").filter(|rest| is_service_host(rest)).unwrap_or(name);
        let allowed = suffixes.iter().any(|suffix| is_under(host, suffix));
        let disguised = find(host, "xn--").is_some();
        if allowed && !disguised && (!is_ultipro(host) || is_service_host(host)) {
            Ok(Self(host.to_owned()))
        } else {
            Err(what_else(host))
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
fn after_scheme(lower: &str) -> Result<&str, ProblemCode> {
    let mut rest = lower;
    loop {
        let (letters, tail) = cut(rest, SCHEME, false);
        let (marks, next) = cut(tail, COLON | PATH, false);
        let http = starts(tail, COLON) && letters.starts_with("http");
        let slip = if letters.is_empty() { !starts(tail, COLON) } else { letters.len() > 1 };
        if http || (marks.len() > 1 && slip) {
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

/// The host in a lower-case word, if it is a plain DNS name, and what follows it.
pub(super) fn host_of(lower: &str) -> Result<(&str, &str), ProblemCode> {
    let rest = after_scheme(lower)?;
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
    for label in Labels(Some(host)) {
        let dashed = trim(label, DASH).len() < label.len();
        if dashed || label.is_empty() || label.len() > LABEL_MAX || !all(label, ALNUM | DASH | FOREIGN) {
            return Err(ProblemCode::UrlUnreadable);
        }
        labels += 1;
        last = label;
    }
    // `127.1`, `0x7f.1` and `2130706433` are addresses to many resolvers, so a numeric last label is one to us.
    if all(last, DIGIT) || (last.starts_with("0x") && all(last.get(2..).unwrap_or_default(), HEX)) {
        return Err(ProblemCode::UrlIpAddress);
    }
    let top_level = last.len() > 1 && (all(last, LETTER | FOREIGN) || last.starts_with("xn--"));
    if labels < 2 || host.len() > HOST_MAX || !top_level || !matches!(port, "" | ":" | ":80" | ":443") {
        return Err(ProblemCode::UrlUnreadable);
    }
    // Letters that only look like UKG's make a domain that is somebody else's.
    if any(host, FOREIGN) {
        return Err(ProblemCode::UrlNotUkg);
    }
    Ok((host, cut(rest, PATH | COLON, true).1))
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
        (host == domain || is_under(host, domain)) && Labels(Some(host)).any(|label| label.starts_with(start))
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
