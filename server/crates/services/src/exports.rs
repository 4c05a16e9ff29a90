//! Files that staff take away: how many at a time, and for how long. A file is read a part at a time while it is sent, so it
//! ends with the session it was asked for in.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::StaffId;

use crate::{ServiceError, Services, StaffCaller};

/// How many an account takes away at a time.
const AT_A_TIME: u32 = 2;

/// Why a file, or the rest of it, is not given out.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The account takes others away already.
    #[error("other files of this account are still being sent")]
    TooMany,
    /// The session ended.
    #[error("the session ended while the file was being sent")]
    Over,
    /// It could not be read, or not be noted.
    #[error(transparent)]
    Service(#[from] ServiceError),
}

/// How many files each account takes away just now.
#[derive(Default)]
pub(crate) struct Exports(Mutex<HashMap<StaffId, u32>>);

/// A file that is being taken away; dropped at its end, or when nobody reads it any more.
pub(crate) struct ExportPlace {
    services: Services,
    caller: StaffCaller,
}

impl Exports {
    fn counts(&self) -> MutexGuard<'_, HashMap<StaffId, u32>> {
        // Nothing that holds the lock can stop half-way.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Services {
    /// A place for one more file of the caller's.
    pub(crate) fn export_place(&self, caller: &StaffCaller) -> Result<ExportPlace, ExportError> {
        let mut counts = self.inner().exports.counts();
        let count = counts.entry(caller.id()).or_insert(0);
        if *count >= AT_A_TIME {
            return Err(ExportError::TooMany);
        }
        *count += 1;
        Ok(ExportPlace { services: self.clone(), caller: caller.clone() })
    }
}

impl ExportPlace {
    /// Whether the next part may be given out.
    pub(crate) async fn goes_on(&self) -> Result<(), ExportError> {
        if self.services.is_still_in(&self.caller).await? { Ok(()) } else { Err(ExportError::Over) }
    }
}

impl Drop for ExportPlace {
    fn drop(&mut self) {
        let mut counts = self.services.inner().exports.counts();
        if let Some(count) = counts.get_mut(&self.caller.id()) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                counts.remove(&self.caller.id());
            }
        }
    }
}
