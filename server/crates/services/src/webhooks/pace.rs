//! When a message is tried again, and when an endpoint is left alone. Pure: time and chance are handed in.

use domain::Timestamp;

/// How long a message is tried.
const WINDOW_MS: i64 = 72 * 60 * 60 * 1_000;
/// The first wait after a failure.
const FIRST_MS: i64 = 5_000;
/// The longest wait between two tries of a message.
const LONGEST_MS: i64 = 6 * 60 * 60 * 1_000;
/// After so many failures in a row an endpoint is asked with one message at a time.
pub(super) const FAILING: u32 = 8;
/// For how long it is left alone then, doubled with each failure.
const QUIET_MS: i64 = 5_000;
/// The longest.
const QUIET_MOST_MS: i64 = 5 * 60 * 1_000;
/// The longest that an endpoint can ask to be left alone.
const ASKED_MOST_MS: i64 = 24 * 60 * 60 * 1_000;

/// For how many days a message is kept that was delivered.
pub const KEPT_DAYS: i64 = 30;
/// For how many days any other is kept.
pub const KEPT_FAILED_DAYS: i64 = 90;
/// For how long the secret before signs beside the one that replaced it.
pub const SECRET_OVERLAP_SECONDS: i64 = 24 * 60 * 60;

/// When a message that is written now, or let be tried again now, is tried for the last time.
pub(super) const fn give_up_at(now: Timestamp) -> Timestamp {
    Timestamp::from_millis(now.as_millis().saturating_add(WINDOW_MS))
}

/// Whether nothing has got through for as long as a message is tried.
pub(super) fn is_hopeless(failing_since: Option<Timestamp>, now: Timestamp) -> bool {
    failing_since.is_some_and(|since| now.millis_since(since) >= WINDOW_MS)
}

/// When a message is tried next that failed now: after about as long as it has been tried so far, and not before the
/// receiver wants it. `None` when it is given up.
pub(super) fn next_try(
    give_up_at: Timestamp,
    asked_ms: Option<i64>,
    now: Timestamp,
    chance: u32,
) -> Option<Timestamp> {
    if now >= give_up_at {
        return None;
    }
    let tried_ms = now.millis_since(give_up_at).saturating_add(WINDOW_MS);
    let wait = scattered(tried_ms.clamp(FIRST_MS, LONGEST_MS), chance).max(asked(asked_ms));
    Some(later(now, wait).min(give_up_at))
}

/// Until when an endpoint is left alone after so many failures in a row, the last of which may have asked for it.
pub(super) fn quiet_until(
    failures: u32,
    asked_ms: Option<i64>,
    now: Timestamp,
    chance: u32,
) -> Option<Timestamp> {
    let failing = failures.checked_sub(FAILING).map(|more| {
        let doubled = QUIET_MS.saturating_mul(1 << more.min(16));
        scattered(doubled.min(QUIET_MOST_MS), chance)
    });
    let wait = failing.unwrap_or(0).max(asked(asked_ms));
    (wait > 0).then(|| later(now, wait))
}

fn asked(asked_ms: Option<i64>) -> i64 {
    asked_ms.unwrap_or(0).clamp(0, ASKED_MOST_MS)
}

/// A quarter less to a quarter more, so that what failed together does not come back together.
fn scattered(wait_ms: i64, chance: u32) -> i64 {
    let part = i128::from(wait_ms / 2) * i128::from(chance) / i128::from(u32::MAX);
    wait_ms - wait_ms / 4 + i64::try_from(part).unwrap_or(0)
}

fn later(now: Timestamp, wait_ms: i64) -> Timestamp {
    Timestamp::from_millis(now.as_millis().saturating_add(wait_ms))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_800_000_000_000);

    proptest! {
        #[test]
        fn a_message_is_tried_less_and_less_often_for_three_days_and_no_longer(
            chances in proptest::collection::vec(any::<u32>(), 200)
        ) {
            let last = give_up_at(NOW);
            let (mut now, mut tries) = (NOW, 1);
            for chance in chances {
                let Some(next) = next_try(last, None, now, chance) else { break };
                let wait = next.millis_since(now);
                prop_assert!((1..=LONGEST_MS * 5 / 4).contains(&wait), "{wait}");
                prop_assert!(wait >= FIRST_MS * 3 / 4 || next == last);
                (now, tries) = (next, tries + 1);
            }
            prop_assert_eq!(now, last);
            prop_assert!((15..60).contains(&tries), "{}", tries);
        }

        #[test]
        fn nobody_is_asked_sooner_than_they_want(asked in 0_i64..10 * ASKED_MOST_MS, chance: u32, failures in 0_u32..99) {
            let asked_most = asked.min(ASKED_MOST_MS);
            let next = next_try(give_up_at(NOW), Some(asked), NOW, chance).map_or(0, |next| next.millis_since(NOW));
            prop_assert!(next >= asked_most);
            let quiet = quiet_until(failures, Some(asked), NOW, chance).map_or(0, |until| until.millis_since(NOW));
            prop_assert!(quiet >= asked_most && quiet <= asked_most.max(QUIET_MOST_MS * 5 / 4));
        }
    }

    #[test]
    fn an_endpoint_that_fails_a_few_times_is_not_left_alone() {
        assert_eq!(quiet_until(FAILING - 1, None, NOW, 7), None);
        assert!(quiet_until(FAILING, None, NOW, 7).is_some());
        assert!(!is_hopeless(None, NOW) && !is_hopeless(Some(NOW), NOW.plus_seconds(60)));
        assert!(is_hopeless(Some(NOW), give_up_at(NOW)));
    }
}
