//! When a link is checked again. Pure: chance is handed in.

use domain::{LinkEvent, ProblemCode};
use storage::{JobEnd, Link};

/// How often a link is checked when re-checks are switched off and on again: what is put into the queue meanwhile.
const USUAL_MS: i64 = 24 * 60 * 60 * 1_000;
/// How long after a refusal UKG Pro is asked once more: long enough for a mistake of its own to pass.
const CONFIRM_MS: i64 = 10 * 60 * 1_000;
/// The first try after a fault.
const RETRY_MS: i64 = 60 * 1_000;
/// The longest wait between two tries after faults.
const RETRY_MOST_MS: i64 = 60 * 60 * 1_000;

/// How often links are checked again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// In milliseconds; `None` for never.
    pub every_ms: Option<i64>,
}

impl Pace {
    /// What becomes of the re-check of a link, which stands, after `event`; `attempts` counts how often in a row it was
    /// begun without an answer about the account.
    #[must_use]
    pub(crate) fn after(self, link: &Link, event: Option<LinkEvent>, attempts: u32, chance: u32) -> JobEnd {
        let every_ms = self.every_ms();
        match event {
            Some(LinkEvent::CheckRefused | LinkEvent::CheckRefusedAgain) => {
                JobEnd::Again { delay_ms: CONFIRM_MS.min(every_ms) }
            }
            Some(LinkEvent::RecheckFaulted) => {
                let doubled = RETRY_MS.saturating_mul(1 << attempts.saturating_sub(1).min(16));
                let longest = doubled.min(RETRY_MOST_MS).min(every_ms);
                let delay_ms = longest / 2 + part_of(longest / 2, chance);
                JobEnd::Retry { delay_ms, problem: link.problem.map_or("fault", ProblemCode::as_str) }
            }
            Some(
                LinkEvent::Started
                | LinkEvent::StepSaved
                | LinkEvent::CheckStarted
                | LinkEvent::CheckLinked
                | LinkEvent::CheckFoundGaps
                | LinkEvent::CheckFaulted
                | LinkEvent::Disconnected
                | LinkEvent::Paused
                | LinkEvent::Resumed { .. },
            )
            | None => JobEnd::Again { delay_ms: every_ms - every_ms / 10 + part_of(every_ms / 5, chance) },
        }
    }

    /// `wait_ms`, and up to a quarter more, so that those that waited together do not come back together; but no longer than
    /// any link waits.
    pub(crate) fn scattered(self, wait_ms: i64, chance: u32) -> i64 {
        let longest_ms = self.every_ms() + self.every_ms() / 10;
        (wait_ms + part_of(wait_ms / 4, chance)).min(longest_ms.max(wait_ms))
    }

    /// How often, whether it is done or not.
    pub(crate) fn every_ms(self) -> i64 {
        self.every_ms.unwrap_or(USUAL_MS).max(1)
    }
}

/// A part of the whole, by chance.
fn part_of(whole: i64, chance: u32) -> i64 {
    i64::try_from(i128::from(whole) * i128::from(chance) / i128::from(u32::MAX)).unwrap_or(whole)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_host_that_rests_keeps_no_link_waiting_longer_than_any_waits(
            every_ms in 60_000_i64..100 * 86_400_000, rest_per_cent in 0_i64..=100, chance: u32
        ) {
            let pace = Pace { every_ms: Some(every_ms) };
            // A host never rests longer than that: `Breaker::told`.
            let wait_ms = every_ms / 100 * rest_per_cent;
            let scattered = pace.scattered(wait_ms, chance);
            prop_assert!((wait_ms..=wait_ms + wait_ms / 4).contains(&scattered));
            prop_assert!(scattered <= every_ms + every_ms / 10);
        }
    }
}
