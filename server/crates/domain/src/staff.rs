//! Staff roles.

use std::fmt;
use std::str::FromStr;

/// What a staff account may do. Nobody, whatever the role, can read a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Sees every link and helps.
    Support,
    /// Also manages staff, settings, keys and disconnecting.
    Owner,
}

/// The text names no role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the role is either support or owner")]
pub struct UnknownRole;

impl Role {
    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Support => "support",
            Self::Owner => "owner",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        match text {
            "support" => Ok(Self::Support),
            "owner" => Ok(Self::Owner),
            _ => Err(UnknownRole),
        }
    }
}
