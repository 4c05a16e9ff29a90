//! What is kept of staff, and how it is asked for: a part of [`Storage`](crate::Storage) and of
//! [`UnitOfWork`](crate::UnitOfWork), in a file of its own.

use async_trait::async_trait;
use domain::{EmailAddress, PasskeyId, Role, SessionId, StaffId, StaffInviteId, Timestamp};

use crate::{
    Authenticator, Passkey, PendingSignIn, Result, Staff, StaffDevice, StaffInvite, StaffSession, TokenHash,
};

/// Reads what is kept of staff.
#[async_trait]
pub trait StaffReads: Send + Sync {
    /// The staff account, open or closed; `None` when the address has none.
    async fn staff_by_email(&self, email: &EmailAddress) -> Result<Option<Staff>>;
    /// The staff account, open or closed; `None` when there is none.
    async fn staff(&self, id: StaffId) -> Result<Option<Staff>>;
    /// Every staff account, by address.
    async fn all_staff(&self) -> Result<Vec<Staff>>;
    /// Whether any staff account exists.
    async fn has_staff(&self) -> Result<bool>;
    /// The staff session with this token and its account, expired or not; `None` when there is none.
    async fn staff_session(&self, token: &TokenHash) -> Result<Option<(StaffSession, Staff)>>;
    /// The account's sessions, expired or not, last used first.
    async fn staff_sessions(&self, staff: StaffId) -> Result<Vec<StaffSession>>;
    /// The browser known by this token; `None` when there is none.
    async fn staff_device(&self, token: &TokenHash) -> Result<Option<StaffDevice>>;
    /// The sign-in that waits for a second factor and its account, expired or not; `None` when there is none.
    async fn pending_sign_in(&self, token: &TokenHash) -> Result<Option<(PendingSignIn, Staff)>>;
    /// The account's authenticator app, confirmed or not; `None` when there is none.
    async fn authenticator(&self, staff: StaffId) -> Result<Option<Authenticator>>;
    /// How many recovery codes the account has left.
    async fn recovery_codes_left(&self, staff: StaffId) -> Result<u32>;
    /// The account's passkeys, oldest first.
    async fn passkeys(&self, staff: StaffId) -> Result<Vec<Passkey>>;
    /// The passkey with this id at the authenticator, and its account; `None` when there is none.
    async fn passkey_by_credential(&self, credential: &[u8]) -> Result<Option<(Passkey, Staff)>>;
    /// Every invite to become staff, expired or not, newest first.
    async fn staff_invites(&self) -> Result<Vec<StaffInvite>>;
    /// The invite to become staff with this token, expired or not; `None` when there is none.
    async fn staff_invite_by_token(&self, token: &TokenHash) -> Result<Option<StaffInvite>>;
}

/// Writes what is kept of staff.
#[async_trait]
pub trait StaffWrites: Send {
    /// Adds a staff account.
    ///
    /// # Errors
    /// [`StorageError::Duplicate`](crate::StorageError::Duplicate) when the address has one.
    async fn insert_staff(&mut self, staff: &Staff) -> Result<()>;
    /// The staff account as it is inside this unit; `None` when there is none.
    async fn staff(&mut self, id: StaffId) -> Result<Option<Staff>>;
    /// How many open accounts of owners there are besides this one.
    async fn other_owners(&mut self, than: StaffId) -> Result<u64>;
    /// Replaces the password's hash.
    async fn set_staff_password(&mut self, id: StaffId, password_hash: &str) -> Result<()>;
    /// Changes what the account may do.
    async fn set_staff_role(&mut self, id: StaffId, role: Role) -> Result<()>;
    /// Closes the account at this time, or opens it again.
    async fn set_staff_deactivated(&mut self, id: StaffId, at: Option<Timestamp>) -> Result<()>;

