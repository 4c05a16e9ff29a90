//! Whether values may be sent to UKG Pro, so that it has no reason to lock the account (bar R8).
//!
//! What locks a service account is not known (`ukg-pro.md`, "Could NOT find"), so the rules are ours:
//! - three refused requests for values that were entered, four for those of a link that stands; then none, until they
//!   are changed;
//! - unless the administrator says that she has mended the account in UKG Pro itself, where the right values stay the
//!   same: one more then, a quarter of an hour apart, three in all, and after that one a day;
//! - a check that was cut short may have had one more request refused: it counts as one for a while;
//! - after four rejections of a link within a quarter of an hour the next one has to wait.

use domain::{CheckOutcome, LinkStatus, ProblemCode, Timestamp};
use storage::{CheckRun, Fingerprint, Link, Refusals, UnitOfWork};

use crate::ServiceError;
use crate::rechecks::is_refused;

/// Refused requests for values that were just entered: the first one, and two that tell a missing permission from a
/// refused account (`ukg-pro.md` §4d).
const NEW_MAX: u32 = 3;
/// The same for the values of a link that stands: one more confirms the refusal before the link counts as broken.
const STORED_MAX: u32 = 4;
/// One request each time the administrator says that she has mended the account, and no more often than this. The first
/// at once, since she has just mended it; each other [`WINDOW_SECONDS`] after the one before, so that together with the
/// first three there are never five in a quarter of an hour, which is what accounts are usually locked after.
const MENDED_MAX: u32 = 3;
/// After these were used up, one request a day.
const REST_SECONDS: i64 = 24 * 60 * 60;
/// How many rejections within [`WINDOW_SECONDS`] are enough.
const REJECTIONS_MAX: usize = 4;
/// A quarter of an hour: as long as accounts that lock themselves usually stay locked.
const WINDOW_SECONDS: i64 = 15 * 60;

/// Why values are not sent now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// UKG Pro refused these very values: something must be changed first. `may_retry` says whether they can be tried
    /// once more when the account was mended in UKG Pro itself.
    Refused {
        /// Whether one more try is left for an account that was mended.
        may_retry: bool,
    },
    /// Too many refusals in a short time: not before this.
    Wait {
        /// From when a check may be asked for again.
        until: Timestamp,
    },
}

/// A check that is asked for.
pub(super) struct Asked<'a> {
    pub(super) link: &'a Link,
    pub(super) submission: Fingerprint,
    pub(super) of_replacement: bool,
    pub(super) mended: bool,
}

/// What is known of earlier tries.
pub(super) struct Past {
    pub(super) refusals: Refusals,
    pub(super) rejections: Vec<Timestamp>,
    /// The newest check, when it was made with the same values.
    pub(super) last: Option<CheckRun>,
}

/// Since when rejections count together.
pub(super) const fn window_start(now: Timestamp) -> Timestamp {
    now.plus_seconds(-WINDOW_SECONDS)
}

/// How many refused requests the check may still cost, or why it may not be made.
pub(super) async fn allowance(
    unit: &mut dyn UnitOfWork,
    asked: &Asked<'_>,
    now: Timestamp,
) -> Result<Result<u8, Hold>, ServiceError> {
    let past = Past {
        refusals: unit.refusals(asked.link.id, &asked.submission).await?,
        rejections: unit.rejections(asked.link.id, window_start(now)).await?,
        last: unit.last_check(asked.link.id).await?.filter(|check| check.submission == asked.submission),
    };
    Ok(decide(asked, &past, now))
}

/// The rules.
pub(super) fn decide(asked: &Asked<'_>, past: &Past, now: Timestamp) -> Result<u8, Hold> {
    let stored = asked.link.status.stands() && !asked.of_replacement;
    let most = if stored { STORED_MAX } else { NEW_MAX };
    let Refusals { requests, unsure, last_at } = past.refusals;
    // Values that are known to be good have nothing to fear from the refusals of others.
    let fourth_last = past.rejections.len().checked_sub(REJECTIONS_MAX).and_then(|n| past.rejections.get(n));
    if let Some(first) = fourth_last
        && !stored
    {
        return Err(Hold::Wait { until: first.plus_seconds(WINDOW_SECONDS) });
    }
    // A stored account that was refused once is asked once more, to be sure.
    let confirmed = !stored || requests >= most || asked.link.status == LinkStatus::Broken;
    if requests >= most || (was_rejected(past) && confirmed) {
        // An account can be out of order for long; once a day its right values may be tried all the same.
        let rested = last_at.is_some_and(|at| at.plus_seconds(REST_SECONDS) <= now);
        let may_retry = requests < most + MENDED_MAX || rested;
        let settled_at = last_at.map(|at| at.plus_seconds(WINDOW_SECONDS)).filter(|at| now < *at);
        return match settled_at {
            Some(until) if may_retry && requests > most => Err(Hold::Wait { until }),
            Some(_) | None if asked.mended && may_retry => Ok(1),
            Some(_) | None => Err(Hold::Refused { may_retry }),
        };
    }
    let settled_at = last_at.map(|at| at.plus_seconds(WINDOW_SECONDS)).filter(|at| now < *at);
    let spent = requests + settled_at.map_or(0, |_| unsure);
    match (spent < most, settled_at) {
        (false, Some(until)) => Err(Hold::Wait { until }),
        (true, _) | (false, None) => {
            // One is kept for confirming a refusal.
            let kept = u32::from(stored && !is_refused(asked.link));
            Ok(u8::try_from(most.saturating_sub(spent + kept)).unwrap_or(1).max(1))
        }
    }
}

fn was_rejected(past: &Past) -> bool {
    let report = past.last.as_ref().and_then(|check| check.report.as_ref());
    report.is_some_and(|report| report.outcome == CheckOutcome::Failed(ProblemCode::CredentialsRejected))
}

#[cfg(test)]
mod tests;
