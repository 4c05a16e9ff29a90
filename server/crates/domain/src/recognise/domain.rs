//! The Web Services URL: from whatever was copied to the host that will be called.

use super::host::{after_scheme, host_of, is_known, is_under};
use super::text::{bared, fold, is_noise, is_placeholder, words};
use super::{Change, Changes, WebServicesHost};
use crate::ProblemCode;

/// Longest typed address shown again.
const TYPED_MAX: usize = 300;

/// What was made of the text in the Web Services URL field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebServicesUrl {
    /// The host that will be called.
    pub host: WebServicesHost,
    /// `url_test_tenant` for a test or pre-production host.
    pub warning: Option<ProblemCode>,
    /// What was changed between the text and the host; letter case is not spoken of.
    pub changes: Changes,
}

/// What was made of one word of the text.
struct Answer {
    url: Result<WebServicesUrl, ProblemCode>,
    /// The word it was read from.
    word: String,
}

impl WebServicesUrl {
    /// Recognises the service host in a URL or bare host name, in any letter case, with or without scheme,
    /// path and port 80 or 443, whatever was copied along with it. Of several addresses the Login service
    /// endpoint's is taken.
    ///
    /// `suffixes` are the allowed domains, matched on a label boundary.
    ///
    /// # Errors
    /// The code of the mistake, such as `url_login_portal` or `url_not_ukg`.
    pub fn recognise(text: &str, suffixes: &[&str]) -> Result<Self, ProblemCode> {
        answer(text, suffixes).url
    }

    /// The typed text as the form may show it again: only what reads as an address, without its query. Anything
    /// else may be a password that strayed into the wrong field, and is not kept.
    ///
    /// A dotted text alone is no sign of one (`svc.hr-2` is a username): it needs a scheme, or a domain of UKG's.
    #[must_use]
    pub fn typed_address(text: &str, suffixes: &[&str]) -> Option<String> {
        let Answer { url, word } = answer(text, suffixes);
        let address = word.split(['?', '#']).next().unwrap_or_default();
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._/:[]".contains(c);
        let readable = match host_of(address) {
            Ok(host) => {
                let allowed = suffixes.iter().any(|suffix| is_under(&host, suffix));
                address.contains("://") || allowed || is_known(&host)
            }
            Err(code) => code == ProblemCode::UrlIpAddress && address.contains(['.', ':']),
        };
        if readable && address.len() <= TYPED_MAX && address.chars().all(plain) {
            return Some(address.to_owned());
        }
        match url {
            // Shown again so that it can be used anyway.
            Ok(url) => Some(url.host.to_string()),
            Err(ProblemCode::UrlPlaceholder) => Some("[[REQUIRES CONFIGURATION]]".to_owned()),
            Err(_) => None,
        }
    }

    /// What one word of a text is.
    pub(super) fn of_word(word: &str, suffixes: &[&str]) -> Result<Self, ProblemCode> {
        let lower = word.to_ascii_lowercase();
        let unglued = without_glued_label(&lower);
        if is_placeholder(unglued) {
            return Err(ProblemCode::UrlPlaceholder);
        }
        let host = WebServicesHost::of_word(unglued, suffixes)?;
        let mut changes = Changes::NONE;
        let rest = after_scheme(unglued)?;
        let path = rest.find(['/', '?', '#', ':']).and_then(|at| rest.get(at..)).unwrap_or_default();
        changes.add_if(rest.len() < unglued.len() && !unglued.starts_with("https://"), Change::HttpsUsed);
        changes.add_if(!matches!(path, "" | "/"), Change::PathLeftOut);
        changes.add_if(unglued.len() < lower.len(), Change::LabelLeftOut);
        let warning = host.is_test_tenant().then_some(ProblemCode::UrlTestTenant);
        Ok(Self { host, warning, changes })
    }
}

