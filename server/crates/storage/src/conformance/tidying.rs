//! Removing old checks: what somebody still needs stays.

use domain::{CheckOutcome, CheckReport, ConnectionStep, LinkId, ProblemCode, Timestamp};

use super::fixtures::{check_id, fingerprint, kept_link, now, report, running_check};
use crate::{CheckRun, Fingerprint, Refusals, Result, Storage};

/// So many days before now.
fn days_ago(days: i64) -> Timestamp {
    now().plus_seconds(-days * 86_400)
}

/// A check of these values that ended so many days ago, kept; with this report, or cut short.
async fn kept(
    storage: &dyn Storage,
    (link, values): (LinkId, Fingerprint),
    days: i64,
    report: Option<CheckReport>,
    refused: u32,
) -> Result<CheckRun> {
    let started_at = days_ago(days);
    let check =
        CheckRun { id: check_id(started_at), started_at, submission: values, refused, ..running_check(link) };
    let done = CheckRun { finished_at: Some(started_at.plus_seconds(1)), report, ..check.clone() };
    let mut unit = storage.begin().await?;
    unit.insert_check(&check).await?;
    unit.finish_check(check.id, &done).await?;
    unit.commit().await?;
    Ok(done)
}

/// A report of a fault: the account was neither accepted nor refused.
fn fault() -> CheckReport {
    CheckReport {
        outcome: CheckOutcome::Failed(ProblemCode::UkgTimeout),
        connection: ConnectionStep::NotReached,
        reached_ms: None,
        accepted_ms: None,
        rows: Vec::new(),
    }
}

/// Removes what ended more than ninety days ago, in parts of this size; how many, and in how many parts.
async fn tidy(storage: &dyn Storage, part: u32) -> Result<(u64, u32)> {
    let (mut after, mut removed, mut parts) = (None, 0, 0);
    loop {
        let mut unit = storage.begin().await?;
        let forgotten = unit.forget_checks(days_ago(90), after, part).await?;
        unit.commit().await?;
        removed += forgotten.removed;
        match forgotten.last {
            Some(last) => after = Some(last),
            None => return Ok((removed, parts)),
        }
        parts += 1;
    }
}

pub async fn old_checks_are_removed_but_for_the_newest(storage: &dyn Storage) -> Result<()> {
    let of = (kept_link(storage).await?.id, fingerprint());
    for days in [200, 150, 120] {
        kept(storage, of, days, Some(report()), 0).await?;
    }
    let newest = kept(storage, of, 100, Some(report()), 0).await?;
    assert_eq!(storage.day_results(of.0, days_ago(300)).await?.is_empty(), report().rows.is_empty());

    assert_eq!(tidy(storage, 100).await?.0, 3);

    assert_eq!(storage.last_check(of.0).await?, Some(newest.clone()));
    let days = storage.day_results(of.0, days_ago(300)).await?;
    assert!(days.iter().all(|day| day.at == newest.started_at), "their rows are gone too: {days:?}");
    assert_eq!(tidy(storage, 100).await?.0, 0);
    Ok(())
}

pub async fn the_newest_accepted_check_of_all_values_stays(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?.id;
    let (first, second) = (fingerprint(), fingerprint());
    kept(storage, (link, first), 300, Some(report()), 0).await?;
    let accepted_first = kept(storage, (link, first), 250, Some(report()), 0).await?;
    let accepted_second = kept(storage, (link, second), 200, Some(report()), 0).await?;
    for days in [150, 140, 130] {
        kept(storage, (link, second), days, Some(fault()), 0).await?;
    }

    assert_eq!(tidy(storage, 100).await?.0, 3, "the first accepted one and two of three faults");

    assert_eq!(storage.accepted_check(link, &first).await?, Some(accepted_first));
    assert_eq!(storage.accepted_check(link, &second).await?, Some(accepted_second));
    Ok(())
}

pub async fn what_was_refused_stays_counted(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?.id;
    let (never, later) = (fingerprint(), fingerprint());
    for values in [never, later] {
        kept(storage, (link, values), 300, Some(fault()), 2).await?;
        kept(storage, (link, values), 290, None, 0).await?;
        kept(storage, (link, values), 280, Some(fault()), 0).await?;
    }
    let before = storage.refusals(link, &never).await?;
    assert_eq!((before.requests, before.unsure), (2, 1));
    kept(storage, (link, later), 200, Some(report()), 0).await?;
    kept(storage, (link, later), 10, Some(report()), 0).await?;

    assert_eq!(tidy(storage, 100).await?.0, 1 + 4);

    let after = storage.refusals(link, &never).await?;
    assert_eq!((after.requests, after.unsure), (before.requests, before.unsure));
    assert_eq!(storage.refusals(link, &later).await?, Refusals::default());
    Ok(())
}

pub async fn a_running_check_and_younger_ones_stay(storage: &dyn Storage) -> Result<()> {
    let of = (kept_link(storage).await?.id, fingerprint());
    kept(storage, of, 89, Some(report()), 0).await?;
    kept(storage, of, 88, Some(report()), 0).await?;
    let mut unit = storage.begin().await?;
    let running = CheckRun { started_at: days_ago(95), id: check_id(days_ago(95)), ..running_check(of.0) };
    unit.insert_check(&running).await?;
    unit.commit().await?;

    // Other cases' newest ones may be looked at.
    assert_eq!(tidy(storage, 100).await?.0, 0);

    let mut unit = storage.begin().await?;
    assert!(unit.running_checks().await?.contains(&running));
    Ok(())
}

pub async fn it_goes_in_parts_and_ends(storage: &dyn Storage) -> Result<()> {
    // What other cases keep is looked at each time.
    let before = tidy(storage, 2).await?;
    for _ in 0..3 {
        let of = (kept_link(storage).await?.id, fingerprint());
        for days in [120, 120, 110] {
            // Some ended at one and the same time.
            kept(storage, of, days, Some(report()), 0).await?;
        }
    }

    let (removed, parts) = tidy(storage, 2).await?;
    assert_eq!(removed, 6);
    assert!(parts >= 5, "{parts}");
    let (removed, parts) = tidy(storage, 2).await?;
    assert_eq!(removed, 0);
    assert!((2..=2 + before.1).contains(&parts), "{parts}");
    Ok(())
}
