//! Units of work: together or not at all, one after another.

use std::time::Duration;

use tokio::join;
use tokio::time::timeout;

use super::fixtures::{
    append, entry, hand_over_of, invite_to, keep, kept_check, kept_invite, kept_link, kept_link_with_key,
    kept_staff, link, now, put_sealed, sealed, sealed_values, session_from, session_of,
};
use crate::{LinkQuery, Result, Slot, Storage, StorageError};

const PASSWORD: domain::CredentialField = domain::CredentialField::Password;
/// Long enough that a unit which does not wait would have begun.
const A_MOMENT: Duration = Duration::from_millis(100);

pub async fn a_fresh_storage_is_empty_and_answers(storage: &dyn Storage) -> Result<()> {
    storage.ping().await?;

    assert!(!storage.has_staff().await?);
    assert_eq!(storage.links(&LinkQuery::first(100)).await?, []);
    assert_eq!(storage.count_links().await?, []);
    assert_eq!(storage.begin().await?.running_checks().await?, []);
    Ok(())
}

pub async fn what_was_committed_is_there(storage: &dyn Storage) -> Result<()> {
    let (link, entry) = (link(), entry(None));

    let mut unit = storage.begin().await?;
    unit.insert_link(&link).await?;
    append(&mut *unit, &entry).await?;
    unit.commit().await?;

    assert_eq!(storage.link(link.id).await?, Some(link));
    Ok(())
}

pub async fn what_was_dropped_without_commit_is_not_there(storage: &dyn Storage) -> Result<()> {
    let invite = kept_invite(storage).await?;
    let link = kept_link_with_key(storage).await?;
    let before = storage.link(link).await?;
    let (check, staff) = (kept_check(storage).await?, kept_staff(storage).await?);
    let flow_session = session_from(&invite);
    let staff_session = session_of(&staff);
    let hand_over = hand_over_of(&invite, domain::Step::Key);

    let mut unit = storage.begin().await?;
    unit.mark_invite_started(invite.id, now()).await?;
    assert!(unit.revoke_invite(invite.id, now()).await?);
    unit.insert_flow_session(&flow_session).await?;
    for field in domain::CredentialField::ALL {
        unit.put_sealed(link, &sealed(field, Slot::Saved), now()).await?;
    }
    if let Some(mut changed) = unit.link(link).await? {
        changed.move_to(domain::LinkStatus::Broken, None, now());
        unit.update_link(&changed).await?;
    }
    assert!(unit.finish_check(check.id, &super::fixtures::finished(&check, None)).await?);
    unit.count_refused(check.id).await?;
    unit.put_surplus(check.id, &domain::Permission::ALL).await?;
    unit.insert_hand_over(&hand_over).await?;
    assert!(unit.start_hand_over(hand_over.id, now()).await?);
    unit.insert_staff_session(&staff_session).await?;
    append(&mut *unit, &entry(Some(link))).await?;
    drop(unit);

    assert_eq!(storage.hand_over(hand_over.id).await?, None);
    assert_eq!(storage.invite_by_token(&invite.token).await?, Some(invite));
    assert_eq!(storage.flow_session(&flow_session.token).await?, None);
    assert_eq!(storage.field_states(link).await?, []);
    assert_eq!(storage.link(link).await?, before);
    assert_eq!(storage.last_check(check.link).await?, Some(check));
    assert_eq!(storage.staff_session(&staff_session.token).await?, None);
    assert_eq!(storage.timeline(link, 10).await?, []);
    Ok(())
}

pub async fn credentials_destroyed_without_commit_are_still_there(storage: &dyn Storage) -> Result<()> {
    let link = kept_link_with_key(storage).await?;
    let (saved, fresh) = (sealed(PASSWORD, Slot::Saved), sealed(PASSWORD, Slot::Fresh));
    put_sealed(storage, link, &saved, now()).await?;
    put_sealed(storage, link, &fresh, now()).await?;
    let key = storage.begin().await?.data_key(link).await?;

    let mut unit = storage.begin().await?;
    assert!(unit.move_sealed(link, PASSWORD, Slot::Fresh, Slot::Saved).await?);
    unit.forget_previous(now()).await?;
    unit.destroy_credentials(link).await?;
    assert_eq!((unit.data_key(link).await?, unit.sealed_values(link).await?), (None, Vec::new()));
    drop(unit);
    storage.forget_deleted().await?;

    assert_eq!(storage.begin().await?.data_key(link).await?, key);
    assert_eq!(sealed_values(storage, link).await?, [saved, fresh]);
    assert!(storage.link(link).await?.is_some_and(|link| link.previous.is_some()));
    Ok(())
}

