//! Why something did not seal or open. No message holds a value, a key or a part of one.

use domain::LinkId;

use crate::{CredentialField, KeyId};

/// What can go wrong between the database and an opened value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// The row names a key-encryption key that the key file does not hold.
    #[error("the key file has no key `{key_id}`; put its line back, or restore the key file from its backup")]
    KeyNotInKeyFile {
        /// The key the row names.
        key_id: KeyId,
    },
    /// The data key was altered, moved from another row, or wrapped by another key of the same id.
    #[error("the data key of {link} does not open with key `{key_id}`; the row or the key file was altered")]
    DataKeyDoesNotOpen {
        /// The link whose row it is.
        link: LinkId,
        /// The key it should open with.
        key_id: KeyId,
    },
    /// The installation's own key was altered, is a link's data key, or was wrapped by another key of the same id.
    #[error(
        "the installation's own key does not open with key `{key_id}`; the row or the key file was altered"
    )]
    InstallationKeyDoesNotOpen {
        /// The key it should open with.
        key_id: KeyId,
    },
    /// The value was altered, or moved from another field or row.
    #[error("the {field} of {link} does not open; the row was altered")]
    ValueDoesNotOpen {
        /// The link whose row it is.
        link: LinkId,
        /// The field it was opened as.
        field: CredentialField,
    },
    /// The stored bytes are of another version than this program writes.
    #[error("unknown envelope version {found}; was it written by a newer Linkdesk?")]
    UnknownVersion {
        /// The version byte.
        found: u8,
    },
    /// The stored bytes cannot be an envelope.
    #[error("an envelope cannot be {found} bytes long; the row was altered")]
    WrongLength {
        /// How many bytes there were.
        found: usize,
    },
    /// The stored name of the key cannot be one.
    #[error("the row names its key in a way no key is named; the row was altered")]
    InvalidKeyId,
    /// The operating system gave no random bytes.
    #[error("the operating system gave no random bytes")]
    NoRandomness,
    /// The cipher library refused to seal.
    #[error("the cipher library could not seal a value")]
    CipherFailed,
}
