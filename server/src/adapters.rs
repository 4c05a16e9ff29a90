//! The outside world, for real: clock, randomness, password hashing, mail, UKG Pro, webhooks; counting.

mod argon2_hasher;
mod mailer;
mod meter;
mod postman;
mod system;
mod ukg_gateway;
mod webhook_sender;

pub use argon2_hasher::Argon2Hasher;
pub use mailer::LettreMailer;
pub use meter::CountedMailer;
pub use postman::LetterWriter;
pub use system::{SharedClock, SystemClock, SystemEntropy};
pub use ukg_gateway::HttpUkgGateway;
pub use webhook_sender::HttpWebhookSender;
