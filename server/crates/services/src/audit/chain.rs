//! The chain: each entry's hash is the SHA-256 of the hash before, its position and every one of its columns, so that
//! nothing can be changed, taken out, put in or re-ordered without changing every hash after it.
//!
//! The hashes need no key: an owner who noted one, or an auditor with an export, can compute them. They alone would not
//! stop somebody who can write to the database, who would compute them anew; therefore each is also sealed, as an HMAC
//! under the installation's own key, which the database alone does not open. So is the note of where the log ends.
//! That the end has a seal is said by how the installation's own key is wrapped, which the database alone cannot change: a
//! log that was a chain is never taken for one that has still to become one.
//! What none of this stops is putting an older end back, with the entries behind it taken away, or an older copy of the
//! whole database: the head's hash, noted outside, tells.

use storage::{
    Actor, AuditAction, AuditBond, AuditColumns, AuditEntry, AuditHead, AuditRow, AuditStep, UnitOfWork,
};
use vault::Purpose;

use crate::fingerprints::Fingerprints;
use crate::{ServiceError, Services};

/// The only form of what is hashed so far.
const VERSION: u8 = 1;
/// How many entries are chained, or verified, at a time.
pub(super) const BATCH: u32 = 1000;

/// What an entry's hash is computed from, and with it its hash.
pub(super) fn hash(before: &[u8; 32], position: u64, columns: &AuditColumns) -> [u8; 32] {
    let AuditColumns { id, at, link, actor_kind, actor_id, action, detail, address, browser } = columns;
    let mut text = vec![VERSION];
    text.extend_from_slice(before);
    text.extend_from_slice(&position.to_be_bytes());
    text.extend_from_slice(&at.to_be_bytes());
    let columns = [
        Some(id),
        link.as_ref(),
        Some(actor_kind),
        actor_id.as_ref(),
        Some(action),
        Some(detail),
        address.as_ref(),
        browser.as_ref(),
    ];
    for column in columns {
        // Whether it is there and how long it is both count: no two entries read the same.
        text.push(u8::from(column.is_some()));
        let column = column.map_or("", String::as_str).as_bytes();
        text.extend_from_slice(&u64::try_from(column.len()).unwrap_or(u64::MAX).to_be_bytes());
        text.extend_from_slice(column);
    }
    vault::sha256(&text)
}

impl Fingerprints {
    /// The chain's next step: the entry with these columns at this position. It is not sealed when the head is not
    /// ours: a tail that was cut off, with the head moved back, would be forgotten with the next head that we seal.
    pub(super) fn step(&self, head: &AuditHead, position: u64, columns: &AuditColumns) -> AuditStep {
        let hash = hash(&head.hash, position, columns);
        AuditStep {
            position,
            bond: AuditBond { hash, seal: self.entry_seal(&hash).filter(|_| self.made(head)) },
            head_seal: self.head_seal(position, &hash, head.found),
        }
    }

    /// The next step over an entry that was there before the log was a chain. Behind an end that is not ours nothing is
    /// sealed, not even the next end: all of it may have been written by anybody.
    fn old_step(&self, head: &AuditHead, position: u64, columns: &AuditColumns) -> AuditStep {
        let step = self.step(head, position, columns);
        AuditStep { head_seal: step.head_seal.filter(|_| self.made(head)), ..step }
    }

    /// The steps of these entries, one after another; the head moves along.
    pub(crate) fn steps(&self, head: &mut AuditHead, entries: &[AuditEntry]) -> Vec<AuditStep> {
        let bind = |entry| {
            let step = self.step(head, head.next(), &AuditColumns::of(entry));
            let AuditStep { position, bond, head_seal } = step;
            *head = AuditHead { position, hash: bond.hash, seal: head_seal, ..*head };
            step
        };
        entries.iter().map(bind).collect()
    }

    /// Whether this head was written by us.
    pub(super) fn made(&self, head: &AuditHead) -> bool {
        head.seal.is_some() && head.seal == self.head_seal(head.position, &head.hash, head.found)
    }

    /// Gives the head its seal where the installation's key does not say yet that it has one: when nothing was chained so
    /// far, or when it has the seal that was made before. Any other head is not ours, and stays as it is.
    pub(crate) async fn seal_first(&self, unit: &mut dyn UnitOfWork) -> Result<(), ServiceError> {
        let head = unit.audit_head().await?;
        let ours = match head.seal {
            Some(_) => {
                head.seal == self.lasting(Purpose::AuditHead, &[&head.position.to_be_bytes(), &head.hash])
            }
            None => head.position == 0 && head.hash == [0; 32],
        };
        match self.head_seal(head.position, &head.hash, head.found).filter(|_| ours) {
            Some(seal) => Ok(unit.seal_audit_head(&seal).await?),
            None => Ok(()),
        }
    }

