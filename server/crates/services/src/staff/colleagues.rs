//! What owners do with other accounts: seeing them, changing roles, closing, taking second factors away.
//!
//! Whatever changes what an account may do ends its sessions in the same unit of work. The last open owner stays one:
//! otherwise nobody could mend anything from the desk.

use domain::{Role, StaffId, StaffInviteId, Timestamp};
use storage::{Actor, AuditAction, Staff, StaffInvite, UnitOfWork};

use crate::{Confirmed, OwnerCaller, ServiceError, Services, StaffCaller};

/// One account, as owners see it.
#[derive(Clone, Debug)]
pub struct StaffMember {
    /// The account.
    pub staff: Staff,
    /// When one of its open sessions was last used; `None` without any.
    pub last_seen: Option<Timestamp>,
    /// Whether an authenticator app is asked for.
    pub authenticator: bool,
    /// How many passkeys it has.
    pub passkeys: usize,
}

/// Every account and every invite that waits.
#[derive(Clone, Debug)]
pub struct StaffList {
    /// The accounts, by address.
    pub members: Vec<StaffMember>,
    /// The invites nobody took yet and that are not over, newest first.
    pub invites: Vec<StaffInvite>,
}

/// How a change of another account ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Managed {
    /// It is done.
    Done,
    /// It was so already.
    Unchanged,
    /// It is the last open owner.
    LastOwner,
    /// There is no such account.
    Unknown,
}

