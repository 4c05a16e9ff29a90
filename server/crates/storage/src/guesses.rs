//! What is counted where every server sees it: guesses at sign-in, and whose turn it is to write to a customer. A backend
//! that one process alone uses has no need of it: that process counts in memory, which costs no write.

use async_trait::async_trait;
use domain::Timestamp;

use crate::Result;

/// Against what a guess counts, and how many count within the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GuessBudget {
    /// A digest of what it is about.
    pub name: [u8; 32],
    /// How many guesses it allows.
    pub allows: u32,
}

/// Counts guesses. Not a part of a unit of work: it must neither wait for one nor be taken back with one.
#[async_trait]
pub trait SharedGuesses: Send + Sync {
    /// Counts one guess against all of these, or against none when one of them is used up: then since when that one counts.
    /// A count lasts `window_ms` from its first guess.
    async fn admit(
        &self,
        budgets: &[GuessBudget],
        window_ms: i64,
        now: Timestamp,
    ) -> Result<std::result::Result<(), Timestamp>>;
    /// Takes one guess back from each of these.
    async fn give_back(&self, budgets: &[GuessBudget]) -> Result<()>;
    /// Forgets counts that began before then.
    async fn forget_guesses(&self, before: Timestamp) -> Result<()>;
}
