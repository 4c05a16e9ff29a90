//! What goes on by itself while the server runs: begun in one place, watched, and ended in one place.

use std::future::Future;

use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout_at};

use crate::health::Health;

/// The tasks that run.
pub struct Tasks {
    health: Health,
    /// Those that are cut off at a stop: each looks again at the next start.
    cut_off: Vec<JoinHandle<()>>,
    /// Those that hear of a stop, and finish what they are at.
    finishing: Vec<(&'static str, JoinHandle<()>)>,
}

impl Tasks {
    /// None yet. `health` is told of each.
    #[must_use]
    pub fn new(health: Health) -> Self {
        Self { health, cut_off: Vec::new(), finishing: Vec::new() }
    }

    /// Begins one that never ends by itself and may be cut off anywhere.
    pub fn run(&mut self, name: &'static str, task: impl Future<Output = ()> + Send + 'static) {
        let task = tokio::spawn(task);
        self.health.watch(name, task.abort_handle());
        self.cut_off.push(task);
    }

    /// Begins one that ends by itself at a stop and not before ([`Health::stops`]), and is waited for.
    pub fn run_until_stopped(&mut self, name: &'static str, task: impl Future<Output = ()> + Send + 'static) {
        let task = tokio::spawn(task);
        self.health.watch(name, task.abort_handle());
        self.finishing.push((name, task));
    }

    /// Ends them: waits for those that finish something, no longer than until then.
    pub async fn end(self, until: Instant) {
        self.cut_off.iter().for_each(JoinHandle::abort);
        for (name, task) in self.finishing {
            match timeout_at(until, task).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::error!(name, %error, "a background task ended early"),
                Err(_) => tracing::warn!(name, "stopped before a background task was done"),
            }
        }
    }
}
