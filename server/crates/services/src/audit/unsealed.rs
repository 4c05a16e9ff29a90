//! Entries without a fitting seal, and accepting them.
//!
//! With a wrong key file entries are still chained, but nobody can seal them, nor the first one after it. They stay so for
//! good: a seal made later would prove nothing. What an operator can do is to say, in the log, that they know of them. That
//! entry is sealed and bound to all before it, so it stands for those entries as they are, and for no others.

use storage::{Actor, AuditAction, AuditRow};

use super::verify::AuditFault;
use crate::{Operator, ServiceError, Services};

/// The longest name of somebody who accepts entries, in characters.
const NAME_MAX: usize = 100;

/// Entries, one after another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entries {
    /// The first.
    pub from: u64,
    /// The last.
    pub to: u64,
}

/// How accepting entries ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Acceptance {
    /// These are accepted from now on.
    Accepted(Vec<Entries>),
    /// Up to there every entry has its seal, or was accepted before.
    Nothing,
    /// There is no such entry yet.
    NotThere,
    /// This entry is not there, or is not as it was written: that cannot be accepted.
    NotWhole(u64, AuditFault),
    /// The note of where the log ends has no seal, so an entry that accepts would have none either. Verifying mends it.
    HeadUnsealed,
}

/// What a walk has met of them so far.
#[derive(Default)]
pub(super) struct Unsealed {
    /// Those nobody accepted, and why they are here.
    open: Vec<(Entries, AuditFault)>,
    /// Those that were accepted.
    pub(super) accepted: Vec<Entries>,
}

impl Entries {
    /// As people read it: `7`, or `7 to 9`.
    #[must_use]
    pub fn text(&self) -> String {
        if self.from == self.to { self.from.to_string() } else { format!("{} to {}", self.from, self.to) }
    }
}

impl Unsealed {
    /// The next entry is one.
    pub(super) fn meet(&mut self, position: u64, why: AuditFault) {
        match self.open.last_mut().filter(|(last, before)| last.to + 1 == position && *before == why) {
            Some((last, _)) => last.to = position,
            None => self.open.push((Entries { from: position, to: position }, why)),
        }
    }

    /// The next entry is a sealed one, which may accept some of those before.
    pub(super) fn heed(&mut self, row: &AuditRow) {
        if row.columns.action == AuditAction::LogAccepted.as_str()
            && let Some(until) = accepted_until(&row.columns.detail)
        {
            let accepted = self.take(until);
            self.accepted.extend(accepted);
        }
    }

    /// Those up to this entry, which are open no more.
    fn take(&mut self, until: u64) -> Vec<Entries> {
        let up_to = |(entries, _): &(Entries, AuditFault)| Entries { to: entries.to.min(until), ..*entries };
        let taken = self.open.iter().filter(|(entries, _)| entries.from <= until).map(up_to).collect();
        self.open.retain_mut(|(entries, _)| {
            entries.from = entries.from.max(until.saturating_add(1));
            entries.from <= entries.to
        });
        taken
    }

    /// The first that is open, and why.
    pub(super) fn fault(&self) -> Option<(u64, AuditFault)> {
        self.open.first().map(|(first, why)| (first.from, *why))
    }

    /// Those that are open.
    pub(super) fn open(&self) -> Vec<Entries> {
        self.open.iter().map(|(entries, _)| *entries).collect()
    }

    /// Whether this entry is an open one.
    pub(super) fn holds(&self, position: u64) -> bool {
        self.open.last().is_some_and(|(last, _)| last.to == position)
    }
}

impl Services {
    /// Says in the log that these entries, up to this one, are known to have no fitting seal. Nothing else that is wrong
    /// with an entry can be accepted.
    ///
    /// # Errors
    /// When the database fails, or the installation's own key cannot be opened.
    pub async fn accept_audit_here(
        &self,
        _: Operator,
        until: u64,
        by: &str,
    ) -> Result<Acceptance, ServiceError> {
        let mut walk = self.walk(None).await?;
        if let Some((position, fault)) = walk.broken {
            return Ok(Acceptance::NotWhole(position, fault));
        }
        if until == 0 || until > walk.last {
            return Ok(Acceptance::NotThere);
        }
        let entries = walk.unsealed.take(until);
        if entries.is_empty() {
            return Ok(Acceptance::Nothing);
        }
        let mut unit = self.storage().begin().await?;
        if !self.fingerprints().await?.made(&unit.audit_head().await?) {
            return Ok(Acceptance::HeadUnsealed);
        }
        let detail = detail(until, &entries, by);
        self.audit(&mut *unit, None, Actor::CommandLine, AuditAction::LogAccepted, detail).await?;
        unit.commit().await?;
        Ok(Acceptance::Accepted(entries))
    }
}

/// `until 9: 7 to 9, by ann`.
fn detail(until: u64, entries: &[Entries], by: &str) -> String {
    let which: Vec<String> = entries.iter().map(Entries::text).collect();
    let by: String = by.trim().chars().filter(|sign| !sign.is_control()).take(NAME_MAX).collect();
    format!("until {until}: {}, by {by}", which.join(", "))
}

fn accepted_until(detail: &str) -> Option<u64> {
    detail.strip_prefix("until ")?.split_once(':')?.0.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn met(positions: &[u64]) -> Unsealed {
        let mut unsealed = Unsealed::default();
        for position in positions {
            unsealed.meet(*position, AuditFault::Unsealed);
        }
        unsealed
    }

    #[test]
    fn entries_one_after_another_are_told_as_one_and_can_be_accepted_in_part() {
        let mut unsealed = met(&[3, 4, 5, 9]);
        assert_eq!(unsealed.open(), [Entries { from: 3, to: 5 }, Entries { from: 9, to: 9 }]);

        assert_eq!(unsealed.take(2), []);
        assert_eq!(unsealed.take(4), [Entries { from: 3, to: 4 }]);
        assert_eq!(unsealed.open(), [Entries { from: 5, to: 5 }, Entries { from: 9, to: 9 }]);
        assert_eq!(unsealed.take(u64::MAX), [Entries { from: 5, to: 5 }, Entries { from: 9, to: 9 }]);
        assert_eq!(unsealed.fault(), None);
        unsealed.meet(10, AuditFault::Unsealed);
        unsealed.meet(11, AuditFault::WrongSeal);
        unsealed.take(10);
        assert_eq!(unsealed.fault(), Some((11, AuditFault::WrongSeal)), "each is told why it is there");
    }

    #[test]
    fn what_the_log_says_reads_back_whatever_the_name_is() {
        let entries = [Entries { from: 3, to: 5 }, Entries { from: 9, to: 9 }];

        let told = detail(9, &entries, " until 70: \n\u{7}ann ");

        assert_eq!(told, "until 9: 3 to 5, 9, by until 70: ann");
        assert_eq!(accepted_until(&told), Some(9));
        for other in ["", "whole: 9", "until", "until : 1", "until x: 1"] {
            assert_eq!(accepted_until(other), None, "{other}");
        }
    }
}
