//! Mail that is owed: letters once each, news by who wants them.

use domain::{MailWishes, News, ProblemCode, StaffId, Step, Timestamp, Wish};

use super::fixtures::{invite_to, keep, kept_link, link_id, now, staff};
use crate::{LetterKind, Notice, Result, Staff, StepAttempt, Storage};

async fn kept_staff(storage: &dyn Storage) -> Result<Staff> {
    let staff = staff();
    let mut unit = storage.begin().await?;
    unit.insert_staff(&staff).await?;
    unit.commit().await?;
    Ok(staff)
}

pub async fn a_letter_is_owed_once_and_read_back_whatever_its_kind(storage: &dyn Storage) -> Result<()> {
    let (link, at, later) = (kept_link(storage).await?, now(), now());

    for kind in LetterKind::ALL {
        let mut unit = storage.begin().await?;
        assert_eq!(unit.letter(link.id, kind).await?, None);
        unit.put_letter(link.id, kind, at).await?;
        unit.put_letter(link.id, kind, later).await?;
        unit.commit().await?;

        let mut unit = storage.begin().await?;
        let letter = unit.letter(link.id, kind).await?;
        assert!(letter.is_some_and(|l| l.kind == kind && l.created_at == later && l.invite.is_none()));
        assert!(unit.delete_letter(link.id, kind).await?);
        assert!(!unit.delete_letter(link.id, kind).await?);
        assert_eq!(unit.letter(link.id, kind).await?, None);
    }
    Ok(())
}

pub async fn a_letter_needs_its_link(storage: &dyn Storage) -> Result<()> {
    let mut unit = storage.begin().await?;
    let refused = match unit.put_letter(link_id(), LetterKind::Broken, now()).await {
        Ok(()) => unit.commit().await,
        Err(error) => Err(error),
    };
    assert!(refused.is_err());
    Ok(())
}

pub async fn the_invite_of_a_letter_is_kept_when_it_is_owed_again(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?;
    let invite = invite_to(link.id);

    let mut unit = storage.begin().await?;
    unit.insert_invite(&invite).await?;
    unit.put_letter(link.id, LetterKind::Broken, now()).await?;
    unit.put_letter(link.id, LetterKind::Linked, now()).await?;
    unit.set_letter_invite(link.id, LetterKind::Broken, invite.id).await?;
    unit.put_letter(link.id, LetterKind::Broken, now()).await?;

    let broken = unit.letter(link.id, LetterKind::Broken).await?;
    assert_eq!(broken.and_then(|letter| letter.invite), Some(invite.id));
    let linked = unit.letter(link.id, LetterKind::Linked).await?;
    assert!(linked.is_some_and(|letter| letter.invite.is_none()));
    Ok(())
}

pub async fn news_are_told_oldest_first_and_only_what_was_told_is_forgotten(
    storage: &dyn Storage,
) -> Result<()> {
    let (one, two) = (kept_link(storage).await?.id, kept_link(storage).await?.id);
    let (me, other) = (kept_staff(storage).await?.id, kept_staff(storage).await?.id);
    let (first, second, third) = (now(), now(), now());
    let news = |link, news, at| Notice { link, news, at };

    let mut unit = storage.begin().await?;
    unit.put_notice(me, &news(two, News::Broken, second)).await?;
    unit.put_notice(me, &news(one, News::Broken, first)).await?;
    unit.put_notice(me, &news(one, News::Linked, first)).await?;
    unit.put_notice(other, &news(one, News::Stuck, first)).await?;
    unit.put_notice(me, &news(one, News::Linked, third)).await?;
    unit.commit().await?;

    let mut unit = storage.begin().await?;
    let expected =
        [news(one, News::Broken, first), news(two, News::Broken, second), news(one, News::Linked, third)];
    assert_eq!(unit.notices(me, 10).await?, expected);
    assert_eq!(unit.notices(me, 2).await?, expected[..2]);
    // Told as they were, while one of them came anew.
    unit.put_notice(me, &news(two, News::Broken, third)).await?;
    unit.delete_notices(me, &expected).await?;
    assert_eq!(unit.notices(me, 10).await?, [news(two, News::Broken, third)]);
    assert_eq!(unit.notices(other, 10).await?.len(), 1);
    Ok(())
}

async fn wanting(storage: &dyn Storage, news: News, assignee: Option<StaffId>) -> Result<Vec<StaffId>> {
    storage.begin().await?.staff_wanting(news, assignee).await
}

