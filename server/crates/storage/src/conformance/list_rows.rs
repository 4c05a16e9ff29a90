//! What the desk's list tells of the links on a page; its version, saved views, links that are made up.

#![expect(clippy::unwrap_used, reason = "who asks for one link is told of one")]

use domain::{CheckOutcome, CheckReport, LinkId, ProblemCode, Step, Timestamp};

use super::fixtures::{
    append, check_id, entry, finished, invite_to, kept_link, kept_staff, link, link_id, now, report,
    running_check, settle_lapsed, staff_id, step,
};
use crate::{
    AuditAction, AuditEntry, CheckMark, MadeUpLink, Result, RowDetails, SavedView, StepAttempt, Storage,
};

pub async fn where_a_link_is_stuck_is_told_with_how_often(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?;
    let attempt = |step, code| StepAttempt { step, at: now(), problems: vec![code], typed_address: None };
    let put = |attempt: StepAttempt| async move {
        let mut unit = storage.begin().await?;
        unit.put_step_attempt(link.id, &attempt).await?;
        unit.commit().await?;
        Result::Ok(attempt)
    };
    assert_eq!(details(storage, link.id, now()).await?.stuck, None);

    put(attempt(Step::Account, ProblemCode::PasswordMissing)).await?;
    put(attempt(Step::Key, ProblemCode::KeyIsUserApiKey)).await?;
    put(attempt(Step::Key, ProblemCode::KeyIsUserApiKey)).await?;
    let third = put(attempt(Step::Key, ProblemCode::KeyIsUserApiKey)).await?;
    assert_eq!(details(storage, link.id, now()).await?.stuck, Some((third, 3)));

    let other = put(attempt(Step::Key, ProblemCode::KeyIsEmail)).await?;
    assert_eq!(details(storage, link.id, now()).await?.stuck, Some((other, 1)));
    Ok(())
}

pub async fn what_was_entered_is_told_of_a_stuck_link_from_its_newest_entry(
    storage: &dyn Storage,
) -> Result<()> {
    let (link, fine) = (kept_link(storage).await?, kept_link(storage).await?);
    let told = |link, seconds, action, detail: &str| {
        let at = now().plus_seconds(seconds);
        AuditEntry { at, action, detail: detail.to_owned(), ..entry(Some(link)) }
    };
    let mut unit = storage.begin().await?;
    for entry in [
        told(link.id, 0, AuditAction::StepRefused, "key: key_is_email: 14 characters, letters"),
        told(link.id, 1, AuditAction::StepDoubted, "key: key_unusual_shape: 7 characters, digits"),
        told(link.id, 2, AuditAction::CheckStarted, "later, of something else"),
        told(fine.id, 3, AuditAction::StepRefused, "key: key_is_email: put right since"),
    ] {
        append(&mut *unit, &entry).await?;
    }
    let problems = vec![ProblemCode::KeyUnusualShape];
    let attempt = StepAttempt { step: Step::Key, at: now(), problems, typed_address: None };
    unit.put_step_attempt(link.id, &attempt).await?;
    unit.commit().await?;

    let newest = "key: key_unusual_shape: 7 characters, digits";
    assert_eq!(details(storage, link.id, now()).await?.entered.as_deref(), Some(newest));
    assert_eq!(details(storage, fine.id, now()).await?.entered, None);
    Ok(())
}

pub async fn which_permissions_are_missing_is_told_of_a_link_with_that_problem_from_its_newest_check(
    storage: &dyn Storage,
) -> Result<()> {
    let (mut link, fine) = (kept_link(storage).await?, kept_link(storage).await?);
    let told = |link, seconds, detail: &str| {
        let (at, action) = (now().plus_seconds(seconds), AuditAction::CheckFinished);
        AuditEntry { at, action, detail: detail.to_owned(), ..entry(Some(link)) }
    };
    let newest = "permission_missing: payroll_integration";
    let mut unit = storage.begin().await?;
    for entry in [
        told(link.id, 0, "permission_missing: pto_plan_integration"),
        told(link.id, 1, newest),
        told(link.id, 2, "ukg_busy"),
        told(fine.id, 3, "permission_missing: payroll_integration"),
    ] {
        append(&mut *unit, &entry).await?;
    }
    link.problem = Some(ProblemCode::PermissionMissing);
    unit.update_link(&link).await?;
    unit.commit().await?;

    assert_eq!(details(storage, link.id, now()).await?.missing.as_deref(), Some(newest));
    assert_eq!(details(storage, fine.id, now()).await?.missing, None);
    Ok(())
}

pub async fn who_looks_after_a_link_is_told_by_address(storage: &dyn Storage) -> Result<()> {
    let (link, staff) = (kept_link(storage).await?, kept_staff(storage).await?);
    assert_eq!(details(storage, link.id, now()).await?.assignee, None);

    let mut unit = storage.begin().await?;
    unit.assign(link.id, Some(staff.id)).await?;
    unit.commit().await?;

    assert_eq!(details(storage, link.id, now()).await?.assignee, Some(staff.email));
    Ok(())
}

