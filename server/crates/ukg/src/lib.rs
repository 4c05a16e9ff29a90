//! The one place that calls UKG Pro: from a host, credentials and the permissions asked for to a
//! [`CheckReport`](domain::CheckReport).
//!
//! It knows UKG Pro's REST services as public material describes them (`ukg-pro.md`: §1 authentication, §3 which
//! request tells which permission, §4 how answers look). It must never follow a redirect, speak to an address that
//! is not public, keep or log what a body says, or try refused credentials again by itself.
//!
//! How one check goes: `checker` decides whether anything may be called at all, `client` builds a client for this
//! check alone, `flow` asks one request and then the others, `session` sends and retries, `answer` and `fault`
//! name what came back.

mod address;
mod answer;
mod checker;
mod client;
mod fault;
mod flow;
mod headers;
mod limits;
mod probe;
mod resolve;
mod rows;
mod session;
mod settings;

#[cfg(test)]
mod tests;

pub use checker::UkgChecker;
pub use settings::{Credentials, UkgSettings, UkgSetupError};
