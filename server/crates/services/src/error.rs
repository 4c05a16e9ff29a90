//! What a use case reports when it cannot be done for a reason the caller has no part in.
//!
//! Expected outcomes (a refused value, an expired invite) are not errors: each use case returns an enum for them.

use storage::StorageError;
use vault::VaultError;

use crate::HashError;

/// Something went wrong that the person cannot mend.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// The database cannot be written now; nothing was kept and trying again later can help.
    #[error("the database cannot be written at the moment")]
    Unavailable(#[source] StorageError),
    /// Another fault of the database.
    #[error("the database failed")]
    Storage(#[source] StorageError),
    /// A credential could not be sealed or opened.
    #[error("the vault failed")]
    Vault(#[from] VaultError),
    /// Too many sign-ins at once; trying again in a moment can help.
    #[error("too many passwords wait to be hashed")]
    Busy,
    /// Anything else.
    #[error("unexpected failure")]
    Unexpected(#[source] anyhow::Error),
}

impl From<HashError> for ServiceError {
    fn from(error: HashError) -> Self {
        match error {
            HashError::Busy => Self::Busy,
            HashError::Broken(error) => Self::Unexpected(error),
        }
    }
}

impl From<StorageError> for ServiceError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Unwritable(_) => Self::Unavailable(error),
            StorageError::Duplicate(_) | StorageError::CorruptRow { .. } | StorageError::Database(_) => {
                Self::Storage(error)
            }
        }
    }
}
