//! AES-256-GCM over one byte layout, `version ‖ nonce ‖ ciphertext ‖ tag`, and nothing about what it protects.

use std::fmt;

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use zeroize::Zeroizing;

use crate::{VaultError, random_bytes};

/// The only envelope version so far. A change of cipher, layout or associated data takes the next number.
pub(crate) const VERSION: u8 = 1;

/// Bytes in a key.
pub(crate) const KEY_LENGTH: usize = 32;

/// What an envelope adds to the text it seals.
pub(crate) const OVERHEAD: usize = 1 + NONCE_LEN + TAG_LENGTH;

const TAG_LENGTH: usize = 16;

/// A 256-bit key; wiped when dropped, shown by nobody.
pub(crate) struct Key(Zeroizing<[u8; KEY_LENGTH]>);

/// The envelope was not made with this key and these associated data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DoesNotOpen;

/// Seals `plain`; the nonce comes from the cipher library, so no caller can repeat one.
pub(crate) fn seal(key: &Key, aad: &[u8], plain: &[u8]) -> Result<Vec<u8>, VaultError> {
    // Room for the tag from the start: growing would leave a copy of the plain text behind.
    let mut in_out = Zeroizing::new(Vec::with_capacity(plain.len() + TAG_LENGTH));
    in_out.extend_from_slice(plain);
    let nonce = key
        .cipher()
        .and_then(|cipher| cipher.seal_in_place_append_tag(Aad::from(aad), &mut *in_out))
        .map_err(|_| VaultError::CipherFailed)?;

    let mut envelope = Vec::with_capacity(plain.len() + OVERHEAD);
    envelope.push(VERSION);
    envelope.extend_from_slice(nonce.as_ref());
    envelope.extend_from_slice(&in_out);
    Ok(envelope)
}

/// Opens what [`seal`] made.
pub(crate) fn open(key: &Key, aad: &[u8], envelope: &[u8]) -> Result<Zeroizing<Vec<u8>>, DoesNotOpen> {
    let (version, rest) = envelope.split_first().ok_or(DoesNotOpen)?;
    if *version != VERSION {
        return Err(DoesNotOpen);
    }
    let (nonce, sealed) = rest.split_first_chunk::<NONCE_LEN>().ok_or(DoesNotOpen)?;

    let mut in_out = Zeroizing::new(sealed.to_vec());
    let length = key
        .cipher()
        .and_then(|cipher| {
            let plain = cipher.open_in_place(Nonce::from(nonce), Aad::from(aad), &mut in_out)?;
            Ok(plain.len())
        })
        .map_err(|_| DoesNotOpen)?;
    in_out.truncate(length);
    Ok(in_out)
}

impl Key {
    pub(crate) fn new(bytes: Zeroizing<[u8; KEY_LENGTH]>) -> Self {
        Self(bytes)
    }

    pub(crate) fn random() -> Result<Self, VaultError> {
        random_bytes().map(|bytes| Self(Zeroizing::new(bytes)))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_slice()
    }

    /// Made anew for each use; the library wipes its own copy when it frees it.
    fn cipher(&self) -> Result<RandomizedNonceKey, aws_lc_rs::error::Unspecified> {
        RandomizedNonceKey::new(&AES_256_GCM, self.bytes())
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(***)")
    }
}
