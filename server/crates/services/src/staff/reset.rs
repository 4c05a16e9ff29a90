//! A new password from the command line, for whoever forgot theirs: the way back in that needs nobody at the desk.

use domain::{EmailAddress, Secret, Timestamp};
use storage::{Actor, AuditAction};

use super::password::{PasswordProblem, problem};
use crate::{Operator, ServiceError, Services};

/// Why a password was not reset.
#[derive(Debug, thiserror::Error)]
pub enum ResetPasswordError {
    /// The address has no account.
    #[error("no staff account has this address")]
    NoAccount,
    /// The password is not taken.
    #[error("the password is not taken: {}", .0.as_str())]
    Refused(PasswordProblem),
    /// It could not be kept.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

/// A password that was reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordReset {
    /// When the account was closed; `None` while it is open. A new password opens no closed account.
    pub closed_at: Option<Timestamp>,
    /// Whether an authenticator app or a passkey is in use still.
    pub second_factors: bool,
}

impl Services {
    /// Gives the account a new password and ends every session of it. `without_second_factors` takes its authenticator app,
    /// recovery codes and passkeys away too.
    ///
    /// # Errors
    /// [`ResetPasswordError`].
    pub async fn reset_password(
        &self,
        _: Operator,
        email: &EmailAddress,
        password: Secret,
        without_second_factors: bool,
    ) -> Result<PasswordReset, ResetPasswordError> {
        let found = self.storage().staff_by_email(email).await.map_err(ServiceError::from)?;
        let Some(staff) = found else { return Err(ResetPasswordError::NoAccount) };
        if let Some(problem) = problem(&password, &staff.email) {
            return Err(ResetPasswordError::Refused(problem));
        }
        let hash = self.hash_password(password).await?;
        let id = staff.id;
        self.put_new_password(id, &hash, without_second_factors).await?;
        tracing::info!(staff.id = %id, without_second_factors, "reset a password");
        let second_factors = !self.suffices_for(id).await?;
        Ok(PasswordReset { closed_at: staff.deactivated_at, second_factors })
    }

    async fn put_new_password(
        &self,
        id: domain::StaffId,
        hash: &str,
        without_second_factors: bool,
    ) -> Result<(), ServiceError> {
        let mut unit = self.storage().begin().await?;
        unit.set_staff_password(id, hash).await?;
        unit.end_staff_sessions(id, None).await?;
        unit.forget_staff_devices(id).await?;
        let by = || Actor::CommandLine;
        self.audit(&mut *unit, None, by(), AuditAction::PasswordChanged, id.to_string()).await?;
        if without_second_factors {
            let app = unit.delete_authenticator(id).await?;
            let passkeys = unit.delete_passkeys(id).await?;
            unit.put_recovery_codes(id, &[]).await?;
            if app || passkeys > 0 {
                self.audit(&mut *unit, None, by(), AuditAction::SecondFactorReset, id.to_string()).await?;
            }
        }
        Ok(unit.commit().await?)
    }
}
