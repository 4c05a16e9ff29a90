//! Staff accounts and sessions: adding, signing in, being recognised, signing out.

use domain::{EmailAddress, Role, Secret, StaffId};
use storage::{Actor, AuditAction, Staff, StaffSession, StorageError};

use crate::{Operator, ServiceError, Services, Token};

/// Shortest staff password, in characters (NIST SP 800-63B asks for 15 where it is the only factor; until a second
/// factor is offered we take 12 and leave composition free).
pub const PASSWORD_MIN: usize = 12;
/// Longest staff password, in bytes: keeps hashing bounded.
const PASSWORD_MAX: usize = 1024;
/// A session not used for this long is over, in milliseconds.
const IDLE_MILLIS: i64 = 30 * 60 * 1000;
/// A session this old is over, used or not, in milliseconds.
const ABSOLUTE_MILLIS: i64 = 12 * 3600 * 1000;
/// A use is noted at most this often, in milliseconds, so that reading pages does not write each time.
const TOUCH_MILLIS: i64 = 60 * 1000;

/// A staff member whose session was checked.
#[derive(Clone, Debug)]
pub struct StaffCaller {
    id: StaffId,
    email: EmailAddress,
    role: Role,
}

/// An owner whose session was checked.
#[derive(Clone, Debug)]
pub struct OwnerCaller(StaffCaller);

/// A new staff session; the token is for the cookie.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The secret in the cookie.
    pub session: Token,
    /// How long the cookie is good for at most, in seconds.
    pub valid_seconds: i64,
}

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

impl StaffCaller {
    /// Whose.
    #[must_use]
    pub const fn id(&self) -> StaffId {
        self.id
    }

    /// The address they signed in with.
    #[must_use]
    pub const fn email(&self) -> &EmailAddress {
        &self.email
    }

    /// What they may do.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.role
    }

    /// The same with an owner's right; `None` for everybody else.
    #[must_use]
    pub fn as_owner(&self) -> Option<OwnerCaller> {
        (self.role == Role::Owner).then(|| OwnerCaller(self.clone()))
    }
}

impl OwnerCaller {
    /// The same as any staff member.
    #[must_use]
    pub const fn staff(&self) -> &StaffCaller {
        &self.0
    }
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
        let password_hash = self.0.parts.hasher.hash(password).await.map_err(ServiceError::Unexpected)?;
        let staff = Staff { id, email, role, password_hash, created_at: now };
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

    /// Signs in. `None` for an unknown address and for a wrong password alike.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn sign_in(&self, email: &str, password: Secret) -> Result<Option<SignedIn>, ServiceError> {
        let staff = match EmailAddress::parse(email) {
            Ok(email) => self.storage().staff_by_email(&email).await?,
            Err(_) => None,
        };
        let password = if password.expose().len() > PASSWORD_MAX { Secret::default() } else { password };
        let hash = staff.as_ref().map(|staff| staff.password_hash.clone());
        let matches = self.0.parts.hasher.verify(password, hash).await.map_err(ServiceError::Unexpected)?;
        let now = self.now();
        let mut unit = self.storage().begin().await?;
        let Some(staff) = staff.as_ref().filter(|_| matches) else {
            // What was typed is not noted: people type their password into the address field.
            let detail = staff.map_or_else(|| "unknown address".to_owned(), |staff| staff.id.to_string());
            self.audit(&mut *unit, None, Actor::System, AuditAction::SignInRefused, detail).await?;
            unit.commit().await?;
            return Ok(None);
        };
        let session = Token::new(&*self.0.parts.entropy)?;
        unit.insert_staff_session(&StaffSession {
            token: session.hash(),
            staff: staff.id,
            created_at: now,
            last_used_at: now,
        })
        .await?;
        let actor = Actor::Staff(staff.id);
        self.audit(&mut *unit, None, actor, AuditAction::SignedIn, String::new()).await?;
        unit.commit().await?;
        Ok(Some(SignedIn { session, valid_seconds: ABSOLUTE_MILLIS / 1000 }))
    }

    /// Who holds this session; `None` when it is unknown or over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn recognise_staff(&self, session: &str) -> Result<Option<StaffCaller>, ServiceError> {
        let Some((session, caller)) = self.staff_session(session).await? else { return Ok(None) };
        let now = self.now();
        if now.millis_since(session.last_used_at) >= TOUCH_MILLIS {
            let mut unit = self.storage().begin().await?;
            unit.touch_staff_session(&session.token, now).await?;
            unit.commit().await?;
        }
        Ok(Some(caller))
    }

    /// The same for what a page does by itself, which is no use of the session: one that is left alone still ends.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn recognise_watching_staff(&self, session: &str) -> Result<Option<StaffCaller>, ServiceError> {
        Ok(self.staff_session(session).await?.map(|(_, caller)| caller))
    }

    async fn staff_session(
        &self,
        session: &str,
    ) -> Result<Option<(StaffSession, StaffCaller)>, ServiceError> {
        let Some(token) = Token::parse(session) else { return Ok(None) };
        let Some((session, staff)) = self.storage().staff_session(&token.hash()).await? else {
            return Ok(None);
        };
        let now = self.now();
        let idle = now.millis_since(session.last_used_at);
        if idle >= IDLE_MILLIS || now.millis_since(session.created_at) >= ABSOLUTE_MILLIS {
            return Ok(None);
        }
        let caller = StaffCaller { id: staff.id, email: staff.email, role: staff.role };
        Ok(Some((session, caller)))
    }

    /// Ends the session. Ending it twice is fine.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn sign_out(&self, caller: &StaffCaller, session: &str) -> Result<(), ServiceError> {
        let Some(token) = Token::parse(session) else { return Ok(()) };
        let mut unit = self.storage().begin().await?;
        unit.delete_staff_session(&token.hash()).await?;
        let actor = Actor::Staff(caller.id);
        self.audit(&mut *unit, None, actor, AuditAction::SignedOut, String::new()).await?;
        Ok(unit.commit().await?)
    }

    /// Whether anybody can sign in yet.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has_staff(&self) -> Result<bool, ServiceError> {
        Ok(self.storage().has_staff().await?)
    }
}
