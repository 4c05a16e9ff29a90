//! Removing what is old, in small parts: a unit of work keeps every other one waiting.

use async_trait::async_trait;
use domain::{CheckId, Timestamp};

use crate::Result;

/// Where such a walk is: when the check ended that was looked at last, and its id.
pub type CheckPlace = (Timestamp, CheckId);

/// What one part of it did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ForgottenChecks {
    /// How many checks were removed.
    pub removed: u64,
    /// The last one that was looked at; `None` when there are no more.
    pub last: Option<CheckPlace>,
}

/// Removes what is old.
#[async_trait]
pub trait Tidying: Send {
    /// Looks at checks that ended before `before`, at most `limit`, in the order in which they ended, those that come after
    /// `after`; and removes those, with their rows, that nothing needs any more. Kept are:
    /// - the newest check of each link, and a running one;
    /// - for all values a link was checked with, the newest check in which they were accepted;
    /// - what counts as refused ([`crate::Storage::refusals`]): a check with refused requests, or one that was cut short,
    ///   unless its values were accepted later.
    async fn forget_checks(
        &mut self,
        before: Timestamp,
        after: Option<CheckPlace>,
        limit: u32,
    ) -> Result<ForgottenChecks>;
}
