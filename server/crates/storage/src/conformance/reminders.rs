//! Reminders: kept, counted, and due only when everything speaks for them.

use domain::{LinkId, RemindAfter, Timestamp, WhoActs};

use super::fixtures::{invite_to, keep, kept_link, link, link_id, now};
use crate::{Invite, Link, Reminder, Result, Storage, StorageError};

/// Far after every time of the other cases, so that none of their links is due.
const LATER: i64 = 40 * 86_400;

fn reminder(link: LinkId) -> Reminder {
    Reminder { link, after: RemindAfter::ThreeDays, sent: 0, last_sent_at: None, stopped_at: None }
}

/// A link with an invite and reminders, all from `at` on, as a case changed them.
async fn kept(
    storage: &dyn Storage,
    at: Timestamp,
    change: impl Fn(&mut Link, &mut Invite, &mut Reminder),
) -> Result<LinkId> {
    let mut link = Link { changed_at: at, ..link() };
    let mut invite = invite_to(link.id);
    (invite.created_at, invite.expires_at) = (at, at.plus_seconds(2 * LATER));
    let mut reminder = reminder(link.id);
    change(&mut link, &mut invite, &mut reminder);
    keep(storage, &link).await?;
    let mut unit = storage.begin().await?;
    unit.insert_invite(&invite).await?;
    unit.insert_reminder(&reminder).await?;
    unit.commit().await?;
    Ok(link.id)
}

async fn is_due(storage: &dyn Storage, link: LinkId, at: Timestamp) -> Result<bool> {
    Ok(storage.due_reminders(at, u32::MAX).await?.contains(&link))
}

pub async fn reminders_are_read_back_as_they_were_written(storage: &dyn Storage) -> Result<()> {
    for after in RemindAfter::ALL {
        let link = kept_link(storage).await?;
        let fresh = Reminder { after, ..reminder(link.id) };

        let mut unit = storage.begin().await?;
        unit.insert_reminder(&fresh).await?;
        assert_eq!(unit.reminder(link.id).await?.as_ref(), Some(&fresh));
        unit.commit().await?;

        assert_eq!(storage.reminder(link.id).await?, Some(fresh));
    }
    Ok(())
}

pub async fn a_link_without_reminders_has_none(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?;

    assert_eq!(storage.reminder(link.id).await?, None);
    assert_eq!(storage.begin().await?.reminder(link.id).await?, None);
    assert!(!storage.begin().await?.count_reminder(link.id, now()).await?);
    Ok(())
}

pub async fn reminders_need_their_link_and_are_added_once(storage: &dyn Storage) -> Result<()> {
    let refused = storage.begin().await?.insert_reminder(&reminder(link_id())).await;
    assert!(refused.is_err());

    let link = kept_link(storage).await?;
    let mut unit = storage.begin().await?;
    unit.insert_reminder(&reminder(link.id)).await?;
    let refused = unit.insert_reminder(&reminder(link.id)).await;
    assert!(matches!(refused, Err(StorageError::Duplicate(_))), "{refused:?}");
    Ok(())
}

pub async fn each_reminder_is_counted_with_its_time(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?;
    let at = now();

    let mut unit = storage.begin().await?;
    unit.insert_reminder(&reminder(link.id)).await?;
    assert!(unit.count_reminder(link.id, at).await?);
    unit.commit().await?;

    let counted = Reminder { sent: 1, last_sent_at: Some(at), ..reminder(link.id) };
    assert_eq!(storage.reminder(link.id).await?, Some(counted));
    Ok(())
}

pub async fn a_reminder_is_due_once_nothing_moved_for_its_days(storage: &dyn Storage) -> Result<()> {
    let at = now().plus_seconds(LATER);
    let link = kept(storage, at, |_, _, _| {}).await?;
    let slow = kept(storage, at, |_, _, reminder| reminder.after = RemindAfter::SevenDays).await?;
    let days = |days: i64| at.plus_seconds(days * 86_400);

    assert!(!is_due(storage, link, days(3).plus_seconds(-1)).await?);
    assert!(is_due(storage, link, days(3)).await?);
    assert!(!is_due(storage, slow, days(7).plus_seconds(-1)).await?);
    assert!(is_due(storage, slow, days(7)).await?);
    assert_eq!(storage.due_reminders(days(7), 1).await?.len(), 1);
    Ok(())
}

pub async fn a_reminder_is_not_due_when_anything_speaks_against_it(storage: &dyn Storage) -> Result<()> {
    let at = now().plus_seconds(LATER);
    let due = at.plus_seconds(3 * 86_400);
    let just_before = due.plus_seconds(-60);
    type Change = fn(&mut Link, &mut Invite, &mut Reminder, Timestamp);
    let against: [(&str, Change); 11] = [
        ("she wants none", |_, _, reminder, then| reminder.stopped_at = Some(then)),
        ("the link moved since", |link, _, _, then| link.changed_at = then),
        ("nobody has to act", |link, _, _, _| link.who_acts = WhoActs::Nobody),
        ("we have to act", |link, _, _, _| link.who_acts = WhoActs::Us),
        ("there is no address", |link, _, _, _| link.contact = None),
        ("the invite ran out", |_, invite, _, then| invite.expires_at = then),
        ("the invite was withdrawn", |_, invite, _, then| invite.revoked_at = Some(then)),
        ("the link was made", |_, invite, _, then| invite.completed_at = Some(then)),
        ("the invite is newer", |_, invite, _, then| invite.created_at = then),
        ("one went out since", |_, _, reminder, then| {
            (reminder.sent, reminder.last_sent_at) = (1, Some(then));
        }),
        ("two went out", |_, _, reminder, _| {
            (reminder.sent, reminder.last_sent_at) = (2, Some(Timestamp::from_millis(1)));
        }),
    ];
    let ordinary = kept(storage, at, |_, _, _| {}).await?;
    assert!(is_due(storage, ordinary, due).await?);

    for (what, change) in against {
        let link = kept(storage, at, |link, invite, reminder| change(link, invite, reminder, just_before));

        assert!(!is_due(storage, link.await?, due).await?, "{what}");
    }
    Ok(())
}
