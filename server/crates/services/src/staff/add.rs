//! A staff account from the command line: the first one, and the way back in for whoever lost every key.

use domain::{EmailAddress, Role, Secret, StaffId};
use storage::{Actor, AuditAction, Staff, StorageError};

use super::password::{PASSWORD_MAX, PASSWORD_MIN};
use crate::{Operator, ServiceError, Services};

/// Why a staff account was not added.
#[derive(Debug, thiserror::Error)]
pub enum AddStaffError {
    /// The address has an account.
    #[error("a staff account with this address exists already")]
    Exists,
    /// The password is too short or too long.
    #[error("the password needs at least {PASSWORD_MIN} characters")]
    PasswordLength,
    /// It could not be kept.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl Services {
    /// Adds a staff account.
    ///
    /// # Errors
    /// [`AddStaffError`].
    pub async fn add_staff(
        &self,
        _: Operator,
        email: EmailAddress,
        role: Role,
        password: Secret,
    ) -> Result<StaffId, AddStaffError> {
        let length = password.expose().chars().count();
        if length < PASSWORD_MIN || password.expose().len() > PASSWORD_MAX {
            return Err(AddStaffError::PasswordLength);
        }
        let now = self.now();
        let id = StaffId::new(now, self.id_bytes()?);
        let password_hash = self.hash_password(password).await?;
        let staff = Staff { id, email, role, password_hash, created_at: now, deactivated_at: None };
        let mut unit = self.storage().begin().await.map_err(ServiceError::from)?;
        match unit.insert_staff(&staff).await {
            Ok(()) => {}
            Err(StorageError::Duplicate(_)) => return Err(AddStaffError::Exists),
            Err(error) => return Err(ServiceError::from(error).into()),
        }
        let detail = format!("{id}: {role}");
        self.audit(&mut *unit, None, Actor::CommandLine, AuditAction::StaffAdded, detail).await?;
        unit.commit().await.map_err(ServiceError::from)?;
        tracing::info!(staff.id = %id, staff.role = %role, "added staff account");
        Ok(id)
    }

    /// Whether anybody can sign in yet.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has_staff(&self) -> Result<bool, ServiceError> {
        Ok(self.storage().has_staff().await?)
    }
}
