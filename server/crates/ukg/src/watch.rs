//! Who looks on while a check runs.

use async_trait::async_trait;
use domain::CheckProgress;

/// Looks on while a check runs, and keeps count of refused requests.
#[async_trait]
pub trait Watcher: Send + Sync {
    /// The check came further: the host was reached, the account accepted, a row begun or decided. Called in order,
    /// from the task that runs the check, which waits for it to return: it must not block.
    fn progressed(&self, progress: &CheckProgress);

    /// UKG Pro refused a request before it had accepted any; tells whether that could be kept. Nothing more is sent
    /// before it returns, however long it takes, and nothing that may be refused after one that was not kept: after a
    /// restart nobody would know of it.
    async fn refused(&self) -> bool;
}
