//! Invites: found by their token, started, completed, revoked.

use domain::Timestamp;

use super::fixtures::{
    invite_id, invite_to, kept_invite, kept_invite_to, kept_link, link_id, now, session_from, token,
};
use crate::{Invite, Result, Storage, StorageError};

pub async fn an_invite_is_read_back_as_it_was_written(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?;
    let bare = invite_to(link.id);
    let full = Invite {
        started_at: Some(now()),
        revoked_at: Some(now()),
        completed_at: Some(now()),
        renews: Some(bare.id),
        ..invite_to(link.id)
    };

    let mut unit = storage.begin().await?;
    unit.insert_invite(&bare).await?;
    unit.insert_invite(&full).await?;
    unit.commit().await?;

    assert_eq!(storage.invite_by_token(&bare.token).await?, Some(bare));
    assert_eq!(storage.invite_by_token(&full.token).await?, Some(full));
    Ok(())
}

pub async fn an_unknown_token_has_no_invite(storage: &dyn Storage) -> Result<()> {
    kept_invite(storage).await?;

    assert_eq!(storage.invite_by_token(&token()).await?, None);
    Ok(())
}

pub async fn a_link_without_invites_has_none(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?;

    assert_eq!(storage.invites_of(link.id).await?, []);
    assert_eq!(storage.invites_of(link_id()).await?, []);
    Ok(())
}

pub async fn an_invite_needs_its_link(storage: &dyn Storage) -> Result<()> {
    let stray = invite_to(link_id());

    let mut unit = storage.begin().await?;
    assert!(unit.insert_invite(&stray).await.is_err());
    drop(unit);

    assert_eq!(storage.invite_by_token(&stray.token).await?, None);
    Ok(())
}

pub async fn an_invite_needs_the_one_it_renews(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?;
    let stray = Invite { renews: Some(invite_id()), ..invite_to(link.id) };

    assert!(storage.begin().await?.insert_invite(&stray).await.is_err());

    assert_eq!(storage.invites_of(link.id).await?, []);
    Ok(())
}

pub async fn an_invite_is_renewed_as_often_as_asked(storage: &dyn Storage) -> Result<()> {
    let old = kept_invite(storage).await?;
    let first = Invite { renews: Some(old.id), ..invite_to(old.link) };
    let second = Invite { renews: Some(old.id), ..invite_to(old.link) };

    let mut unit = storage.begin().await?;
    unit.insert_invite(&first).await?;
    unit.insert_invite(&second).await?;
    assert_eq!(unit.invites_of(old.link).await?, [second.clone(), first.clone(), old.clone()]);
    unit.commit().await?;

    assert_eq!(storage.invites_of(old.link).await?, [second, first, old]);
    Ok(())
}

pub async fn one_token_belongs_to_one_invite(storage: &dyn Storage) -> Result<()> {
    let kept = kept_invite(storage).await?;
    let same_token = Invite { token: kept.token.clone(), ..invite_to(kept.link) };

    let refused = storage.begin().await?.insert_invite(&same_token).await;

    assert!(matches!(refused, Err(StorageError::Duplicate(_))), "{refused:?}");
    assert_eq!(storage.invite_by_token(&kept.token).await?, Some(kept));
    Ok(())
}

pub async fn invites_of_a_link_are_listed_newest_first(storage: &dyn Storage) -> Result<()> {
    let first = kept_invite(storage).await?;
    let second = kept_invite_to(storage, first.link).await?;
    kept_invite(storage).await?;
    let third = kept_invite_to(storage, first.link).await?;

    assert_eq!(storage.invites_of(first.link).await?, [third, second, first]);
    Ok(())
}

pub async fn the_first_start_counts_and_later_ones_change_nothing(storage: &dyn Storage) -> Result<()> {
    let (invite, other) = (kept_invite(storage).await?, kept_invite(storage).await?);
    let first = now();

    start(storage, &invite, first).await?;
    start(storage, &invite, now()).await?;

    let started = Invite { started_at: Some(first), ..invite };
    assert_eq!(storage.invite_by_token(&started.token).await?.as_ref(), Some(&started));
    assert_eq!(storage.invite_by_token(&other.token).await?, Some(other));
    Ok(())
}