pub async fn who_said_nothing_wants_the_usual(storage: &dyn Storage) -> Result<()> {
    let me = kept_staff(storage).await?.id;

    assert_eq!(storage.mail_wishes(me).await?, MailWishes::default());
    for news in News::ALL {
        let usual = news.usual() == Wish::Mine;
        assert_eq!(wanting(storage, news, Some(me)).await?.contains(&me), usual, "{news}");
        assert!(!wanting(storage, news, None).await?.contains(&me), "{news}");
    }
    Ok(())
}

pub async fn wishes_are_read_back_and_obeyed(storage: &dyn Storage) -> Result<()> {
    let (me, other) = (kept_staff(storage).await?.id, kept_staff(storage).await?.id);

    for wish in Wish::ALL {
        for news in News::ALL {
            let wishes = MailWishes::default().with(news, wish);
            let mut unit = storage.begin().await?;
            unit.put_mail_wishes(me, &wishes).await?;
            unit.commit().await?;

            assert_eq!(storage.mail_wishes(me).await?, wishes);
            let of_mine = wanting(storage, news, Some(me)).await?.contains(&me);
            let of_others = wanting(storage, news, Some(other)).await?.contains(&me);
            let of_nobodys = wanting(storage, news, None).await?.contains(&me);
            assert_eq!(of_mine, wish != Wish::Nothing, "{news} {wish}");
            assert_eq!((of_others, of_nobodys), (wish == Wish::Every, wish == Wish::Every), "{news} {wish}");
        }
    }
    Ok(())
}

pub async fn a_closed_account_wants_nothing(storage: &dyn Storage) -> Result<()> {
    let me = kept_staff(storage).await?.id;

    let mut unit = storage.begin().await?;
    unit.put_mail_wishes(me, &MailWishes::default().with(News::Broken, Wish::Every)).await?;
    unit.set_staff_deactivated(me, Some(now())).await?;
    unit.commit().await?;

    assert!(!wanting(storage, News::Broken, Some(me)).await?.contains(&me));
    Ok(())
}

pub async fn reminders_are_stopped_and_wanted_again(storage: &dyn Storage) -> Result<()> {
    let (link, without) = (kept_link(storage).await?.id, kept_link(storage).await?.id);
    let reminder = crate::Reminder {
        link,
        after: domain::RemindAfter::ThreeDays,
        sent: 0,
        last_sent_at: None,
        stopped_at: None,
    };
    let (at, later) = (now(), now());

    let mut unit = storage.begin().await?;
    unit.insert_reminder(&reminder).await?;
    assert!(!unit.stop_reminders(without, Some(at)).await?);
    assert!(!unit.stop_reminders(link, None).await?);
    assert!(unit.stop_reminders(link, Some(at)).await?);
    assert!(!unit.stop_reminders(link, Some(later)).await?, "the first time counts");
    assert_eq!(unit.reminder(link).await?.and_then(|reminder| reminder.stopped_at), Some(at));
    assert!(unit.stop_reminders(link, None).await?);
    assert_eq!(unit.reminder(link).await?, Some(reminder));
    Ok(())
}

pub async fn tries_at_a_step_are_counted_as_long_as_the_reason_is_the_same(
    storage: &dyn Storage,
) -> Result<()> {
    let link = super::fixtures::link();
    keep(storage, &link).await?;
    let attempt =
        |at: Timestamp, code| StepAttempt { step: Step::Key, at, problems: vec![code], typed_address: None };

    let mut unit = storage.begin().await?;
    assert_eq!(unit.step_tries(link.id, Step::Key).await?, 0);
    for tries in 1..=3 {
        unit.put_step_attempt(link.id, &attempt(now(), ProblemCode::KeyIsEmail)).await?;
        assert_eq!(unit.step_tries(link.id, Step::Key).await?, tries);
    }
    assert_eq!(unit.step_tries(link.id, Step::Account).await?, 0);
    unit.put_step_attempt(link.id, &attempt(now(), ProblemCode::KeyIsUrl)).await?;
    assert_eq!(unit.step_tries(link.id, Step::Key).await?, 1);
    unit.clear_step_attempt(link.id, Step::Key).await?;
    assert_eq!(unit.step_tries(link.id, Step::Key).await?, 0);
    Ok(())
}