pub async fn finished_checks_are_told_oldest_first_from_the_given_time_on(
    storage: &dyn Storage,
) -> Result<()> {
    let link = kept_link(storage).await?;
    let since = now();
    let outcomes = [
        CheckOutcome::Linked,
        CheckOutcome::LinkedWithGaps,
        CheckOutcome::Failed(ProblemCode::CredentialsRejected),
    ];
    let mut marks = Vec::new();
    let mut unit = storage.begin().await?;
    for (n, outcome) in (-1_i64..).zip([CheckOutcome::Linked].into_iter().chain(outcomes)) {
        let started_at = since.plus_seconds(n);
        let check = crate::CheckRun { id: check_id(started_at), started_at, ..running_check(link.id) };
        unit.insert_check(&check).await?;
        unit.finish_check(check.id, &finished(&check, Some(CheckReport { outcome, ..report() }))).await?;
        marks.push(CheckMark { started_at, outcome });
    }
    let cut_short = running_check(link.id);
    unit.insert_check(&cut_short).await?;
    unit.finish_check(cut_short.id, &finished(&cut_short, None)).await?;
    unit.insert_check(&running_check(link.id)).await?;
    unit.commit().await?;

    let found = storage.row_details(&[link.id], now(), since).await?;

    assert_eq!(found.len(), 1);
    assert_eq!(found.into_iter().next().unwrap().checks, marks.split_off(1));
    Ok(())
}

pub async fn details_are_told_of_the_links_asked_for_alone(storage: &dyn Storage) -> Result<()> {
    let (one, other, _third) =
        (kept_link(storage).await?, kept_link(storage).await?, kept_link(storage).await?);
    let at = now();

    let mut found = storage.row_details(&[other.id, link_id(), one.id], at, at).await?;

    found.sort_by_key(|details| details.link);
    assert_eq!(found.iter().map(|details| details.link).collect::<Vec<_>>(), [one.id, other.id]);
    assert_eq!(storage.row_details(&[], at, at).await?, []);
    Ok(())
}

pub async fn every_change_of_a_link_gives_the_list_another_version(storage: &dyn Storage) -> Result<()> {
    let before = storage.list_version().await?;
    let mut link = kept_link(storage).await?;
    let added = storage.list_version().await?;
    link.changed_at = now();
    let mut unit = storage.begin().await?;
    unit.update_link(&link).await?;
    unit.commit().await?;
    let changed = storage.list_version().await?;
    settle_lapsed(storage, now()).await?;
    let lapsed = storage.list_version().await?;

    assert!(before != added && added != changed && changed != lapsed);
    assert_eq!(storage.list_version().await?, lapsed);
    Ok(())
}

pub async fn a_saved_view_is_read_back_replaced_and_deleted(storage: &dyn Storage) -> Result<()> {
    let (staff, other) = (kept_staff(storage).await?, kept_staff(storage).await?);
    let view = |name: &str, query: &str| SavedView { name: name.to_owned(), query: query.to_owned() };
    let put = |staff, view: SavedView| async move {
        let mut unit = storage.begin().await?;
        unit.put_saved_view(staff, &view, now()).await?;
        unit.commit().await
    };
    put(staff.id, view("Stuck", "status=in_progress")).await?;
    put(staff.id, view("Mine", "assignee=me")).await?;
    put(staff.id, view("Stuck", "stage=action")).await?;

    let expected = [view("Mine", "assignee=me"), view("Stuck", "stage=action")];
    assert_eq!(storage.saved_views(staff.id).await?, expected);
    assert_eq!(storage.saved_views(other.id).await?, []);

    let mut unit = storage.begin().await?;
    assert!(!unit.delete_saved_view(other.id, "Stuck").await?);
    assert!(unit.delete_saved_view(staff.id, "Stuck").await?);
    assert!(!unit.delete_saved_view(staff.id, "Stuck").await?);
    unit.commit().await?;
    assert_eq!(storage.saved_views(staff.id).await?, [view("Mine", "assignee=me")]);
    assert!(put(staff_id(), view("Nobody's", "")).await.is_err());
    Ok(())
}

pub async fn made_up_links_are_read_back_and_stand_beside_no_real_ones(storage: &dyn Storage) -> Result<()> {
    let link = link();
    let invite = invite_to(link.id);
    let run = running_check(link.id);
    let attempt = StepAttempt {
        step: Step::Key,
        at: now(),
        problems: vec![ProblemCode::KeyIsEmail],
        typed_address: None,
    };
    let made = MadeUpLink {
        invites: vec![invite.clone()],
        attempt: Some((attempt.clone(), 4)),
        checks: vec![finished(&run, Some(report()))],
        entries: vec![entry(Some(link.id))],
        steps: vec![step(storage.audit_head().await?.next())],
        link: link.clone(),
    };
    // Only a storage of its own takes them at first.
    let takes = storage.takes_made_up().await?;

    storage.keep_made_up(std::slice::from_ref(&made), now()).await?;

    assert_eq!(storage.takes_made_up().await?, takes);
    assert_eq!(storage.link(link.id).await?, Some(link.clone()));
    assert_eq!(storage.invites_of(link.id).await?, made.invites);
    assert_eq!(storage.last_check(link.id).await?.as_ref(), made.checks.first());
    assert_eq!(storage.timeline(link.id, 9).await?, made.entries);
    assert_eq!(details(storage, link.id, now()).await?.stuck, Some((attempt, 4)));
    kept_link(storage).await?;
    assert!(!storage.takes_made_up().await?, "there is a real one now");
    Ok(())
}

/// What is told of one link.
pub(super) async fn details(storage: &dyn Storage, link: LinkId, now: Timestamp) -> Result<RowDetails> {
    Ok(storage.row_details(&[link], now, now).await?.into_iter().next().unwrap())
}
