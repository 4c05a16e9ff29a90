//! Staff passwords, by argon2id: off the async threads, a few at a time and with a bounded queue, so that sign-ins cannot
//! starve the rest.

use std::sync::Arc;

use anyhow::{Context as _, Result, anyhow};
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use async_trait::async_trait;
use domain::Secret;
use services::{Entropy, HashError, PasswordHasher};
use tokio::sync::Semaphore;

/// OWASP's parameters for argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// How many may wait for their turn. At some 25 ms each, the last one waits a second or two.
const WAITING_MAX: usize = 100;

/// Hashes and verifies with argon2id.
#[derive(Clone)]
pub struct Argon2Hasher {
    argon2: Argon2<'static>,
    /// A hash of nothing anybody knows, verified against for unknown addresses.
    dummy: Arc<str>,
    /// One for each that is hashed or waits; who finds none is turned away.
    queue: Arc<Semaphore>,
    /// One for each that is hashed.
    places: Arc<Semaphore>,
}

impl Argon2Hasher {
    /// Hashes at most `at_a_time` passwords at once.
    ///
    /// # Errors
    /// When the operating system has no randomness.
    pub fn new(at_a_time: usize, entropy: &dyn Entropy) -> Result<Self> {
        let params =
            Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|error| anyhow!("argon2: {error}"))?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let mut nothing = [0_u8; 32];
        entropy.fill(&mut nothing)?;
        let dummy = argon2.hash_password(&nothing).map_err(|error| anyhow!("argon2: {error}"))?.to_string();
        let places = at_a_time.clamp(1, Semaphore::MAX_PERMITS - WAITING_MAX);
        Ok(Self {
            argon2,
            dummy: dummy.into(),
            queue: Arc::new(Semaphore::new(places + WAITING_MAX)),
            places: Arc::new(Semaphore::new(places)),
        })
    }

    async fn aside<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Argon2<'static>) -> Result<T> + Send + 'static,
    ) -> Result<T, HashError> {
        let in_queue = self.queue.clone().try_acquire_owned().map_err(|_| HashError::Busy)?;
        let place = self.places.clone().acquire_owned().await;
        let place = place.context("no place to hash a password").map_err(HashError::Broken)?;
        let argon2 = self.argon2.clone();
        let done = tokio::task::spawn_blocking(move || {
            // Held by the work itself: somebody who goes away does not make room before it ends.
            let _held = (in_queue, place);
            work(&argon2)
        })
        .await;
        done.context("hashing a password was cut short").flatten().map_err(HashError::Broken)
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
        let held = hasher.places.clone().acquire_owned().await.unwrap();
        let waiting: Vec<_> = (0..=WAITING_MAX)
            .map(|_| {
                let hasher = hasher.clone();
                tokio::spawn(async move { hasher.hash(secret("correct horse battery")).await })
            })
            .collect();
        while hasher.queue.available_permits() > 0 {
            tokio::task::yield_now().await;
        }

        let turned_away = hasher.verify(secret("correct horse battery"), None).await;

        assert!(matches!(turned_away, Err(HashError::Busy)), "{turned_away:?}");
        waiting.iter().for_each(tokio::task::JoinHandle::abort);
        drop(held);
    }
}
