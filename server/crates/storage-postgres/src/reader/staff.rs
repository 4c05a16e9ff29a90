//! `StaffReads` over the readers: each method calls its table's function.

use async_trait::async_trait;
use domain::{EmailAddress, StaffId};
use storage::{
    Authenticator, Passkey, PendingSignIn, Result, Staff, StaffDevice, StaffInvite, StaffReads, StaffSession,
    TokenHash,
};

use crate::{PostgresStorage, authenticator, passkey, staff, staff_invite, staff_session};

#[async_trait]
impl StaffReads for PostgresStorage {
    async fn staff_by_email(&self, email: &EmailAddress) -> Result<Option<Staff>> {
        staff::by_email(&mut *self.reader().await?, email).await
    }

    async fn staff(&self, id: StaffId) -> Result<Option<Staff>> {
        staff::lookup(&mut *self.reader().await?, id).await
    }

    async fn all_staff(&self) -> Result<Vec<Staff>> {
        staff::everybody(&mut *self.reader().await?).await
    }

    async fn has_staff(&self) -> Result<bool> {
        staff::any(&mut *self.reader().await?).await
    }

    async fn staff_session(&self, token: &TokenHash) -> Result<Option<(StaffSession, Staff)>> {
        staff_session::with_staff(&mut *self.reader().await?, token).await
    }

    async fn staff_sessions(&self, staff: StaffId) -> Result<Vec<StaffSession>> {
        staff_session::of_staff(&mut *self.reader().await?, staff).await
    }

    async fn staff_device(&self, token: &TokenHash) -> Result<Option<StaffDevice>> {
        staff_session::device(&mut *self.reader().await?, token).await
    }

    async fn pending_sign_in(&self, token: &TokenHash) -> Result<Option<(PendingSignIn, Staff)>> {
        staff_session::pending(&mut *self.reader().await?, token).await
    }

    async fn authenticator(&self, staff: StaffId) -> Result<Option<Authenticator>> {
        authenticator::of_staff(&mut *self.reader().await?, staff).await
    }

    async fn recovery_codes_left(&self, staff: StaffId) -> Result<u32> {
        authenticator::codes_left(&mut *self.reader().await?, staff).await
    }

    async fn passkeys(&self, staff: StaffId) -> Result<Vec<Passkey>> {
        passkey::of_staff(&mut *self.reader().await?, staff).await
    }

    async fn passkey_by_credential(&self, credential: &[u8]) -> Result<Option<(Passkey, Staff)>> {
        passkey::by_credential(&mut *self.reader().await?, credential).await
    }

    async fn staff_invites(&self) -> Result<Vec<StaffInvite>> {
        staff_invite::every(&mut *self.reader().await?).await
    }

    async fn staff_invite_by_token(&self, token: &TokenHash) -> Result<Option<StaffInvite>> {
        staff_invite::by_token(&mut *self.reader().await?, token).await
    }
}
