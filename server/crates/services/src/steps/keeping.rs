//! Keeping one field of a form: in effect, pending, or as it was; and sealing it.

use domain::{Accepted, CredentialField, LinkId, ProblemCode, Secret};
use storage::{FieldState, Fingerprint, Link, SealedCredential, Slot, UnitOfWork};
use vault::WrappedDataKey;

use super::Field;
use crate::fingerprints::Fingerprints;
use crate::values::print_in;
use crate::{ServiceError, Services};

/// What keeping one field needs to know.
pub(super) struct Keeping<'a> {
    pub(super) prints: &'a Fingerprints,
    pub(super) link: &'a Link,
    pub(super) before: &'a [FieldState],
    pub(super) use_anyway: bool,
    /// Whether a colleague saves who was handed this step: what is kept already is not hers to build on.
    pub(super) alone: bool,
}

impl Keeping<'_> {
    /// Where a good value goes.
    const fn target(&self) -> Slot {
        if self.link.status.stands() { Slot::Fresh } else { Slot::Saved }
    }

    fn had(&self, field: CredentialField, slot: Slot) -> bool {
        self.before.iter().any(|state| state.field == field && state.slot == slot)
    }

    /// Whether the next check would use this very value already.
    fn is_known(&self, field: CredentialField, print: Fingerprint) -> bool {
        let slot = if self.had(field, Slot::Fresh) { Slot::Fresh } else { Slot::Saved };
        print_in(self.before, field, slot) == Some(print)
    }
}

/// What became of a field.
pub(super) enum Kept {
    Changed,
    Unchanged,
    Problem(ProblemCode),
}

impl Services {
    /// Keeps one field: in effect, pending, or as it was.
    pub(super) async fn keep_field(
        &self,
        unit: &mut dyn UnitOfWork,
        keeping: &Keeping<'_>,
        Field { field, typed, recognised }: Field,
    ) -> Result<Kept, ServiceError> {
        let (link, target) = (keeping.link.id, keeping.target());
        let in_effect =
            !keeping.alone && (keeping.had(field, Slot::Saved) || keeping.had(field, Slot::Fresh));
        if typed.is_blank() {
            return if !keeping.had(field, Slot::Pending) {
                let missing = recognised.err().filter(|_| !in_effect);
                Ok(missing.map_or(Kept::Unchanged, Kept::Problem))
            } else if keeping.use_anyway {
                unit.move_sealed(link, field, Slot::Pending, target).await?;
                Ok(Kept::Changed)
            } else if in_effect {
                unit.discard_sealed(link, field, Slot::Pending).await?;
                Ok(Kept::Unchanged)
            } else {
                // Still unanswered: ask again rather than forget what was typed.
                Ok(doubt_of(field).map_or(Kept::Unchanged, Kept::Problem))
            };
        }
        let Accepted { value, warning, .. } = match recognised {
            Ok(accepted) => accepted,
            Err(code) => return Ok(Kept::Problem(code)),
        };
        let print = keeping.prints.value(link, field, &value);
        if keeping.is_known(field, print) {
            unit.discard_sealed(link, field, Slot::Pending).await?;
            return Ok(Kept::Unchanged);
        }
        if let Some(code) = warning.filter(|_| !keeping.use_anyway) {
            self.seal(unit, link, (field, Slot::Pending), &value, print).await?;
            return Ok(Kept::Problem(code));
        }
        unit.discard_sealed(link, field, Slot::Pending).await?;
        if target == Slot::Fresh && print_in(keeping.before, field, Slot::Saved) == Some(print) {
            // Back to the value in use: there is nothing to replace it with.
            unit.discard_sealed(link, field, Slot::Fresh).await?;
        } else {
            self.seal(unit, link, (field, target), &value, print).await?;
        }
        Ok(Kept::Changed)
    }

    /// Seals the value under the link's data key, which is made with the first value.
    async fn seal(
        &self,
        unit: &mut dyn UnitOfWork,
        link: LinkId,
        (field, slot): (CredentialField, Slot),
        value: &Secret,
        print: Fingerprint,
    ) -> Result<(), ServiceError> {
        let vault = self.vault();
        let key = match unit.data_key(link).await? {
            Some(stored) => WrappedDataKey::from_stored(&stored.key_id, stored.envelope)?,
            None => {
                let key = vault.new_data_key(link)?;
                let stored =
                    storage::WrappedKey { key_id: key.key_id().to_string(), envelope: key.bytes().to_vec() };
                unit.insert_data_key(link, &stored).await?;
                key
            }
        };
        let sealed = vault.seal(&key, link, field, value)?;
        let envelope = sealed.bytes().to_vec();
        let credential = SealedCredential { field, slot, envelope, fingerprint: Some(print) };
        Ok(unit.put_sealed(link, &credential, self.now()).await?)
    }
}

/// The only doubt each credential can raise, and so what a pending one was asked about.
const fn doubt_of(field: CredentialField) -> Option<ProblemCode> {
    match field {
        CredentialField::CustomerApiKey => Some(ProblemCode::KeyUnusualShape),
        CredentialField::Username => Some(ProblemCode::UsernameIsEmail),
        CredentialField::Password => None,
    }
}
