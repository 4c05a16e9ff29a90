//! The outside world, for real: clock, randomness, password hashing, mail, UKG Pro.

mod argon2_hasher;
mod mailer;
mod postman;
mod system;
mod ukg_gateway;

pub use argon2_hasher::Argon2Hasher;
pub use mailer::LettreMailer;
pub use postman::LetterWriter;
pub use system::{SharedClock, SystemClock, SystemEntropy};
pub use ukg_gateway::HttpUkgGateway;
