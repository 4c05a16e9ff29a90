//! The whole copied text of UKG's *Service Account Administration* or *Web Services* page: the Customer API Key and the
//! host of the Login service endpoint are picked out, everything else is forgotten.
//!
//! What the pages hold: `ukg-pro.md` §2. Other keys and the Business Intelligence addresses, which may point anywhere,
//! are never taken. Where two values could be meant, none is.

use zeroize::Zeroizing;

use super::key::{is_certain, is_user_api_key};
use super::text::{
    BREAK, DASH, DIGIT, LOWER, NOISE, SPACE, UPPER, Words, after_label, any, around, cut, find, fold,
    is_placeholder, trim,
};
use super::{CustomerApiKey, WebServicesUrl};
use crate::ProblemCode;

/// Most of a page that is read, in bytes. The real ones have a few thousand.
const MOST: usize = 256 * 1024;
/// Longest HTML tag and entity left out, in bytes; what is longer is none.
const TAG_MAX: usize = 4096;
const ENTITY_MAX: usize = 9;
/// The key's label.
const KEY_LABEL: &str = "customerapikey";
/// Labels of the *Web Services* page that may follow the key's where all labels stand before all values.
const NEXT_LABELS: [&str; 4] = ["tenantid", "userapikey", "businessintelligence", "loginservice"];

/// The line of the page a host was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostLine {
    /// **Login service endpoint**.
    LoginService,
    /// One of the **Employee … service endpoint** lines, as the other is missing.
    EmployeeService,
}

/// What was found in a page's text.
#[derive(Clone, Debug)]
pub struct PastedPage {
    /// The Customer API Key, or why there is none: `key_missing` (or more than one), `key_is_user_api_key` (only that one).
    pub key: Result<CustomerApiKey, ProblemCode>,
    /// The host, with `url_test_tenant` for a test system, or why there is none: `url_missing`, `url_placeholder`,
    /// `url_unreadable` (more than one), or what is wrong with the address.
    pub url: Result<WebServicesUrl, ProblemCode>,
    /// Where the host stands.
    pub host_line: Option<HostLine>,
}

impl PastedPage {
    /// Reads the copied text of a page. `suffixes` are the allowed domains, matched on a label boundary.
    #[must_use]
    pub fn read(text: &str, suffixes: &[&str]) -> Self {
        let start = text.get(..text.floor_char_boundary(MOST)).unwrap_or_default();
        let (folded, _) = fold(start);
        let text = without_tags(&folded);
        let (url, host_line) = url_in(&text, suffixes);
        Self { key: key_in(&text), url, host_line }
    }

    /// Whether nothing of use was found.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.key.is_err() && self.url.is_err()
    }
}

/// Without HTML: `<td>` and `&nbsp;` stand for a gap, an address in angle brackets for itself.
fn without_tags(text: &str) -> Zeroizing<String> {
    let mut plain = Zeroizing::new(String::with_capacity(text.len()));
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, tail) = rest.split_at(at);
        plain.push_str(before);
        let tag = tail.starts_with('<')
            && tail.get(1..).is_some_and(|name| {
                name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!')
            })
            && !tail.get(1..5).is_some_and(|name| name.eq_ignore_ascii_case("http"));
        let near = |most| tail.get(..tail.floor_char_boundary(most)).unwrap_or_default();
        let end = match (tag, tail.starts_with('&')) {
            (true, _) => near(TAG_MAX).find('>'),
            (false, true) => near(ENTITY_MAX).find(';'),
            (false, false) => None,
        };
        let length = end.map_or(1, |end| end + 1);
        // A row of a table ends a line, so that what stands in different rows is not taken for one.
        let row = ["<tr", "<br", "<p", "<div", "<li"]
            .iter()
            .any(|row| tail.get(..row.len()).is_some_and(|start| start.eq_ignore_ascii_case(row)));
        plain.push(if row { '\n' } else { ' ' });
        rest = tail.get(length..).unwrap_or_default();
    }
    plain.push_str(rest);
    plain
}

