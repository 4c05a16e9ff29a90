//! Staff accounts that change, their sessions as a list, known browsers, and invites to become staff.

use domain::{Role, SessionId, StaffInviteId};

use super::fixtures::{email, kept_staff, now, random, session_of, staff, token};
use crate::{PendingSignIn, Result, Staff, StaffDevice, StaffInvite, StaffSession, Storage, StorageError};

pub async fn what_changes_of_an_account_is_read_back_and_the_rest_stays(storage: &dyn Storage) -> Result<()> {
    let (one, other) = (kept_staff(storage).await?, kept_staff(storage).await?);
    let at = now();

    let mut unit = storage.begin().await?;
    unit.set_staff_password(one.id, "another hash").await?;
    unit.set_staff_role(one.id, Role::Owner).await?;
    unit.set_staff_deactivated(one.id, Some(at)).await?;
    let changed = Staff {
        password_hash: "another hash".to_owned(),
        role: Role::Owner,
        deactivated_at: Some(at),
        ..one.clone()
    };
    assert_eq!(unit.staff(one.id).await?, Some(changed.clone()));
    unit.commit().await?;

    assert_eq!(storage.staff(one.id).await?, Some(changed.clone()));
    assert_eq!(storage.staff_by_email(&one.email).await?, Some(changed));
    assert_eq!(storage.staff(other.id).await?, Some(other));
    let mut unit = storage.begin().await?;
    unit.set_staff_deactivated(one.id, None).await?;
    unit.commit().await?;
    assert_eq!(storage.staff(one.id).await?.and_then(|staff| staff.deactivated_at), None);
    assert_eq!(storage.staff(staff().id).await?, None);
    Ok(())
}

pub async fn every_account_is_listed_by_address(storage: &dyn Storage) -> Result<()> {
    let kept = [kept_staff(storage).await?, kept_staff(storage).await?];

    let listed = storage.all_staff().await?;

    assert!(kept.iter().all(|staff| listed.contains(staff)));
    assert!(listed.is_sorted_by_key(|staff| staff.email.as_str().to_owned()));
    Ok(())
}

pub async fn other_owners_are_open_accounts_of_owners(storage: &dyn Storage) -> Result<()> {
    let (one, two) = (kept_staff(storage).await?, kept_staff(storage).await?);
    let mut unit = storage.begin().await?;
    let before = unit.other_owners(one.id).await?;
    unit.set_staff_role(one.id, Role::Owner).await?;
    assert_eq!(unit.other_owners(one.id).await?, before);
    unit.set_staff_role(two.id, Role::Owner).await?;
    assert_eq!(unit.other_owners(one.id).await?, before + 1);
    unit.set_staff_deactivated(two.id, Some(now())).await?;
    assert_eq!(unit.other_owners(one.id).await?, before);
    Ok(())
}

pub async fn an_accounts_sessions_are_listed_last_used_first(storage: &dyn Storage) -> Result<()> {
    let (staff, other) = (kept_staff(storage).await?, kept_staff(storage).await?);
    let early = session_of(&staff);
    let unknown = StaffSession { browser: String::new(), address: None, ..session_of(&staff) };
    let late =
        StaffSession { address: "2001:db8::1".parse().ok(), last_used_at: now(), ..session_of(&staff) };
    keep(storage, &[&late, &early, &unknown, &session_of(&other)]).await?;

    assert_eq!(storage.staff_sessions(staff.id).await?, [late, unknown, early]);
    Ok(())
}

pub async fn one_name_belongs_to_one_session(storage: &dyn Storage) -> Result<()> {
    let staff = kept_staff(storage).await?;
    let session = session_of(&staff);
    keep(storage, &[&session]).await?;

    let refused = keep(storage, &[&StaffSession { token: token(), ..session.clone() }]).await;

    assert!(matches!(refused, Err(StorageError::Duplicate(_))), "{refused:?}");
    Ok(())
}

