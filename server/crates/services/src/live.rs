//! The checks that are running in this process, and how far each has come, for whoever watches.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use domain::{CheckId, CheckProgress, LinkId};
use tokio::sync::watch;

/// Progress by link; empty again when nothing runs.
#[derive(Debug, Default)]
pub(crate) struct LiveChecks(Mutex<HashMap<LinkId, (CheckId, watch::Receiver<CheckProgress>)>>);

impl LiveChecks {
    /// A check begins; its progress is sent into the result.
    pub(crate) fn begin(
        &self,
        link: LinkId,
        check: CheckId,
        start: CheckProgress,
    ) -> watch::Sender<CheckProgress> {
        let (sender, receiver) = watch::channel(start);
        self.map().insert(link, (check, receiver));
        sender
    }

    /// The check is over.
    pub(crate) fn end(&self, link: LinkId, check: CheckId) {
        let mut map = self.map();
        if map.get(&link).is_some_and(|(running, _)| *running == check) {
            map.remove(&link);
        }
    }

    /// Every one that runs in this process.
    pub(crate) fn all(&self) -> Vec<(LinkId, CheckId)> {
        self.map().iter().map(|(link, (check, _))| (*link, *check)).collect()
    }

    /// The progress of the link's running check; `None` when none runs in this process.
    pub(crate) fn of(&self, link: LinkId) -> Option<watch::Receiver<CheckProgress>> {
        self.map().get(&link).map(|(_, receiver)| receiver.clone())
    }

    fn map(&self) -> std::sync::MutexGuard<'_, HashMap<LinkId, (CheckId, watch::Receiver<CheckProgress>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
