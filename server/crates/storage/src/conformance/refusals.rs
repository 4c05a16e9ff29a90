//! How often UKG Pro refused: what stands between a typing error and a locked account.

use domain::{CheckOutcome, CheckReport, ConnectionStep, LinkId, ProblemCode, Timestamp};

use super::fixtures::{
    check_id, fingerprint, finished, kept_check, kept_link, link_id, now, report, running_check,
};
use crate::{CheckRun, Fingerprint, Refusals, Result, Storage};

pub async fn a_refused_request_is_counted_at_once(storage: &dyn Storage) -> Result<()> {
    let (check, other) = (kept_check(storage).await?, kept_check(storage).await?);

    for refused in 1..=3 {
        count(storage, &check).await?;

        let counted = CheckRun { refused, ..check.clone() };
        assert_eq!(storage.last_check(check.link).await?, Some(counted));
        assert_eq!(refusals(storage, &check).await?.requests, refused);
    }
    assert_eq!(storage.last_check(other.link).await?, Some(other));
    Ok(())
}

pub async fn counting_for_an_unknown_check_changes_nothing(storage: &dyn Storage) -> Result<()> {
    let check = kept_check(storage).await?;

    count(storage, &running_check(check.link)).await?;

    assert_eq!(storage.last_check(check.link).await?, Some(check));
    Ok(())
}

pub async fn the_end_of_a_check_leaves_what_was_counted(storage: &dyn Storage) -> Result<()> {
    let check = kept_check(storage).await?;
    count(storage, &check).await?;
    // The caller knows of none.
    let done = finished(&check, Some(refused_with(ProblemCode::CredentialsRejected)));

    finish(storage, &done).await?;

    assert_eq!(storage.last_check(check.link).await?, Some(CheckRun { refused: 1, ..done }));
    Ok(())
}

pub async fn a_request_refused_after_the_check_was_ended_counts_too(storage: &dyn Storage) -> Result<()> {
    let check = kept_check(storage).await?;
    finish(storage, &finished(&check, None)).await?;

    count(storage, &check).await?;

    assert_eq!(refusals(storage, &check).await?.requests, 1);
    Ok(())
}

pub async fn values_never_tried_were_never_refused(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?.id;
    refused(storage, &CheckRun { refused: 3, ..running_check(link) }).await?;

    let mut unit = storage.begin().await?;

    assert_eq!(unit.refusals(link, &fingerprint()).await?, Refusals::default());
    assert_eq!(unit.refusals(link_id(), &fingerprint()).await?, Refusals::default());
    Ok(())
}

pub async fn refusals_of_the_same_values_add_up(storage: &dyn Storage) -> Result<()> {
    let (link, other) = (kept_link(storage).await?.id, kept_link(storage).await?.id);
    let (these, those) = (fingerprint(), fingerprint());
    refused(storage, &with(link, these, 2)).await?;
    refused(storage, &with(link, those, 10)).await?;
    refused(storage, &with(other, these, 20)).await?;
    // Nothing refused, nothing accepted: the check counts among the others nonetheless.
    let last = with(link, these, 0);
    ended(storage, &last, Some(refused_with(ProblemCode::UkgBusy))).await?;
    refused(storage, &with(link, those, 0)).await?;

    let found = storage.begin().await?.refusals(link, &these).await?;

    assert_eq!(found, Refusals { requests: 2, unsure: 0, last_at: Some(last.started_at) });
    refused(storage, &with(link, these, 1)).await?;
    assert_eq!(storage.begin().await?.refusals(link, &these).await?.requests, 3);
    Ok(())
}

pub async fn a_check_cut_short_is_unsure_and_a_running_one_is_not(storage: &dyn Storage) -> Result<()> {
    let (link, these) = (kept_link(storage).await?.id, fingerprint());
    for number in 1..=2 {
        let cut_short = with(link, these, 1);
        ended(storage, &cut_short, None).await?;

        let expected = Refusals { requests: number, unsure: number, last_at: Some(cut_short.started_at) };
        assert_eq!(storage.begin().await?.refusals(link, &these).await?, expected);
    }
    let running = with(link, these, 1);
    begin(storage, &running).await?;

    let expected = Refusals { requests: 3, unsure: 2, last_at: Some(running.started_at) };
    assert_eq!(storage.begin().await?.refusals(link, &these).await?, expected);
    Ok(())
}

