//! Checks: one at a time per link, finished once, read back with everything they found.

use domain::{
    CheckOutcome, CheckReport, ConnectionStep, LinkId, Permission, PermissionResult, ProblemCode, RowResult,
    Timestamp,
};
use tokio::join;

use super::fixtures::{
    check_id, fingerprint, finished, host, kept_check, kept_check_of, kept_link, link_id, now, report,
    running_check,
};
use crate::{CheckRun, DayResult, Result, Storage, StorageError};

const RESULTS: [PermissionResult; 4] = [
    PermissionResult::Granted,
    PermissionResult::Missing,
    PermissionResult::Untestable,
    PermissionResult::Unchecked,
];

pub async fn a_running_check_is_read_back(storage: &dyn Storage) -> Result<()> {
    let check = kept_check(storage).await?;

    assert_eq!(storage.last_check(check.link).await?.as_ref(), Some(&check));
    assert_eq!(storage.begin().await?.running_check(check.link).await?, Some(check));
    Ok(())
}

pub async fn everything_known_when_a_check_begins_is_read_back(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?.id;
    let check = CheckRun {
        account: None,
        of_replacement: true,
        refused: u32::MAX,
        surplus: Permission::ALL.into_iter().rev().collect(),
        ..running_check(link)
    };

    let mut unit = storage.begin().await?;
    unit.insert_check(&check).await?;
    assert_eq!(unit.last_check(link).await?.as_ref(), Some(&check));
    assert_eq!(unit.running_check(link).await?.as_ref(), Some(&check));
    unit.commit().await?;

    assert_eq!(storage.last_check(link).await?, Some(check));
    Ok(())
}

pub async fn a_link_never_checked_has_no_check(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?;
    kept_check(storage).await?;

    for link in [link.id, link_id()] {
        assert_eq!(storage.last_check(link).await?, None);
        assert_eq!(storage.begin().await?.running_check(link).await?, None);
    }
    Ok(())
}

pub async fn a_second_check_of_a_link_does_not_begin(storage: &dyn Storage) -> Result<()> {
    let first = kept_check(storage).await?;

    let refused = storage.begin().await?.insert_check(&running_check(first.link)).await;

    assert!(matches!(refused, Err(StorageError::Duplicate(_))), "{refused:?}");
    assert_eq!(storage.last_check(first.link).await?, Some(first));
    Ok(())
}

pub async fn a_check_of_another_link_does_begin(storage: &dyn Storage) -> Result<()> {
    let (one, other) = (kept_check(storage).await?, kept_check(storage).await?);

    assert_eq!(storage.last_check(one.link).await?, Some(one));
    assert_eq!(storage.last_check(other.link).await?, Some(other));
    Ok(())
}

pub async fn of_two_checks_started_at_once_one_begins(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?.id;
    let start = || async {
        let mut unit = storage.begin().await?;
        if unit.running_check(link).await?.is_some() {
            return Ok(false);
        }
        unit.insert_check(&running_check(link)).await?;
        unit.commit().await?;
        Ok::<bool, StorageError>(true)
    };

    let (one, other) = join!(start(), start());

    assert_eq!(u8::from(one?) + u8::from(other?), 1);
    Ok(())
}

pub async fn a_finished_check_is_read_back_and_runs_no_longer(storage: &dyn Storage) -> Result<()> {
    let check = kept_check(storage).await?;
    let done = finished(&check, Some(report()));

    assert!(finish(storage, &done).await?);

    assert_eq!(storage.last_check(check.link).await?, Some(done));
    assert_eq!(storage.begin().await?.running_check(check.link).await?, None);
    Ok(())
}

pub async fn the_end_of_a_check_changes_nothing_of_its_beginning(storage: &dyn Storage) -> Result<()> {
    let check = kept_check(storage).await?;
    put_surplus(storage, &check, &[Permission::PtoPlanIntegration]).await?;
    let done = finished(&check, Some(report()));
    let told = CheckRun {
        link: kept_link(storage).await?.id,
        host: host("service9.ultipro.com"),
        started_at: now(),
        account: None,
        of_replacement: true,
        ..finished(&running_check(check.link), Some(report()))
    };

    finish(storage, &CheckRun { id: check.id, finished_at: done.finished_at, ..told }).await?;

    let expected = CheckRun { surplus: vec![Permission::PtoPlanIntegration], ..done };
    assert_eq!(storage.last_check(check.link).await?, Some(expected));
    Ok(())
}

pub async fn a_surplus_is_read_back_and_replaced(storage: &dyn Storage) -> Result<()> {
    let (check, other) = (kept_check(storage).await?, kept_check(storage).await?);
    let done = finished(&check, Some(report()));
    finish(storage, &done).await?;
    let reversed: Vec<_> = Permission::ALL.into_iter().rev().collect();

    for surplus in [&[Permission::PayrollIntegration][..], &reversed, &[]] {
        put_surplus(storage, &check, surplus).await?;

        let expected = CheckRun { surplus: surplus.to_vec(), ..done.clone() };
        assert_eq!(storage.last_check(check.link).await?, Some(expected));
    }
    assert_eq!(storage.last_check(other.link).await?, Some(other));
    Ok(())
}

