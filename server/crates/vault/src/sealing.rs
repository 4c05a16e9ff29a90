//! The vault itself: data keys, sealing, opening, re-wrapping.

use std::sync::atomic::{AtomicU64, Ordering};

use domain::{LinkId, Secret};
use zeroize::Zeroizing;

use crate::aead::{self, KEY_LENGTH, Key};
use crate::envelope::{self, SealedValue, Wrapped, WrappedDataKey, WrappedInstallationKey};
use crate::keyring::KeyId;
use crate::{CredentialField, Fingerprinter, Keyring, VaultError};

/// Seals and opens the values of links. Holds the key-encryption keys, nothing else.
#[derive(Debug)]
pub struct Vault {
    keyring: Keyring,
    opened: AtomicU64,
}

impl Vault {
    /// A vault on these keys. There is no vault without any.
    #[must_use]
    pub fn new(keyring: Keyring) -> Self {
        Self { keyring, opened: AtomicU64::new(0) }
    }

    /// The id of the key that wraps new data keys; links wrapped by another one wait for [`Vault::rewrap`].
    #[must_use]
    pub fn primary_id(&self) -> &KeyId {
        self.keyring.primary_id()
    }

    /// A fresh data key for this link, wrapped by the primary key.
    ///
    /// # Errors
    /// Only when the operating system gives no randomness.
    pub fn new_data_key(&self, link: LinkId) -> Result<WrappedDataKey, VaultError> {
        self.wrap(&Key::random()?, link)
    }

    /// Seals one value under the link's data key.
    ///
    /// # Errors
    /// When the data key does not unwrap: see [`Vault::open`].
    pub fn seal(
        &self,
        key: &WrappedDataKey,
        link: LinkId,
        field: CredentialField,
        secret: &Secret,
    ) -> Result<SealedValue, VaultError> {
        let data_key = self.unwrap(key, link)?;
        let bytes = aead::seal(&data_key, &envelope::sealed_aad(link, field), secret.expose().as_bytes())?;
        Ok(SealedValue::sealed(bytes))
    }

    /// Opens one value. Each call of this must have its audit entry; that is the caller's part.
    ///
    /// # Errors
    /// When the key file lacks the key that wrapped the data key, or when anything differs from what was
    /// sealed: one bit, the field, the link, the key.
    pub fn open(
        &self,
        key: &WrappedDataKey,
        link: LinkId,
        field: CredentialField,
        sealed: &SealedValue,
    ) -> Result<Secret, VaultError> {
        self.opened.fetch_add(1, Ordering::Relaxed);
        let data_key = self.unwrap(key, link)?;
        let plain = aead::open(&data_key, &envelope::sealed_aad(link, field), sealed.bytes())
            .map_err(|_| VaultError::ValueDoesNotOpen { link, field })?;
        // `seal` takes nothing but text, so this fails only for a value sealed by another program.
        let text = str::from_utf8(&plain).map_err(|_| VaultError::ValueDoesNotOpen { link, field })?;
        Ok(Secret::new(text.to_owned()))
    }

    /// How many values this vault was asked to open, to be held against the audit log.
    #[must_use]
    pub fn opened(&self) -> u64 {
        self.opened.load(Ordering::Relaxed)
    }

    /// The same data key, wrapped by the primary key. The values it seals stay as they are.
    ///
    /// # Errors
    /// When the data key does not unwrap: see [`Vault::open`].
    pub fn rewrap(&self, key: &WrappedDataKey, link: LinkId) -> Result<WrappedDataKey, VaultError> {
        self.wrap(&self.unwrap(key, link)?, link)
    }

    /// A fresh key for the installation, wrapped by the primary key; it says that the end of the audit log has its seal. A
    /// database has one, made once: values are recognised by fingerprints under it, so a second would know none of them.
    ///
    /// # Errors
    /// Only when the operating system gives no randomness.
    pub fn new_installation_key(&self) -> Result<WrappedInstallationKey, VaultError> {
        self.wrap_installation(&Key::random()?)
    }

