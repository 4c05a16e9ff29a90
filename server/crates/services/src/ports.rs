//! The outside world, as traits: `server/src/adapters` implements them, tests fake them.

use async_trait::async_trait;
use domain::{CheckReport, PermissionSet, Secret, Timestamp, WebServicesHost};

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// Draws unpredictable bytes.
pub trait Entropy: Send + Sync {
    /// Fills the buffer.
    ///
    /// # Errors
    /// When the operating system has no randomness to give.
    fn fill(&self, bytes: &mut [u8]) -> anyhow::Result<()>;
}

/// What is needed to check one account.
#[derive(Clone, Debug)]
pub struct CheckRequest {
    /// The host to call.
    pub host: WebServicesHost,
    /// The Customer API Key.
    pub customer_api_key: Secret,
    /// The service account's username.
    pub username: Secret,
    /// The service account's password.
    pub password: Secret,
    /// What to look for.
    pub permissions: PermissionSet,
}

/// Asks UKG Pro.
#[async_trait]
pub trait UkgGateway: Send + Sync {
    /// Checks the account. Whatever goes wrong is in the report; ends within its own deadline.
    async fn check(&self, request: CheckRequest) -> CheckReport;
}

/// Hashes staff passwords, slowly on purpose and off the async threads.
#[async_trait]
pub trait PasswordHasher: Send + Sync {
    /// The hash, in PHC form.
    ///
    /// # Errors
    /// When the hasher is broken; never because of the password.
    async fn hash(&self, password: Secret) -> anyhow::Result<String>;

    /// Whether the password belongs to the hash. Without a hash (an unknown address) it does the same work and
    /// says no, so that time does not tell which addresses exist.
    ///
    /// # Errors
    /// When the hasher is broken or the stored hash cannot be read.
    async fn verify(&self, password: Secret, hash: Option<String>) -> anyhow::Result<bool>;
}
