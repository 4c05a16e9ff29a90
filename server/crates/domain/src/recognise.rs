//! Recognisers: from what was typed or pasted to a value, or to the name of the mistake.
//!
//! Forgiving where nothing can be lost (outer white space, letter case, `http`, a path), exact about the
//! known mix-ups, and only ever asking, never refusing, where UKG publishes no rule.

mod account;
mod domain;
mod key;

pub use account::{ServiceAccountPassword, ServiceAccountUsername};
pub use domain::{WebServicesHost, WebServicesUrl};
pub use key::CustomerApiKey;

use crate::ProblemCode;

/// What a recogniser made of a text.
pub type Recognised<T> = Result<Accepted<T>, ProblemCode>;

/// A usable value, with what is to be said about it.
#[derive(Clone, Debug)]
pub struct Accepted<T> {
    /// The value.
    pub value: T,
    /// Looks wrong but may be right: asked about once. Always a code whose `is_warning` holds.
    pub warning: Option<ProblemCode>,
    /// What was changed between the text and the value, to be said to the person.
    pub change: Option<Change>,
}

impl<T> Accepted<T> {
    /// The same, with the value turned into another.
    pub fn map<U>(self, turn: impl FnOnce(T) -> U) -> Accepted<U> {
        Accepted { value: turn(self.value), warning: self.warning, change: self.change }
    }
}

/// A harmless change a recogniser made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// White space or line breaks around the text were left out.
    Trimmed,
    /// Small letters were made capital ones.
    Uppercased,
}

/// Characters that are seen as nothing but break a comparison: they come along from web pages and PDFs.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}')
}

/// The text without white space and invisible characters around it.
fn trim_outer(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c.is_control() || is_invisible(c))
}

/// Whether this is a UUID in its usual 8-4-4-4-12 form, as UKG's Tenant ID is (`ukg-pro.md` §1).
fn is_uuid(text: &str) -> bool {
    let lengths = [8, 4, 4, 4, 12];
    let text = text.trim_start_matches('{').trim_end_matches('}');
    let mut groups = 0;
    for (group, length) in text.split('-').zip(lengths) {
        if group.len() != length || !group.bytes().all(|b| b.is_ascii_hexdigit()) {
            return false;
        }
        groups += 1;
    }
    groups == lengths.len() && text.split('-').count() == lengths.len()
}

/// Whether this has the form of a User API Key: 12 capital letters and digits (`ukg-pro.md` §1).
fn is_user_api_key(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|b| b.is_ascii_alphanumeric())
}