    /// Adds a staff session.
    async fn insert_staff_session(&mut self, session: &StaffSession) -> Result<()>;
    /// Notes that the session was used.
    async fn touch_staff_session(&mut self, token: &TokenHash, at: Timestamp) -> Result<()>;
    /// Notes that whoever holds the session proved again who they are.
    async fn confirm_staff_session(&mut self, id: SessionId, at: Timestamp) -> Result<()>;
    /// Ends the session; ending it twice is fine.
    async fn delete_staff_session(&mut self, token: &TokenHash) -> Result<()>;
    /// Ends one session of this account; `false` when it has none of this name.
    async fn end_staff_session(&mut self, staff: StaffId, id: SessionId) -> Result<bool>;
    /// Ends the account's oldest sessions, so that so many are left; how many ended.
    async fn end_oldest_staff_sessions(&mut self, staff: StaffId, left: u32) -> Result<u64>;
    /// Ends the account's sessions and half-done sign-ins, but for the session named; how many sessions.
    async fn end_staff_sessions(&mut self, staff: StaffId, but: Option<SessionId>) -> Result<u64>;

    /// Adds a known browser, or notes that it signed in again.
    async fn put_staff_device(&mut self, device: &StaffDevice) -> Result<()>;
    /// Forgets the account's known browsers.
    async fn forget_staff_devices(&mut self, staff: StaffId) -> Result<()>;

    /// Adds a sign-in that waits for a second factor.
    async fn insert_pending_sign_in(&mut self, pending: &PendingSignIn) -> Result<()>;
    /// Takes one try from it; `false` when none is left or there is no such sign-in.
    async fn take_try(&mut self, token: &TokenHash) -> Result<bool>;
    /// Ends a sign-in that waited; `false` when there was none.
    async fn delete_pending_sign_in(&mut self, token: &TokenHash) -> Result<bool>;

    /// Keeps an authenticator app, replacing the account's one before; `false` when that is confirmed, and stays.
    async fn put_authenticator(&mut self, authenticator: &Authenticator) -> Result<bool>;
    /// Notes that a code of this half minute was used; `false` when it, or a later one, was used before.
    async fn use_authenticator(&mut self, staff: StaffId, step: i64) -> Result<bool>;
    /// Notes that the app with this seed works; `false` when the account's app is another, or works already.
    async fn confirm_authenticator(&mut self, staff: StaffId, seed: &[u8; 32], at: Timestamp)
    -> Result<bool>;
    /// Forgets the account's authenticator app; `false` when there was none.
    async fn delete_authenticator(&mut self, staff: StaffId) -> Result<bool>;

    /// Replaces the account's recovery codes, used or not.
    async fn put_recovery_codes(&mut self, staff: StaffId, codes: &[TokenHash]) -> Result<()>;
    /// Uses a recovery code up; `false` when it is unknown or used.
    async fn use_recovery_code(&mut self, staff: StaffId, code: &TokenHash, at: Timestamp) -> Result<bool>;

    /// Adds a passkey.
    ///
    /// # Errors
    /// [`StorageError::Duplicate`](crate::StorageError::Duplicate) when it is known already, to whomever.
    async fn insert_passkey(&mut self, passkey: &Passkey) -> Result<()>;
    /// Notes that the passkey let somebody in, and how often it signed so far; `false` when that is no more often than was
    /// noted before (unless it counts nothing: both are 0), or there is no such passkey.
    async fn use_passkey(&mut self, id: PasskeyId, sign_count: u32, at: Timestamp) -> Result<bool>;
    /// Removes one passkey of this account; `false` when it has none of this name.
    async fn delete_passkey(&mut self, staff: StaffId, id: PasskeyId) -> Result<bool>;
    /// Removes the account's passkeys; how many.
    async fn delete_passkeys(&mut self, staff: StaffId) -> Result<u64>;

    /// Notes that a question to a passkey was answered, which is over at `until`, and forgets those that are over; `false` when
    /// it was answered before.
    async fn note_answered(&mut self, question: &[u8; 16], until: Timestamp, now: Timestamp) -> Result<bool>;

    /// Keeps an invite to become staff, replacing the one its address had.
    async fn put_staff_invite(&mut self, invite: &StaffInvite) -> Result<()>;
    /// The invite to become staff with this token as it is inside this unit; `None` when there is none.
    async fn staff_invite_by_token(&mut self, token: &TokenHash) -> Result<Option<StaffInvite>>;
    /// The invites to become staff that this account made, as seen inside this unit; oldest first.
    async fn staff_invites_by(&mut self, staff: StaffId) -> Result<Vec<StaffInvite>>;
    /// Removes an invite to become staff: used or withdrawn; `false` when there is none.
    async fn delete_staff_invite(&mut self, id: StaffInviteId) -> Result<bool>;
}