pub async fn a_surplus_of_an_unknown_check_changes_nothing(storage: &dyn Storage) -> Result<()> {
    let check = kept_check(storage).await?;

    put_surplus(storage, &running_check(check.link), &[Permission::PayrollIntegration]).await?;

    assert_eq!(storage.last_check(check.link).await?, Some(check));
    Ok(())
}

pub async fn a_check_cut_short_has_no_report(storage: &dyn Storage) -> Result<()> {
    let check = kept_check(storage).await?;
    let cut_short = finished(&check, None);

    assert!(finish(storage, &cut_short).await?);

    assert_eq!(storage.last_check(check.link).await?, Some(cut_short));
    Ok(())
}

pub async fn a_check_is_finished_once(storage: &dyn Storage) -> Result<()> {
    let check = kept_check(storage).await?;
    let first = finished(&check, Some(report()));
    let second = finished(
        &check,
        Some(CheckReport { outcome: CheckOutcome::Failed(ProblemCode::UkgBusy), ..report() }),
    );

    assert!(finish(storage, &first).await?);
    assert!(!finish(storage, &second).await?);
    assert!(!finish(storage, &finished(&check, None)).await?);

    assert_eq!(storage.last_check(check.link).await?, Some(first));
    Ok(())
}

pub async fn an_unknown_check_is_not_finished(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?;
    let unknown = finished(&running_check(link.id), Some(report()));

    assert!(!finish(storage, &unknown).await?);

    assert_eq!(storage.last_check(link.id).await?, None);
    Ok(())
}

pub async fn the_newest_check_is_the_last_one(storage: &dyn Storage) -> Result<()> {
    let first = kept_check(storage).await?;
    finish(storage, &finished(&first, Some(report()))).await?;
    let second = kept_check_of(storage, first.link).await?;

    assert_eq!(storage.last_check(first.link).await?.as_ref(), Some(&second));
    let second = finished(&second, None);
    finish(storage, &second).await?;
    assert_eq!(storage.last_check(first.link).await?, Some(second));
    Ok(())
}

pub async fn an_accepted_check_is_found_by_the_values_it_was_made_with(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?.id;
    let first = running_check(link);
    let same = || CheckRun { submission: first.submission, ..running_check(link) };
    assert_eq!(storage.accepted_check(link, &first.submission).await?, None);
    let gap = CheckReport { outcome: CheckOutcome::Failed(ProblemCode::PermissionMissing), ..report() };
    let accepted = finished(&same(), Some(gap));
    let refused = CheckReport { connection: ConnectionStep::Reached, ..report() };
    let (later, cut_short) = (finished(&same(), Some(refused)), finished(&same(), None));
    let other = finished(&running_check(link), Some(report()));
    for check in [&finished(&first, Some(report())), &accepted, &later, &cut_short, &other] {
        keep(storage, check).await?;
    }

    assert_eq!(storage.accepted_check(link, &first.submission).await?, Some(accepted.clone()));
    let inside = storage.begin().await?.accepted_check(link, &first.submission).await?;
    assert_eq!(inside, Some(accepted));
    assert_eq!(storage.accepted_check(link, &other.submission).await?, Some(other.clone()));
    assert_eq!(storage.accepted_check(link_id(), &first.submission).await?, None);
    Ok(())
}

pub async fn the_account_of_a_check_is_read_back(storage: &dyn Storage) -> Result<()> {
    let check = kept_check(storage).await?;
    let done = CheckRun { account: Some(fingerprint()), ..finished(&check, Some(report())) };

    finish(storage, &done).await?;

    assert_eq!(storage.last_check(check.link).await?, Some(done));
    Ok(())
}

/// Begins and ends it.
async fn keep(storage: &dyn Storage, check: &CheckRun) -> Result<()> {
    let mut unit = storage.begin().await?;
    unit.insert_check(check).await?;
    unit.finish_check(check.id, check).await?;
    unit.commit().await
}

pub async fn every_running_check_is_found_and_no_other(storage: &dyn Storage) -> Result<()> {
    let (one, other, done) =
        (kept_check(storage).await?, kept_check(storage).await?, kept_check(storage).await?);
    finish(storage, &finished(&done, Some(report()))).await?;

    let running = storage.begin().await?.running_checks().await?;

    assert!(running.contains(&one) && running.contains(&other));
    assert!(running.iter().all(|check| check.id != done.id && check.finished_at.is_none()));
    Ok(())
}

pub async fn every_outcome_is_read_back(storage: &dyn Storage) -> Result<()> {
    let failures = ProblemCode::ALL.into_iter().map(CheckOutcome::Failed);
    for outcome in [CheckOutcome::Linked, CheckOutcome::LinkedWithGaps].into_iter().chain(failures) {
        read_back(storage, CheckReport { outcome, ..report() }).await?;
    }
    Ok(())
}