pub async fn a_proof_is_noted_for_one_session(storage: &dyn Storage) -> Result<()> {
    let staff = kept_staff(storage).await?;
    let (one, other) = (session_of(&staff), session_of(&staff));
    keep(storage, &[&one, &other]).await?;
    let at = now();

    let mut unit = storage.begin().await?;
    unit.confirm_staff_session(one.id, at).await?;
    unit.commit().await?;

    let confirmed = StaffSession { confirmed_at: at, ..one };
    assert_eq!(storage.staff_session(&confirmed.token).await?, Some((confirmed.clone(), staff.clone())));
    assert_eq!(storage.staff_session(&other.token).await?, Some((other, staff)));
    Ok(())
}

pub async fn of_very_many_sessions_the_oldest_are_ended(storage: &dyn Storage) -> Result<()> {
    let (staff, other) = (kept_staff(storage).await?, kept_staff(storage).await?);
    let since = |seconds: i64, session: StaffSession| StaffSession {
        created_at: session.created_at.plus_seconds(seconds),
        ..session
    };
    let [old, middle, new] = [-20, -10, 0].map(|seconds| since(seconds, session_of(&staff)));
    let others = since(-30, session_of(&other));
    keep(storage, &[&middle, &new, &old, &others]).await?;

    let mut unit = storage.begin().await?;
    assert_eq!(unit.end_oldest_staff_sessions(staff.id, 3).await?, 0);
    assert_eq!(unit.end_oldest_staff_sessions(staff.id, 2).await?, 1);
    unit.commit().await?;

    assert_eq!(storage.staff_session(&old.token).await?, None);
    assert_eq!(storage.staff_sessions(staff.id).await?.len(), 2);
    assert_eq!(storage.staff_sessions(other.id).await?.len(), 1);
    Ok(())
}

pub async fn sessions_are_ended_by_name_and_all_but_one(storage: &dyn Storage) -> Result<()> {
    let (staff, other) = (kept_staff(storage).await?, kept_staff(storage).await?);
    let sessions = [session_of(&staff), session_of(&staff), session_of(&staff)];
    let others = session_of(&other);
    keep(storage, &[&sessions[0], &sessions[1], &sessions[2], &others]).await?;

    let mut unit = storage.begin().await?;
    assert!(!unit.end_staff_session(staff.id, others.id).await?, "another's");
    assert!(!unit.end_staff_session(staff.id, SessionId::new(now(), random())).await?);
    assert!(unit.end_staff_session(staff.id, sessions[0].id).await?);
    assert_eq!(unit.end_staff_sessions(staff.id, Some(sessions[1].id)).await?, 1);
    unit.commit().await?;

    assert_eq!(storage.staff_sessions(staff.id).await?, [sessions[1].clone()]);
    assert_eq!(storage.staff_sessions(other.id).await?, [others]);
    let mut unit = storage.begin().await?;
    assert_eq!(unit.end_staff_sessions(staff.id, None).await?, 1);
    unit.commit().await?;
    assert_eq!(storage.staff_sessions(staff.id).await?, []);
    Ok(())
}

pub async fn a_sign_in_that_waits_has_so_many_tries_and_ends_with_the_sessions(
    storage: &dyn Storage,
) -> Result<()> {
    let staff = kept_staff(storage).await?;
    let waits = |tries_left| PendingSignIn { token: token(), staff: staff.id, expires_at: now(), tries_left };
    let (one, two) = (waits(2), waits(1));

    let mut unit = storage.begin().await?;
    unit.insert_pending_sign_in(&one).await?;
    unit.insert_pending_sign_in(&two).await?;
    assert!(unit.take_try(&one.token).await?);
    unit.commit().await?;
    let left = PendingSignIn { tries_left: 1, ..one.clone() };
    assert_eq!(storage.pending_sign_in(&one.token).await?, Some((left, staff.clone())));

    let mut unit = storage.begin().await?;
    assert!(unit.take_try(&one.token).await?);
    assert!(!unit.take_try(&one.token).await?);
    assert!(!unit.take_try(&token()).await?);
    assert!(unit.delete_pending_sign_in(&one.token).await?);
    assert!(!unit.delete_pending_sign_in(&one.token).await?);
    unit.end_staff_sessions(staff.id, None).await?;
    unit.commit().await?;
    assert_eq!(storage.pending_sign_in(&one.token).await?, None);
    assert_eq!(storage.pending_sign_in(&two.token).await?, None);
    Ok(())
}

