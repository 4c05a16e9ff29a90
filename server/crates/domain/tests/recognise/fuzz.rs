//! A seeded mutation fuzzer over the table: deterministic, so that a failure is seen again. Texts whose answer is of a new
//! kind are kept and changed further.
//!
//! For longer: `cargo run --release -p domain --example fuzz_recognisers -- --seconds 60 --seed 7`.

use std::collections::BTreeSet;

use domain::{PastedPage, ServiceAccountPassword, WebServicesHost, WebServicesUrl};

use super::answers::{self, ALLOWED, Answer};
use super::table;

/// Longest text that is changed further, in bytes.
const LONGEST: usize = 400;

/// Pieces that mean something to a recogniser.
const PIECES: [&str; 44] = [
    "AB1C2",
    "QX7MCD0000K0",
    "2cedc1bb-57f0-4a3e-9b1e-0123456789ab",
    "Customer API Key",
    "User API Key",
    "Tenant ID",
    "key",
    "api",
    "User Name",
    "Username:",
    "Password:",
    "New Password",
    "Login service endpoint",
    "service4.ultipro.com",
    "ultipro",
    ".com",
    ".ca",
    "http",
    "https://",
    "://",
    "//",
    "/services/LoginService",
    "/services/Employee",
    "[[REQUIRES ",
    "CONFIGURATION]]",
    "@",
    "\\",
    "%2e",
    "?",
    "#",
    ":443",
    ":",
    "0x7f",
    "127.0.0.1",
    "::1",
    "xn--",
    "www.",
    "<td>",
    "&nbsp;",
    "\u{200b}",
    "\u{a0}",
    "\r\n",
    "\t",
    "é",
];

pub struct Fuzz {
    corpus: Vec<String>,
    seen: BTreeSet<String>,
    state: u64,
    rounds: u64,
}

impl Fuzz {
    pub fn new(seed: u64) -> Self {
        let rows =
            [table::keys::ROWS, table::usernames::ROWS, table::passwords::ROWS, table::urls::ROWS].concat();
        let corpus = rows.into_iter().map(|(input, _)| input.to_owned()).collect();
        Self { corpus, seen: BTreeSet::new(), state: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1, rounds: 0 }
    }

    /// How many texts were tried, and how many of them are kept.
    pub fn told(&self) -> (u64, usize) {
        (self.rounds, self.corpus.len())
    }

    /// One text, held to every promise. Returns what was promised and not kept.
    pub fn round(&mut self) -> Result<(), String> {
        self.rounds += 1;
        let mut text = self.any_text();
        for _ in 0..=self.below(5) {
            text = self.changed(text);
        }
        let kind = promises(&text).map_err(|promise| format!("{promise}: {text:?}"))?;
        if text.len() <= LONGEST && self.seen.insert(kind) {
            self.corpus.push(text);
        }
        Ok(())
    }

    fn changed(&mut self, text: String) -> String {
        let (start, end) = (self.place(&text), self.place(&text));
        let (start, end) = (start.min(end), start.max(end));
        let piece = PIECES.get(self.below(PIECES.len())).copied().unwrap_or_default();
        let parts = |a: &str, b: &str, c: &str| [a, b, c].concat();
        let (before, inner, after) = (
            text.get(..start).unwrap_or_default(),
            text.get(start..end).unwrap_or_default(),
            text.get(end..).unwrap_or_default(),
        );
        match self.below(9) {
            0 | 1 => parts(before, piece, text.get(start..).unwrap_or_default()),
            2 => parts(before, "", after),
            3 => parts(before, &inner.repeat(2), after),
            4 => parts(before, &inner.to_uppercase(), after),
            5 => parts(before, &self.any_text(), after),
            6 => parts(before, piece, after),
            7 => parts(before, &inner.chars().rev().collect::<String>(), after),
            _ => {
                let odd = char::from_u32(u32::try_from(self.below(0x1_1000)).unwrap_or(0)).unwrap_or(' ');
                parts(before, &odd.to_string(), text.get(start..).unwrap_or_default())
            }
        }
    }

    fn any_text(&mut self) -> String {
        let at = self.below(self.corpus.len());
        self.corpus.get(at).cloned().unwrap_or_default()
    }

    fn place(&mut self, text: &str) -> usize {
        text.floor_char_boundary(self.below(text.len() + 1))
    }

    fn below(&mut self, limit: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        usize::try_from(self.state >> 20).unwrap_or(0) % limit.max(1)
    }
}

/// Checks every promise on one text; returns the kind of its answers.
fn promises(text: &str) -> Result<String, &'static str> {
    let promise = |kept: bool, what| if kept { Ok(()) } else { Err(what) };
    let key = answers::key(text);
    let url = answers::url(text);
    let (username, password) = (answers::username(text), answers::password(text));
    for (answer, again) in [
        (&key, answers::key as fn(&str) -> Answer),
        (&url, answers::url),
        (&username, answers::username),
        (&password, answers::password),
    ] {
        if let Some(value) = &answer.value {
            promise(
                again(value) == answer.clone().without_changes(),
                "a recognised value is recognised as it is",
            )?;
            promise(!value.is_empty() && value.len() <= 1024, "a value is neither empty nor endless")?;
        }
    }
    if let (Some(value), None) = (&key.value, key.code) {
        let usual = value.len() == 5 && value.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        promise(usual, "a key that is not asked about is five capital letters and digits")?;
    }
    if let Ok(accepted) = ServiceAccountPassword::recognise(text) {
        let value = accepted.value.into_secret();
        promise(text.contains(value.expose()), "nothing inside a password is changed")?;
    }
    let page = PastedPage::read(text, &ALLOWED);
    for url in [WebServicesUrl::recognise(text, &ALLOWED), page.url].into_iter().flatten() {
        promise(is_plain(&url.host), "an accepted host is a plain name under an allowed domain")?;
    }
    if let Ok(found) = page.key {
        promise(found.into_secret().expose().len() == 5, "a page's key has the usual shape")?;
    }
    let shown = WebServicesUrl::typed_address(text, &ALLOWED);
    if let Ok(url) = WebServicesUrl::recognise(text, &ALLOWED) {
        let again =
            shown.as_deref().map(|shown| WebServicesUrl::recognise(shown, &ALLOWED).map(|again| again.host));
        promise(again == Some(Ok(url.host)), "what is shown again is understood as before")?;
    }
    Ok([key.kind(), url.kind(), username.kind(), password.kind(), shown.is_some().to_string()].join("|"))
}

fn is_plain(host: &WebServicesHost) -> bool {
    let name = host.as_str();
    host.is_allowed(&ALLOWED)
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.' || b == b'-')
        && WebServicesHost::from_stored(name).as_ref() == Ok(host)
}

#[test]
fn nothing_made_of_the_table_breaks_a_promise() {
    let mut fuzz = Fuzz::new(1);
    for _ in 0..ROUNDS {
        fuzz.round().unwrap();
    }
    assert_eq!(fuzz.told().0, u64::from(ROUNDS));
}

/// How many texts the test tries: a few seconds' worth without optimisation.
#[cfg(test)]
const ROUNDS: u32 = 20_000;
