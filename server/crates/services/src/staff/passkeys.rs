//! Passkeys (WebAuthn): adding one, signing in with one in a single step, and proving with one again who one is.
//!
//! Written here and not taken from a crate: the maintained ones need OpenSSL or a second set of ciphers beside aws-lc,
//! and of the whole standard this takes little. No attestation is asked for, so nothing but the browser vouches for a new
//! key, whichever form it comes in; it comes as SubjectPublicKeyInfo, and no CBOR is read.
//!
//! `challenge` makes the questions, `ceremony` reads the answers.

mod ceremony;
mod challenge;

use domain::{PasskeyId, Secret};
use storage::{Actor, AuditAction, Passkey, Staff, StorageError, UnitOfWork};

use super::sign_in::{SignedIn, Visitor, is_as_proven};
use crate::{Confirmed, ServiceError, Services, StaffCaller};
use ceremony::{Ceremony, bytes, text};
pub(super) use challenge::AskedFor;

/// The longest name of a passkey, in characters.
const NAME_MAX: usize = 60;
/// The most passkeys an account has.
const PASSKEYS_MAX: usize = 20;
/// The longest id an authenticator may give, in bytes; the standard's own limit.
const CREDENTIAL_MAX: usize = 1023;

/// What a browser needs to ask an authenticator.
#[derive(Clone, Debug)]
pub struct PasskeyAsk {
    /// The question, in unpadded base64.
    pub challenge: String,
    /// The host that passkeys are bound to.
    pub host: String,
    /// The account, in unpadded base64; empty unless a passkey is made.
    pub user: String,
    /// Passkeys the account has already, in unpadded base64.
    pub known: Vec<String>,
}

/// What a browser brings back, each part in unpadded base64.
#[derive(Debug)]
pub struct PasskeyAnswer {
    /// The passkey's id at the authenticator.
    pub credential: Secret,
    /// What the browser says it was asked (`clientDataJSON`).
    pub client: Secret,
    /// What the authenticator says (`authenticatorData`).
    pub data: Secret,
    /// Its signature; empty when a passkey is made.
    pub signature: Secret,
    /// The new public key (SubjectPublicKeyInfo); empty at a sign-in.
    pub key: Secret,
    /// The new key's algorithm, as COSE numbers it; 0 at a sign-in.
    pub algorithm: i64,
}

/// How adding a passkey ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasskeyMaking {
    /// It can be used from now on.
    Made,
    /// What came back is no answer to our question.
    Refused,
    /// It is known already, or there are very many.
    NoMore,
}

/// How a sign-in with a passkey ended.
#[derive(Clone, Debug)]
pub enum PasskeySignIn {
    /// In.
    In(SignedIn),
    /// Not known here, or no answer to our question.
    Refused,
}

impl Services {
    /// Whether browsers can bind passkeys to the address people see: they refuse bare IP addresses.
    #[must_use]
    pub fn passkeys_work(&self) -> bool {
        let host = ceremony::host(&self.0.parts.settings.origin);
        host.parse::<std::net::IpAddr>().is_err() && !host.starts_with('[')
    }

    /// A question to any passkey, for a sign-in.
    ///
    /// # Errors
    /// When the vault or the randomness fails.
    pub async fn ask_for_passkey(&self) -> Result<PasskeyAsk, ServiceError> {
        let challenge = self.new_challenge(AskedFor::SignIn).await?;
        let host = ceremony::host(&self.0.parts.settings.origin).to_owned();
        Ok(PasskeyAsk { challenge, host, user: String::new(), known: Vec::new() })
    }

    /// A question to the caller's own passkeys, by which they prove again who they are.
    ///
    /// # Errors
    /// When the database, the vault or the randomness fails.
    pub async fn ask_to_confirm_by_passkey(&self, caller: &StaffCaller) -> Result<PasskeyAsk, ServiceError> {
        let own = self.storage().passkeys(caller.id()).await?;
        Ok(PasskeyAsk {
            challenge: self.new_challenge(AskedFor::Confirm(caller.session())).await?,
            host: ceremony::host(&self.0.parts.settings.origin).to_owned(),
            user: String::new(),
            known: own.iter().map(|passkey| text(&passkey.credential)).collect(),
        })
    }

    /// A question by which a new passkey is made.
    ///
    /// # Errors
    /// When the database, the vault or the randomness fails.
    pub async fn ask_for_new_passkey(
        &self,
        caller: &Confirmed<StaffCaller>,
    ) -> Result<PasskeyAsk, ServiceError> {
        let staff = caller.caller().id();
        let known = self.storage().passkeys(staff).await?;
        Ok(PasskeyAsk {
            challenge: self.new_challenge(AskedFor::New(staff)).await?,
            host: ceremony::host(&self.0.parts.settings.origin).to_owned(),
            user: text(staff.as_bytes()),
            known: known.iter().map(|passkey| text(&passkey.credential)).collect(),
        })
    }

