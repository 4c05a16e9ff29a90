//! The Web Services URL: from whatever was copied to the host that will be called.

use super::host::{host_of, is_known, is_under};
use super::text::{
    ALNUM, COLON, DASH, DOT, HEX, MARK, NOISE, PATH, SPACE, UNDERSCORE, Words, all, any, bared, cut, find,
    fold, is, is_placeholder, starts, trim, without,
};
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
        // A query can hold anything.
        let address = word.split(['?', '#']).next().unwrap_or_default();
        let plain = |b: u8| is(b, ALNUM | DASH | DOT | UNDERSCORE | COLON) || matches!(b, b'/' | b'[' | b']');
        let readable = match host_of(&address.to_ascii_lowercase()) {
            Ok((host, _)) => {
                let allowed = suffixes.iter().any(|suffix| is_under(host, suffix));
                find(address, "://").is_some() || allowed || is_known(host)
            }
            Err(ProblemCode::UrlIpAddress) => {
                // A part of a password may look like one, the whole of it does not.
                let whole = text.trim().len() == address.len();
                find(address, "://").is_some()
                    || (whole && all(address, HEX | DOT | COLON) && any(address, DOT | COLON))
            }
            Err(_) => false,
        };
        if readable && address.len() <= TYPED_MAX && address.bytes().all(plain) {
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
        let (name, path) = host_of(unglued)?;
        let host = WebServicesHost::of_name(name, suffixes)?;
        let mut changes = Changes::NONE;
        changes.add_if(!unglued.starts_with(name) && !unglued.starts_with("https://"), Change::HttpsUsed);
        changes.add_if(path.len() > 1, Change::PathLeftOut);
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
    changes.add_if(mended, Change::SpacesLeftOut);
    let alone = Words(&joined).nth(1).is_none();
    let (mut best, mut highest, mut addresses) = ("", 0, 0);
    for word in Words(&joined) {
        let rank = rank(WebServicesUrl::of_word(word, suffixes).err(), word, alone);
        addresses += usize::from(rank > UNNAMED);
        if rank > highest || best.is_empty() {
            (highest, best) = (rank, word);
        }
    }
    if highest < LOGIN_SERVICE && is_placeholder(bare) {
        return Answer { url: Err(ProblemCode::UrlPlaceholder), word: String::new() };
    }
    let mut url = WebServicesUrl::of_word(best, suffixes);
    let whole;
    if !alone && url.is_err() {
        // `service4 . ulti pro . com`: taken only when the whole makes one service host.
        whole = without(bare, SPACE);
        let taken = WebServicesUrl::of_word(&whole, suffixes);
        if taken.is_ok() {
            (url, best) = (taken, &whole);
            changes.add(Change::SpacesLeftOut);
        }
    } else if !alone {
        changes.add(if addresses > 1 { Change::OneOfSeveral } else { Change::LabelLeftOut });
    }
    if let Ok(url) = &mut url {
        url.changes.add_all(changes);
    }
    Answer { url, word: best.to_owned() }
}

/// The rank of a host read from the Login service endpoint.
const LOGIN_SERVICE: u8 = 9;
/// The rank of a dotted word that may be no address.
const UNNAMED: u8 = 2;

/// How much a word counts beside the others: what is wrong with it, if anything.
fn rank(wrong: Option<ProblemCode>, word: &str, alone: bool) -> u8 {
    let address = u8::from(find(word, "://").is_some());
    match wrong {
        None if find(word, "/loginservice").is_some() => LOGIN_SERVICE,
        None => LOGIN_SERVICE - 1,
        // A number among words is no address.
        Some(ProblemCode::UrlIpAddress) if !alone && !any(word, DOT) && find(word, "::").is_none() => 0,
        Some(ProblemCode::UrlUnreadable) => address,
        Some(ProblemCode::UrlNotUkg) => UNNAMED + address,
        Some(_) => UNNAMED + 2,
    }
}

/// Last words of a label that may be glued to the address: a field of one line drops line breaks.
const GLUED: [&str; 3] = ["endpoint", "url", "host"];

/// Without a label's last word that is glued to the address.
fn without_glued_label(lower: &str) -> &str {
    for label in GLUED {
        if let Some(rest) = lower.strip_prefix(label)
            && (starts(rest, MARK) || rest.starts_with("http") || rest.starts_with("service"))
        {
            return trim(rest, NOISE);
        }
    }
    lower
}

/// Puts together what a line break or a stray space took apart, where that is certain: before a dot or slash, after a
/// scheme, after the first label. Also says whether there was anything.
fn mend_breaks(text: &str) -> (String, bool) {
    let mut joined = String::with_capacity(text.len());
    let (mut mended, mut last, mut rest) = (false, "", text);
    while !rest.is_empty() {
        let (word, next) = cut(rest, SPACE, true);
        let first_label = find(last, "service").is_some()
            && last.bytes().position(|b| is(b, DOT)).is_some_and(|dot| dot + 1 == last.len());
        if last.ends_with("//") || first_label || (!last.is_empty() && starts(word, DOT | PATH)) {
            mended = true;
        } else if !last.is_empty() {
            joined.push(' ');
        }
        joined.push_str(word);
        last = word;
        (_, rest) = cut(next, SPACE, false);
    }
    (joined, mended)
}