impl Services {
    /// Every account and every invite that waits.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_staff(&self, _: &OwnerCaller) -> Result<StaffList, ServiceError> {
        let mut members = Vec::new();
        for staff in self.storage().all_staff().await? {
            members.push(self.member(staff).await?);
        }
        let now = self.now();
        let invites = self.storage().staff_invites().await?;
        let invites = invites.into_iter().filter(|invite| now.millis_since(invite.expires_at) < 0).collect();
        Ok(StaffList { members, invites })
    }

    /// The open accounts, by address: to choose among colleagues.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn colleagues(&self, _: &StaffCaller) -> Result<Vec<Staff>, ServiceError> {
        let staff = self.storage().all_staff().await?;
        Ok(staff.into_iter().filter(|staff| staff.deactivated_at.is_none()).collect())
    }

    /// One account; `None` when there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn show_staff(
        &self,
        _: &Confirmed<OwnerCaller>,
        id: StaffId,
    ) -> Result<Option<StaffMember>, ServiceError> {
        match self.storage().staff(id).await? {
            Some(staff) => self.member(staff).await.map(Some),
            None => Ok(None),
        }
    }

    /// Changes what an account may do. Its sessions end; of an owner who is one no longer, the invites of colleagues too.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn change_role(
        &self,
        owner: &Confirmed<OwnerCaller>,
        id: StaffId,
        role: Role,
    ) -> Result<Managed, ServiceError> {
        let Some((mut unit, staff)) = self.account(id).await? else { return Ok(Managed::Unknown) };
        if staff.role == role {
            return Ok(Managed::Unchanged);
        }
        if role != Role::Owner && is_last_owner(&mut *unit, &staff).await? {
            return Ok(Managed::LastOwner);
        }
        unit.set_staff_role(id, role).await?;
        unit.end_staff_sessions(id, None).await?;
        if role != Role::Owner {
            self.withdraw_staff_invites(&mut *unit, owner, id).await?;
        }
        let detail = format!("{id}: {} to {role}", staff.role);
        self.done(unit, owner, AuditAction::RoleChanged, detail).await
    }

    /// Closes an account: its sessions end at once, and nobody signs in with it or by an invite it made.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn deactivate_staff(
        &self,
        owner: &Confirmed<OwnerCaller>,
        id: StaffId,
    ) -> Result<Managed, ServiceError> {
        let Some((mut unit, staff)) = self.account(id).await? else { return Ok(Managed::Unknown) };
        if staff.deactivated_at.is_some() {
            return Ok(Managed::Unchanged);
        }
        if is_last_owner(&mut *unit, &staff).await? {
            return Ok(Managed::LastOwner);
        }
        unit.set_staff_deactivated(id, Some(self.now())).await?;
        unit.end_staff_sessions(id, None).await?;
        unit.forget_staff_devices(id).await?;
        self.withdraw_staff_invites(&mut *unit, owner, id).await?;
        self.done(unit, owner, AuditAction::StaffDeactivated, id.to_string()).await
    }

    /// Opens a closed account again, with the password it had.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn reactivate_staff(
        &self,
        owner: &Confirmed<OwnerCaller>,
        id: StaffId,
    ) -> Result<Managed, ServiceError> {
        let Some((mut unit, staff)) = self.account(id).await? else { return Ok(Managed::Unknown) };
        if staff.deactivated_at.is_none() {
            return Ok(Managed::Unchanged);
        }
        unit.set_staff_deactivated(id, None).await?;
        self.done(unit, owner, AuditAction::StaffReactivated, id.to_string()).await
    }

    /// Takes authenticator app, recovery codes and passkeys from an account, for whoever lost them. Its sessions end.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn reset_second_factor(
        &self,
        owner: &Confirmed<OwnerCaller>,
        id: StaffId,
    ) -> Result<Managed, ServiceError> {
        let Some((mut unit, _)) = self.account(id).await? else { return Ok(Managed::Unknown) };
        let app = unit.delete_authenticator(id).await?;
        let passkeys = unit.delete_passkeys(id).await?;
        if !app && passkeys == 0 {
            return Ok(Managed::Unchanged);
        }
        unit.put_recovery_codes(id, &[]).await?;
        unit.end_staff_sessions(id, None).await?;
        self.done(unit, owner, AuditAction::SecondFactorReset, id.to_string()).await
    }

    /// Withdraws the invite of a colleague; `false` when there is none.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn revoke_staff_invite(
        &self,
        owner: &OwnerCaller,
        id: StaffInviteId,
    ) -> Result<bool, ServiceError> {
        let mut unit = self.storage().begin().await?;
        let revoked = unit.delete_staff_invite(id).await?;
        if revoked {
            let actor = Actor::Staff(owner.staff().id());
            self.audit(&mut *unit, None, actor, AuditAction::StaffInviteRevoked, id.to_string()).await?;
        }
        unit.commit().await?;
        Ok(revoked)
    }

    async fn member(&self, staff: Staff) -> Result<StaffMember, ServiceError> {
        let sessions = self.storage().staff_sessions(staff.id).await?;
        let app = self.storage().authenticator(staff.id).await?;
        Ok(StaffMember {
            last_seen: sessions.first().map(|session| session.last_used_at),
            authenticator: app.is_some_and(|app| app.confirmed_at.is_some()),
            passkeys: self.storage().passkeys(staff.id).await?.len(),
            staff,
        })
    }

    /// Withdraws what an account invited: whoever is no owner any more lets nobody in, themselves least of all.
    async fn withdraw_staff_invites(
        &self,
        unit: &mut dyn UnitOfWork,
        owner: &Confirmed<OwnerCaller>,
        of: StaffId,
    ) -> Result<(), ServiceError> {
        let actor = Actor::Staff(owner.caller().staff().id());
        for invite in unit.staff_invites_by(of).await? {
            unit.delete_staff_invite(invite.id).await?;
            let (action, detail) = (AuditAction::StaffInviteRevoked, invite.id.to_string());
            self.audit(unit, None, actor.clone(), action, detail).await?;
        }
        Ok(())
    }

    /// Begins a change of this account; `None` when there is none.
    async fn account(&self, id: StaffId) -> Result<Option<(Box<dyn UnitOfWork>, Staff)>, ServiceError> {
        let mut unit = self.storage().begin().await?;
        let staff = unit.staff(id).await?;
        Ok(staff.map(|staff| (unit, staff)))
    }

    /// Ends a change that was made, with the entry that tells of it.
    async fn done(
        &self,
        mut unit: Box<dyn UnitOfWork>,
        owner: &Confirmed<OwnerCaller>,
        action: AuditAction,
        detail: String,
    ) -> Result<Managed, ServiceError> {
        let actor = Actor::Staff(owner.caller().staff().id());
        self.audit(&mut *unit, None, actor, action, detail).await?;
        unit.commit().await?;
        Ok(Managed::Done)
    }
}

async fn is_last_owner(unit: &mut dyn UnitOfWork, staff: &Staff) -> Result<bool, ServiceError> {
    let is_one = staff.role == Role::Owner && staff.deactivated_at.is_none();
    Ok(is_one && unit.other_owners(staff.id).await? == 0)
}
