//! The outside world, for real: clock, randomness, password hashing, UKG Pro.

mod argon2_hasher;
mod system;
mod ukg_gateway;

pub use argon2_hasher::Argon2Hasher;
pub use system::{SystemClock, SystemEntropy};
pub use ukg_gateway::HttpUkgGateway;
