//! Staff passwords, by argon2id: off the async threads, a few at a time and with a bounded queue, so that sign-ins cannot
//! starve the rest.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context as _, Result, anyhow};
use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use async_trait::async_trait;
use domain::Secret;
use services::{Entropy, HashError, PasswordHasher};
use tokio::sync::{Semaphore, oneshot};

use crate::metrics::Gauge;

/// OWASP's parameters for argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// How many may wait for their turn. At some 25 ms each, the last one waits a second or two.
const WAITING_MAX: usize = 100;
/// The most threads that hash, whatever the settings say.
const THREADS_MAX: usize = 64;

/// How far the hashing threads stand back for the others (of 19): pages are served while passwords are hashed. On a machine
/// that is busy all over, a password then takes a second instead of 20 ms. (To run only when nobody else wants to,
/// `SCHED_IDLE`, would let it take eleven there.)
const NICENESS: i32 = 19;

/// Hashes and verifies with argon2id.
#[derive(Clone)]
pub struct Argon2Hasher {
    argon2: Argon2<'static>,
    /// A hash of nothing anybody knows, verified against for unknown addresses.
    dummy: Arc<str>,
    /// One for each that is hashed or waits; who finds none is turned away.
    queue: Arc<Semaphore>,
    /// Counts those that wait.
    waiting: Gauge,
    /// To the threads that hash; they end with the last sender.
    threads: Sender<Job>,
}

type Job = Box<dyn FnOnce() + Send>;

impl Argon2Hasher {
    /// Hashes at most `at_a_time` passwords at once, each on a thread of its own.
    ///
    /// # Errors
    /// When the operating system has no randomness or no threads.
    pub fn new(at_a_time: usize, entropy: &dyn Entropy) -> Result<Self> {
        let params =
            Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|error| anyhow!("argon2: {error}"))?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let dummy = nobodys(argon2.params(), entropy)?;
        let places = at_a_time.clamp(1, THREADS_MAX);
        let (threads, jobs) = channel();
        let jobs = Arc::new(Mutex::new(jobs));
        for _ in 0..places {
            let jobs = jobs.clone();
            let thread = std::thread::Builder::new().name("password-hash".to_owned());
            thread.spawn(move || work_off(&jobs)).context("no thread to hash passwords on")?;
        }
        Ok(Self {
            argon2,
            dummy: dummy.into(),
            queue: Arc::new(Semaphore::new(places + WAITING_MAX)),
            waiting: Gauge::default(),
            threads,
        })
    }

    /// Counts here how many passwords wait.
    #[must_use]
    pub fn counted_by(self, waiting: Gauge) -> Self {
        Self { waiting, ..self }
    }

    async fn aside<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Argon2<'static>) -> Result<T> + Send + 'static,
    ) -> Result<T, HashError> {
        let in_queue = self.queue.clone().try_acquire_owned().map_err(|_| HashError::Busy)?;
        let (argon2, waiting) = (self.argon2.clone(), self.waiting.hold());
        let (tell, told) = oneshot::channel();
        let job: Job = Box::new(move || {
            drop(waiting);
            // Nobody waits any more for whoever went away meanwhile.
            if !tell.is_closed() {
                let _ = tell.send(work(&argon2));
            }
            drop(in_queue);
        });
        let broken = |what: &'static str| HashError::Broken(anyhow!(what));
        self.threads.send(job).map_err(|_| broken("the threads that hash passwords have ended"))?;
        let done = told.await.map_err(|_| broken("hashing a password was cut short"))?;
        done.map_err(HashError::Broken)
    }
}

/// A hash of no password: its bytes are by chance, and cost no hashing at the start. Whatever is verified against it takes as
/// long as against any other.
fn nobodys(params: &Params, entropy: &dyn Entropy) -> Result<String> {
    let mut chance = [0_u8; 48];
    entropy.fill(&mut chance)?;
    let (salt, hash) = chance.split_at(16);
    let broken = |error| anyhow!("argon2: {error}");
    let hash = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(params).map_err(|error| anyhow!("argon2: {error}"))?,
        salt: Some(Salt::new(salt).map_err(broken)?),
        hash: Some(Output::new(hash).map_err(broken)?),
    };
    Ok(hash.to_string())
}

fn work_off(jobs: &Mutex<Receiver<Job>>) {
    // Without the right to it, or on another system, the threads are like all others.
    let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), NICENESS);
    loop {
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = job else { return };
        job();
    }
}

#[async_trait]
impl PasswordHasher for Argon2Hasher {
    async fn hash(&self, password: Secret) -> Result<String, HashError> {
        self.aside(move |argon2| {
            let hash = argon2.hash_password(password.expose().as_bytes());
            Ok(hash.map_err(|error| anyhow!("argon2: {error}"))?.to_string())
        })
        .await
    }

    async fn verify(&self, password: Secret, hash: Option<String>) -> Result<bool, HashError> {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.dummy.to_string());
        self.aside(move |argon2| {
            let parsed =
                PasswordHash::new(&hash).map_err(|_| anyhow!("a stored password hash cannot be read"))?;
            Ok(argon2.verify_password(password.expose().as_bytes(), &parsed).is_ok() && known)
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What bar A3 asks for, at least.
    const PARAMETERS: &str = "$argon2id$v=19$m=19456,t=2,p=1$";

    fn secret(text: &str) -> Secret {
        Secret::new(text.to_owned())
    }

    #[tokio::test]
    async fn only_the_right_password_is_verified() {
        let hasher = Argon2Hasher::new(1, &crate::adapters::SystemEntropy).unwrap();
        let hash = hasher.hash(secret("correct horse battery")).await.unwrap();

        assert!(hash.starts_with(PARAMETERS), "{hash}");
        assert!(hasher.verify(secret("correct horse battery"), Some(hash.clone())).await.unwrap());
        assert!(!hasher.verify(secret("correct horse"), Some(hash)).await.unwrap());
        assert!(!hasher.verify(secret("correct horse battery"), None).await.unwrap());
    }

    #[tokio::test]
    async fn an_unknown_account_costs_the_same_work_as_a_known_one() {
        let hasher = Argon2Hasher::new(1, &crate::adapters::SystemEntropy).unwrap();
        let hash = hasher.hash(secret("correct horse battery")).await.unwrap();

        assert!(hasher.dummy.starts_with(PARAMETERS), "{}", hasher.dummy);
        assert_eq!(hasher.dummy.len(), hash.len(), "salt and hash are as long");
    }

    #[tokio::test]
    async fn whoever_finds_the_queue_full_is_turned_away_at_once() {
        let hasher = Argon2Hasher::new(1, &crate::adapters::SystemEntropy).unwrap();
        let (release, held) = std::sync::mpsc::channel::<()>();
        let busy = hasher.clone();
        let holding = tokio::spawn(async move { busy.aside(move |_| Ok(held.recv().is_ok())).await });
        let waiting: Vec<_> = (0..WAITING_MAX)
            .map(|_| {
                let hasher = hasher.clone();
                tokio::spawn(async move { hasher.aside(|_| Ok(())).await })
            })
            .collect();
        while hasher.queue.available_permits() > 0 {
            tokio::task::yield_now().await;
        }

        let turned_away = hasher.verify(secret("correct horse battery"), None).await;

        assert!(matches!(turned_away, Err(HashError::Busy)), "{turned_away:?}");
        release.send(()).unwrap();
        assert!(holding.await.unwrap().unwrap());
        for waited in waiting {
            waited.await.unwrap().unwrap();
        }
        assert!(!hasher.verify(secret("correct horse battery"), None).await.unwrap(), "there is room again");
    }
}
