//! Whether the database can be worked with, found out by working with it.

use std::time::{Duration, Instant};

use storage::JobKind;
use vault::WrappedInstallationKey;

use crate::{ServiceError, Services};

/// What a job is about that is in the queue for the length of a unit of work, which nobody but that unit can see.
const TRIED_OUT: &str = "tried out";
/// When it would be due.
const FAR_MS: i64 = 86_400_000;

/// How the database did.
#[derive(Clone, Copy, Debug)]
pub struct TriedOut {
    /// How long a unit of work waited for its turn.
    pub waited: Duration,
    /// How long its commit took.
    pub committed: Duration,
}

/// Why requests cannot be answered.
#[derive(Debug)]
pub enum Unready {
    /// The database does not say what it holds.
    Unreadable(ServiceError),
    /// It keeps nothing.
    Unwritable(ServiceError),
    /// The installation's key is not there, or its key-encryption key is not in the key file.
    KeyUnopened,
}

impl Services {
    /// Reads, opens the installation's key, and commits a change that changes nothing: what a full or broken disk refuses
    /// shows in a commit alone.
    ///
    /// # Errors
    /// Says which of them failed.
    pub async fn try_out(&self) -> Result<TriedOut, Unready> {
        self.storage().ping().await.map_err(|error| Unready::Unreadable(error.into()))?;
        let began = Instant::now();
        let unwritable = |error: storage::StorageError| Unready::Unwritable(error.into());
        let mut unit = self.storage().begin().await.map_err(unwritable)?;
        let waited = began.elapsed();
        let stored = unit.installation_key().await.map_err(unwritable)?.ok_or(Unready::KeyUnopened)?;
        let opened = WrappedInstallationKey::from_stored(&stored.key_id, stored.envelope.clone())
            .and_then(|key| self.vault().fingerprinter(&key));
        if opened.is_err() {
            return Err(Unready::KeyUnopened);
        }
        // There and gone again: SQLite writes nothing for a row that is overwritten with what it holds.
        unit.put_job(JobKind::Recheck, TRIED_OUT, FAR_MS, self.now()).await.map_err(unwritable)?;
        unit.remove_job(JobKind::Recheck, TRIED_OUT).await.map_err(unwritable)?;
        let began = Instant::now();
        unit.commit().await.map_err(unwritable)?;
        Ok(TriedOut { waited, committed: began.elapsed() })
    }
}
