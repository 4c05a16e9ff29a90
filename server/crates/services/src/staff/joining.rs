//! Inviting a colleague, and the colleague's first step: choosing a password.

use domain::{EmailAddress, Role, Secret, StaffId, StaffInviteId, Timestamp};
use storage::{Actor, AuditAction, Staff, StaffInvite, StorageError};

use super::password::{self, PasswordProblem};
use super::sign_in::{SignedIn, Visitor};
use crate::{Confirmed, OwnerCaller, ServiceError, Services, StaffInviteLetter, Token};

/// How long an invite to become staff lets somebody in, in seconds.
const VALID_SECONDS: i64 = 3 * 86_400;

/// How inviting a colleague ended.
#[derive(Clone, Debug)]
pub enum StaffInviting {
    /// The invite is made.
    Made {
        /// The secret part of its URL.
        token: Token,
        /// From when it lets nobody in.
        expires_at: Timestamp,
        /// Whether the mail was taken by the mail server; `None` when no mail is set up.
        mailed: Option<bool>,
    },
    /// The address has an account.
    HasAccount,
}

/// How joining ended.
#[derive(Clone, Debug)]
pub enum Joining {
    /// There is an account, and this is its first session.
    In(SignedIn),
    /// The password is not taken.
    Refused(PasswordProblem),
    /// The invite is unknown, over or used.
    Over,
}

impl Services {
    /// Invites a colleague. An earlier invite of the same address is over.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn invite_staff(
        &self,
        owner: &Confirmed<OwnerCaller>,
        email: EmailAddress,
        role: Role,
    ) -> Result<StaffInviting, ServiceError> {
        if self.storage().staff_by_email(&email).await?.is_some() {
            return Ok(StaffInviting::HasAccount);
        }
        let by = owner.caller().staff();
        let (now, token) = (self.now(), Token::new(self.entropy())?);
        let invite = StaffInvite {
            id: StaffInviteId::new(now, self.id_bytes()?),
            token: token.hash(),
            email: email.clone(),
            role,
            invited_by: by.id(),
            created_at: now,
            expires_at: now.plus_seconds(VALID_SECONDS),
        };
        let mut unit = self.storage().begin().await?;
        unit.put_staff_invite(&invite).await?;
        let detail = format!("{}: {role}", invite.id);
        self.audit(&mut *unit, None, Actor::Staff(by.id()), AuditAction::StaffInvited, detail).await?;
        unit.commit().await?;
        let letter = StaffInviteLetter {
            to: email,
            invited_by: by.email().clone(),
            token: token.clone(),
            expires_at: invite.expires_at,
        };
        let mailed = self.mail_staff_invite(invite.id, letter).await?;
        Ok(StaffInviting::Made { token, expires_at: invite.expires_at, mailed })
    }

    /// The invite to become staff; `None` when it is unknown, over or used.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn staff_invite(&self, token: &str) -> Result<Option<StaffInvite>, ServiceError> {
        let Some(token) = Token::parse(token) else { return Ok(None) };
        let invite = self.storage().staff_invite_by_token(&token.hash()).await?;
        Ok(invite.filter(|invite| self.is_open(invite)))
    }

    /// Makes the account of whoever holds the invite, and signs them in. The invite is used up.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn join_staff(
        &self,
        token: &str,
        password: Secret,
        visitor: &Visitor,
    ) -> Result<Joining, ServiceError> {
        let Some(invite) = self.staff_invite(token).await? else { return Ok(Joining::Over) };
        if let Some(problem) = password::problem(&password, &invite.email) {
            return Ok(Joining::Refused(problem));
        }
        let password_hash = self.hash_password(password).await?;
        let now = self.now();
        let id = StaffId::new(now, self.id_bytes()?);
        let mut unit = self.storage().begin().await?;
        // Again, inside the unit: of two browsers with one invite, one joins.
        let still = unit.staff_invite_by_token(&invite.token).await?.filter(|invite| self.is_open(invite));
        let Some(invite) = still else { return Ok(Joining::Over) };
        let by = unit.staff(invite.invited_by).await?;
        if by.is_none_or(|by| by.role != Role::Owner || by.deactivated_at.is_some()) {
            return Ok(Joining::Over);
        }
        let (email, role) = (invite.email, invite.role);
        let staff = Staff { id, email, role, password_hash, created_at: now, deactivated_at: None };
        match unit.insert_staff(&staff).await {
            Ok(()) => {}
            // Meanwhile somebody made the account at the command line.
            Err(StorageError::Duplicate(_)) => return Ok(Joining::Over),
            Err(error) => return Err(error.into()),
        }
        unit.delete_staff_invite(invite.id).await?;
        let detail = format!("{id}: {role} by {}", invite.id);
        self.audit(&mut *unit, None, Actor::Staff(id), AuditAction::StaffJoined, detail).await?;
        let signed_in = self.open_session(&mut *unit, id, visitor, (Some("invite"), now)).await?;
        unit.commit().await?;
        Ok(Joining::In(signed_in))
    }

    fn is_open(&self, invite: &StaffInvite) -> bool {
        self.now().millis_since(invite.expires_at) < 0
    }

    async fn mail_staff_invite(
        &self,
        id: StaffInviteId,
        letter: StaffInviteLetter,
    ) -> Result<Option<bool>, ServiceError> {
        let Some(postman) = &self.0.parts.postman else { return Ok(None) };
        let sent = postman.send_staff_invite(letter).await;
        if let Err(error) = &sent {
            tracing::warn!(invite.id = %id, error = format!("{error:#}"), "could not mail the invite of a colleague");
        }
        let went = if sent.is_ok() { "sent" } else { "failed" };
        let mut unit = self.storage().begin().await?;
        self.audit(&mut *unit, None, Actor::System, AuditAction::MailSent, format!("{id}: {went}")).await?;
        unit.commit().await?;
        Ok(Some(sent.is_ok()))
    }
}
