//! Staff: accounts, signed-in browsers, second factors, passkeys, and invites to become staff.

use std::fmt;
use std::net::IpAddr;

use domain::{EmailAddress, PasskeyId, Role, SessionId, StaffId, StaffInviteId, Timestamp};

use super::TokenHash;

/// A staff account.
#[derive(Clone, PartialEq, Eq)]
pub struct Staff {
    /// Its id.
    pub id: StaffId,
    /// The address it signs in with.
    pub email: EmailAddress,
    /// What it may do.
    pub role: Role,
    /// The password's argon2id hash, in PHC form.
    pub password_hash: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When an owner closed it; `None` while it is open.
    pub deactivated_at: Option<Timestamp>,
}

/// A staff member's signed-in browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffSession {
    /// The hash of the token in its cookie.
    pub token: TokenHash,
    /// Its name.
    pub id: SessionId,
    /// Whose.
    pub staff: StaffId,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used.
    pub last_used_at: Timestamp,
    /// When they last proved who they are.
    pub confirmed_at: Timestamp,
    /// The browser, coarsely: "Firefox on Windows". Empty when it is not known.
    pub browser: String,
    /// Where it signed in from; `None` when it is not known.
    pub address: Option<IpAddr>,
}

/// A browser an account signed in with before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffDevice {
    /// The hash of the token in its cookie.
    pub token: TokenHash,
    /// Whose.
    pub staff: StaffId,
    /// When it last signed in.
    pub last_used_at: Timestamp,
}

/// A sign-in whose password was right and whose second factor is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingSignIn {
    /// The hash of the token in its cookie.
    pub token: TokenHash,
    /// Whose.
    pub staff: StaffId,
    /// From when it leads nowhere.
    pub expires_at: Timestamp,
    /// How many codes may still be tried.
    pub tries_left: u32,
}

/// An authenticator app. Its secret is not kept: it follows from the seed and from the installation's own key.
#[derive(Clone, PartialEq, Eq)]
pub struct Authenticator {
    /// Whose.
    pub staff: StaffId,
    /// What the secret is derived from.
    pub seed: [u8; 32],
    /// When its setting up began.
    pub created_at: Timestamp,
    /// When a first code proved that it works; until then it is not asked for.
    pub confirmed_at: Option<Timestamp>,
    /// The last half minute of which a code was used: neither it nor one before is taken again.
    pub last_step: Option<i64>,
}

/// A passkey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passkey {
    /// Its id here.
    pub id: PasskeyId,
    /// Whose.
    pub staff: StaffId,
    /// Its id at the authenticator.
    pub credential: Vec<u8>,
    /// The signature's algorithm, as COSE numbers it.
    pub algorithm: i64,
    /// The public key (SubjectPublicKeyInfo, DER).
    pub public_key: Vec<u8>,
    /// How often it signed, as far as it tells.
    pub sign_count: u32,
    /// What its owner calls it.
    pub name: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last let somebody in.
    pub last_used_at: Option<Timestamp>,
}

/// An invite to become staff. An address has one at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffInvite {
    /// Its id.
    pub id: StaffInviteId,
    /// The hash of the token in its URL.
    pub token: TokenHash,
    /// Whom it is for.
    pub email: EmailAddress,
    /// What they will be.
    pub role: Role,
    /// The owner who invited.
    pub invited_by: StaffId,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when it lets nobody in.
    pub expires_at: Timestamp,
}

impl fmt::Debug for Staff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Staff").field("id", &self.id).field("role", &self.role).finish_non_exhaustive()
    }
}

impl fmt::Debug for Authenticator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authenticator").field("staff", &self.staff).finish_non_exhaustive()
    }
}
