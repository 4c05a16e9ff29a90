//! Links that nobody asked for: for benchmarks and screenshots.

use super::{AuditEntry, AuditStep, CheckRun, Invite, Link, StepAttempt};

/// A made-up link with its history. It has no credentials.
#[derive(Clone, Debug)]
pub struct MadeUpLink {
    /// The link.
    pub link: Link,
    /// Its invites, oldest first.
    pub invites: Vec<Invite>,
    /// The attempt it is stuck at, and how often in a row.
    pub attempt: Option<(StepAttempt, u32)>,
    /// Its checks, all of them finished.
    pub checks: Vec<CheckRun>,
    /// What happened, oldest first.
    pub entries: Vec<AuditEntry>,
    /// The steps that bind the entries into the audit log, one for each.
    pub steps: Vec<AuditStep>,
}
