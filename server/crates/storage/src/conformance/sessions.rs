//! Sessions of administrators and of staff.

use domain::{Step, Timestamp};

use super::fixtures::{
    hand_over_of, invite_to, kept_hand_over, kept_invite, kept_link, kept_session, kept_staff, now,
    session_from, session_of, session_of_hand_over, staff, token,
};
use crate::{FlowSession, Result, StaffSession, Storage, StorageError};

const HOUR: i64 = 3600;

pub async fn an_administrators_session_is_read_back(storage: &dyn Storage) -> Result<()> {
    let session = session_from(&kept_invite(storage).await?);

    keep(storage, &session).await?;

    assert_eq!(storage.flow_session(&session.token).await?, Some(session));
    Ok(())
}

pub async fn an_expired_session_is_still_read_back(storage: &dyn Storage) -> Result<()> {
    let session = session_from(&kept_invite(storage).await?);
    let expired = FlowSession { expires_at: Timestamp::from_millis(1), ..session };

    keep(storage, &expired).await?;

    assert_eq!(storage.flow_session(&expired.token).await?, Some(expired));
    Ok(())
}

pub async fn an_unknown_token_has_no_session(storage: &dyn Storage) -> Result<()> {
    let invite = kept_invite(storage).await?;
    keep(storage, &session_from(&invite)).await?;

    assert_eq!(storage.flow_session(&token()).await?, None);
    assert_eq!(storage.flow_session(&invite.token).await?, None);
    assert_eq!(storage.staff_session(&token()).await?, None);
    Ok(())
}

pub async fn an_administrators_session_needs_its_invite(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?;
    let stray = session_from(&invite_to(link.id));

    assert!(keep(storage, &stray).await.is_err());

    assert_eq!(storage.flow_session(&stray.token).await?, None);
    Ok(())
}

pub async fn a_session_of_a_step_handed_over_is_read_back(storage: &dyn Storage) -> Result<()> {
    let hand_over = kept_hand_over(storage, &kept_invite(storage).await?, Step::Key).await?;
    let session = kept_session(storage, &hand_over).await?;

    assert_eq!(session.hand_over, Some(hand_over.id));
    assert_eq!(storage.flow_session(&session.token).await?, Some(session));
    Ok(())
}

pub async fn a_session_needs_the_step_handed_over(storage: &dyn Storage) -> Result<()> {
    let invite = kept_invite(storage).await?;
    let stray = session_of_hand_over(&hand_over_of(&invite, Step::Key));

    assert!(keep(storage, &stray).await.is_err());

    assert_eq!(storage.flow_session(&stray.token).await?, None);
    Ok(())
}

pub async fn one_token_belongs_to_one_administrators_session(storage: &dyn Storage) -> Result<()> {
    let session = session_from(&kept_invite(storage).await?);
    let same_token =
        FlowSession { token: session.token.clone(), ..session_from(&kept_invite(storage).await?) };
    keep(storage, &session).await?;

    let refused = keep(storage, &same_token).await;

    assert!(matches!(refused, Err(StorageError::Duplicate(_))), "{refused:?}");
    assert_eq!(storage.flow_session(&session.token).await?, Some(session));
    Ok(())
}

pub async fn a_staff_session_is_read_back_with_its_account(storage: &dyn Storage) -> Result<()> {
    let staff = kept_staff(storage).await?;
    kept_staff(storage).await?;
    let session = StaffSession { last_used_at: now(), ..session_of(&staff) };

    keep_staff_session(storage, &session).await?;

    assert_eq!(storage.staff_session(&session.token).await?, Some((session, staff)));
    Ok(())
}

pub async fn a_staff_session_needs_its_account(storage: &dyn Storage) -> Result<()> {
    let stray = session_of(&staff());

    assert!(keep_staff_session(storage, &stray).await.is_err());

    assert_eq!(storage.staff_session(&stray.token).await?, None);
    Ok(())
}

pub async fn one_token_belongs_to_one_staff_session(storage: &dyn Storage) -> Result<()> {
    let (staff, other) = (kept_staff(storage).await?, kept_staff(storage).await?);
    let session = session_of(&staff);
    let same_token = StaffSession { token: session.token.clone(), ..session_of(&other) };
    keep_staff_session(storage, &session).await?;

    let refused = keep_staff_session(storage, &same_token).await;

    assert!(matches!(refused, Err(StorageError::Duplicate(_))), "{refused:?}");
    assert_eq!(storage.staff_session(&session.token).await?, Some((session, staff)));
    Ok(())
}

pub async fn a_use_of_a_staff_session_is_noted_and_nothing_else(storage: &dyn Storage) -> Result<()> {
    let staff = kept_staff(storage).await?;
    let (session, other) = (session_of(&staff), session_of(&staff));
    keep_staff_session(storage, &session).await?;
    keep_staff_session(storage, &other).await?;
    let at = now();

    let mut unit = storage.begin().await?;
    unit.touch_staff_session(&session.token, at).await?;
    unit.commit().await?;

    let used = StaffSession { last_used_at: at, ..session };
    assert_eq!(storage.staff_session(&used.token).await?, Some((used.clone(), staff.clone())));
    assert_eq!(storage.staff_session(&other.token).await?, Some((other, staff)));
    Ok(())
}

