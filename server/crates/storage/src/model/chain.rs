//! The audit log as a chain: the very columns that are hashed, the hash of each entry, and where the log ends.
//!
//! What the hashes are computed from, and with which key they are sealed, is the business of `services`.

use super::{Actor, AuditEntry};

/// An entry's columns just as they are stored: what is hashed. Nothing is parsed, so that a changed one can be told of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditColumns {
    /// The entry's id.
    pub id: String,
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
    /// The link.
    pub link: Option<String>,
    /// The kind of actor.
    pub actor_kind: String,
    /// Which of that kind.
    pub actor_id: Option<String>,
    /// What was done.
    pub action: String,
    /// More about it.
    pub detail: String,
    /// The client's address.
    pub address: Option<String>,
    /// The client's browser.
    pub browser: Option<String>,
}

/// What binds an entry to all entries before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditBond {
    /// The SHA-256 of the entry before, and of this one's position and columns.
    pub hash: [u8; 32],
    /// The hash under the installation's key; `None` when that key could not be opened.
    pub seal: Option<[u8; 32]>,
}

/// An entry as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// Its place in the log, from 1, without gaps.
    pub position: u64,
    /// Its columns.
    pub columns: AuditColumns,
    /// What binds it to the entries before; `None` when nothing of ours wrote it.
    pub bond: Option<AuditBond>,
}

/// Where the log ends, as it is kept beside the log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AuditHead {
    /// The newest entry's position; 0 before the first.
    pub position: u64,
    /// Its hash; zeros before the first.
    pub hash: [u8; 32],
    /// Both under the installation's key; `None` when that key could not be opened.
    pub seal: Option<[u8; 32]>,
    /// The position up to which entries were there before the log was a chain.
    pub found: u64,
    /// The last position that is taken; another than the newest entry's only when somebody wrote to the log behind us.
    pub taken: u64,
}

/// The next step of the chain, as it is to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditStep {
    /// The entry's position: after the head's.
    pub position: u64,
    /// What binds the entry to those before.
    pub bond: AuditBond,
    /// The new head's seal.
    pub head_seal: Option<[u8; 32]>,
}

impl AuditHead {
    /// The position of the next entry. What somebody put behind the log stays there, unchained, to be found.
    #[must_use]
    pub fn next(&self) -> u64 {
        self.position.max(self.taken) + 1
    }
}

impl AuditColumns {
    /// The columns that keep this entry.
    #[must_use]
    pub fn of(entry: &AuditEntry) -> Self {
        let actor_id = match &entry.actor {
            Actor::Customer(invite) => Some(invite.to_string()),
            Actor::Staff(staff) => Some(staff.to_string()),
            Actor::CommandLine | Actor::System => None,
        };
        Self {
            id: entry.id.to_string(),
            at: entry.at.as_millis(),
            link: entry.link.map(|link| link.to_string()),
            actor_kind: entry.actor.kind().as_str().to_owned(),
            actor_id,
            action: entry.action.as_str().to_owned(),
            detail: entry.detail.clone(),
            address: entry.client.address.map(|address| address.to_string()),
            browser: entry.client.browser.map(|browser| browser.to_string()),
        }
    }
}
