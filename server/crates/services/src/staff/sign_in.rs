//! Signing in: address and password, then, where it is set up, a second factor.

use std::net::IpAddr;

use domain::{Secret, SessionId, StaffId, Timestamp};
use storage::{Actor, AuditAction, PendingSignIn, Staff, StaffDevice, StaffSession, UnitOfWork};

use super::limits::{Budget, Network};
use super::password::ended_detail;
use super::sessions::ABSOLUTE_SECONDS;
use crate::{ServiceError, Services, Token};

/// How long a browser that signed in stays known, in seconds.
const DEVICE_SECONDS: i64 = 180 * 86_400;
/// How long the second factor may take, in seconds.
const PENDING_SECONDS: i64 = 10 * 60;
/// How many codes may be tried after one right password.
const TRIES: u32 = 5;
/// How many sessions an account has at a time.
const SESSIONS_MAX: u32 = 20;
/// When somebody proved who they are who did not.
const NEVER: Timestamp = Timestamp::from_millis(0);

/// Who comes to the door, as far as it is known.
#[derive(Clone, Debug, Default)]
pub struct Visitor {
    /// Where from.
    pub address: Option<IpAddr>,
    /// With what browser, coarsely; empty when it is not known.
    pub browser: String,
    /// The cookie of a browser that signed in before.
    pub device: Option<Token>,
}

/// How a sign-in went.
#[derive(Clone, Debug)]
pub enum SignIn {
    /// In.
    In(SignedIn),
    /// The password was right; a second factor is asked for.
    Code {
        /// The secret in the cookie of this half-done sign-in.
        pending: Token,
        /// How long it is good for, in seconds.
        valid_seconds: i64,
    },
    /// The address is unknown or the password is wrong: nobody is told which.
    Refused,
    /// Too many guesses.
    TooMany {
        /// When it may be tried again.
        until: Timestamp,
    },
}

/// How the second step went.
#[derive(Clone, Debug)]
pub enum SecondStep {
    /// In.
    In(SignedIn),
    /// The code is wrong, or was used before.
    Wrong,
    /// Too late, too often wrong, or never begun: back to the first step.
    Over,
    /// Too many wrong codes from everywhere.
    TooMany {
        /// When it may be tried again.
        until: Timestamp,
    },
}

/// A new staff session; the tokens are for cookies.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The secret in the session's cookie.
    pub session: Token,
    /// How long that cookie is good for at most, in seconds.
    pub valid_seconds: i64,
    /// The secret in the cookie by which this browser is known from now on.
    pub device: Token,
    /// How long that one is good for, in seconds.
    pub device_seconds: i64,
}

impl Services {
    /// Takes an address and a password. For an unknown address it does the same work and says the same.
    ///
    /// # Errors
    /// When it cannot be kept, or when too many passwords wait to be hashed ([`ServiceError::Busy`]).
    pub async fn sign_in(
        &self,
        email: &str,
        password: Secret,
        visitor: &Visitor,
    ) -> Result<SignIn, ServiceError> {
        let staff = match domain::EmailAddress::parse(email) {
            Ok(email) => self.storage().staff_by_email(&email).await?,
            Err(_) => None,
        };
        let staff = staff.filter(|staff| staff.deactivated_at.is_none());
        let known = self.known_device(staff.as_ref(), visitor).await?;
        let from = Network::of(visitor.address);
        let budgets = match &known {
            Some(device) => vec![Budget::Device(device.hash())],
            None => vec![Budget::Address(from), Budget::account(email)],
        };
        if let Err(until) = self.admit_guess(&budgets).await? {
            self.note_refusal(from, staff.map(|staff| staff.id)).await?;
            return Ok(SignIn::TooMany { until });
        }
        let hash = staff.as_ref().map(|staff| staff.password_hash.clone());
        let verified = self.verify_password(password, hash).await;
        if matches!(verified, Ok(true) | Err(_)) {
            self.give_guess_back(&budgets).await?;
        }
        let right = verified?;
        let Some(staff) = staff.as_ref().filter(|_| right) else {
            self.note_refusal(from, staff.map(|staff| staff.id)).await?;
            return Ok(SignIn::Refused);
        };
        let app = self.storage().authenticator(staff.id).await?;
        let suffices = self.suffices_for(staff.id).await?;
        let mut unit = self.storage().begin().await?;
        if !is_as_proven(&mut *unit, staff).await? {
            drop(unit);
            self.note_refusal(from, Some(staff.id)).await?;
            return Ok(SignIn::Refused);
        }
        if app.is_some_and(|app| app.confirmed_at.is_some()) {
            let pending = Token::new(self.entropy())?;
            let expires_at = self.now().plus_seconds(PENDING_SECONDS);
            let token = pending.hash();
            let waiting = PendingSignIn { token, staff: staff.id, expires_at, tries_left: TRIES };
            unit.insert_pending_sign_in(&waiting).await?;
            unit.commit().await?;
            return Ok(SignIn::Code { pending, valid_seconds: PENDING_SECONDS });
        }
        // Where there is a passkey the password lets in, and proves nothing beyond.
        let proven_at = if suffices { self.now() } else { NEVER };
        let with = (Some("password"), proven_at);
        let signed_in = self.open_session(&mut *unit, staff.id, visitor, with).await?;
        unit.commit().await?;
        Ok(SignIn::In(signed_in))
    }

