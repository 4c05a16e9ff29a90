//! The Customer API Key: five capital letters and digits in every sample seen (`ukg-pro.md` §1). UKG publishes
//! no rule, so another shape is asked about and never refused.

use super::text::{around, bared, fold, is_noise, words};
use super::{Accepted, Change, Changes, Recognised};
use crate::{ProblemCode, Secret};

/// Longest text taken as a key of unusual shape, in bytes: anything longer is a page, not a key.
const MAX: usize = 256;
/// Labels of the key: UKG's own, and what people make of it.
const LABELS: [&str; 3] = ["customerapikey", "customerkey", "apikey"];
/// The label of the key that is mixed up with it.
const USER_LABEL: &str = "userapikey";
/// How many labels are followed in one text: a page has three or four, and each costs a search.
const MOST_LABELS: usize = 16;
/// Endings of a two-part name that make it a web address rather than, say, a name.
const ENDINGS: [&str; 10] = ["com", "ca", "net", "org", "io", "co", "us", "example", "edu", "ukg"];

/// The Customer API Key, upper-cased when it has the usual shape.
#[derive(Clone, Debug)]
pub struct CustomerApiKey(Secret);

impl CustomerApiKey {
    /// Recognises a Customer API Key, whatever was copied along with it, or the thing pasted instead of it.
    ///
    /// # Errors
    /// The code of the mistake: nothing (or a whole page without the key), a User API Key, a Tenant ID, an e-mail
    /// address or a web address.
    pub fn recognise(text: &str) -> Recognised<Self> {
        let (folded, mut changes) = fold(text);
        let bare = bared(&folded, &mut changes);
        if bare.bytes().all(|b| b.is_ascii_punctuation() || b.is_ascii_whitespace()) {
            return Err(ProblemCode::KeyMissing);
        }
        if let Some(key) = Self::usual(bare, changes) {
            return Ok(key);
        }
        if let Some(code) = mistaken(bare) {
            return Err(code);
        }
        Self::among_words(bare, changes)
    }

    /// The key in a text that holds more than a value.
    fn among_words(bare: &str, changes: Changes) -> Recognised<Self> {
        let user_label = around(bare, USER_LABEL).is_some();
        let mixed_up = words(bare).find_map(mistaken);
        let mut told = changes;
        told.add(if user_label || mixed_up.is_some() { Change::OneOfSeveral } else { Change::LabelLeftOut });
        let usual = |text| Self::usual(text, told);
        let mut rest = bare;
        for _ in 0..MOST_LABELS {
            let Some((before, after)) = labelled(rest, user_label) else { break };
            let word = words(after).next().filter(|word| is_certain(word));
            if let Some(key) = usual(after).or_else(|| word.and_then(usual)).or_else(|| usual(before)) {
                return Ok(key);
            }
            rest = after;
        }
        if rest.len() == bare.len() {
            return Self::without_label(bare, user_label, mixed_up, (changes, told));
        }
        match (sole(bare).and_then(usual), mixed_up) {
            (Some(key), _) => Ok(key),
            (None, Some(code)) => Err(code),
            (None, None) => Self::unusual(rest, told),
        }
    }

    /// The key in a text without its label: `Clé API : AB1C2`, `Key AB1 C2`, or both keys one after the other.
    fn without_label(
        bare: &str,
        user_label: bool,
        mixed_up: Option<ProblemCode>,
        (changes, told): (Changes, Changes),
    ) -> Recognised<Self> {
        if user_label {
            return Err(ProblemCode::KeyIsUserApiKey);
        }
        if around(bare, "tenantid").is_some() {
            return Err(ProblemCode::KeyIsTenantId);
        }
        let word = around(bare, "key").map(|(_, after)| after);
        let last =
            bare.rsplit_once([':', '=', '\t', '\n']).map(|(_, last)| last).filter(|last| has_digit(last));
        let sure = match mixed_up {
            None => word.or(last).and_then(|value| Self::usual(value, told)),
            Some(_) => None,
        };
        let only_keys = words(bare).all(|word| is_certain(word) || mistaken(word).is_some());
        let marked = mixed_up.is_none() && (word.or(last).is_some() || around(bare, "api").is_some());
        let one = sole(bare).filter(|_| only_keys || marked).and_then(|value| Self::usual(value, told));
        match (sure.or(one), mixed_up) {
            (Some(key), _) => Ok(key),
            (None, Some(code)) => Err(code),
            (None, None) => Self::unusual(bare, changes),
        }
    }

    /// The key of the usual shape, if this is one; its characters may stand apart, as people type them.
    fn usual(text: &str, mut changes: Changes) -> Option<Accepted<Self>> {
        let text = text.trim_matches(|c| is_noise(c) || c == '-');
        let mut value = String::with_capacity(8);
        let mut spaced = false;
        for c in text.chars() {
            if c.is_whitespace() {
                spaced = true;
            } else if c.is_ascii_alphanumeric() && value.len() < 5 {
                value.push(c.to_ascii_uppercase());
            } else {
                return None;
            }
        }
        // Two short words are no key.
        if value.len() != 5 || (spaced && !has_digit(&value)) {
            return None;
        }
        changes.add_if(spaced, Change::SpacesLeftOut);
        changes.add_if(text.bytes().any(|b| b.is_ascii_lowercase()), Change::Uppercased);
        Some(Accepted { value: Self(Secret::new(value)), warning: None, changes })
    }