/// What the text is, and the word that decided it.
fn answer(text: &str, suffixes: &[&str]) -> Answer {
    let (folded, mut changes) = fold(text);
    let bare = bared(&folded, &mut changes);
    if bare.is_empty() {
        return Answer { url: Err(ProblemCode::UrlMissing), word: String::new() };
    }
    let (joined, mended) = mend_breaks(bare);
    let alone = words(&joined).nth(1).is_none();
    let placeholder = is_placeholder(bare);
    let (mut best, mut addresses) = (None, 0);
    for word in words(&joined) {
        let url = WebServicesUrl::of_word(word, suffixes);
        let rank = rank(&url, word, alone);
        addresses += usize::from(rank > 2);
        if best.as_ref().is_none_or(|(highest, _)| rank > *highest) {
            best = Some((rank, Answer { url, word: word.to_owned() }));
        }
    }
    let (rank, mut best) =
        best.unwrap_or((0, Answer { url: Err(ProblemCode::UrlUnreadable), word: String::new() }));
    if placeholder && rank < LOGIN_SERVICE {
        return Answer { url: Err(ProblemCode::UrlPlaceholder), word: String::new() };
    }
    if best.url.is_err() && !alone {
        // `service4 . ulti pro . com`: taken only when the whole makes one service host.
        let whole: String = bare.chars().filter(|c| !c.is_whitespace()).collect();
        if let Ok(url) = WebServicesUrl::of_word(&whole, suffixes) {
            best = Answer { url: Ok(url), word: whole };
            changes.add(Change::SpacesLeftOut);
        }
    } else if !alone {
        changes.add(if addresses > 1 { Change::OneOfSeveral } else { Change::LabelLeftOut });
    }
    changes.add_if(mended, Change::SpacesLeftOut);
    if let Ok(url) = &mut best.url {
        url.changes = url.changes.iter().chain(changes.iter()).collect();
    }
    best
}

/// The rank of a host read from the Login service endpoint.
const LOGIN_SERVICE: u8 = 9;

/// How much an answer counts beside those of other words.
fn rank(url: &Result<WebServicesUrl, ProblemCode>, word: &str, alone: bool) -> u8 {
    let address = word.contains("://");
    match url {
        Ok(_) if word.to_ascii_lowercase().contains("/loginservice") => LOGIN_SERVICE,
        Ok(_) => 8,
        // A number or a dotted word among others is no address.
        Err(ProblemCode::UrlIpAddress) if !alone && !word.contains("::") && !word.contains('.') => 0,
        Err(ProblemCode::UrlUnreadable) => u8::from(address),
        Err(ProblemCode::UrlNotUkg) => 2 + u8::from(address),
        Err(_) => 4,
    }
}

/// Without a label's last word that is glued to the address: a field of one line drops line breaks.
fn without_glued_label(lower: &str) -> &str {
    let rest = ["endpoint", "url", "hostname", "host", "domain", "address"].iter().find_map(|label| {
        let rest = lower.strip_prefix(label)?;
        let separated = rest.starts_with([':', '=']);
        (separated || rest.starts_with("http") || rest.starts_with("service")).then_some(rest)
    });
    rest.map_or(lower, |rest| rest.trim_matches(is_noise))
}

/// Puts together what a line break or a stray space took apart, where that is certain: before a dot or slash, after a
/// scheme, after the first label.
fn mend_breaks(text: &str) -> (String, bool) {
    let mut joined = String::with_capacity(text.len());
    let mut mended = false;
    let mut last = "";
    for word in text.split_whitespace() {
        let first_label =
            || last.ends_with('.') && !last.trim_end_matches('.').contains('.') && starts_host(last);
        if last.ends_with("//") || (!last.is_empty() && word.starts_with(['.', '/'])) || first_label() {
            mended = true;
        } else if !last.is_empty() {
            joined.push(' ');
        }
        joined.push_str(word);
        last = word;
    }
    (joined, mended)
}

fn starts_host(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    lower.contains("service") || lower.starts_with("rental")
}