pub async fn what_is_not_committed_is_seen_inside_only(storage: &dyn Storage) -> Result<()> {
    let link = link();

    let mut unit = storage.begin().await?;
    unit.insert_link(&link).await?;

    assert_eq!(unit.link(link.id).await?.as_ref(), Some(&link));
    assert_eq!(storage.link(link.id).await?, None);
    unit.commit().await?;
    assert_eq!(storage.link(link.id).await?, Some(link));
    Ok(())
}

pub async fn reading_goes_on_while_a_unit_is_open(storage: &dyn Storage) -> Result<()> {
    let kept = kept_link(storage).await?;

    let mut unit = storage.begin().await?;
    let mut changed = kept.clone();
    changed.move_to(domain::LinkStatus::Paused, None, now());
    unit.update_link(&changed).await?;

    for _ in 0..20 {
        let read = timeout(Duration::from_secs(5), storage.link(kept.id)).await;
        let read = read.map_err(|waited| StorageError::Database(Box::new(waited)))?;
        assert_eq!(read?.as_ref(), Some(&kept));
    }
    unit.commit().await
}

pub async fn a_second_unit_waits_and_sees_what_the_first_committed(storage: &dyn Storage) -> Result<()> {
    let link = link();
    let mut first = storage.begin().await?;
    first.insert_link(&link).await?;

    let commit = async {
        tokio::time::sleep(A_MOMENT).await;
        first.commit().await
    };
    let second = async { storage.begin().await?.link(link.id).await };
    let (committed, seen) = join!(commit, second);

    committed?;
    assert_eq!(seen?, Some(link));
    Ok(())
}

pub async fn giving_up_waiting_for_a_unit_harms_nobody(storage: &dyn Storage) -> Result<()> {
    let (first_link, later_link) = (link(), link());
    let mut first = storage.begin().await?;

    for _ in 0..3 {
        assert!(timeout(A_MOMENT, storage.begin()).await.is_err(), "two units at once");
    }
    first.insert_link(&first_link).await?;
    first.commit().await?;

    keep(storage, &later_link).await?;
    assert_eq!(storage.link(first_link.id).await?, Some(first_link));
    assert_eq!(storage.link(later_link.id).await?, Some(later_link));
    Ok(())
}

pub async fn a_change_and_its_audit_entry_go_together(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?;
    let (kept, lost) = (entry(Some(link.id)), entry(Some(link.id)));
    let mut changed = link.clone();

    changed.move_to(domain::LinkStatus::Opened, None, now());
    let mut unit = storage.begin().await?;
    unit.update_link(&changed).await?;
    append(&mut *unit, &kept).await?;
    unit.commit().await?;
    let mut unit = storage.begin().await?;
    unit.update_link(&link).await?;
    append(&mut *unit, &lost).await?;
    drop(unit);

    assert_eq!(storage.link(link.id).await?, Some(changed));
    assert_eq!(storage.timeline(link.id, 10).await?, [kept]);
    Ok(())
}

pub async fn after_a_refused_write_nothing_of_the_unit_is_left(storage: &dyn Storage) -> Result<()> {
    let (lost, later) = (link(), link());
    let stray = super::fixtures::link_id();

    let mut unit = storage.begin().await?;
    unit.insert_link(&lost).await?;
    assert!(unit.insert_invite(&invite_to(stray)).await.is_err());
    drop(unit);

    keep(storage, &later).await?;
    assert_eq!(storage.link(lost.id).await?, None);
    assert_eq!(storage.link(later.id).await?, Some(later));
    Ok(())
}

pub async fn many_units_at_once_lose_no_change(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?;
    let mut counted = link.clone();
    counted.linked_at = Some(domain::Timestamp::from_millis(0));
    let mut unit = storage.begin().await?;
    unit.update_link(&counted).await?;
    unit.commit().await?;

    // Reads a number and writes the next one: a change is lost when two units read the same number.
    let count_up = || async {
        for _ in 0..5 {
            let mut unit = storage.begin().await?;
            if let Some(mut link) = unit.link(link.id).await? {
                tokio::task::yield_now().await;
                let next = link.linked_at.map_or(0, domain::Timestamp::as_millis) + 1;
                link.linked_at = Some(domain::Timestamp::from_millis(next));
                unit.update_link(&link).await?;
            }
            unit.commit().await?;
        }
        Ok::<(), StorageError>(())
    };
    let (a, b, c, d) = join!(count_up(), count_up(), count_up(), count_up());

    a.and(b).and(c).and(d)?;
    let total = storage.link(link.id).await?.and_then(|link| link.linked_at);
    assert_eq!(total, Some(domain::Timestamp::from_millis(20)));
    Ok(())
}