    /// The seal of an entry with this hash.
    pub(super) fn entry_seal(&self, hash: &[u8; 32]) -> Option<[u8; 32]> {
        self.lasting(Purpose::AuditEntry, &[hash])
    }

    /// The seal of the note that the log ends here, and of how much of it was found.
    fn head_seal(&self, position: u64, hash: &[u8; 32], found: u64) -> Option<[u8; 32]> {
        self.lasting(Purpose::AuditHead, &[&position.to_be_bytes(), hash, &found.to_be_bytes()])
    }
}

impl Services {
    /// Puts the entries that were there before the log was a chain under it, once, in their order; goes on where a stop
    /// interrupted it. Ends with an entry that says so, because it proves nothing of what happened to them before.
    pub(crate) async fn chain_old_entries(&self) -> Result<(), ServiceError> {
        // Read where it is written: readers connect when somebody asks, so that a start says nothing of a file that went
        // away meanwhile.
        let head = self.storage().begin().await?.audit_head().await?;
        if head.position >= head.found {
            return Ok(());
        }
        let prints = self.fingerprints().await?;
        loop {
            let mut unit = self.storage().begin().await?;
            let mut head = unit.audit_head().await?;
            let rows = self.storage().audit_rows(head.position, BATCH).await?;
            for row in &rows {
                if is_old(row, &head) {
                    let step = prints.old_step(&head, row.position, &row.columns);
                    unit.chain_audit(&step).await?;
                    let AuditStep { position, bond, head_seal } = step;
                    head = AuditHead { position, hash: bond.hash, seal: head_seal, ..head };
                }
            }
            let is_last = head.position >= head.found || rows.is_empty();
            if is_last {
                let (action, detail) = (AuditAction::LogChained, head.position.to_string());
                self.audit(&mut *unit, None, Actor::System, action, detail).await?;
            }
            unit.commit().await?;
            if is_last {
                tracing::info!(
                    entries = head.position,
                    "put the audit log's earlier entries under its chain"
                );
                return Ok(());
            }
        }
    }
}

fn is_old(row: &AuditRow, head: &AuditHead) -> bool {
    row.position <= head.found && row.bond.is_none()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn columns() -> AuditColumns {
        AuditColumns {
            id: "aud_1".to_owned(),
            at: 7,
            link: Some("lnk_1".to_owned()),
            actor_kind: "staff".to_owned(),
            actor_id: Some("stf_1".to_owned()),
            action: "signed_in".to_owned(),
            detail: String::new(),
            address: Some("192.0.2.7".to_owned()),
            browser: Some("firefox".to_owned()),
        }
    }

    #[test]
    fn every_column_the_position_and_the_hash_before_count() {
        let entry = columns();
        let changed: [fn(&mut AuditColumns); 12] = [
            |entry| entry.id.push('0'),
            |entry| entry.at += 1,
            |entry| entry.link = None,
            |entry| entry.link = Some(String::new()),
            |entry| entry.actor_kind.push('0'),
            |entry| entry.actor_id = None,
            |entry| entry.action.push('0'),
            |entry| entry.detail.push('0'),
            |entry| entry.address = None,
            |entry| entry.browser = None,
            // The same letters, in the columns beside.
            |entry| (entry.action, entry.detail) = ("signed_i".to_owned(), "n".to_owned()),
            |entry| std::mem::swap(&mut entry.address, &mut entry.browser),
        ];
        let mut hashes: HashSet<_> = changed
            .iter()
            .map(|change| {
                let mut entry = entry.clone();
                change(&mut entry);
                hash(&[0; 32], 1, &entry)
            })
            .collect();

        hashes.extend([hash(&[0; 32], 1, &entry), hash(&[0; 32], 2, &entry), hash(&[1; 32], 1, &entry)]);

        assert_eq!(hashes.len(), changed.len() + 3);
    }

    #[test]
    fn the_hash_is_what_another_implementation_computes() {
        // Python: hashlib.sha256 over the bytes that `hash` describes.
        let expected = "132593ec652eaec4acb800e753226d430123fe4044c305c8b029d0e5d68fee05";

        assert_eq!(hex::encode(hash(&[0; 32], 1, &columns())), expected);
    }
}