pub async fn starting_an_unknown_invite_changes_nothing(storage: &dyn Storage) -> Result<()> {
    let (kept, unknown) = (kept_invite(storage).await?, invite_to(link_id()));

    start(storage, &unknown, now()).await?;

    assert_eq!(storage.invite_by_token(&unknown.token).await?, None);
    assert_eq!(storage.invite_by_token(&kept.token).await?, Some(kept));
    Ok(())
}

pub async fn completing_leaves_revoked_and_completed_invites_alone(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?;
    let open = kept_invite_to(storage, link.id).await?;
    let expired = Invite { expires_at: Timestamp::from_millis(1), ..invite_to(link.id) };
    let revoked = Invite { revoked_at: Some(now()), ..invite_to(link.id) };
    let completed = Invite { completed_at: Some(now()), ..invite_to(link.id) };
    let mut unit = storage.begin().await?;
    for invite in [&expired, &revoked, &completed] {
        unit.insert_invite(invite).await?;
    }
    let at = now();
    unit.complete_invites(link.id, at).await?;
    unit.commit().await?;

    let open = Invite { completed_at: Some(at), ..open };
    let expired = Invite { completed_at: Some(at), ..expired };
    assert_eq!(storage.invites_of(link.id).await?, [completed, revoked, expired, open]);
    Ok(())
}

pub async fn completing_leaves_other_links_alone(storage: &dyn Storage) -> Result<()> {
    let (invite, other) = (kept_invite(storage).await?, kept_invite(storage).await?);

    complete(storage, &invite, now()).await?;

    assert_eq!(storage.invite_by_token(&other.token).await?, Some(other));
    Ok(())
}

pub async fn completing_a_link_without_invites_is_fine(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?;

    complete(storage, &invite_to(link.id), now()).await?;

    assert_eq!(storage.invites_of(link.id).await?, []);
    Ok(())
}

pub async fn an_invite_is_revoked_once(storage: &dyn Storage) -> Result<()> {
    let (invite, other) = (kept_invite(storage).await?, kept_invite(storage).await?);
    let first = now();

    assert!(revoke(storage, &invite, first).await?);
    assert!(!revoke(storage, &invite, now()).await?);

    let revoked = Invite { revoked_at: Some(first), ..invite };
    assert_eq!(storage.invite_by_token(&revoked.token).await?.as_ref(), Some(&revoked));
    assert_eq!(storage.invite_by_token(&other.token).await?, Some(other));
    Ok(())
}

pub async fn an_unknown_invite_is_not_revoked(storage: &dyn Storage) -> Result<()> {
    let unknown = Invite { id: invite_id(), ..invite_to(link_id()) };

    assert!(!revoke(storage, &unknown, now()).await?);
    Ok(())
}

pub async fn revoking_ends_the_sessions_of_that_invite_only(storage: &dyn Storage) -> Result<()> {
    let invite = kept_invite(storage).await?;
    let sibling = kept_invite_to(storage, invite.link).await?;
    let (first, second, spared) = (session_from(&invite), session_from(&invite), session_from(&sibling));
    let mut unit = storage.begin().await?;
    for session in [&first, &second, &spared] {
        unit.insert_flow_session(session).await?;
    }
    unit.commit().await?;

    revoke(storage, &invite, now()).await?;

    assert_eq!(storage.flow_session(&first.token).await?, None);
    assert_eq!(storage.flow_session(&second.token).await?, None);
    assert_eq!(storage.flow_session(&spared.token).await?, Some(spared));
    Ok(())
}

async fn start(storage: &dyn Storage, invite: &Invite, at: Timestamp) -> Result<()> {
    let mut unit = storage.begin().await?;
    unit.mark_invite_started(invite.id, at).await?;
    unit.commit().await
}

async fn complete(storage: &dyn Storage, invite: &Invite, at: Timestamp) -> Result<()> {
    let mut unit = storage.begin().await?;
    unit.complete_invites(invite.link, at).await?;
    unit.commit().await
}

async fn revoke(storage: &dyn Storage, invite: &Invite, at: Timestamp) -> Result<bool> {
    let mut unit = storage.begin().await?;
    let revoked = unit.revoke_invite(invite.id, at).await?;
    unit.commit().await?;
    Ok(revoked)
}
