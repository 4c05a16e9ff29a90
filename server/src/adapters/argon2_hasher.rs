//! Staff passwords, by argon2id: off the async threads, a few at a time, so that sign-ins cannot starve the rest.

use std::sync::Arc;

use anyhow::{Context as _, Result, anyhow};
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use async_trait::async_trait;
use domain::Secret;
use services::{Entropy, PasswordHasher};
use tokio::sync::Semaphore;

/// OWASP's parameters for argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Hashes and verifies with argon2id.
#[derive(Clone)]
pub struct Argon2Hasher {
    argon2: Argon2<'static>,
    /// A hash of nothing anybody knows, verified against for unknown addresses.
    dummy: Arc<str>,
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
        Ok(Self { argon2, dummy: dummy.into(), places: Arc::new(Semaphore::new(at_a_time.max(1))) })
    }

    async fn aside<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Argon2<'static>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let place = self.places.clone().acquire_owned().await.context("no place to hash a password")?;
        let argon2 = self.argon2.clone();
        tokio::task::spawn_blocking(move || {
            let _place = place;
            work(&argon2)
        })
        .await
        .context("hashing a password was cut short")?
    }
}

#[async_trait]
impl PasswordHasher for Argon2Hasher {
    async fn hash(&self, password: Secret) -> Result<String> {
        self.aside(move |argon2| {
            let hash = argon2.hash_password(password.expose().as_bytes());
            Ok(hash.map_err(|error| anyhow!("argon2: {error}"))?.to_string())
        })
        .await
    }

    async fn verify(&self, password: Secret, hash: Option<String>) -> Result<bool> {
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

    fn secret(text: &str) -> Secret {
        Secret::new(text.to_owned())
    }

    #[tokio::test]
    async fn only_the_right_password_is_verified() {
        let hasher = Argon2Hasher::new(1, &crate::adapters::SystemEntropy).unwrap();
        let hash = hasher.hash(secret("correct horse battery")).await.unwrap();

        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(hasher.verify(secret("correct horse battery"), Some(hash.clone())).await.unwrap());
        assert!(!hasher.verify(secret("correct horse"), Some(hash)).await.unwrap());
        assert!(!hasher.verify(secret("correct horse battery"), None).await.unwrap());
    }
}