pub async fn a_known_browser_is_read_back_until_it_is_forgotten(storage: &dyn Storage) -> Result<()> {
    let (staff, other) = (kept_staff(storage).await?, kept_staff(storage).await?);
    let device = StaffDevice { token: token(), staff: staff.id, last_used_at: now() };
    let others = StaffDevice { token: token(), staff: other.id, last_used_at: now() };
    let again = StaffDevice { last_used_at: now(), ..device.clone() };

    let mut unit = storage.begin().await?;
    for device in [&device, &others, &again] {
        unit.put_staff_device(device).await?;
    }
    unit.commit().await?;
    assert_eq!(storage.staff_device(&device.token).await?, Some(again));

    let mut unit = storage.begin().await?;
    unit.forget_staff_devices(staff.id).await?;
    unit.commit().await?;
    assert_eq!(storage.staff_device(&device.token).await?, None);
    assert_eq!(storage.staff_device(&others.token).await?, Some(others));
    Ok(())
}

pub async fn an_address_has_one_invite_to_become_staff(storage: &dyn Storage) -> Result<()> {
    let by = kept_staff(storage).await?;
    let invite = |address: &str| StaffInvite {
        id: StaffInviteId::new(now(), random()),
        token: token(),
        email: email(address),
        role: Role::Owner,
        invited_by: by.id,
        created_at: now(),
        expires_at: now(),
    };
    let address = format!("{}@linkdesk.example", by.id);
    let (first, second, other) = (invite(&address), invite(&address), invite(&format!("x{address}")));

    let mut unit = storage.begin().await?;
    for invite in [&first, &second, &other] {
        unit.put_staff_invite(invite).await?;
    }
    assert_eq!(unit.staff_invite_by_token(&second.token).await?, Some(second.clone()));
    unit.commit().await?;

    assert_eq!(storage.staff_invite_by_token(&first.token).await?, None);
    assert_eq!(storage.staff_invite_by_token(&second.token).await?, Some(second.clone()));
    let listed = storage.staff_invites().await?;
    assert!(listed.contains(&second) && listed.contains(&other) && !listed.contains(&first));
    let mut unit = storage.begin().await?;
    assert_eq!(unit.staff_invites_by(by.id).await?, [second.clone(), other.clone()]);
    assert_eq!(unit.staff_invites_by(staff().id).await?, []);
    assert!(unit.delete_staff_invite(second.id).await?);
    assert!(!unit.delete_staff_invite(second.id).await?);
    unit.commit().await?;
    assert_eq!(storage.staff_invite_by_token(&second.token).await?, None);
    assert_eq!(storage.staff_invite_by_token(&other.token).await?, Some(other));
    Ok(())
}

pub async fn what_ended_of_staff_is_deleted(storage: &dyn Storage) -> Result<()> {
    let staff = kept_staff(storage).await?;
    let at = now();
    let pending = |expires_at| PendingSignIn { token: token(), staff: staff.id, expires_at, tries_left: 1 };
    let device = |last_used_at| StaffDevice { token: token(), staff: staff.id, last_used_at };
    let (over, waits) = (pending(at.plus_seconds(-1)), pending(at));
    let (forgotten, known) =
        (device(at.plus_seconds(-180 * 86_400 - 1)), device(at.plus_seconds(-180 * 86_400)));
    let mut unit = storage.begin().await?;
    for pending in [&over, &waits] {
        unit.insert_pending_sign_in(pending).await?;
    }
    for device in [&forgotten, &known] {
        unit.put_staff_device(device).await?;
    }
    unit.delete_ended_sessions(at).await?;
    unit.commit().await?;

    assert_eq!(storage.pending_sign_in(&over.token).await?, None);
    assert!(storage.pending_sign_in(&waits.token).await?.is_some());
    assert_eq!(storage.staff_device(&forgotten.token).await?, None);
    assert_eq!(storage.staff_device(&known.token).await?, Some(known));
    Ok(())
}

async fn keep(storage: &dyn Storage, sessions: &[&StaffSession]) -> Result<()> {
    let mut unit = storage.begin().await?;
    for session in sessions {
        unit.insert_staff_session(session).await?;
    }
    unit.commit().await
}
