//! Tokens: 256 random bits, shown once, kept only as their SHA-256.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Secret;
use storage::TokenHash;

use crate::{Entropy, ServiceError};

/// Length of a token's text: 32 bytes in unpadded base64.
const TEXT_LENGTH: usize = 43;

/// The secret in an invite's URL or in a session's cookie.
#[derive(Clone)]
pub struct Token(Secret);

impl Token {
    /// A new token.
    pub(crate) fn new(entropy: &dyn Entropy) -> Result<Self, ServiceError> {
        let mut bytes = [0; 32];
        entropy.fill(&mut bytes).map_err(ServiceError::Unexpected)?;
        Ok(Self(Secret::new(URL_SAFE_NO_PAD.encode(bytes))))
    }

    /// The token that these bytes are: of a keyed fingerprint, never of anything that is stored.
    pub(crate) fn of_bytes(bytes: [u8; 32]) -> Self {
        Self(Secret::new(URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// The token in a URL or cookie; `None` when the text cannot be one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        (text.len() == TEXT_LENGTH && text.bytes().all(plain)).then(|| Self(Secret::new(text.to_owned())))
    }

    /// The text, for the invite's URL or the cookie: nowhere else.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    pub(crate) fn hash(&self) -> TokenHash {
        TokenHash(vault::sha256(self.0.expose().as_bytes()))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(***)")
    }
}