    /// A key of another shape, kept as it is, since its rule is unknown.
    fn unusual(text: &str, changes: Changes) -> Recognised<Self> {
        let value = text.trim_matches(|c| is_noise(c));
        if value.is_empty() || value.len() > MAX {
            return Err(ProblemCode::KeyMissing);
        }
        let value = Self(Secret::new(value.to_owned()));
        Ok(Accepted { value, warning: Some(ProblemCode::KeyUnusualShape), changes })
    }

    /// The key, for sealing and for the check.
    #[must_use]
    pub fn into_secret(self) -> Secret {
        self.0
    }

    /// A word of a page that was found to be the key.
    pub(super) fn of_word(word: &str) -> Option<Self> {
        Self::usual(word, Changes::NONE).map(|accepted| accepted.value)
    }
}

/// What stands before and after the key's label. A bare "API key" is not it where a User API Key is spoken of.
fn labelled(text: &str, user_label: bool) -> Option<(&str, &str)> {
    let labels = LABELS.iter().take(if user_label { LABELS.len() - 1 } else { LABELS.len() });
    labels.into_iter().find_map(|label| around(text, label))
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit())
}

/// Five letters and digits that are no ordinary word.
pub(super) fn is_certain(word: &str) -> bool {
    word.len() == 5
        && word.bytes().all(|b| b.is_ascii_alphanumeric())
        && (has_digit(word) || !word.bytes().any(|b| b.is_ascii_lowercase()))
}

/// The one word with a digit that has the usual shape; none if there are several.
fn sole(text: &str) -> Option<&str> {
    let mut found = words(text).filter(|word| is_certain(word) && has_digit(word));
    let first = found.next()?;
    found.all(|other| other.eq_ignore_ascii_case(first)).then_some(first)
}

/// What this word is instead of a Customer API Key, if that is known.
fn mistaken(word: &str) -> Option<ProblemCode> {
    let single = !word.contains(char::is_whitespace);
    if is_tenant_id(word) {
        Some(ProblemCode::KeyIsTenantId)
    } else if is_user_api_key(word) {
        Some(ProblemCode::KeyIsUserApiKey)
    } else if single && is_email(word) {
        Some(ProblemCode::KeyIsEmail)
    } else if single && (word.contains("://") || looks_like_host(word)) {
        Some(ProblemCode::KeyIsUrl)
    } else {
        None
    }
}

/// A UUID, as UKG's Tenant ID is (`ukg-pro.md` §1), with its dashes or without.
fn is_tenant_id(word: &str) -> bool {
    let uuid = word.get(..9).filter(|start| start.eq_ignore_ascii_case("urn:uuid:"));
    let digits = squeezed(word.get(uuid.map_or(0, str::len)..).unwrap_or_default());
    digits.len() == 32 && digits.bytes().all(|b| b.is_ascii_hexdigit())
}

/// A User API Key: 12 letters and digits, often ending in `0000K0` (`ukg-pro.md` §1).
pub(super) fn is_user_api_key(word: &str) -> bool {
    let key = squeezed(word);
    let ending = key.get(key.len().saturating_sub(6)..).unwrap_or_default();
    // Words with spaces or dashes between them are no key.
    let whole = key.len() == word.len() || (has_digit(&key) && !key.bytes().any(|b| b.is_ascii_lowercase()));
    key.bytes().all(|b| b.is_ascii_alphanumeric())
        && ((key.len() == 12 && whole)
            || ((8..=16).contains(&key.len()) && ending.eq_ignore_ascii_case("0000K0")))
}

/// Without spaces and dashes.
fn squeezed(word: &str) -> String {
    word.chars().filter(|c| !c.is_whitespace() && *c != '-').collect()
}

fn is_email(word: &str) -> bool {
    !word.contains("://")
        && word.split_once('@').is_some_and(|(name, domain)| {
            let ending = domain.rsplit_once('.').map_or("", |(_, ending)| ending);
            !name.is_empty() && ending.len() >= 2 && ending.bytes().all(|b| b.is_ascii_alphabetic())
        })
}

/// A dotted name such as `servicet.ultipro.com/services`.
fn looks_like_host(text: &str) -> bool {
    let host = text.split(['/', '?', ':', '#']).next().unwrap_or_default();
    let ending = host.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    host.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-')
        && match host.split('.').filter(|label| !label.is_empty()).count() {
            0 | 1 => false,
            2 => ENDINGS.contains(&ending.as_str()) || text.contains('/'),
            _ => ending.len() >= 2 && ending.bytes().all(|b| b.is_ascii_alphabetic()),
        }
}