    /// The same installation key, wrapped by the primary key. The fingerprints made with it stay as they are; so does
    /// what it says of the audit log.
    ///
    /// # Errors
    /// When it does not unwrap: see [`Vault::fingerprinter`].
    pub fn rewrap_installation_key(
        &self,
        key: &WrappedInstallationKey,
    ) -> Result<WrappedInstallationKey, VaultError> {
        let opened = self.unwrap_installation(key)?;
        let aad = if self.says_log_is_sealed(key) {
            envelope::installation_aad
        } else {
            envelope::installation_aad_before_the_seal
        };
        self.wrap_bound(&opened, aad).map(WrappedInstallationKey::of)
    }

    /// Whether the key was wrapped after the end of the audit log got its seal. Nobody without the key-encryption key can
    /// wrap it so that it says something else.
    #[must_use]
    pub fn says_log_is_sealed(&self, key: &WrappedInstallationKey) -> bool {
        matches!(self.unwrap_bound(key.wrapped(), envelope::installation_aad), Ok(Some(_)))
    }

    /// The same installation key, wrapped by the primary key so that it says, for good, that the end of the audit log has
    /// its seal.
    ///
    /// # Errors
    /// When it does not unwrap: see [`Vault::fingerprinter`].
    pub fn say_log_is_sealed(
        &self,
        key: &WrappedInstallationKey,
    ) -> Result<WrappedInstallationKey, VaultError> {
        self.wrap_installation(&self.unwrap_installation(key)?)
    }

    /// Makes fingerprints under the installation key. Cheap enough to ask for when it is needed, and not worth keeping:
    /// it holds the key.
    ///
    /// # Errors
    /// When the key file lacks the key that wrapped it, or when anything differs from what was wrapped.
    pub fn fingerprinter(&self, key: &WrappedInstallationKey) -> Result<Fingerprinter, VaultError> {
        self.unwrap_installation(key).map(Fingerprinter::new)
    }

    fn wrap(&self, data_key: &Key, link: LinkId) -> Result<WrappedDataKey, VaultError> {
        self.wrap_bound(data_key, |id| envelope::wrapped_aad(id, link)).map(WrappedDataKey::of)
    }

    fn unwrap(&self, wrapped: &WrappedDataKey, link: LinkId) -> Result<Key, VaultError> {
        self.unwrap_bound(wrapped.wrapped(), |id| envelope::wrapped_aad(id, link))?
            .ok_or_else(|| VaultError::DataKeyDoesNotOpen { link, key_id: wrapped.key_id().clone() })
    }

    fn wrap_installation(&self, key: &Key) -> Result<WrappedInstallationKey, VaultError> {
        self.wrap_bound(key, envelope::installation_aad).map(WrappedInstallationKey::of)
    }

    fn unwrap_installation(&self, wrapped: &WrappedInstallationKey) -> Result<Key, VaultError> {
        let aads = [envelope::installation_aad, envelope::installation_aad_before_the_seal];
        for aad in aads {
            if let Some(key) = self.unwrap_bound(wrapped.wrapped(), aad)? {
                return Ok(key);
            }
        }
        Err(VaultError::InstallationKeyDoesNotOpen { key_id: wrapped.key_id().clone() })
    }

    fn wrap_bound(&self, key: &Key, aad: impl Fn(&KeyId) -> Vec<u8>) -> Result<Wrapped, VaultError> {
        let (id, primary) = self.keyring.primary();
        let bytes = aead::seal(primary, &aad(id), key.bytes())?;
        Ok(Wrapped { key_id: id.clone(), bytes })
    }

    /// `None` when it does not open.
    fn unwrap_bound(
        &self,
        wrapped: &Wrapped,
        aad: impl Fn(&KeyId) -> Vec<u8>,
    ) -> Result<Option<Key>, VaultError> {
        let id = &wrapped.key_id;
        let key = self.keyring.get(id).ok_or_else(|| VaultError::KeyNotInKeyFile { key_id: id.clone() })?;
        let Ok(plain) = aead::open(key, &aad(id), &wrapped.bytes) else { return Ok(None) };
        let bytes: Option<&[u8; KEY_LENGTH]> = plain.as_slice().try_into().ok();
        Ok(bytes.map(|bytes| Key::new(Zeroizing::new(*bytes))))
    }
}
