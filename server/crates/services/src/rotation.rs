//! Putting a new key-encryption key in the place of an old one while everything goes on: only the data keys are wrapped
//! anew, and what they seal stays as it is.
//!
//! Each part is a unit of work of its own, and a key is only put in the place of the very one it was made from: a stop at
//! any moment leaves each data key wrapped by one key or the other, and the next run goes on with what is left.

use domain::LinkId;
use storage::{Actor, AuditAction, Rewrapped, WrappedKey};
use vault::{WrappedDataKey, WrappedInstallationKey};

use crate::{Operator, ServiceError, Services};

/// How many data keys go into one unit of work: others wait for it.
const PART: u32 = 500;

/// What a rotation did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotated {
    /// The id of the key that wraps every data key now.
    pub primary: String,
    /// How many data keys were wrapped anew.
    pub data_keys: u64,
    /// Links whose data key could not be opened, as their key-encryption key is not in the key file. The first few.
    pub unopened: Vec<LinkId>,
    /// How many these are in all.
    pub unopened_count: u64,
}

impl Rotated {
    /// How many links are named.
    const NAMED: usize = 20;
}

impl Services {
    /// Wraps every data key, and the installation's own key, by the primary key of the key file; `progress` is told how many
    /// so far.
    ///
    /// # Errors
    /// When the database fails; a second run goes on where this one stopped.
    pub async fn rotate_keys(
        &self,
        _: Operator,
        progress: impl Fn(u64) + Send,
    ) -> Result<Rotated, ServiceError> {
        let primary = self.vault().primary_id().to_string();
        let mut rotated =
            Rotated { primary: primary.clone(), data_keys: 0, unopened: Vec::new(), unopened_count: 0 };
        self.rotate_installation_key(&primary).await?;
        let mut after = None;
        loop {
            let part = self.storage().data_keys_not_wrapped_by(&primary, after, PART).await?;
            let Some((last, _)) = part.last() else { break };
            after = Some(*last);
            self.rotate_part(&part, &mut rotated).await?;
            progress(rotated.data_keys);
        }
        let mut unit = self.storage().begin().await?;
        let (action, detail) =
            (AuditAction::KeysRotated, format!("{primary}: {} data keys", rotated.data_keys));
        self.audit(&mut *unit, None, Actor::CommandLine, action, detail).await?;
        unit.commit().await?;
        // What was wrapped by the old key is not to be found in the database's log of changes either.
        self.storage().forget_deleted().await?;
        Ok(rotated)
    }

    async fn rotate_part(
        &self,
        part: &[(LinkId, WrappedKey)],
        rotated: &mut Rotated,
    ) -> Result<(), ServiceError> {
        let mut anew = Vec::new();
        for (link, old) in part {
            let wrapped = WrappedDataKey::from_stored(&old.key_id, old.envelope.clone())
                .and_then(|key| self.vault().rewrap(&key, *link));
            match wrapped {
                Ok(new) => {
                    let new = WrappedKey { key_id: new.key_id().to_string(), envelope: new.bytes().to_vec() };
                    anew.push(Rewrapped { link: *link, old: old.clone(), new });
                }
                Err(error) => {
                    tracing::error!(link.id = %link, key.id = %old.key_id, %error, "could not open this link's data key");
                    rotated.unopened_count += 1;
                    if rotated.unopened.len() < Rotated::NAMED {
                        rotated.unopened.push(*link);
                    }
                }
            }
        }
        let mut unit = self.storage().begin().await?;
        // Where there are fewer, links were ended meanwhile.
        let data_keys = unit.rewrap_data_keys(&anew).await?;
        unit.commit().await?;
        rotated.data_keys += data_keys;
        Ok(())
    }

    async fn rotate_installation_key(&self, primary: &str) -> Result<(), ServiceError> {
        let Some(old) = self.storage().installation_key().await? else { return Ok(()) };
        if old.key_id == primary {
            return Ok(());
        }
        let key = WrappedInstallationKey::from_stored(&old.key_id, old.envelope.clone())?;
        let new = self.vault().rewrap_installation_key(&key)?;
        let new = WrappedKey { key_id: new.key_id().to_string(), envelope: new.bytes().to_vec() };
        let mut unit = self.storage().begin().await?;
        unit.rewrap_installation_key(&old, &new).await?;
        Ok(unit.commit().await?)
    }
}