pub async fn once_values_are_accepted_earlier_refusals_are_forgotten(storage: &dyn Storage) -> Result<()> {
    let (link, these) = (kept_link(storage).await?.id, fingerprint());
    refused(storage, &with(link, these, 2)).await?;
    ended(storage, &with(link, these, 0), None).await?;
    // Accepted, though the permission was missing; with refusals on the way.
    let accepted = CheckReport { outcome: CheckOutcome::Failed(ProblemCode::PermissionMissing), ..report() };
    ended(storage, &with(link, these, 1), Some(accepted)).await?;

    assert_eq!(storage.begin().await?.refusals(link, &these).await?, Refusals::default());

    let later = with(link, these, 1);
    refused(storage, &later).await?;
    let expected = Refusals { requests: 1, unsure: 0, last_at: Some(later.started_at) };
    assert_eq!(storage.begin().await?.refusals(link, &these).await?, expected);
    Ok(())
}

pub async fn the_last_acceptance_counts_and_no_earlier_one(storage: &dyn Storage) -> Result<()> {
    let (link, these) = (kept_link(storage).await?.id, fingerprint());
    for _ in 0..2 {
        ended(storage, &with(link, these, 0), Some(report())).await?;
        refused(storage, &with(link, these, 1)).await?;
    }

    assert_eq!(storage.begin().await?.refusals(link, &these).await?.requests, 1);
    Ok(())
}

pub async fn accepting_other_values_or_another_link_forgets_nothing(storage: &dyn Storage) -> Result<()> {
    let (link, other, these) = (kept_link(storage).await?.id, kept_link(storage).await?.id, fingerprint());
    refused(storage, &with(link, these, 2)).await?;
    ended(storage, &with(link, fingerprint(), 0), Some(report())).await?;
    ended(storage, &with(other, these, 0), Some(report())).await?;

    assert_eq!(storage.begin().await?.refusals(link, &these).await?.requests, 2);
    Ok(())
}

pub async fn of_checks_in_one_millisecond_the_later_one_counts(storage: &dyn Storage) -> Result<()> {
    // Their ids sort at random: often enough that the wrong order would be noticed.
    for _ in 0..8 {
        let (link, these, at) = (kept_link(storage).await?.id, fingerprint(), now());
        let at_once = |refused| CheckRun { id: check_id(at), started_at: at, ..with(link, these, refused) };
        refused(storage, &at_once(1)).await?;
        ended(storage, &at_once(0), Some(report())).await?;
        assert_eq!(storage.begin().await?.refusals(link, &these).await?, Refusals::default());

        refused(storage, &at_once(2)).await?;
        let expected = Refusals { requests: 2, unsure: 0, last_at: Some(at) };
        assert_eq!(storage.begin().await?.refusals(link, &these).await?, expected);
    }
    Ok(())
}

pub async fn when_a_check_began_decides_and_not_when_it_was_kept(storage: &dyn Storage) -> Result<()> {
    let (link, these, early) = (kept_link(storage).await?.id, fingerprint(), now());
    ended(storage, &with(link, these, 0), Some(report())).await?;
    refused(storage, &CheckRun { started_at: early, ..with(link, these, 2) }).await?;

    assert_eq!(storage.begin().await?.refusals(link, &these).await?, Refusals::default());
    Ok(())
}

pub async fn a_link_never_rejected_has_no_rejections(storage: &dyn Storage) -> Result<()> {
    let (link, other) = (kept_link(storage).await?.id, kept_link(storage).await?.id);
    refused(storage, &with(other, fingerprint(), 1)).await?;
    ended(storage, &with(link, fingerprint(), 0), None).await?;
    ended(storage, &with(link, fingerprint(), 0), Some(report())).await?;
    for code in ProblemCode::ALL.into_iter().filter(|code| *code != ProblemCode::CredentialsRejected) {
        ended(storage, &with(link, fingerprint(), 0), Some(refused_with(code))).await?;
    }
    begin(storage, &with(link, fingerprint(), 1)).await?;

    for link in [link, link_id()] {
        assert_eq!(rejections(storage, link, Timestamp::from_millis(0)).await?, []);
    }
    Ok(())
}

