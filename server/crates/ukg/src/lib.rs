//! The one place that calls UKG Pro: from a host, credentials and the permissions asked for to a
//! [`CheckReport`](domain::CheckReport).
//!
//! It knows UKG Pro's REST services as public material describes them (`ukg-pro.md`: §1 authentication, §3 which
//! request tells which permission, §4 how answers look). It must never follow a redirect, speak to an address that
//! is not public, keep or log what a body says, or try refused credentials again by itself.
//!
//! How one check goes: `checker` decides whether anything may be called at all, `client` builds a client for this
//! check alone, `inquiry` finds out whether the account is accepted, `flow` asks about the permissions (`row` about
//! one, `surplus` about those nobody asked for), `session` sends and retries, `ahead` opens connections before they are needed, `answer`, `content`, `front` and `fault`
//! name what came back, `course` keeps what is known and tells the watcher.

mod ahead;
mod answer;
mod checker;
mod client;
mod content;
mod course;
mod fault;
mod flow;
mod front;
mod headers;
mod inquiry;
mod limits;
mod probe;
mod reach;
mod resolve;
mod row;
mod session;
mod settings;
mod surplus;
mod throttle;
mod watch;

#[cfg(test)]
mod tests;

pub use checker::UkgChecker;
pub use settings::{Credentials, Target, UkgSettings, UkgSetupError};
pub use watch::Watcher;
