//! The one place that sends webhooks: a signed message to a receiver's address, and what it answered.
//!
//! It connects to public addresses alone, and to networks that the installation allows: the address that was checked is
//! the address that is called (`resolve`). It must never follow a redirect, use a proxy from the environment, send a
//! cookie or a referrer, read more of an answer than a connection needs to be used again, or log what it sends.
//!
//! `client` is the one client factory, `sender` sends, `allowed` says which addresses may be called.

mod allowed;
mod client;
mod resolve;
mod sender;

#[cfg(test)]
mod tests;

pub use sender::{Answer, Message, Sender};
