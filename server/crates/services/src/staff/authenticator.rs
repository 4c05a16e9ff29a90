//! The authenticator app (TOTP, RFC 6238): setting it up, and taking its codes.
//!
//! Its secret is nowhere in the database. It follows, by a keyed digest, from a random seed that is kept there and from
//! the installation's own key, which opens with the key file alone: a stolen database makes no codes.

use domain::{Secret, StaffId, Timestamp};
use storage::{Actor, AuditAction, Authenticator, Passkey, UnitOfWork};

use super::{base32, recovery};
use crate::{Confirmed, ServiceError, Services, StaffCaller};

/// How long a code is the current one, in milliseconds.
const STEP_MILLIS: i64 = 30_000;
/// Digits of a code.
const DIGITS: usize = 6;
/// How long setting up may take, in seconds; afterwards the secret is not shown again.
const SET_UP_SECONDS: i64 = 15 * 60;

/// What an authenticator app has to be told. Shown while it is set up, and never again.
#[derive(Clone, Debug)]
pub struct AuthenticatorSetUp {
    /// The secret, to type.
    pub secret: Secret,
    /// The same as an address that the app reads from a picture.
    pub address: Secret,
}

/// With what else than the password somebody signs in.
#[derive(Clone, Debug, Default)]
pub struct SecondFactors {
    /// Since when an authenticator app is asked for; `None` when it is not.
    pub authenticator: Option<Timestamp>,
    /// How many recovery codes are left.
    pub codes_left: u32,
    /// The passkeys, oldest first.
    pub passkeys: Vec<Passkey>,
}

/// A code as it was typed, told apart.
pub(super) enum TypedCode {
    /// One of the app's, with the half minute it belongs to; `None` when it belongs to none of now.
    App(Option<i64>),
    /// Perhaps a recovery code.
    Recovery(Secret),
}

impl TypedCode {
    pub(super) const fn can_be_guessed(&self) -> bool {
        matches!(self, Self::App(_))
    }
}

