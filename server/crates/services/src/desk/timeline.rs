//! What happened to a link, a part at a time, with how long each step and each check took. Checks that Linkdesk makes by
//! itself, and that found the same one after another, are one entry: they would hide everything else.

use domain::{AuditId, LinkId, Timestamp};
use storage::{Actor, AuditAction, AuditEntry};

use crate::{ServiceError, Services};

/// How many entries are shown at a time.
const PART: usize = 60;
/// How many are read at a time.
const READ: usize = 240;
/// How many are read at most for one part.
const READ_MOST: usize = 10 * READ;
/// How many of those that were read are only looked through, to find where the last one shown began.
const LOOK_BACK: usize = 120;

/// A part of what happened, newest first.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    /// The entries.
    pub entries: Vec<TimelineEntry>,
    /// The last that they tell of, when there is more before it.
    pub earlier: Option<AuditId>,
}

/// One entry.
#[derive(Clone, Debug)]
pub struct TimelineEntry {
    /// As it stands in the audit log.
    pub entry: AuditEntry,
    /// How long what it ends took, in milliseconds: a step since it could be begun, a check since its start.
    pub took: Option<i64>,
    /// Who asked for the check that it ends; `None` when it ends none, or nobody did.
    pub asked_by: Option<Actor>,
    /// The checks before it that found the same, when nobody asked for any of them.
    pub repeats: Option<Repeats>,
}

/// Checks that found the same one after another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repeats {
    /// How many there are, with the newest.
    pub times: u32,
    /// When the first of them ended.
    pub since: Timestamp,
}

impl Services {
    /// The part before the entry named, or the newest.
    pub(super) async fn timeline(
        &self,
        link: LinkId,
        before: Option<AuditId>,
    ) -> Result<Timeline, ServiceError> {
        let limit = u32::try_from(READ).unwrap_or(u32::MAX);
        let mut read: Vec<AuditEntry> = Vec::new();
        loop {
            let more = match read.last().map(|last| last.id).or(before) {
                Some(entry) => self.storage().timeline_before(link, entry, limit).await?,
                None => self.storage().timeline(link, limit).await?,
            };
            let ended = more.len() < READ;
            read.extend(more);
            if ended {
                return Ok(part_of(&read, PART, 0));
            }
            let part = part_of(&read, PART, LOOK_BACK);
            if part.entries.len() == PART || read.len() >= READ_MOST {
                return Ok(part);
            }
        }
    }
}

/// The first `most` entries of what was read; the last `look_back` only tell where those began.
fn part_of(read: &[AuditEntry], most: usize, look_back: usize) -> Timeline {
    let mut entries: Vec<TimelineEntry> = Vec::new();
    let mut told = 0;
    for (n, entry) in read.iter().enumerate().take(read.len().saturating_sub(look_back)) {
        let (_, before) = read.split_at(n + 1);
        if !is_of_a_check(entry) {
            let (shown, is_full) = (shown(entry, before), entries.len() == most);
            match entries.last_mut() {
                Some(last) if repeats(last, &shown) => {
                    let times = last.repeats.map_or(1, |repeats| repeats.times) + 1;
                    last.repeats = Some(Repeats { times, since: entry.at });
                }
                _ if is_full => break,
                _ => entries.push(shown),
            }
        }
        told = n + 1;
    }
    let last = told.checked_sub(1).and_then(|n| read.get(n));
    Timeline { entries, earlier: last.filter(|_| told < read.len()).map(|last| last.id) }
}

/// Whether it is told by the entry that ends a check: that credentials were opened for it, and that Linkdesk began it.
fn is_of_a_check(entry: &AuditEntry) -> bool {
    let by_itself = entry.action == AuditAction::CheckStarted && entry.actor == Actor::System;
    by_itself || entry.action == AuditAction::CredentialsOpened
}

/// An entry with what the ones before it, newest first, tell of it.
fn shown(entry: &AuditEntry, before: &[AuditEntry]) -> TimelineEntry {
    // A step can be begun once the flow was opened, or the step before it is saved.
    let begins_step = |one: &&AuditEntry| {
        [AuditAction::FlowStarted, AuditAction::StepSaved, AuditAction::HandOverStarted].contains(&one.action)
    };
    let begin = if entry.action == AuditAction::StepSaved {
        before.iter().find(begins_step)
    } else if ends_check(entry) {
        // Not the start of an earlier check, when this one has none.
        before.iter().take_while(|one| !ends_check(one)).find(|one| one.action == AuditAction::CheckStarted)
    } else {
        None
    };
    let asked_by = begin.filter(|_| ends_check(entry)).map(|begin| begin.actor.clone());
    TimelineEntry {
        took: begin.map(|begin| entry.at.millis_since(begin.at)),
        asked_by: asked_by.filter(|actor| *actor != Actor::System),
        repeats: None,
        entry: entry.clone(),
    }
}

