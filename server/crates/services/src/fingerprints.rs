//! Keyed fingerprints: whether two values are the same, told without opening an envelope.
//!
//! The key belongs to the installation and is wrapped like every other key, so a copy of the database alone cannot be
//! used to guess values. Three kinds, which never equal one another:
//! - of a **value**: one field of one link, so that entering the same password again is no change;
//! - of a **submission**: the very values one check of one link was made with;
//! - of an **account**: host, key and username, the same for every link, so that one account linked twice is noticed.

use domain::{CredentialField, LinkId, Secret, StaffId, WebServicesHost};
use storage::{Fingerprint, UnitOfWork, WrappedKey};
use vault::{Fingerprinter, Purpose, WrappedInstallationKey};

use crate::values::InEffect;
use crate::{CheckRequest, ServiceError, Services};

/// Draws fingerprints with the installation's key.
pub(crate) struct Fingerprints {
    with: Fingerprinter,
    /// Whether the key is the installation's own, and not one of this process because that could not be opened.
    own: bool,
}

impl Services {
    /// The installation's fingerprints; its key is made on first use. Not to be called inside a unit of work.
    pub(crate) async fn fingerprints(&self) -> Result<&Fingerprints, ServiceError> {
        self.inner().fingerprints.get_or_try_init(|| self.load_fingerprints()).await
    }

    /// The same inside a unit of work: made ready by [`Services::prepare`].
    pub(crate) fn ready_fingerprints(&self) -> Result<&Fingerprints, ServiceError> {
        let ready = self.inner().fingerprints.get();
        ready.ok_or_else(|| ServiceError::Unexpected(anyhow::anyhow!("used before it was prepared")))
    }

    async fn load_fingerprints(&self) -> Result<Fingerprints, ServiceError> {
        let mut unit = self.storage().begin().await?;
        let Some(stored) = unit.installation_key().await? else {
            return self.make_installation_key(unit).await;
        };
        let opened = WrappedInstallationKey::from_stored(&stored.key_id, stored.envelope.clone())
            .and_then(|key| Ok((self.vault().fingerprinter(&key)?, key)));
        match opened {
            Ok((with, key)) => {
                let prints = Fingerprints { with, own: true };
                if !self.vault().says_log_is_sealed(&key) {
                    prints.seal_first(&mut *unit).await?;
                    let key = self.vault().say_log_is_sealed(&key)?;
                    unit.rewrap_installation_key(&stored, &as_stored(&key)).await?;
                    unit.commit().await?;
                }
                Ok(prints)
            }
            Err(error) => {
                tracing::error!(%error, "cannot open the installation's own key; is its key-encryption key still in \
                    the key file? Until it is back, equal values are not recognised as equal");
                // For this process only: without it nobody could even see where a link stands.
                let key = self.vault().new_installation_key()?;
                Ok(Fingerprints { with: self.vault().fingerprinter(&key)?, own: false })
            }
        }
    }

    /// The key of a new installation; its log begins empty, and with a seal.
    async fn make_installation_key(
        &self,
        mut unit: Box<dyn UnitOfWork>,
    ) -> Result<Fingerprints, ServiceError> {
        let key = self.vault().new_installation_key()?;
        let prints = Fingerprints { with: self.vault().fingerprinter(&key)?, own: true };
        let head = unit.audit_head().await?;
        if head.next() == 1 {
            prints.seal_first(&mut *unit).await?;
        } else {
            // Whoever can write to the database can take the key from it, and with it everything that tells of a chain.
            tracing::error!(
                "there are audit entries and no installation key: a new one is made, which proves nothing of them; \
                 `linkdesk audit verify` says so until somebody accepts it"
            );
        }
        unit.insert_installation_key(&as_stored(&key)).await?;
        unit.commit().await?;
        Ok(prints)
    }
}

fn as_stored(key: &WrappedInstallationKey) -> WrappedKey {
    WrappedKey { key_id: key.key_id().to_string(), envelope: key.bytes().to_vec() }
}

impl Fingerprints {
    /// With the installation's own key; `None` while that cannot be opened: what is to be known again later than today
    /// is not marked with another.
    pub(crate) fn lasting(&self, purpose: Purpose, parts: &[&[u8]]) -> Option<[u8; 32]> {
        self.own.then(|| self.with.of(purpose, parts))
    }

    /// Of one field's value of one link.
    pub(crate) fn value(&self, link: LinkId, field: CredentialField, value: &Secret) -> Fingerprint {
        let parts = [link.as_bytes().as_slice(), field.as_str().as_bytes(), value.expose().as_bytes()];
        Fingerprint(self.with.of(Purpose::Value, &parts))
    }

    /// Of the values a check of this link would be made with.
    pub(crate) fn submission(&self, link: LinkId, values: &InEffect<'_>) -> Fingerprint {
        let [key, username, password] =
            values.credentials().map(|credential| match &credential.fingerprint {
                Some(print) => print.0.to_vec(),
                // Sealed by the first version: the envelope itself, which is never the same twice.
                None => vault::sha256(&credential.envelope).to_vec(),
            });
        let parts = [
            link.as_bytes().as_slice(),
            values.host().as_str().as_bytes(),
            key.as_slice(),
            username.as_slice(),
            password.as_slice(),
        ];
        Fingerprint(self.with.of(Purpose::Submission, &parts))
    }

    /// Of the UKG Pro account a check asked about. Usernames are compared without regard to letter case.
    pub(crate) fn account(&self, request: &CheckRequest) -> Fingerprint {
        let username = request.username.expose().to_lowercase();
        self.account_of(&request.host, &request.customer_api_key, &Secret::new(username))
    }

    /// The secret of a staff account's authenticator app.
    pub(crate) fn authenticator(&self, staff: StaffId, seed: &[u8; 32]) -> [u8; 20] {
        let [secret @ .., _, _, _, _, _, _, _, _, _, _, _, _] =
            self.with.of(Purpose::Authenticator, &[staff.as_bytes().as_slice(), seed.as_slice()]);
        secret
    }

    /// Of a question put to a passkey.
    pub(crate) fn challenge(&self, parts: &[&[u8]]) -> [u8; 32] {
        self.with.of(Purpose::Challenge, parts)
    }

    /// Of what a guess at sign-in counts against: an address typed there may be a password.
    pub(crate) fn guess(&self, kind: &[u8], about: &[u8]) -> [u8; 32] {
        self.with.of(Purpose::Guess, &[kind, about])
    }

    fn account_of(&self, host: &WebServicesHost, key: &Secret, username: &Secret) -> Fingerprint {
        let parts = [host.as_str().as_bytes(), key.expose().as_bytes(), username.expose().as_bytes()];
        Fingerprint(self.with.of(Purpose::Account, &parts))
    }
}