impl Services {
    /// With what else than the password the caller signs in.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn my_second_factors(&self, caller: &StaffCaller) -> Result<SecondFactors, ServiceError> {
        let staff = caller.id();
        let app = self.storage().authenticator(staff).await?;
        Ok(SecondFactors {
            authenticator: app.and_then(|app| app.confirmed_at),
            codes_left: self.storage().recovery_codes_left(staff).await?,
            passkeys: self.storage().passkeys(staff).await?,
        })
    }

    /// Begins to set up an authenticator app; `false` when one is in use.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn begin_authenticator(&self, caller: &Confirmed<StaffCaller>) -> Result<bool, ServiceError> {
        let staff = caller.caller().id();
        let mut seed = [0; 32];
        self.entropy().fill(&mut seed).map_err(ServiceError::Unexpected)?;
        let new = Authenticator { staff, seed, created_at: self.now(), confirmed_at: None, last_step: None };
        let mut unit = self.storage().begin().await?;
        let begun = unit.put_authenticator(&new).await?;
        unit.commit().await?;
        Ok(begun)
    }

    /// What the app has to be told, while it is being set up; `None` before, afterwards, and when it took too long.
    ///
    /// # Errors
    /// When the database or the vault fails.
    pub async fn authenticator_set_up(
        &self,
        caller: &Confirmed<StaffCaller>,
    ) -> Result<Option<AuthenticatorSetUp>, ServiceError> {
        let staff = caller.caller();
        let Some(app) = self.being_set_up(staff.id()).await? else { return Ok(None) };
        let secret = base32::encode(&self.authenticator_secret(&app).await?);
        let name = staff.email().as_str().replace('%', "%25").replace('@', "%40").replace('+', "%2B");
        let address = format!(
            "otpauth://totp/Linkdesk:{name}?secret={secret}&issuer=Linkdesk&algorithm=SHA1&digits={DIGITS}&period=30"
        );
        Ok(Some(AuthenticatorSetUp { secret: Secret::new(secret), address: Secret::new(address) }))
    }

    async fn being_set_up(&self, staff: StaffId) -> Result<Option<Authenticator>, ServiceError> {
        let app = self.storage().authenticator(staff).await?;
        let now = self.now();
        Ok(app.filter(|app| {
            app.confirmed_at.is_none() && now.millis_since(app.created_at) < SET_UP_SECONDS * 1000
        }))
    }

    /// Takes the app into use by its first code; the answer is the recovery codes, told once. `None` when the code is wrong.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn finish_authenticator(
        &self,
        caller: &Confirmed<StaffCaller>,
        code: &Secret,
    ) -> Result<Option<Vec<Secret>>, ServiceError> {
        let staff = caller.caller().id();
        let Some(app) = self.being_set_up(staff).await? else { return Ok(None) };
        let TypedCode::App(Some(step)) = self.code_of(&app, code).await? else { return Ok(None) };
        let mut unit = self.storage().begin().await?;
        // The app that the code is of, and not one that another tab began or finished meanwhile.
        if !unit.confirm_authenticator(staff, &app.seed, self.now()).await?
            || !unit.use_authenticator(staff, step).await?
        {
            return Ok(None);
        }
        let codes = self.put_new_codes(&mut *unit, staff).await?;
        let actor = Actor::Staff(staff);
        self.audit(&mut *unit, None, actor, AuditAction::SecondFactorAdded, "authenticator".to_owned())
            .await?;
        unit.commit().await?;
        Ok(Some(codes))
    }

    /// Takes the app and its recovery codes out of use; `false` when there was none.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn remove_authenticator(&self, caller: &Confirmed<StaffCaller>) -> Result<bool, ServiceError> {
        let staff = caller.caller().id();
        let mut unit = self.storage().begin().await?;
        if !unit.delete_authenticator(staff).await? {
            return Ok(false);
        }
        unit.put_recovery_codes(staff, &[]).await?;
        let (actor, what) = (Actor::Staff(staff), "authenticator".to_owned());
        self.audit(&mut *unit, None, actor, AuditAction::SecondFactorRemoved, what).await?;
        unit.commit().await?;
        Ok(true)
    }

    /// What was typed as a code of this account. Not to be called inside a unit of work.
    pub(super) async fn typed_code(&self, typed: &Secret, staff: StaffId) -> Result<TypedCode, ServiceError> {
        let plain = plain(typed);
        if !is_code(&plain) && plain.len() == recovery::CODE_LENGTH {
            return Ok(TypedCode::Recovery(Secret::new(plain.to_ascii_uppercase())));
        }
        let Some(app) = self.storage().authenticator(staff).await? else { return Ok(TypedCode::App(None)) };
        self.code_of(&app, typed).await
    }

    /// What was typed as a code of this app.
    async fn code_of(&self, app: &Authenticator, typed: &Secret) -> Result<TypedCode, ServiceError> {
        let plain = plain(typed);
        let secret = self.authenticator_secret(app).await?;
        let now = self.now().as_millis().div_euclid(STEP_MILLIS);
        // One step either way: clocks differ, and reading takes time.
        let step = (now - 1..=now + 1).find(|step| vault::is_one_time_code(&secret, *step, &plain));
        Ok(TypedCode::App(step.filter(|_| is_code(&plain))))
    }

    /// Uses a code up, and says what it was; `None` when it is wrong or was used before.
    pub(super) async fn use_code(
        &self,
        unit: &mut dyn UnitOfWork,
        staff: StaffId,
        code: &TypedCode,
    ) -> Result<Option<&'static str>, ServiceError> {
        Ok(match code {
            TypedCode::App(None) => None,
            TypedCode::App(Some(step)) => {
                unit.use_authenticator(staff, *step).await?.then_some("password and code")
            }
            TypedCode::Recovery(text) => {
                let used = unit.use_recovery_code(staff, &recovery::hash(text.expose()), self.now()).await?;
                used.then_some("password and recovery code")
            }
        })
    }

    async fn authenticator_secret(&self, app: &Authenticator) -> Result<[u8; 20], ServiceError> {
        Ok(self.fingerprints().await?.authenticator(app.staff, &app.seed))
    }
}

/// Without what people put between the signs of a code.
fn plain(typed: &Secret) -> String {
    typed.expose().chars().filter(|sign| !sign.is_whitespace() && *sign != '-').take(64).collect()
}

fn is_code(plain: &str) -> bool {
    plain.len() == DIGITS && plain.bytes().all(|sign| sign.is_ascii_digit())
}
