//! What is stored: the wrapped keys and the sealed value, and what each is bound to.

use std::fmt;

use domain::LinkId;

use crate::aead::{KEY_LENGTH, OVERHEAD, VERSION};
use crate::{CredentialField, KeyId, VaultError};

/// A link's data key under a key-encryption key. Stored as the key's id and the bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct WrappedDataKey(Wrapped);

/// The installation's own key under a key-encryption key; there is one per database. Stored like a data key, but bound
/// to its purpose: neither opens as the other.
#[derive(Clone, PartialEq, Eq)]
pub struct WrappedInstallationKey(Wrapped);

/// Any 32-byte key under a key-encryption key.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Wrapped {
    pub(crate) key_id: KeyId,
    pub(crate) bytes: Vec<u8>,
}

/// One value under its link's data key. Stored as it is.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedValue {
    bytes: Vec<u8>,
}

impl Wrapped {
    const LENGTH: usize = OVERHEAD + KEY_LENGTH;

    fn from_stored(key_id: &str, bytes: Vec<u8>) -> Result<Self, VaultError> {
        let key_id = key_id.parse().map_err(|_| VaultError::InvalidKeyId)?;
        if bytes.len() != Self::LENGTH {
            return Err(VaultError::WrongLength { found: bytes.len() });
        }
        check_version(&bytes)?;
        Ok(Self { key_id, bytes })
    }
}

impl WrappedDataKey {
    /// Exactly as long as every wrapped data key is; for a `CHECK` on the column.
    pub const LENGTH: usize = Wrapped::LENGTH;

    /// Reads what [`WrappedDataKey::key_id`] and [`WrappedDataKey::bytes`] stored.
    ///
    /// # Errors
    /// When this cannot be a wrapped data key: wrong length, unknown version, no valid key id.
    pub fn from_stored(key_id: &str, bytes: Vec<u8>) -> Result<Self, VaultError> {
        Wrapped::from_stored(key_id, bytes).map(Self)
    }

    /// The id of the key-encryption key that wraps it.
    #[must_use]
    pub fn key_id(&self) -> &KeyId {
        &self.0.key_id
    }

    /// The envelope: version, nonce, ciphertext, tag.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0.bytes
    }

    pub(crate) fn of(wrapped: Wrapped) -> Self {
        Self(wrapped)
    }

    pub(crate) fn wrapped(&self) -> &Wrapped {
        &self.0
    }
}

impl WrappedInstallationKey {
    /// Exactly as long as every wrapped installation key is; for a `CHECK` on the column.
    pub const LENGTH: usize = Wrapped::LENGTH;

    /// Reads what [`WrappedInstallationKey::key_id`] and [`WrappedInstallationKey::bytes`] stored.
    ///
    /// # Errors
    /// When this cannot be a wrapped key: wrong length, unknown version, no valid key id.
    pub fn from_stored(key_id: &str, bytes: Vec<u8>) -> Result<Self, VaultError> {
        Wrapped::from_stored(key_id, bytes).map(Self)
    }

    /// The id of the key-encryption key that wraps it.
    #[must_use]
    pub fn key_id(&self) -> &KeyId {
        &self.0.key_id
    }

    /// The envelope: version, nonce, ciphertext, tag.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0.bytes
    }

    pub(crate) fn of(wrapped: Wrapped) -> Self {
        Self(wrapped)
    }

    pub(crate) fn wrapped(&self) -> &Wrapped {
        &self.0
    }
}

impl SealedValue {
    /// No sealed value is shorter; for a `CHECK` on the column.
    pub const MIN_LENGTH: usize = OVERHEAD;

    /// Reads what [`SealedValue::bytes`] stored.
    ///
    /// # Errors
    /// When this cannot be a sealed value: too short, or of an unknown version.
    pub fn from_stored(bytes: Vec<u8>) -> Result<Self, VaultError> {
        if bytes.len() < Self::MIN_LENGTH {
            return Err(VaultError::WrongLength { found: bytes.len() });
        }
        check_version(&bytes)?;
        Ok(Self { bytes })
    }

    /// The envelope: version, nonce, ciphertext, tag.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(crate) fn sealed(bytes: Vec<u8>) -> Self {
        Self { bytes }
    }
}

/// Binds a wrapped data key to the key that wraps it and to its link.
pub(crate) fn wrapped_aad(key_id: &KeyId, link: LinkId) -> Vec<u8> {
    let mut aad = key_aad(b"linkdesk data key\0", key_id);
    aad.extend_from_slice(link.as_bytes());
    aad
}

/// Binds the wrapped installation key to the key that wraps it, and to that the audit log's end has its seal. Another
/// purpose than a data key's, so that whoever can write to the database cannot have the one used as the other.
pub(crate) fn installation_aad(key_id: &KeyId) -> Vec<u8> {
    key_aad(b"linkdesk installation key of a sealed log\0", key_id)
}

/// The same of a database whose audit log was not a chain when its key was made.
pub(crate) fn installation_aad_before_the_seal(key_id: &KeyId) -> Vec<u8> {
    key_aad(b"linkdesk installation key\0", key_id)
}

/// The id's length comes before it, so that no other id and link can spell the same bytes.
fn key_aad(purpose: &[u8], key_id: &KeyId) -> Vec<u8> {
    let id = key_id.as_str().as_bytes();
    let mut aad = purpose.to_vec();
    aad.push(VERSION);
    aad.push(u8::try_from(id.len()).unwrap_or(u8::MAX)); // an id has at most 32 characters
    aad.extend_from_slice(id);
    aad
}

/// Binds a sealed value to its link and field.
pub(crate) fn sealed_aad(link: LinkId, field: CredentialField) -> Vec<u8> {
    let mut aad = b"linkdesk value\0".to_vec();
    aad.push(VERSION);
    aad.extend_from_slice(link.as_bytes());
    aad.extend_from_slice(field.as_str().as_bytes());
    aad
}

fn check_version(bytes: &[u8]) -> Result<(), VaultError> {
    match bytes.first() {
        Some(&VERSION) => Ok(()),
        Some(&found) => Err(VaultError::UnknownVersion { found }),
        None => Err(VaultError::WrongLength { found: 0 }),
    }
}

impl fmt::Debug for WrappedDataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WrappedDataKey({}, ***)", self.0.key_id)
    }
}

impl fmt::Debug for WrappedInstallationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WrappedInstallationKey({}, ***)", self.0.key_id)
    }
}

impl fmt::Debug for SealedValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealedValue(***)")
    }
}
