//! What happened to a link, a part at a time, with how long each step and each check took.

use domain::{AuditId, LinkId};
use storage::{AuditAction, AuditEntry};

use crate::{ServiceError, Services};

/// How many entries are shown at a time.
const PART: usize = 60;
/// How many more are read, to find where the last one shown began.
const LOOK_BACK: usize = 120;

/// A part of what happened, newest first.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    /// The entries.
    pub entries: Vec<TimelineEntry>,
    /// The last of them, when there is more before it.
    pub earlier: Option<AuditId>,
}

/// One entry.
#[derive(Clone, Debug)]
pub struct TimelineEntry {
    /// As it stands in the audit log.
    pub entry: AuditEntry,
    /// How long what it ends took, in milliseconds: a step since it could be begun, a check since its start.
    pub took: Option<i64>,
}

impl Services {
    /// The part before the entry named, or the newest.
    pub(super) async fn timeline(
        &self,
        link: LinkId,
        before: Option<AuditId>,
    ) -> Result<Timeline, ServiceError> {
        let most = u32::try_from(PART + LOOK_BACK).unwrap_or(u32::MAX);
        let read = match before {
            Some(entry) => self.storage().timeline_before(link, entry, most).await?,
            None => self.storage().timeline(link, most).await?,
        };
        Ok(part_of(read, PART))
    }
}

/// The first `most` entries; the others tell where those began.
fn part_of(read: Vec<AuditEntry>, most: usize) -> Timeline {
    let took: Vec<_> = (0..read.len()).map(|n| took(read.get(n..).unwrap_or_default())).collect();
    let more = read.len() > most;
    let entries: Vec<_> =
        read.into_iter().zip(took).take(most).map(|(entry, took)| TimelineEntry { entry, took }).collect();
    let earlier = entries.last().filter(|_| more).map(|last| last.entry.id);
    Timeline { entries, earlier }
}

/// How long what the first entry ends took; the others happened before, newest first.
fn took(entries: &[AuditEntry]) -> Option<i64> {
    let (end, before) = entries.split_first()?;
    let checked = [AuditAction::CheckFinished, AuditAction::CheckAbandoned].contains(&end.action);
    let begins: &[AuditAction] = if end.action == AuditAction::StepSaved {
        // A step can be begun once the flow was opened, or the step before it is saved.
        &[AuditAction::FlowStarted, AuditAction::StepSaved, AuditAction::HandOverStarted]
    } else if checked {
        &[AuditAction::CheckStarted]
    } else {
        &[]
    };
    let began = |entry: &&AuditEntry| begins.contains(&entry.action);
    before.iter().find(began).map(|begin| end.at.millis_since(begin.at))
}

#[cfg(test)]
mod tests {
    use domain::Timestamp;
    use storage::Actor;

    use super::*;

    fn entry(second: i64, action: AuditAction) -> AuditEntry {
        let at = Timestamp::from_millis(second * 1000);
        let id = AuditId::new(at, [0; 10]);
        AuditEntry {
            id,
            at,
            link: None,
            actor: Actor::System,
            action,
            detail: String::new(),
            client: storage::Client::default(),
        }
    }

    /// Newest first, as they are read.
    fn history() -> Vec<AuditEntry> {
        let mut all = vec![
            entry(0, AuditAction::InviteCreated),
            entry(100, AuditAction::FlowStarted),
            entry(160, AuditAction::StepRefused),
            entry(220, AuditAction::StepSaved),
            entry(820, AuditAction::StepSaved),
            entry(900, AuditAction::StepSaved),
            entry(901, AuditAction::CheckStarted),
            entry(901, AuditAction::CredentialsOpened),
            entry(904, AuditAction::CheckFinished),
        ];
        all.reverse();
        all
    }

    #[test]
    fn a_step_took_from_when_it_could_be_begun_and_a_check_from_its_start() {
        let took: Vec<_> =
            part_of(history(), 20).entries.into_iter().filter_map(|shown| shown.took).collect();

        assert_eq!(took, [3_000, 80_000, 600_000, 120_000]);
    }

    #[test]
    fn a_part_knows_whether_there_is_more_and_how_long_its_last_entry_took() {
        let part = part_of(history(), 5);

        assert_eq!(part.entries.last().and_then(|shown| shown.took), Some(600_000));
        assert_eq!(part.earlier, part.entries.last().map(|shown| shown.entry.id));
        assert_eq!(part_of(history(), 9).earlier, None);
    }
}