    /// Adds the passkey that was made.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn add_passkey(
        &self,
        caller: &Confirmed<StaffCaller>,
        name: &str,
        answer: &PasskeyAnswer,
    ) -> Result<PasskeyMaking, ServiceError> {
        let staff = caller.caller().id();
        let (Some(credential), Some(public_key)) = (bytes(&answer.credential), bytes(&answer.key)) else {
            return Ok(PasskeyMaking::Refused);
        };
        let ceremony = Ceremony::read(&self.0.parts.settings.origin, "webauthn.create", answer);
        let Some(ceremony) = ceremony else { return Ok(PasskeyMaking::Refused) };
        let ours = ceremony.made_credential() == Some(credential.as_slice())
            && credential.len() <= CREDENTIAL_MAX
            && vault::is_public_key(answer.algorithm, &public_key);
        if !ours || !self.take_challenge(&ceremony.challenge, AskedFor::New(staff)).await? {
            return Ok(PasskeyMaking::Refused);
        }
        if self.storage().passkeys(staff).await?.len() >= PASSKEYS_MAX {
            return Ok(PasskeyMaking::NoMore);
        }
        let now = self.now();
        let name: String = name
            .trim()
            .chars()
            .filter(|sign| !sign.is_control() && !domain::is_unseen(*sign))
            .take(NAME_MAX)
            .collect();
        let passkey = Passkey {
            id: PasskeyId::new(now, self.id_bytes()?),
            staff,
            credential,
            algorithm: answer.algorithm,
            public_key,
            sign_count: ceremony.sign_count,
            name: if name.is_empty() { "Passkey".to_owned() } else { name },
            created_at: now,
            last_used_at: None,
        };
        let mut unit = self.storage().begin().await?;
        match unit.insert_passkey(&passkey).await {
            Ok(()) => {}
            Err(StorageError::Duplicate(_)) => return Ok(PasskeyMaking::NoMore),
            Err(error) => return Err(error.into()),
        }
        let (actor, what) = (Actor::Staff(staff), format!("passkey: {}", passkey.id));
        self.audit(&mut *unit, None, actor, AuditAction::SecondFactorAdded, what).await?;
        unit.commit().await?;
        Ok(PasskeyMaking::Made)
    }

    /// Removes one of one's own passkeys; `false` when there is none of this name.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn remove_passkey(
        &self,
        caller: &Confirmed<StaffCaller>,
        id: PasskeyId,
    ) -> Result<bool, ServiceError> {
        let staff = caller.caller().id();
        let mut unit = self.storage().begin().await?;
        if !unit.delete_passkey(staff, id).await? {
            return Ok(false);
        }
        let (actor, what) = (Actor::Staff(staff), format!("passkey: {id}"));
        self.audit(&mut *unit, None, actor, AuditAction::SecondFactorRemoved, what).await?;
        unit.commit().await?;
        Ok(true)
    }

    /// Signs in with a passkey. It stands for both factors: the authenticator has made sure who holds it.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn sign_in_with_passkey(
        &self,
        answer: &PasskeyAnswer,
        visitor: &Visitor,
    ) -> Result<PasskeySignIn, ServiceError> {
        let Some(shown) = self.shown_passkey(answer, AskedFor::SignIn).await? else {
            return Ok(PasskeySignIn::Refused);
        };
        let mut unit = self.storage().begin().await?;
        if !self.note_passkey(&mut *unit, &shown).await? {
            return Ok(PasskeySignIn::Refused);
        }
        let with = (Some("passkey"), self.now());
        let signed_in = self.open_session(&mut *unit, shown.staff.id, visitor, with).await?;
        unit.commit().await?;
        Ok(PasskeySignIn::In(signed_in))
    }

    /// The passkey that answered our question; `None` when anything about the answer is not as it must be.
    pub(super) async fn shown_passkey(
        &self,
        answer: &PasskeyAnswer,
        asked_for: AskedFor,
    ) -> Result<Option<ShownPasskey>, ServiceError> {
        let ceremony = Ceremony::read(&self.0.parts.settings.origin, "webauthn.get", answer);
        let (Some(ceremony), Some(credential)) = (ceremony, bytes(&answer.credential)) else {
            return Ok(None);
        };
        let Some((passkey, staff)) = self.storage().passkey_by_credential(&credential).await? else {
            return Ok(None);
        };
        let signed = bytes(&answer.signature)
            .is_some_and(|signature| ceremony.is_signed(passkey.algorithm, &passkey.public_key, &signature));
        // An authenticator that counts never counts back: one that does is a copy.
        let counts =
            ceremony.sign_count > passkey.sign_count || (ceremony.sign_count == 0 && passkey.sign_count == 0);
        if !signed || !counts || staff.deactivated_at.is_some() {
            return Ok(None);
        }
        let ours = self.take_challenge(&ceremony.challenge, asked_for).await?;
        Ok(ours.then_some(ShownPasskey { passkey: passkey.id, staff, sign_count: ceremony.sign_count }))
    }

    /// Notes that a passkey was used, and how often it says it was; `false` when, meanwhile, it was used as often elsewhere,
    /// or its account is not as it was.
    pub(super) async fn note_passkey(
        &self,
        unit: &mut dyn UnitOfWork,
        shown: &ShownPasskey,
    ) -> Result<bool, ServiceError> {
        let counted = unit.use_passkey(shown.passkey, shown.sign_count, self.now()).await?;
        Ok(counted && is_as_proven(unit, &shown.staff).await?)
    }
}

/// A passkey that answered, and whose it is.
pub(super) struct ShownPasskey {
    passkey: PasskeyId,
    pub(super) staff: Staff,
    sign_count: u32,
}
