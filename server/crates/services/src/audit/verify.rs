//! Walking the whole log, a batch at a time: is every entry the one that was written, and none missing?

use domain::Timestamp;
use storage::{Actor, AuditAction, AuditHead, AuditRow, AuditSearch};

use super::chain::{BATCH, hash};
use super::unsealed::{Entries, Unsealed};
use crate::fingerprints::Fingerprints;
use crate::{Operator, OwnerCaller, ServiceError, Services};

/// Why an entry is not as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditFault {
    /// It is not there.
    Missing,
    /// It, or its place, is not what its hash was computed from.
    Changed,
    /// It has no hash: nothing of ours wrote it.
    Foreign,
    /// It has no seal: before it, the note of where the log ends was not ours, or the installation's own key could not be
    /// opened.
    Unsealed,
    /// Its seal is not of the installation's own key.
    WrongSeal,
    /// The note of where the log ends was changed.
    HeadChanged,
}

/// What a walk through the log found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// How many entries are whole, from the first on; those that were accepted count.
    pub whole: u64,
    /// The hash of the last entry that is as it was written: to be noted outside, and compared later.
    pub hash: [u8; 32],
    /// The first that is not whole, and why; `None` when all are.
    pub fault: Option<(u64, AuditFault)>,
    /// The first that is missing or not as it was written: nothing can be told of those behind it.
    pub broken: Option<(u64, AuditFault)>,
    /// Entries that are as they were written, but have no fitting seal.
    pub unsealed: Vec<Entries>,
    /// The same, accepted since by somebody who says so in the log.
    pub accepted: Vec<Entries>,
    /// Up to which entry they were there before the log was a chain, and prove nothing of their time before.
    pub found: u64,
    /// The entry with the hash that was noted earlier; `None` when none has it.
    pub noted: Option<u64>,
}

/// What is known of the log without walking it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogState {
    /// How many entries there are.
    pub entries: u64,
    /// The newest one's hash.
    pub hash: [u8; 32],
    /// When the whole log was verified last, and the first entry that was not whole then; `None` before the first time.
    pub verified: Option<(Timestamp, Option<u64>)>,
}

impl AuditFault {
    /// In a few words.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "it is missing",
            Self::Changed => "it is not as it was written",
            Self::Foreign => "Linkdesk did not write it",
            Self::Unsealed => "it has no seal",
            Self::WrongSeal => "its seal is not this installation's",
            Self::HeadChanged => "the note of where the log ends was changed",
        }
    }
}

impl Services {
    /// Walks the log, for the command line. Looks for the entry with the hash `noted`, if one was noted.
    ///
    /// # Errors
    /// When the database fails, or the installation's own key cannot be opened.
    pub async fn verify_audit_here(
        &self,
        _: Operator,
        noted: Option<[u8; 32]>,
    ) -> Result<Verification, ServiceError> {
        self.verify_audit_for(Actor::CommandLine, noted).await
    }

    /// Walks the log, for an owner.
    ///
    /// # Errors
    /// When the database fails, or the installation's own key cannot be opened.
    pub async fn verify_audit(&self, caller: &OwnerCaller) -> Result<Verification, ServiceError> {
        self.verify_audit_for(Actor::Staff(caller.staff().id()), None).await
    }

