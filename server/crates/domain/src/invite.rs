//! An invite's state, derived from its times: never stored, so it cannot be wrong.

use crate::{ProblemCode, Timestamp};

/// Whether an invite still lets its holder in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InviteState {
    /// Usable.
    Active,
    /// Its time is over.
    Expired,
    /// Withdrawn by staff.
    Revoked,
    /// The link was made; the holder may still look at it until the invite expires.
    Completed,
}

impl InviteState {
    /// The state at `now`. A revoked invite is revoked for good, whatever its other times say.
    #[must_use]
    pub fn at(
        now: Timestamp,
        expires: Timestamp,
        revoked: Option<Timestamp>,
        completed: Option<Timestamp>,
    ) -> Self {
        if revoked.is_some() {
            Self::Revoked
        } else if now >= expires {
            Self::Expired
        } else if completed.is_some() {
            Self::Completed
        } else {
            Self::Active
        }
    }

    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
            Self::Completed => "completed",
        }
    }

    /// Why the holder is not let in; `None` when she is.
    #[must_use]
    pub const fn refusal(self) -> Option<ProblemCode> {
        match self {
            Self::Active | Self::Completed => None,
            Self::Expired => Some(ProblemCode::InviteExpired),
            Self::Revoked => Some(ProblemCode::InviteRevoked),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const T: fn(i64) -> Timestamp = Timestamp::from_millis;

    #[test]
    fn an_invite_expires_at_its_very_millisecond() {
        assert_eq!(InviteState::at(T(99), T(100), None, None), InviteState::Active);
        assert_eq!(InviteState::at(T(100), T(100), None, None), InviteState::Expired);
    }

    #[test]
    fn revoked_stands_above_everything() {
        assert_eq!(InviteState::at(T(500), T(100), Some(T(1)), Some(T(1))), InviteState::Revoked);
    }
}
