//! What is kept of staff.

/// `StaffWrites` for a backend.
#[macro_export]
macro_rules! pass_on_staff_writes {
    ($of:ident) => {
        const _: () = {
            use async_trait::async_trait;
            use domain::{PasskeyId, Role, SessionId, StaffId, StaffInviteId, Timestamp};
            use $crate::{
                Authenticator, Passkey, PendingSignIn, Result, Staff, StaffDevice, StaffInvite, StaffSession,
                StaffWrites, TokenHash,
            };

            #[async_trait]
            impl StaffWrites for $of {
                async fn insert_staff(&mut self, staff: &Staff) -> Result<()> {
                    staff::insert(&mut self.turn, staff).await
                }

                async fn staff(&mut self, id: StaffId) -> Result<Option<Staff>> {
                    staff::lookup(&mut self.turn, id).await
                }

                async fn other_owners(&mut self, than: StaffId) -> Result<u64> {
                    staff::other_owners(&mut self.turn, than).await
                }

                async fn set_staff_password(&mut self, id: StaffId, password_hash: &str) -> Result<()> {
                    staff::set_password(&mut self.turn, id, password_hash).await
                }

                async fn set_staff_role(&mut self, id: StaffId, role: Role) -> Result<()> {
                    staff::set_role(&mut self.turn, id, role).await
                }

                async fn set_staff_deactivated(&mut self, id: StaffId, at: Option<Timestamp>) -> Result<()> {
                    staff::set_deactivated(&mut self.turn, id, at).await
                }

                async fn insert_staff_session(&mut self, session: &StaffSession) -> Result<()> {
                    staff_session::insert(&mut self.turn, session).await
                }

                async fn touch_staff_session(&mut self, token: &TokenHash, at: Timestamp) -> Result<()> {
                    staff_session::touch(&mut self.turn, token, at).await
                }

                async fn confirm_staff_session(&mut self, id: SessionId, at: Timestamp) -> Result<()> {
                    staff_session::confirm(&mut self.turn, id, at).await
                }

                async fn delete_staff_session(&mut self, token: &TokenHash) -> Result<()> {
                    staff_session::delete(&mut self.turn, token).await
                }

                async fn end_staff_session(&mut self, staff: StaffId, id: SessionId) -> Result<bool> {
                    staff_session::end(&mut self.turn, staff, id).await
                }

                async fn end_oldest_staff_sessions(&mut self, staff: StaffId, left: u32) -> Result<u64> {
                    staff_session::end_oldest(&mut self.turn, staff, left).await
                }

                async fn end_staff_sessions(
                    &mut self,
                    staff: StaffId,
                    but: Option<SessionId>,
                ) -> Result<u64> {
                    staff_session::end_all(&mut self.turn, staff, but).await
                }

                async fn put_staff_device(&mut self, device: &StaffDevice) -> Result<()> {
                    staff_session::put_device(&mut self.turn, device).await
                }

                async fn forget_staff_devices(&mut self, staff: StaffId) -> Result<()> {
                    staff_session::forget_devices(&mut self.turn, staff).await
                }

                async fn insert_pending_sign_in(&mut self, pending: &PendingSignIn) -> Result<()> {
                    staff_session::insert_pending(&mut self.turn, pending).await
                }

                async fn take_try(&mut self, token: &TokenHash) -> Result<bool> {
                    staff_session::take_try(&mut self.turn, token).await
                }

                async fn delete_pending_sign_in(&mut self, token: &TokenHash) -> Result<bool> {
                    staff_session::delete_pending(&mut self.turn, token).await
                }

                async fn put_authenticator(&mut self, authenticator: &Authenticator) -> Result<bool> {
                    authenticator::put(&mut self.turn, authenticator).await
                }

                async fn use_authenticator(&mut self, staff: StaffId, step: i64) -> Result<bool> {
                    authenticator::use_step(&mut self.turn, staff, step).await
                }

                async fn confirm_authenticator(
                    &mut self,
                    staff: StaffId,
                    seed: &[u8; 32],
                    at: Timestamp,
                ) -> Result<bool> {
                    authenticator::confirm(&mut self.turn, staff, seed, at).await
                }

                async fn delete_authenticator(&mut self, staff: StaffId) -> Result<bool> {
                    authenticator::delete(&mut self.turn, staff).await
                }

                async fn put_recovery_codes(&mut self, staff: StaffId, codes: &[TokenHash]) -> Result<()> {
                    authenticator::put_codes(&mut self.turn, staff, codes).await
                }

                async fn use_recovery_code(
                    &mut self,
                    staff: StaffId,
                    code: &TokenHash,
                    at: Timestamp,
                ) -> Result<bool> {
                    authenticator::use_code(&mut self.turn, staff, code, at).await
                }

                async fn insert_passkey(&mut self, passkey: &Passkey) -> Result<()> {
                    passkey::insert(&mut self.turn, passkey).await
                }

                async fn use_passkey(
                    &mut self,
                    id: PasskeyId,
                    sign_count: u32,
                    at: Timestamp,
                ) -> Result<bool> {
                    passkey::used(&mut self.turn, id, sign_count, at).await
                }

                async fn delete_passkey(&mut self, staff: StaffId, id: PasskeyId) -> Result<bool> {
                    passkey::delete(&mut self.turn, staff, id).await
                }

                async fn delete_passkeys(&mut self, staff: StaffId) -> Result<u64> {
                    passkey::delete_all(&mut self.turn, staff).await
                }

                async fn note_answered(
                    &mut self,
                    question: &[u8; 16],
                    until: Timestamp,
                    now: Timestamp,
                ) -> Result<bool> {
                    passkey::note_answered(&mut self.turn, question, until, now).await
                }

                async fn put_staff_invite(&mut self, invite: &StaffInvite) -> Result<()> {
                    staff_invite::put(&mut self.turn, invite).await
                }

                async fn staff_invite_by_token(&mut self, token: &TokenHash) -> Result<Option<StaffInvite>> {
                    staff_invite::by_token(&mut self.turn, token).await
                }

                async fn staff_invites_by(&mut self, staff: StaffId) -> Result<Vec<StaffInvite>> {
                    staff_invite::made_by(&mut self.turn, staff).await
                }

                async fn delete_staff_invite(&mut self, id: StaffInviteId) -> Result<bool> {
                    staff_invite::delete(&mut self.turn, id).await
                }
            }
        };
    };
}

/// `StaffReads` for a backend.
#[macro_export]
macro_rules! pass_on_staff_reads {
    ($of:ident) => {
        const _: () = {
            use async_trait::async_trait;
            use domain::{EmailAddress, StaffId};
            use $crate::{
                Authenticator, Passkey, PendingSignIn, Result, Staff, StaffDevice, StaffInvite, StaffReads,
                StaffSession, TokenHash,
            };

            #[async_trait]
            impl StaffReads for $of {
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
        };
    };
}