fn ends_check(entry: &AuditEntry) -> bool {
    [AuditAction::CheckFinished, AuditAction::CheckAbandoned].contains(&entry.action)
}

/// Whether nobody asked for either of these checks, and they found the same.
fn repeats(newer: &TimelineEntry, older: &TimelineEntry) -> bool {
    let by_itself =
        |one: &TimelineEntry| one.entry.action == AuditAction::CheckFinished && one.asked_by.is_none();
    by_itself(newer) && by_itself(older) && newer.entry.detail == older.entry.detail
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
            part_of(&history(), 20, 0).entries.into_iter().filter_map(|shown| shown.took).collect();

        assert_eq!(took, [3_000, 80_000, 600_000, 120_000]);
    }

    /// Checks of Linkdesk's own, oldest first, an hour apart, that found these.
    fn rechecks(found: &[&str]) -> Vec<AuditEntry> {
        let mut all = Vec::new();
        for (n, found) in found.iter().enumerate() {
            let second = i64::try_from(n).unwrap() * 3_600;
            all.push(entry(second, AuditAction::CheckStarted));
            all.push(entry(second + 1, AuditAction::CredentialsOpened));
            all.push(AuditEntry {
                detail: (*found).to_owned(),
                ..entry(second + 2, AuditAction::CheckFinished)
            });
        }
        all
    }

    #[test]
    fn checks_by_itself_that_found_the_same_are_one_entry_until_something_else_happens() {
        let mut all = rechecks(&["linked", "linked", "linked", "ukg_busy", "linked"]);
        all.insert(3, entry(10, AuditAction::NoteAdded));
        all.reverse();

        let part = part_of(&all, 20, 0);

        let told: Vec<_> = part
            .entries
            .iter()
            .map(|shown| (shown.entry.detail.as_str(), shown.repeats.map(|repeats| repeats.times)))
            .collect();
        assert_eq!(
            told,
            [("linked", None), ("ukg_busy", None), ("linked", Some(2)), ("", None), ("linked", None)]
        );
        assert_eq!(part.entries[2].repeats.unwrap().since, Timestamp::from_millis(3_602_000));
        assert!(part.entries.iter().all(|shown| shown.asked_by.is_none()));
    }

    #[test]
    fn a_check_that_somebody_asked_for_stands_alone_and_says_who() {
        let mut all = rechecks(&["linked", "linked", "linked"]);
        let staff = Actor::Staff(domain::StaffId::new(Timestamp::from_millis(0), [0; 10]));
        all[3].actor = staff.clone();
        all.reverse();

        let part = part_of(&all, 20, 0);

        let asked: Vec<_> = part.entries.into_iter().map(|shown| shown.asked_by).collect();
        assert_eq!(asked, [None, Some(staff.clone()), None, None], "that it was started is told too");
    }

    #[test]
    fn parts_follow_each_other_and_leave_nothing_out() {
        let found: Vec<_> = (0..40).map(|n| if n % 3 == 0 { "ukg_busy" } else { "linked" }).collect();
        let mut all = rechecks(&found);
        all.reverse();
        let (mut rest, mut checks, mut parts) = (all.as_slice(), 0, 0);

        loop {
            let part = part_of(rest, 5, 0);
            checks += part
                .entries
                .iter()
                .map(|shown| shown.repeats.map_or(1, |repeats| repeats.times))
                .sum::<u32>();
            parts += 1;
            let Some(earlier) = part.earlier else { break };
            assert_eq!(part.entries.len(), 5);
            let place = rest.iter().position(|one| one.id == earlier).unwrap();
            rest = &rest[place + 1..];
        }

        assert_eq!((checks, parts), (40, 6));
    }

    #[test]
    fn what_is_only_looked_through_comes_with_the_next_part() {
        let mut all = rechecks(&["linked"; 10]);
        all.reverse();

        let part = part_of(&all, 5, 15);

        assert_eq!(part.entries.len(), 1);
        assert_eq!(part.entries[0].repeats.unwrap().times, 5);
        assert_eq!(part.earlier, Some(all[14].id));
    }

    #[test]
    fn a_part_knows_whether_there_is_more_and_how_long_its_last_entry_took() {
        let part = part_of(&history(), 4, 0);

        assert_eq!(part.entries.last().and_then(|shown| shown.took), Some(120_000));
        assert_eq!(part.earlier, part.entries.last().map(|shown| shown.entry.id));
        assert_eq!(part_of(&history(), 9, 0).earlier, None);
    }
}