pub async fn refusals_before_a_fault_are_a_rejection_too(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?.id;
    let (faulted, cut_short) = (with(link, fingerprint(), 2), with(link, fingerprint(), 1));
    ended(storage, &faulted, Some(refused_with(ProblemCode::UkgBusy))).await?;
    ended(storage, &cut_short, None).await?;
    // What was refused there was a permission.
    let accepted = CheckReport { outcome: CheckOutcome::Failed(ProblemCode::PermissionMissing), ..report() };
    ended(storage, &with(link, fingerprint(), 1), Some(accepted)).await?;

    let found = rejections(storage, link, Timestamp::from_millis(0)).await?;

    assert_eq!(found, [faulted.started_at, cut_short.started_at]);
    Ok(())
}

pub async fn each_set_of_values_is_told_once_with_its_last_rejection(storage: &dyn Storage) -> Result<()> {
    let (link, these, those) = (kept_link(storage).await?.id, fingerprint(), fingerprint());
    let mut times = Vec::new();
    for submission in [these, those, those, these, fingerprint()] {
        let check = with(link, submission, 1);
        refused(storage, &check).await?;
        times.push(check.started_at);
    }

    let found = rejections(storage, link, Timestamp::from_millis(0)).await?;

    assert_eq!(found, times.split_off(2));
    Ok(())
}

pub async fn rejections_are_told_from_the_given_time_on(storage: &dyn Storage) -> Result<()> {
    let (link, these) = (kept_link(storage).await?.id, fingerprint());
    let (first, second) = (with(link, these, 1), with(link, fingerprint(), 1));
    refused(storage, &first).await?;
    refused(storage, &second).await?;
    let (one, other) = (first.started_at, second.started_at);
    let just_after = |at: Timestamp| Timestamp::from_millis(at.as_millis() + 1);

    assert_eq!(rejections(storage, link, one).await?, [one, other]);
    assert_eq!(rejections(storage, link, just_after(one)).await?, [other]);
    assert_eq!(rejections(storage, link, just_after(other)).await?, []);
    Ok(())
}

/// A check of these values, with so many refused requests.
fn with(link: LinkId, submission: Fingerprint, refused: u32) -> CheckRun {
    CheckRun { submission, refused, ..running_check(link) }
}

fn refused_with(code: ProblemCode) -> CheckReport {
    CheckReport {
        outcome: CheckOutcome::Failed(code),
        connection: ConnectionStep::Reached,
        accepted_ms: None,
        rows: Vec::new(),
        ..report()
    }
}

async fn begin(storage: &dyn Storage, check: &CheckRun) -> Result<()> {
    let mut unit = storage.begin().await?;
    unit.insert_check(check).await?;
    unit.commit().await
}

/// Keeps the check and its end.
async fn ended(storage: &dyn Storage, check: &CheckRun, report: Option<CheckReport>) -> Result<()> {
    begin(storage, check).await?;
    finish(storage, &finished(check, report)).await
}

/// Keeps a check in which UKG Pro rejected the values.
async fn refused(storage: &dyn Storage, check: &CheckRun) -> Result<()> {
    ended(storage, check, Some(refused_with(ProblemCode::CredentialsRejected))).await
}

async fn finish(storage: &dyn Storage, check: &CheckRun) -> Result<()> {
    let mut unit = storage.begin().await?;
    unit.finish_check(check.id, check).await?;
    unit.commit().await
}

async fn count(storage: &dyn Storage, check: &CheckRun) -> Result<()> {
    let mut unit = storage.begin().await?;
    unit.count_refused(check.id).await?;
    unit.commit().await
}

async fn refusals(storage: &dyn Storage, check: &CheckRun) -> Result<Refusals> {
    storage.begin().await?.refusals(check.link, &check.submission).await
}

async fn rejections(storage: &dyn Storage, link: LinkId, since: Timestamp) -> Result<Vec<Timestamp>> {
    storage.begin().await?.rejections(link, since).await
}
