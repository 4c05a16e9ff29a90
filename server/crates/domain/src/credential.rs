//! The three values that are sealed. The host is not among them: it is no secret and support needs to see it.

use std::fmt;
use std::str::FromStr;

/// A value of a link that is only ever stored sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CredentialField {
    /// The Customer API Key.
    CustomerApiKey,
    /// The service account's username.
    Username,
    /// The service account's password.
    Password,
}

/// The text names no field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown credential field")]
pub struct UnknownField;

impl CredentialField {
    /// Every field.
    pub const ALL: [Self; 3] = [Self::CustomerApiKey, Self::Username, Self::Password];

    /// The stable name; part of what a ciphertext is bound to, so never renamed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CustomerApiKey => "customer_api_key",
            Self::Username => "username",
            Self::Password => "password",
        }
    }
}

impl fmt::Display for CredentialField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for CredentialField {
    type Err = UnknownField;

    fn from_str(text: &str) -> Result<Self, UnknownField> {
        Self::ALL.into_iter().find(|field| field.as_str() == text).ok_or(UnknownField)
    }
}