    /// What is known of the log without walking it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit_state(&self, _: &OwnerCaller) -> Result<LogState, ServiceError> {
        let head = self.storage().audit_head().await?;
        let last = AuditSearch { what: Some(AuditAction::LogVerified), ..AuditSearch::default() };
        let last = self.storage().search_audit(&last, None, 1).await?;
        let verified = last.first().map(|found| (found.entry.at, broken_at(&found.entry.detail)));
        Ok(LogState { entries: head.position, hash: head.hash, verified })
    }

    /// Says in the server's own log where the audit log ends: kept elsewhere, that line shows when the end moves back.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn say_where_audit_ends(&self) -> Result<(), ServiceError> {
        let head = self.storage().audit_head().await?;
        tracing::info!(
            entry = head.position,
            fingerprint = hex::encode(head.hash),
            "the audit log ends here"
        );
        Ok(())
    }

    async fn verify_audit_for(
        &self,
        actor: Actor,
        noted: Option<[u8; 32]>,
    ) -> Result<Verification, ServiceError> {
        let mut walk = self.walk(noted).await?;
        let mut unit = self.storage().begin().await?;
        let head = unit.audit_head().await?;
        if walk.broken.is_none() && !walk.prints.made(&head) {
            // The entry about this verification is the first after those without a seal, and gets none either.
            walk.unsealed.meet(head.next(), AuditFault::Unsealed);
        }
        let found = walk.ended();
        let detail = match found.fault {
            None => format!("whole: {}", found.whole),
            Some((position, _)) => format!("broken: {position}"),
        };
        self.audit(&mut *unit, None, actor, AuditAction::LogVerified, detail).await?;
        unit.commit().await?;
        if let Some((position, fault)) = found.fault {
            tracing::error!(position, fault = fault.as_str(), "the audit log is not whole");
        }
        Ok(found)
    }

    /// Walks to the end, or to an entry behind which nothing can be told.
    pub(super) async fn walk(&self, noted: Option<[u8; 32]>) -> Result<Walk<'_>, ServiceError> {
        let prints = self.fingerprints().await?;
        if prints.entry_seal(&[0; 32]).is_none() {
            let why = anyhow::anyhow!("the installation's own key cannot be opened: is it in the key file?");
            return Err(ServiceError::Unexpected(why));
        }
        let mut walk = Walk {
            prints,
            last: 0,
            hash: [0; 32],
            broken: None,
            unsealed: Unsealed::default(),
            found: 0,
            noted,
            noted_at: None,
        };
        loop {
            let rows = self.storage().audit_rows(walk.last, BATCH).await?;
            walk.broken = rows.iter().find_map(|row| walk.fault_of(row));
            if walk.broken.is_none() && !rows.is_empty() {
                continue;
            }
            let head = self.storage().audit_head().await?;
            walk.found = head.found;
            if walk.broken.is_some() {
                return Ok(walk);
            }
            // Entries may have been added since the batch was read.
            if head.position > walk.last && !self.storage().audit_rows(walk.last, 1).await?.is_empty() {
                continue;
            }
            walk.broken = walk.fault_of_end(&head);
            return Ok(walk);
        }
    }
}

/// Where a walk stands.
pub(super) struct Walk<'a> {
    prints: &'a Fingerprints,
    /// The last entry that is as it was written.
    pub(super) last: u64,
    hash: [u8; 32],
    /// What is wrong with the next one; the walk ends there.
    pub(super) broken: Option<(u64, AuditFault)>,
    pub(super) unsealed: Unsealed,
    found: u64,
    noted: Option<[u8; 32]>,
    noted_at: Option<u64>,
}

impl Walk<'_> {
    /// What is wrong with the next entry, so that nothing can be told of those behind it; otherwise the walk stands there.
    fn fault_of(&mut self, row: &AuditRow) -> Option<(u64, AuditFault)> {
        let position = self.last + 1;
        if row.position != position {
            return Some((position, AuditFault::Missing));
        }
        let Some(bond) = row.bond else { return Some((position, AuditFault::Foreign)) };
        if bond.hash != hash(&self.hash, position, &row.columns) {
            return Some((position, AuditFault::Changed));
        }
        match bond.seal {
            None => self.unsealed.meet(position, AuditFault::Unsealed),
            seal if seal == self.prints.entry_seal(&bond.hash) => self.unsealed.heed(row),
            Some(_) => self.unsealed.meet(position, AuditFault::WrongSeal),
        }
        self.last = position;
        self.hash = bond.hash;
        if self.noted == Some(self.hash) {
            self.noted_at = Some(position);
        }
        None
    }

    /// What is wrong with the end of the log, when every entry that is there is as it was written.
    fn fault_of_end(&self, head: &AuditHead) -> Option<(u64, AuditFault)> {
        if head.position > self.last {
            return Some((self.last + 1, AuditFault::Missing));
        }
        let fits = head.position == self.last && head.hash == self.hash;
        // Whoever wrote the last entry without a seal wrote the head without one.
        let unsealed = head.seal.is_none() && self.unsealed.holds(self.last);
        let is_ours = fits && (self.prints.made(head) || unsealed);
        (!is_ours).then_some((head.position, AuditFault::HeadChanged))
    }

    fn ended(self) -> Verification {
        let open = self.unsealed.fault();
        let whole = open.map_or(self.last, |(position, _)| position - 1);
        Verification {
            whole,
            hash: self.hash,
            fault: open.or(self.broken),
            broken: self.broken,
            unsealed: self.unsealed.open(),
            accepted: self.unsealed.accepted,
            found: self.found,
            noted: self.noted_at,
        }
    }
}

/// The first entry that was not whole, from what the log says of a verification.
fn broken_at(detail: &str) -> Option<u64> {
    detail.strip_prefix("broken: ").and_then(|position| position.parse().ok())
}

impl Verification {
    /// The hash, as people note it down.
    #[must_use]
    pub fn hash_text(&self) -> String {
        hex::encode(self.hash)
    }
}
