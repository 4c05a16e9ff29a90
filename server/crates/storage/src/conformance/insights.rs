//! How far links came, and what was in their way. The tables are shared: each case looks at links of its own.

use domain::{LinkId, ProblemCode, Timestamp};

use super::fixtures::{append, entry, keep, kept_link, link, now};
use crate::{AuditAction, AuditEntry, Link, LinkProgress, Result, Storage};

pub async fn a_new_link_has_been_invited_and_no_more(storage: &dyn Storage) -> Result<()> {
    let mut link = link();
    link.linked_at = None;
    keep(storage, &link).await?;

    let expected = LinkProgress {
        link: link.id,
        invited_at: link.created_at,
        opened_at: None,
        key_at: None,
        account_at: None,
        domain_at: None,
        checked_at: None,
        linked_at: None,
    };
    assert_eq!(of(storage, &link).await?, Some(expected));
    Ok(())
}

pub async fn the_first_time_at_each_step_is_kept_and_later_ones_change_nothing(
    storage: &dyn Storage,
) -> Result<()> {
    let mut link = link();
    link.linked_at = None;
    keep(storage, &link).await?;
    let steps = [
        (AuditAction::FlowStarted, ""),
        (AuditAction::StepSaved, "key"),
        (AuditAction::StepSaved, "account"),
        (AuditAction::StepSaved, "domain: service5.ultipro.com"),
        (AuditAction::CheckFinished, "linked"),
    ];
    let mut times = Vec::new();
    for _ in 0..2 {
        for (action, detail) in steps {
            times.push(noted(storage, link.id, action, detail).await?);
        }
        link.linked_at = Some(now());
        let mut unit = storage.begin().await?;
        unit.update_link(&link).await?;
        unit.commit().await?;
        times.extend(link.linked_at);
    }

    let came = of(storage, &link).await?;
    let came =
        came.map(|it| [it.opened_at, it.key_at, it.account_at, it.domain_at, it.checked_at, it.linked_at]);
    assert_eq!(
        came.map(|came| came.map(|at| at.unwrap_or(link.created_at)).to_vec()),
        times.chunks(6).next().map(<[_]>::to_vec)
    );
    Ok(())
}

pub async fn links_are_told_newest_first_from_a_time_on_and_up_to_a_limit(
    storage: &dyn Storage,
) -> Result<()> {
    let (before, first) = (kept_link(storage).await?, kept_link(storage).await?);
    let (second, third) = (kept_link(storage).await?, kept_link(storage).await?);

    let told = storage.progress(first.created_at, 100).await?;
    let ids: Vec<_> = told.iter().map(|it| it.link).collect();

    assert_eq!(ids, [third.id, second.id, first.id]);
    assert!(!ids.contains(&before.id));
    assert_eq!(storage.progress(first.created_at, 2).await?, told.into_iter().take(2).collect::<Vec<_>>());
    Ok(())
}

pub async fn problems_are_told_by_link_and_code(storage: &dyn Storage) -> Result<()> {
    let (one, other) = (kept_link(storage).await?, kept_link(storage).await?);
    let since = now();
    noted(storage, one.id, AuditAction::StepRefused, "key: key_is_user_api_key: 12 characters, letters")
        .await?;
    noted(storage, one.id, AuditAction::StepDoubted, "domain: url_test_tenant: an address at x: y").await?;
    noted(storage, other.id, AuditAction::CheckFinished, "ukg_busy").await?;
    // None of these tells of a problem.
    noted(storage, other.id, AuditAction::CheckFinished, "linked").await?;
    noted(storage, other.id, AuditAction::CheckFinished, "linked: 2 not checked").await?;
    noted(storage, other.id, AuditAction::StepSaved, "key").await?;
    noted(storage, other.id, AuditAction::StepRefused, "key: no_such_code: 3 digits").await?;
    let last = noted(storage, other.id, AuditAction::CheckFinished, "permission_missing").await?;

    let told = storage.problems(since, 100).await?;

    let expected = [
        (other.id, ProblemCode::PermissionMissing),
        (other.id, ProblemCode::UkgBusy),
        (one.id, ProblemCode::UrlTestTenant),
        (one.id, ProblemCode::KeyIsUserApiKey),
    ];
    assert_eq!(told, expected);
    assert_eq!(storage.problems(last, 100).await?, [(other.id, ProblemCode::PermissionMissing)]);
    assert_eq!(storage.problems(since, 1).await?.len(), 1);
    Ok(())
}

async fn of(storage: &dyn Storage, link: &Link) -> Result<Option<LinkProgress>> {
    Ok(storage.progress(link.created_at, u32::MAX).await?.into_iter().find(|it| it.link == link.id))
}

/// Notes it in the log; when.
async fn noted(storage: &dyn Storage, link: LinkId, action: AuditAction, detail: &str) -> Result<Timestamp> {
    let entry = AuditEntry { action, detail: detail.to_owned(), ..entry(Some(link)) };
    let mut unit = storage.begin().await?;
    append(&mut *unit, &entry).await?;
    unit.commit().await?;
    Ok(entry.at)
}