pub async fn every_connection_step_is_read_back(storage: &dyn Storage) -> Result<()> {
    for (connection, reached_ms, accepted_ms) in [
        (ConnectionStep::NotReached, None, None),
        (ConnectionStep::Reached, Some(120), None),
        (ConnectionStep::Accepted, Some(120), Some(480)),
    ] {
        read_back(storage, CheckReport { connection, reached_ms, accepted_ms, ..report() }).await?;
    }
    Ok(())
}

pub async fn every_result_of_every_permission_is_read_back_in_order(storage: &dyn Storage) -> Result<()> {
    for result in RESULTS {
        // Not the order of their names, and a list that is long enough for its order to be noticed.
        let rows = Permission::ALL.into_iter().rev().map(|permission| row(permission, result, None));
        read_back(storage, CheckReport { rows: rows.collect(), ..report() }).await?;
    }
    read_back(storage, CheckReport { rows: Vec::new(), ..report() }).await
}

pub async fn how_long_each_answer_took_is_read_back(storage: &dyn Storage) -> Result<()> {
    let rows = [None, Some(0), Some(1_250), Some(u32::MAX)].map(|took_ms| RowResult {
        took_ms,
        ..row(Permission::PayrollIntegration, PermissionResult::Granted, None)
    });

    read_back(storage, CheckReport { rows: rows.to_vec(), ..report() }).await
}

pub async fn every_problem_of_a_permission_is_read_back(storage: &dyn Storage) -> Result<()> {
    let rows = ProblemCode::ALL
        .into_iter()
        .map(|code| row(Permission::PayrollIntegration, PermissionResult::Unchecked, Some(code)));

    read_back(storage, CheckReport { rows: rows.collect(), ..report() }).await
}

pub async fn findings_are_told_day_by_day_in_order(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?.id;
    // Midnight UTC of a day that no other case comes near.
    let midnight = Timestamp::from_millis(25_000 * 86_400_000);
    let (one, two) = (Permission::EmployeePersonDetails, Permission::PtoPlanIntegration);
    let (granted, missing) = (PermissionResult::Granted, PermissionResult::Missing);
    let checks = [
        (0, [granted, granted], false),
        (3_600, [granted, missing], false),
        (7_200, [granted, granted], false),
        (7_300, [missing, missing], true),
        (86_399, [missing, granted], false),
        (86_400, [granted, granted], false),
    ];
    for (second, [first, other], of_replacement) in checks {
        let at = midnight.plus_seconds(second);
        let rows = [(one, first), (two, other)];
        let rows =
            rows.map(|(permission, result)| RowResult { permission, result, problem: None, took_ms: None });
        let check = CheckRun { id: check_id(at), started_at: at, of_replacement, ..running_check(link) };
        let report = CheckReport { rows: rows.to_vec(), ..report() };
        keep(storage, &check).await?;
        finish(storage, &finished(&check, Some(report))).await?;
    }
    keep(storage, &running_check(link)).await?;

    let found = storage.day_results(link, midnight.plus_seconds(1)).await?;

    let day =
        |second, permission, result| DayResult { at: midnight.plus_seconds(second), permission, result };
    let all = [
        day(3_600, two, missing),
        day(7_200, one, granted),
        day(86_399, one, missing),
        day(86_399, two, granted),
        day(86_400, one, granted),
        day(86_400, two, granted),
    ];
    assert_eq!(found, all);
    assert_eq!(storage.day_results(kept_link(storage).await?.id, midnight).await?, []);
    Ok(())
}

pub async fn a_check_needs_its_link(storage: &dyn Storage) -> Result<()> {
    let unknown: LinkId = link_id();

    assert!(storage.begin().await?.insert_check(&running_check(unknown)).await.is_err());

    assert_eq!(storage.last_check(unknown).await?, None);
    Ok(())
}

async fn finish(storage: &dyn Storage, check: &CheckRun) -> Result<bool> {
    let mut unit = storage.begin().await?;
    let ended = unit.finish_check(check.id, check).await?;
    unit.commit().await?;
    Ok(ended)
}

async fn put_surplus(storage: &dyn Storage, check: &CheckRun, surplus: &[Permission]) -> Result<()> {
    let mut unit = storage.begin().await?;
    unit.put_surplus(check.id, surplus).await?;
    unit.commit().await
}

async fn read_back(storage: &dyn Storage, report: CheckReport) -> Result<()> {
    let check = kept_check(storage).await?;
    let done = CheckRun { finished_at: Some(now()), report: Some(report), ..check };
    finish(storage, &done).await?;

    assert_eq!(storage.last_check(done.link).await?, Some(done));
    Ok(())
}

const fn row(permission: Permission, result: PermissionResult, problem: Option<ProblemCode>) -> RowResult {
    RowResult { permission, result, problem, took_ms: None }
}
