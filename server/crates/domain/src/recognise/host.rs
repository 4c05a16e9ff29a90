//! The host that will be called: a plain DNS name, read by this grammar alone.
//!
//! No general URL parser has a say: what is accepted is a plain lower-case name, so nothing else can ever be resolved or
//! called (`ukg-pro.md` §2).

use std::fmt;

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
        let disguised = host.split('.').any(|label| label.starts_with("xn--"));
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
        let next = match rest.split_once("://") {
            // One after a path or query is not this address's own.
            Some((scheme, next)) if !scheme.contains(['/', '?', '#', '.', '@']) => {
                let letters = scheme.trim_start_matches(['h', 't', 'p', 's']);
                let slip = letters.is_empty() && scheme.len() <= 7;
                if !slip && !scheme.ends_with("http") && !scheme.ends_with("https") {
                    return Err(ProblemCode::UrlUnreadable);
                }
                next
            }
            Some(_) | None => {
                let tail = rest.trim_start_matches(['h', 't', 'p', 's']);
                let scheme = rest.len() - tail.len();
                let next = tail.trim_start_matches([':', ';', '/']);
                let slashed = tail.len() - next.len() >= 2 && scheme >= 2;
                let whole =
                    tail.len() > next.len() && (rest.starts_with("http:") || rest.starts_with("https:"));
                if !slashed && !whole && !rest.starts_with("//") {
                    return Ok(rest);
                }
                next
            }
        };
        rest = next;
    }
}

/// The host in one word, lower-cased, if it is a plain DNS name.
pub(super) fn host_of(word: &str) -> Result<String, ProblemCode> {
    let lower = word.to_ascii_lowercase();
    let rest = after_scheme(&lower)?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let six = |part: &str| part.contains("::") || part.bytes().filter(|b| *b == b':').count() == 7;
    let address = authority.split('%').next().unwrap_or_default();
    if authority.starts_with('[')
        || (six(address) && address.bytes().all(|b| b.is_ascii_hexdigit() || b == b':' || b == b'.'))
    {
        return Err(ProblemCode::UrlIpAddress);
    }
    // A name before an @ is user information; a backslash is read as a slash by some and not by others. Neither
    // is ever in an address copied from UKG Pro, and both are ways to make two readers see two hosts.
    if authority.contains(['@', '\\', '%']) {
        return Err(ProblemCode::UrlUnreadable);
    }
    let (host, port) = authority.split_once(':').unwrap_or((authority, ""));
    let host = host.strip_suffix('.').unwrap_or(host);
    let labels: Vec<&str> = host.split('.').collect();
    let is_label = |label: &&str| {
        (1..=LABEL_MAX).contains(&label.len())
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || !c.is_ascii())
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    if host.len() > HOST_MAX || !labels.iter().all(is_label) {
        return Err(ProblemCode::UrlUnreadable);
    }
    // `127.1`, `0x7f.1` and `2130706433` are addresses to many resolvers, so a numeric last label is one to us.
    let last = labels.last().copied().unwrap_or_default();
    let hexadecimal = last.strip_prefix("0x").is_some_and(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
    if last.bytes().all(|b| b.is_ascii_digit()) || hexadecimal {
        return Err(ProblemCode::UrlIpAddress);
    }
    if labels.len() < 2 || !matches!(port, "" | "80" | "443") {
        return Err(ProblemCode::UrlUnreadable);
    }
    // Letters that only look like UKG's make a domain that is somebody else's.
    if !host.is_ascii() {
        return Err(ProblemCode::UrlNotUkg);
    }
    let top_level =
        last.starts_with("xn--") || (last.len() >= 2 && last.bytes().all(|b| b.is_ascii_alphabetic()));
    if top_level { Ok(host.to_owned()) } else { Err(ProblemCode::UrlUnreadable) }
}

/// What a host is that is no service host of UKG Pro (`ukg-pro.md` §2).
fn what_else(host: &str) -> ProblemCode {
    let within = |domain: &str| host == domain || is_under(host, domain);
    let has = |wanted: &str| host.split('.').any(|label| label == wanted);
    let first = host.split('.').next().unwrap_or_default();
    let ukg = within("ukg.net") || within("ukg.com");
    let ultipro = within("ultipro.com") || within("ultipro.ca");
    if ultipro && first.starts_with("recruiting") {
        ProblemCode::UrlRecruiting
    } else if within("mykronos.com") || within("kronos.net") || (ukg && has("wfm")) {
        ProblemCode::UrlWfm
    } else if within("saashr.com") || within("rdy.ukg") || (ukg && has("rdy")) {
        ProblemCode::UrlReady
    } else if within("ultiproworkplace.com")
        || within("ulticustomers.com")
        || (ukg && matches!(first, "signin" | "login" | "id" | "sso" | "auth"))
        // A service host whose domain was not allowed is no sign-in page.
        || (ultipro && !is_service_host(host))
    {
        ProblemCode::UrlLoginPortal
    } else if within("ukg.net") {
        ProblemCode::UrlWfm
    } else {
        ProblemCode::UrlNotUkg
    }
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
    let first = host.split('.').next().unwrap_or_default();
    let rest = first.strip_prefix("service").or_else(|| first.strip_prefix("rental"));
    is_ultipro(host)
        && !host.contains("xn--")
        && rest.is_some_and(|rest| {
            rest.len() <= SERVICE_REST_MAX && rest.bytes().all(|b| b.is_ascii_alphanumeric())
        })
}
