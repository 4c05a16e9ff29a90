//! Whether the server lives and can work, and whether it is stopping: what `/health/…` answers, and what everything that
//! goes on by itself asks.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use services::{Services, TriedOut, Unready};
use tokio::sync::watch;
use tokio::task::AbortHandle;
use tokio::time::{Instant, timeout};

/// How long the database may take to be read and written.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long what was found is kept, so that asking often costs nothing: what is well, and what is not, which is looked at
/// again sooner.
const KEPT: Duration = Duration::from_secs(2);
const KEPT_ILL: Duration = Duration::from_millis(200);

/// Knows how the server is; every clone knows the same.
#[derive(Clone)]
pub struct Health(Arc<Inner>);

struct Inner {
    /// What never ends while the server runs, by name.
    tasks: Mutex<Vec<(&'static str, AbortHandle)>>,
    stopping: watch::Sender<bool>,
    tried: tokio::sync::Mutex<Option<(Instant, Found)>>,
}

/// What trying the database out has shown: or what is wrong, in words.
pub type Found = Result<TriedOut, &'static str>;

impl Default for Health {
    fn default() -> Self {
        let stopping = watch::Sender::new(false);
        Self(Arc::new(Inner { tasks: Mutex::default(), stopping, tried: tokio::sync::Mutex::default() }))
    }
}

impl Health {
    /// Keeps an eye on a task that never ends by itself.
    pub fn watch(&self, name: &'static str, task: AbortHandle) {
        self.0.tasks.lock().unwrap_or_else(PoisonError::into_inner).push((name, task));
    }

    /// The tasks that ended all the same. While the server stops, none counts.
    #[must_use]
    pub fn ended(&self) -> Vec<&'static str> {
        if self.is_stopping() {
            return Vec::new();
        }
        let tasks = self.0.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        tasks.iter().filter(|(_, task)| task.is_finished()).map(|(name, _)| *name).collect()
    }

    /// The server begins to stop: nothing new is begun, and what would go on for long ends.
    pub fn stop(&self) {
        self.0.stopping.send_replace(true);
    }

    /// Whether it stops.
    #[must_use]
    pub fn is_stopping(&self) -> bool {
        *self.0.stopping.borrow()
    }

    /// Tells of the stop.
    #[must_use]
    pub fn stops(&self) -> watch::Receiver<bool> {
        self.0.stopping.subscribe()
    }

    /// Ready once it stops.
    pub async fn stopping(&self) {
        // An error means that nobody can tell any more, which is as good as a stop.
        let _ = self.stops().wait_for(|stopping| *stopping).await;
    }

    /// Whether the database can be read and written and the installation's key opens; seldom asked, however often this is.
    pub async fn try_out(&self, services: &Services) -> Found {
        // Whoever comes while somebody asks waits for that answer, no longer than it may take.
        let mut tried = self.0.tried.lock().await;
        if let Some((at, found)) = &*tried
            && at.elapsed() < if found.is_ok() { KEPT } else { KEPT_ILL }
        {
            return *found;
        }
        let found = match timeout(PATIENCE, services.try_out()).await {
            Ok(Ok(fine)) => Ok(fine),
            Ok(Err(Unready::Unreadable(error))) => {
                tracing::error!(%error, "not ready: the database cannot be read");
                Err("the database cannot be read")
            }
            Ok(Err(Unready::Unwritable(error))) => {
                tracing::error!(%error, "not ready: the database cannot be written");
                Err("the database cannot be written")
            }
            Ok(Err(Unready::KeyUnopened)) => {
                tracing::error!("not ready: the key file does not open the installation's key");
                Err("the key file does not open the installation's key")
            }
            Err(_) => {
                tracing::error!("not ready: the database did not answer within a second");
                Err("the database did not answer within a second")
            }
        };
        *tried = Some((Instant::now(), found));
        found
    }
}