pub async fn noting_the_use_of_an_unknown_session_adds_none(storage: &dyn Storage) -> Result<()> {
    let unknown = token();

    let mut unit = storage.begin().await?;
    unit.touch_staff_session(&unknown, now()).await?;
    unit.commit().await?;

    assert_eq!(storage.staff_session(&unknown).await?, None);
    Ok(())
}

pub async fn a_staff_session_is_ended_alone_and_twice_is_fine(storage: &dyn Storage) -> Result<()> {
    let staff = kept_staff(storage).await?;
    let (session, other) = (session_of(&staff), session_of(&staff));
    keep_staff_session(storage, &session).await?;
    keep_staff_session(storage, &other).await?;

    for _ in 0..2 {
        let mut unit = storage.begin().await?;
        unit.delete_staff_session(&session.token).await?;
        unit.commit().await?;
    }

    assert_eq!(storage.staff_session(&session.token).await?, None);
    assert_eq!(storage.staff_session(&other.token).await?, Some((other, staff)));
    Ok(())
}

pub async fn sessions_of_administrators_are_deleted_once_they_ended(storage: &dyn Storage) -> Result<()> {
    let invite = kept_invite(storage).await?;
    let at = now();
    let just_ended =
        FlowSession { expires_at: Timestamp::from_millis(at.as_millis() - 1), ..session_from(&invite) };
    let ending_now = FlowSession { expires_at: at, ..session_from(&invite) };
    let open = FlowSession { expires_at: at.plus_seconds(1), ..session_from(&invite) };
    for session in [&just_ended, &ending_now, &open] {
        keep(storage, session).await?;
    }

    delete_ended(storage, at).await?;
    delete_ended(storage, at).await?;

    assert_eq!(storage.flow_session(&just_ended.token).await?, None);
    assert_eq!(storage.flow_session(&ending_now.token).await?, Some(ending_now));
    assert_eq!(storage.flow_session(&open.token).await?, Some(open));
    assert!(storage.invite_by_token(&invite.token).await?.is_some());
    Ok(())
}

pub async fn sessions_of_a_step_handed_over_are_deleted_once_they_ended(storage: &dyn Storage) -> Result<()> {
    let hand_over = kept_hand_over(storage, &kept_invite(storage).await?, Step::Key).await?;
    let at = now();
    let ended = FlowSession { expires_at: at, ..session_of_hand_over(&hand_over) };
    let open = FlowSession { expires_at: at.plus_seconds(1), ..session_of_hand_over(&hand_over) };
    keep(storage, &ended).await?;
    keep(storage, &open).await?;

    delete_ended(storage, at.plus_seconds(1)).await?;

    assert_eq!(storage.flow_session(&ended.token).await?, None);
    assert_eq!(storage.flow_session(&open.token).await?, Some(open));
    assert_eq!(storage.hand_over(hand_over.id).await?, Some(hand_over));
    Ok(())
}

pub async fn sessions_of_staff_are_deleted_twelve_hours_after_they_began(
    storage: &dyn Storage,
) -> Result<()> {
    let staff = kept_staff(storage).await?;
    let at = now();
    let begun = |seconds: i64| at.plus_seconds(-seconds);
    let ended = StaffSession { created_at: begun(12 * HOUR + 1), last_used_at: at, ..session_of(&staff) };
    let unused =
        StaffSession { created_at: begun(13 * HOUR), last_used_at: begun(13 * HOUR), ..session_of(&staff) };
    let open = StaffSession { created_at: begun(12 * HOUR), last_used_at: at, ..session_of(&staff) };
    for session in [&ended, &unused, &open] {
        keep_staff_session(storage, session).await?;
    }

    delete_ended(storage, at).await?;

    assert_eq!(storage.staff_session(&ended.token).await?, None);
    assert_eq!(storage.staff_session(&unused.token).await?, None);
    assert_eq!(storage.staff_session(&open.token).await?, Some((open, staff)));
    Ok(())
}

async fn keep(storage: &dyn Storage, session: &FlowSession) -> Result<()> {
    let mut unit = storage.begin().await?;
    unit.insert_flow_session(session).await?;
    unit.commit().await
}

async fn keep_staff_session(storage: &dyn Storage, session: &StaffSession) -> Result<()> {
    let mut unit = storage.begin().await?;
    unit.insert_staff_session(session).await?;
    unit.commit().await
}

async fn delete_ended(storage: &dyn Storage, at: Timestamp) -> Result<()> {
    let mut unit = storage.begin().await?;
    unit.delete_ended_sessions(at).await?;
    unit.commit().await
}