    /// Takes the second factor: a code of the authenticator app, or a recovery code.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn sign_in_with_code(
        &self,
        pending: &Token,
        code: &Secret,
        visitor: &Visitor,
    ) -> Result<SecondStep, ServiceError> {
        let Some(staff) = self.waiting(pending).await? else { return Ok(SecondStep::Over) };
        let known = self.known_device(Some(&staff), visitor).await?;
        let budget = match &known {
            Some(device) => [Budget::Device(device.hash())],
            None => [Budget::SecondFactor(staff.id)],
        };
        let code = self.typed_code(code, staff.id).await?;
        // A recovery code is too long to be guessed: it works however many codes strangers tried.
        if code.can_be_guessed()
            && let Err(until) = self.admit_guess(&budget).await?
        {
            return Ok(SecondStep::TooMany { until });
        }
        let mut unit = self.storage().begin().await?;
        if !is_as_proven(&mut *unit, &staff).await? || !unit.take_try(&pending.hash()).await? {
            return Ok(SecondStep::Over);
        }
        let Some(with) = self.use_code(&mut *unit, staff.id, &code).await? else {
            unit.commit().await?;
            self.note_refusal(Network::of(visitor.address), Some(staff.id)).await?;
            return Ok(SecondStep::Wrong);
        };
        unit.delete_pending_sign_in(&pending.hash()).await?;
        let with = (Some(with), self.now());
        let signed_in = self.open_session(&mut *unit, staff.id, visitor, with).await?;
        unit.commit().await?;
        if code.can_be_guessed() {
            self.give_guess_back(&budget).await?;
        }
        Ok(SecondStep::In(signed_in))
    }

    /// Whether a half-done sign-in waits for its code.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn code_is_awaited(&self, pending: &Token) -> Result<bool, ServiceError> {
        Ok(self.waiting(pending).await?.is_some())
    }

    async fn waiting(&self, pending: &Token) -> Result<Option<Staff>, ServiceError> {
        let found = self.storage().pending_sign_in(&pending.hash()).await?;
        let found = found.filter(|(pending, staff)| {
            pending.tries_left > 0
                && self.now().millis_since(pending.expires_at) < 0
                && staff.deactivated_at.is_none()
        });
        Ok(found.map(|(_, staff)| staff))
    }

    /// The browser's token, when it signed in to this account before.
    async fn known_device(
        &self,
        staff: Option<&Staff>,
        visitor: &Visitor,
    ) -> Result<Option<Token>, ServiceError> {
        let Some(device) = &visitor.device else { return Ok(None) };
        let found = self.storage().staff_device(&device.hash()).await?;
        let theirs = found.is_some_and(|found| staff.is_some_and(|staff| staff.id == found.staff));
        Ok(theirs.then(|| device.clone()))
    }

    /// A new session with a new token, whatever the browser brought; with what it was opened goes into the audit log. The
    /// other half is when it was last proven whose it is.
    pub(super) async fn open_session(
        &self,
        unit: &mut dyn UnitOfWork,
        staff: StaffId,
        visitor: &Visitor,
        (with, proven_at): (Option<&str>, Timestamp),
    ) -> Result<SignedIn, ServiceError> {
        let now = self.now();
        let (session, device) = (Token::new(self.entropy())?, Token::new(self.entropy())?);
        if unit.end_oldest_staff_sessions(staff, SESSIONS_MAX - 1).await? > 0 {
            let (actor, detail) = (Actor::System, ended_detail(staff, "the oldest of very many"));
            self.audit(unit, None, actor, AuditAction::SessionsEnded, detail).await?;
        }
        unit.insert_staff_session(&StaffSession {
            token: session.hash(),
            id: SessionId::new(now, self.id_bytes()?),
            staff,
            created_at: now,
            last_used_at: now,
            confirmed_at: proven_at,
            browser: visitor.browser.clone(),
            address: visitor.address,
        })
        .await?;
        unit.put_staff_device(&StaffDevice { token: device.hash(), staff, last_used_at: now }).await?;
        if let Some(with) = with {
            let actor = Actor::Staff(staff);
            self.audit(unit, None, actor, AuditAction::SignedIn, format!("with {with}")).await?;
        }
        Ok(SignedIn { session, valid_seconds: ABSOLUTE_SECONDS, device, device_seconds: DEVICE_SECONDS })
    }
}

/// Whether the account is still as it was when somebody proved that it is theirs. Hashing takes time, and so does waiting
/// for one's turn to write: meanwhile its password may have been changed, its role too, or it was closed, and the sessions
/// that this ended were all there were then.
pub(super) async fn is_as_proven(unit: &mut dyn UnitOfWork, proven: &Staff) -> Result<bool, ServiceError> {
    let now = unit.staff(proven.id).await?;
    Ok(now.is_some_and(|now| {
        now.deactivated_at.is_none() && now.password_hash == proven.password_hash && now.role == proven.role
    }))
}