fn key_in(text: &str) -> Result<CustomerApiKey, ProblemCode> {
    let mut found = Found::default();
    let mut columns = false;
    let mut labelled = false;
    let mut rest = text;
    while let Some((_, after)) = around(rest, KEY_LABEL) {
        labelled = true;
        let (_, value) = cut(after, SPACE | NOISE | DASH, false);
        found.add(Some(cut(value, BREAK | NOISE, true).0).filter(|word| is_certain(word)));
        columns |= NEXT_LABELS.iter().any(|label| after_label(value, label).is_some());
        rest = after;
    }
    if found.is_empty() && (columns || !labelled) {
        let mut before = "";
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            // Somebody else's key stands in this line, so a short word in it is their name.
            let other = Words(line).any(is_user_api_key);
            let spoken = |line: &str| around(line, "api").is_some() && around(line, "user").is_none();
            if !other && (columns || spoken(line) || spoken(before)) {
                Words(line).filter(|word| is_capital_key(word)).for_each(|word| found.add(Some(word)));
            }
            before = line;
        }
    }
    let only_other = || around(text, "userapikey").is_some() || Words(text).any(is_user_api_key);
    match found.one() {
        Some(word) => CustomerApiKey::of_word(word).ok_or(ProblemCode::KeyMissing),
        None if found.is_empty() && only_other() => Err(ProblemCode::KeyIsUserApiKey),
        None => Err(ProblemCode::KeyMissing),
    }
}

/// Five capital letters and digits, both among them.
fn is_capital_key(word: &str) -> bool {
    is_certain(word) && any(word, DIGIT) && any(word, UPPER) && !any(word, LOWER)
}

/// The words found, as far as it matters: none, one, or different ones.
#[derive(Default)]
struct Found<'t> {
    first: Option<&'t str>,
    different: bool,
}

impl<'t> Found<'t> {
    fn add(&mut self, word: Option<&'t str>) {
        if let Some(word) = word {
            self.different |= !self.first.get_or_insert(word).eq_ignore_ascii_case(word);
        }
    }

    fn is_empty(&self) -> bool {
        self.first.is_none()
    }

    fn one(&self) -> Option<&'t str> {
        self.first.filter(|_| !self.different)
    }
}

fn url_in(text: &str, suffixes: &[&str]) -> (Result<WebServicesUrl, ProblemCode>, Option<HostLine>) {
    let after = around(text, "loginserviceendpoint").map(|(_, after)| cut(after, SPACE | NOISE, false).1);
    let mut next = after.into_iter().flat_map(str::split_whitespace);
    let (first, second) = (next.next().unwrap_or_default(), next.next().unwrap_or_default());
    if is_placeholder(first) || is_placeholder(&[first, second].join(" ")) {
        return (Err(ProblemCode::UrlPlaceholder), None);
    }
    let business = find(first, "/services/bi").is_some();
    let label = Some(first).filter(|word| !business && (word.contains("://") || word.contains('.')));
    let lines = [
        ("/services/loginservice", label, HostLine::LoginService),
        ("/services/employee", None, HostLine::EmployeeService),
    ];
    for (path, labelled, line) in lines {
        let words = Words(text).filter(|word| find(word, path).is_some());
        let labelled = labelled.map(|word| trim(word, NOISE));
        let mut all = labelled.into_iter().chain(words).map(|word| WebServicesUrl::of_word(word, suffixes));
        if let Some(first) = all.next() {
            let same = |other: &Result<WebServicesUrl, ProblemCode>| match (&first, other) {
                (Ok(one), Ok(two)) => one.host == two.host,
                (Err(_), Err(_)) => true,
                (Ok(_), Err(_)) | (Err(_), Ok(_)) => false,
            };
            if !all.all(|other| same(&other)) {
                return (Err(ProblemCode::UrlUnreadable), None);
            }
            let line = first.is_ok().then_some(line);
            return (first, line);
        }
    }
    (Err(if is_placeholder(text) { ProblemCode::UrlPlaceholder } else { ProblemCode::UrlMissing }), None)
}
