//! The Customer API Key: five capital letters and digits in every sample seen (`ukg-pro.md` §1). UKG publishes
//! no rule, so another shape is asked about and never refused.

use super::text::{
    ALNUM, COLON, DASH, DIGIT, DOT, FOREIGN, HEX, LETTER, LOWER, Labels, MARK, NOISE, PATH, SPACE, Words,
    all, any, around, bared, cut, ends_with, find, fold, is, starts, trim, without,
};
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
const ENDINGS: [&str; 7] = ["com", "ca", "net", "org", "io", "edu", "example"];

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
        Self::read(bare, changes)
    }

    /// The key in a text with nothing around it that could not be read.
    fn read(bare: &str, changes: Changes) -> Recognised<Self> {
        if !any(bare, ALNUM | FOREIGN) {
            return Err(ProblemCode::KeyMissing);
        }
        if let Some(key) = Self::usual(bare, changes) {
            return Ok(key);
        }
        match mistaken(bare) {
            Some(code) => Err(code),
            None => Self::among_words(bare, changes),
        }
    }

    /// The key in a text that holds more than a value.
    fn among_words(bare: &str, changes: Changes) -> Recognised<Self> {
        let user_label = around(bare, USER_LABEL).is_some();
        let mixed_up = Words(bare).find_map(mistaken);
        let mut told = changes;
        told.add(if user_label || mixed_up.is_some() { Change::OneOfSeveral } else { Change::LabelLeftOut });
        let usual = |text| Self::usual(text, told);
        let mut rest = bare;
        let mut labels = 0;
        while let Some((before, after)) = labelled(rest, user_label) {
            labels += 1;
            if labels > MOST_LABELS {
                return Err(ProblemCode::KeyMissing);
            }
            let word = Words(after).next().filter(|word| is_certain(word));
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
            // Shorter by its labels, and read as any other text.
            (None, None) => Self::read(trim(rest, SPACE | NOISE), told),
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
        let mark = bare.bytes().rposition(|b| is(b, MARK));
        let last = mark.and_then(|at| bare.get(at..)).filter(|last| any(last, DIGIT));
        let sure = match mixed_up {
            None => word.or(last).and_then(|value| Self::usual(value, told)),
            Some(_) => None,
        };
        let only_keys = Words(bare).all(|word| is_certain(word) || mistaken(word).is_some());
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
        let text = trim(text, SPACE | NOISE | DASH);
        // Long texts are looked at often.
        let short = text.len() <= 16 && all(text, ALNUM | SPACE);
        let spaced = any(text, SPACE);
        let mut value = if short { without(text, SPACE) } else { return None };
        // Two short words are no key.
        if value.len() != 5 || (spaced && !any(text, DIGIT)) {
            return None;
        }
        value.make_ascii_uppercase();
        changes.add_if(spaced, Change::SpacesLeftOut);
        changes.add_if(any(text, LOWER), Change::Uppercased);
        Some(Accepted { value: Self(Secret::new(value)), warning: None, changes })
    }

    /// A key of another shape, kept as it is, starts, since its rule is unknown.
    fn unusual(value: &str, changes: Changes) -> Recognised<Self> {
        if value.len() > MAX {
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

/// Five letters and digits that are no ordinary word.
pub(super) fn is_certain(word: &str) -> bool {
    word.len() == 5 && all(word, ALNUM) && (any(word, DIGIT) || !any(word, LOWER))
}

/// The one word with a digit that has the usual shape; none if there are several.
fn sole(text: &str) -> Option<&str> {
    let mut first = None;
    for word in Words(text).filter(|word| is_certain(word) && any(word, DIGIT)) {
        if !first.get_or_insert(word).eq_ignore_ascii_case(word) {
            return None;
        }
    }
    first
}

/// What this word is instead of a Customer API Key, if that is known.
fn mistaken(word: &str) -> Option<ProblemCode> {
    if is_tenant_id(word) {
        Some(ProblemCode::KeyIsTenantId)
    } else if is_user_api_key(word) {
        Some(ProblemCode::KeyIsUserApiKey)
    } else if any(word, SPACE) {
        None
    } else if is_email(word) {
        Some(ProblemCode::KeyIsEmail)
    } else {
        looks_like_url(word).then_some(ProblemCode::KeyIsUrl)
    }
}

/// A UUID, as UKG's Tenant ID is (`ukg-pro.md` §1), with its dashes or without.
fn is_tenant_id(word: &str) -> bool {
    let digits = without(word, SPACE | DASH);
    let (_, digits) = digits
        .split_at_checked(if find(&digits, "urn:uuid:") == Some(0) { 9 } else { 0 })
        .unwrap_or_default();
    digits.len() == 32 && all(digits, HEX)
}

/// A User API Key: 12 letters and digits, often ending in `0000K0` (`ukg-pro.md` §1).
pub(super) fn is_user_api_key(word: &str) -> bool {
    let key = without(word, SPACE | DASH);
    // Words with spaces or dashes between them are no key.
    let whole = key.len() == word.len() || (any(&key, DIGIT) && !any(&key, LOWER));
    all(&key, ALNUM)
        && ((key.len() == 12 && whole) || ((8..=16).contains(&key.len()) && ends_with(&key, "0000K0")))
}

fn is_email(word: &str) -> bool {
    let at = word.bytes().position(|b| b == b'@').filter(|at| *at > 0 && find(word, "://").is_none());
    let domain = at.and_then(|at| word.get(at..)).unwrap_or_default();
    let ending =
        domain.bytes().rposition(|b| is(b, DOT)).and_then(|at| domain.get(at + 1..)).unwrap_or_default();
    ending.len() > 1 && all(ending, LETTER)
}

/// An address, or a dotted name such as `servicet.ultipro.com/services`.
fn looks_like_url(word: &str) -> bool {
    let (host, path) = cut(word, PATH | COLON, true);
    let (mut labels, mut ending) = (0, "");
    for label in Labels(Some(host)) {
        labels += 1;
        ending = label;
    }
    // A name of two parts may be a person's.
    let two = || starts(path, PATH) || ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending));
    find(word, "://").is_some()
        || (all(host, ALNUM | DOT | DASH)
            && ending.len() > 1
            && all(ending, LETTER)
            && (labels > 2 || (labels == 2 && two())))
}
