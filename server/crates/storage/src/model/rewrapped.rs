//! A data key on its way from one key-encryption key to another.

use domain::LinkId;

use super::WrappedKey;

/// A link's data key that was wrapped anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewrapped {
    /// Whose it is.
    pub link: LinkId,
    /// As it was read.
    pub old: WrappedKey,
    /// The same key, wrapped by another.
    pub new: WrappedKey,
}
