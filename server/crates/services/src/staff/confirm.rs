//! Proving again who one is, before what cannot be taken back.

use domain::{Secret, StaffId};
use storage::{Actor, AuditAction, UnitOfWork};

use super::limits::Budget;
use super::passkeys::AskedFor;
use super::password::Present;
use crate::{Confirmed, OwnerCaller, PasskeyAnswer, ServiceError, Services, StaffCaller};

/// How long a proof counts, in seconds.
pub const CONFIRMED_SECONDS: i64 = 10 * 60;

/// How a proof was judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmation {
    /// It is them.
    Done,
    /// Wrong, or a code that was used before.
    Wrong,
    /// The password alone is not enough: they use an app or a passkey besides.
    MoreNeeded,
    /// Wrong too often: the session ended.
    Ended,
}

impl Services {
    /// The same caller, as one who proved lately who they are; `None` when that is too long ago.
    #[must_use]
    pub fn confirmed_staff(&self, caller: &StaffCaller) -> Option<Confirmed<StaffCaller>> {
        self.is_confirmed(caller).then(|| Confirmed::new(caller.clone()))
    }

    /// The same owner, as one who proved lately who they are; `None` when that is too long ago.
    #[must_use]
    pub fn confirmed_owner(&self, owner: &OwnerCaller) -> Option<Confirmed<OwnerCaller>> {
        self.is_confirmed(owner.staff()).then(|| Confirmed::new(owner.clone()))
    }

    /// Whether the password alone proves who the caller is. Where they use an app or a passkey besides it does not: else
    /// whoever knows it could take just these away.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn password_suffices(&self, caller: &StaffCaller) -> Result<bool, ServiceError> {
        self.suffices_for(caller.id()).await
    }

    pub(super) async fn suffices_for(&self, staff: StaffId) -> Result<bool, ServiceError> {
        let app = self.storage().authenticator(staff).await?;
        let with_app = app.is_some_and(|app| app.confirmed_at.is_some());
        let with_passkey = self.passkeys_work() && !self.storage().passkeys(staff).await?.is_empty();
        Ok(!with_app && !with_passkey)
    }

    /// Proves it by the password.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn confirm_with_password(
        &self,
        caller: &StaffCaller,
        password: Secret,
    ) -> Result<Confirmation, ServiceError> {
        let Some(staff) = self.storage().staff(caller.id()).await? else { return Ok(Confirmation::Ended) };
        if !self.suffices_for(staff.id).await? {
            return Ok(Confirmation::MoreNeeded);
        }
        match self.present_password(caller, &staff, password).await? {
            Present::Right => {}
            Present::Wrong => return Ok(Confirmation::Wrong),
            Present::TooOften => return Ok(Confirmation::Ended),
        }
        let mut unit = self.storage().begin().await?;
        self.note_confirmed(&mut *unit, caller, "password").await?;
        unit.commit().await?;
        Ok(Confirmation::Done)
    }

    /// Proves it by a code of the authenticator app, or by a recovery code.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn confirm_with_code(
        &self,
        caller: &StaffCaller,
        code: &Secret,
    ) -> Result<Confirmation, ServiceError> {
        let budget = [Budget::Session(caller.session())];
        if self.admit_guess(&budget).await?.is_err() {
            self.end_after_guesses(caller).await?;
            return Ok(Confirmation::Ended);
        }
        let code = self.typed_code(code, caller.id()).await?;
        let mut unit = self.storage().begin().await?;
        let Some(with) = self.use_code(&mut *unit, caller.id(), &code).await? else {
            return Ok(Confirmation::Wrong);
        };
        self.note_confirmed(&mut *unit, caller, with).await?;
        unit.commit().await?;
        self.give_guess_back(&budget).await?;
        Ok(Confirmation::Done)
    }

    /// Proves it by one of the caller's own passkeys. Its answers cannot be guessed, so wrong ones are not counted.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn confirm_with_passkey(
        &self,
        caller: &StaffCaller,
        answer: &PasskeyAnswer,
    ) -> Result<Confirmation, ServiceError> {
        let shown = self.shown_passkey(answer, AskedFor::Confirm(caller.session())).await?;
        let Some(shown) = shown.filter(|shown| shown.staff.id == caller.id()) else {
            return Ok(Confirmation::Wrong);
        };
        let mut unit = self.storage().begin().await?;
        if !self.note_passkey(&mut *unit, &shown).await? {
            return Ok(Confirmation::Wrong);
        }
        self.note_confirmed(&mut *unit, caller, "passkey").await?;
        unit.commit().await?;
        Ok(Confirmation::Done)
    }

    async fn note_confirmed(
        &self,
        unit: &mut dyn UnitOfWork,
        caller: &StaffCaller,
        with: &str,
    ) -> Result<(), ServiceError> {
        unit.confirm_staff_session(caller.session(), self.now()).await?;
        let actor = Actor::Staff(caller.id());
        self.audit(unit, None, actor, AuditAction::Confirmed, format!("with {with}")).await
    }

    fn is_confirmed(&self, caller: &StaffCaller) -> bool {
        self.now().millis_since(caller.confirmed_at()) < CONFIRMED_SECONDS * 1000
    }
}
