//! Recognisers: from what was typed or pasted to a value, or to the name of the mistake.
//!
//! Forgiving where nothing can be lost (what stands around a value, letter case, `http`, a path), exact about the
//! known mix-ups, and only ever asking, never refusing, where UKG publishes no rule.

mod account;
mod change;
mod domain;
mod host;
mod key;
mod page;
mod text;

pub use account::{ServiceAccountPassword, ServiceAccountUsername};
pub use change::{Change, Changes};
pub use domain::WebServicesUrl;
pub use host::WebServicesHost;
pub use key::CustomerApiKey;
pub use page::{HostLine, PastedPage};

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
    pub changes: Changes,
}

impl<T> Accepted<T> {
    /// The same, with the value turned into another.
    pub fn map<U>(self, turn: impl FnOnce(T) -> U) -> Accepted<U> {
        Accepted { value: turn(self.value), warning: self.warning, changes: self.changes }
    }
}
