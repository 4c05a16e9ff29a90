//! `StaffWrites` over the transaction: each method calls its table's function.

use async_trait::async_trait;
use domain::{PasskeyId, Role, SessionId, StaffId, StaffInviteId, Timestamp};
use storage::{
    Authenticator, Passkey, PendingSignIn, Result, Staff, StaffDevice, StaffInvite, StaffSession,
    StaffWrites, TokenHash,
};

use super::PostgresUnit;
use crate::{authenticator, passkey, staff, staff_invite, staff_session};

#[async_trait]
impl StaffWrites for PostgresUnit {
    async fn insert_staff(&mut self, staff: &Staff) -> Result<()> {
        staff::insert(&mut self.0, staff).await
    }

    async fn staff(&mut self, id: StaffId) -> Result<Option<Staff>> {
        staff::lookup(&mut self.0, id).await
    }

    async fn other_owners(&mut self, than: StaffId) -> Result<u64> {
        staff::other_owners(&mut self.0, than).await
    }

    async fn set_staff_password(&mut self, id: StaffId, password_hash: &str) -> Result<()> {
        staff::set_password(&mut self.0, id, password_hash).await
    }

    async fn set_staff_role(&mut self, id: StaffId, role: Role) -> Result<()> {
        staff::set_role(&mut self.0, id, role).await
    }

    async fn set_staff_deactivated(&mut self, id: StaffId, at: Option<Timestamp>) -> Result<()> {
        staff::set_deactivated(&mut self.0, id, at).await
    }

    async fn insert_staff_session(&mut self, session: &StaffSession) -> Result<()> {
        staff_session::insert(&mut self.0, session).await
    }

    async fn touch_staff_session(&mut self, token: &TokenHash, at: Timestamp) -> Result<()> {
        staff_session::touch(&mut self.0, token, at).await
    }

    async fn confirm_staff_session(&mut self, id: SessionId, at: Timestamp) -> Result<()> {
        staff_session::confirm(&mut self.0, id, at).await
    }

    async fn delete_staff_session(&mut self, token: &TokenHash) -> Result<()> {
        staff_session::delete(&mut self.0, token).await
    }

    async fn end_staff_session(&mut self, staff: StaffId, id: SessionId) -> Result<bool> {
        staff_session::end(&mut self.0, staff, id).await
    }

    async fn end_oldest_staff_sessions(&mut self, staff: StaffId, left: u32) -> Result<u64> {
        staff_session::end_oldest(&mut self.0, staff, left).await
    }

    async fn end_staff_sessions(&mut self, staff: StaffId, but: Option<SessionId>) -> Result<u64> {
        staff_session::end_all(&mut self.0, staff, but).await
    }

    async fn put_staff_device(&mut self, device: &StaffDevice) -> Result<()> {
        staff_session::put_device(&mut self.0, device).await
    }

    async fn forget_staff_devices(&mut self, staff: StaffId) -> Result<()> {
        staff_session::forget_devices(&mut self.0, staff).await
    }

    async fn insert_pending_sign_in(&mut self, pending: &PendingSignIn) -> Result<()> {
        staff_session::insert_pending(&mut self.0, pending).await
    }

    async fn take_try(&mut self, token: &TokenHash) -> Result<bool> {
        staff_session::take_try(&mut self.0, token).await
    }

    async fn delete_pending_sign_in(&mut self, token: &TokenHash) -> Result<bool> {
        staff_session::delete_pending(&mut self.0, token).await
    }

    async fn put_authenticator(&mut self, authenticator: &Authenticator) -> Result<bool> {
        authenticator::put(&mut self.0, authenticator).await
    }

    async fn use_authenticator(&mut self, staff: StaffId, step: i64) -> Result<bool> {
        authenticator::use_step(&mut self.0, staff, step).await
    }

    async fn confirm_authenticator(
        &mut self,
        staff: StaffId,
        seed: &[u8; 32],
        at: Timestamp,
    ) -> Result<bool> {
        authenticator::confirm(&mut self.0, staff, seed, at).await
    }

    async fn delete_authenticator(&mut self, staff: StaffId) -> Result<bool> {
        authenticator::delete(&mut self.0, staff).await
    }

    async fn put_recovery_codes(&mut self, staff: StaffId, codes: &[TokenHash]) -> Result<()> {
        authenticator::put_codes(&mut self.0, staff, codes).await
    }

    async fn use_recovery_code(&mut self, staff: StaffId, code: &TokenHash, at: Timestamp) -> Result<bool> {
        authenticator::use_code(&mut self.0, staff, code, at).await
    }

    async fn insert_passkey(&mut self, passkey: &Passkey) -> Result<()> {
        passkey::insert(&mut self.0, passkey).await
    }

    async fn use_passkey(&mut self, id: PasskeyId, sign_count: u32, at: Timestamp) -> Result<bool> {
        passkey::used(&mut self.0, id, sign_count, at).await
    }

    async fn delete_passkey(&mut self, staff: StaffId, id: PasskeyId) -> Result<bool> {
        passkey::delete(&mut self.0, staff, id).await
    }

    async fn delete_passkeys(&mut self, staff: StaffId) -> Result<u64> {
        passkey::delete_all(&mut self.0, staff).await
    }

    async fn note_answered(&mut self, question: &[u8; 16], until: Timestamp, now: Timestamp) -> Result<bool> {
        passkey::note_answered(&mut self.0, question, until, now).await
    }

    async fn put_staff_invite(&mut self, invite: &StaffInvite) -> Result<()> {
        staff_invite::put(&mut self.0, invite).await
    }

    async fn staff_invite_by_token(&mut self, token: &TokenHash) -> Result<Option<StaffInvite>> {
        staff_invite::by_token(&mut self.0, token).await
    }

    async fn staff_invites_by(&mut self, staff: StaffId) -> Result<Vec<StaffInvite>> {
        staff_invite::made_by(&mut self.0, staff).await
    }

    async fn delete_staff_invite(&mut self, id: StaffInviteId) -> Result<bool> {
        staff_invite::delete(&mut self.0, id).await
    }
}
