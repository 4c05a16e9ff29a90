//! What ids and tokens are made of: the operating system's randomness, and the digest they are stored as.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand;

use crate::VaultError;

/// `N` random bytes, fit for keys, tokens and ids.
///
/// # Errors
/// When the operating system gives none.
pub fn random_bytes<const N: usize>() -> Result<[u8; N], VaultError> {
    let mut bytes = [0; N];
    rand::fill(&mut bytes).map_err(|_| VaultError::NoRandomness)?;
    Ok(bytes)
}

/// The SHA-256 digest: how a token of 256 random bits is stored. Not for passwords, which can be guessed.
#[must_use]
pub fn sha256(data: &[u8]) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes.copy_from_slice(digest(&SHA256, data).as_ref());
    bytes
}
