//! Steps handed over: found by their token, begun once, ended with the sessions that came from them.

use domain::{LinkId, Step, Timestamp};

use super::fixtures::{
    hand_over_id, hand_over_of, invite_to, kept_hand_over, kept_invite, kept_invite_to, kept_session,
    link_id, now, session_from, token,
};
use crate::{FlowSession, HandOver, Result, Storage, StorageError};

pub async fn a_hand_over_is_read_back_as_it_was_written(storage: &dyn Storage) -> Result<()> {
    let invite = kept_invite(storage).await?;
    let bare = hand_over_of(&invite, Step::Key);
    let full = HandOver {
        started_at: Some(now()),
        ended_at: Some(now()),
        expires_at: Timestamp::from_millis(1),
        ..hand_over_of(&invite, Step::Key)
    };

    let mut unit = storage.begin().await?;
    for hand_over in [&bare, &full] {
        unit.insert_hand_over(hand_over).await?;
        assert_eq!(unit.hand_over_by_token(&hand_over.token).await?.as_ref(), Some(hand_over));
        assert_eq!(unit.hand_over(hand_over.id).await?.as_ref(), Some(hand_over));
    }
    unit.commit().await?;

    for hand_over in [bare, full] {
        assert_eq!(storage.hand_over_by_token(&hand_over.token).await?.as_ref(), Some(&hand_over));
        assert_eq!(storage.hand_over(hand_over.id).await?, Some(hand_over));
    }
    Ok(())
}

pub async fn an_unknown_token_or_id_has_no_hand_over(storage: &dyn Storage) -> Result<()> {
    let invite = kept_invite(storage).await?;
    kept_hand_over(storage, &invite, Step::Key).await?;

    for token in [token(), invite.token] {
        assert_eq!(storage.hand_over_by_token(&token).await?, None);
        assert_eq!(storage.begin().await?.hand_over_by_token(&token).await?, None);
    }
    assert_eq!(storage.hand_over(hand_over_id()).await?, None);
    assert_eq!(storage.begin().await?.hand_over(hand_over_id()).await?, None);
    assert_eq!(storage.open_hand_overs(link_id()).await?, []);
    Ok(())
}

pub async fn every_step_handed_over_is_read_back(storage: &dyn Storage) -> Result<()> {
    let invite = kept_invite(storage).await?;
    for step in Step::ALL {
        let hand_over = kept_hand_over(storage, &invite, step).await?;

        assert_eq!(storage.hand_over(hand_over.id).await?, Some(hand_over));
    }
    Ok(())
}

pub async fn a_hand_over_needs_its_link_and_its_invite(storage: &dyn Storage) -> Result<()> {
    let invite = kept_invite(storage).await?;
    let without_link = HandOver { link: link_id(), ..hand_over_of(&invite, Step::Key) };
    let without_invite = hand_over_of(&invite_to(invite.link), Step::Key);

    for stray in [without_link, without_invite] {
        assert!(storage.begin().await?.insert_hand_over(&stray).await.is_err());
        assert_eq!(storage.hand_over(stray.id).await?, None);
    }
    Ok(())
}

pub async fn one_token_belongs_to_one_hand_over(storage: &dyn Storage) -> Result<()> {
    let invite = kept_invite(storage).await?;
    let kept = kept_hand_over(storage, &invite, Step::Key).await?;
    let same_token = HandOver { token: kept.token.clone(), ..hand_over_of(&invite, Step::Account) };

    let refused = storage.begin().await?.insert_hand_over(&same_token).await;

    assert!(matches!(refused, Err(StorageError::Duplicate(_))), "{refused:?}");
    assert_eq!(storage.hand_over_by_token(&kept.token).await?, Some(kept));
    Ok(())
}

pub async fn open_hand_overs_are_listed_newest_first(storage: &dyn Storage) -> Result<()> {
    let invite = kept_invite(storage).await?;
    let first = kept_hand_over(storage, &invite, Step::Key).await?;
    kept_hand_over(storage, &kept_invite(storage).await?, Step::Key).await?;
    let ended = HandOver { ended_at: Some(now()), ..hand_over_of(&invite, Step::Key) };
    let started = HandOver { started_at: Some(now()), ..hand_over_of(&invite, Step::Domain) };
    let expired = HandOver { expires_at: now(), ..hand_over_of(&invite, Step::Account) };
    let mut unit = storage.begin().await?;
    for hand_over in [&ended, &expired, &started] {
        unit.insert_hand_over(hand_over).await?;
    }
    unit.commit().await?;

    assert_eq!(storage.open_hand_overs(invite.link).await?, [expired, started, first]);
    Ok(())
}

pub async fn a_hand_over_is_begun_once(storage: &dyn Storage) -> Result<()> {
    let invite = kept_invite(storage).await?;
    let hand_over = kept_hand_over(storage, &invite, Step::Key).await?;
    let other = kept_hand_over(storage, &invite, Step::Key).await?;
    let first = now();

    assert!(start(storage, &hand_over, first).await?);
    assert!(!start(storage, &hand_over, now()).await?);

    let started = HandOver { started_at: Some(first), ..hand_over };
    assert_eq!(storage.open_hand_overs(invite.link).await?, [other, started]);
    Ok(())
}

pub async fn a_hand_over_that_ended_or_never_was_is_not_begun(storage: &dyn Storage) -> Result<()> {
    let invite = kept_invite(storage).await?;
    let hand_over = kept_hand_over(storage, &invite, Step::Key).await?;
    let at = now();
    end(storage, invite.link, Step::Key, at).await?;

    assert!(!start(storage, &hand_over, now()).await?);
    assert!(!start(storage, &hand_over_of(&invite, Step::Key), now()).await?);

    let ended = HandOver { ended_at: Some(at), ..hand_over };
    assert_eq!(storage.hand_over(ended.id).await?, Some(ended));
    Ok(())
}

pub async fn ending_a_step_ends_its_hand_overs_and_their_sessions_once(storage: &dyn Storage) -> Result<()> {
    let invite = kept_invite(storage).await?;
    let sibling = kept_invite_to(storage, invite.link).await?;
    let one = kept_hand_over(storage, &invite, Step::Account).await?;
    let other = kept_hand_over(storage, &sibling, Step::Account).await?;
    let (first, second) = (kept_session(storage, &one).await?, kept_session(storage, &other).await?);
    let at = now();

    assert_eq!(end(storage, invite.link, Step::Account, at).await?, 2);
    assert_eq!(end(storage, invite.link, Step::Account, now()).await?, 0);

    for hand_over in [one, other] {
        let ended = HandOver { ended_at: Some(at), ..hand_over };
        assert_eq!(storage.hand_over(ended.id).await?, Some(ended));
    }
    for session in [first, second] {
        assert_eq!(storage.flow_session(&session.token).await?, None);
    }
    assert_eq!(storage.open_hand_overs(invite.link).await?, []);
    Ok(())
}

pub async fn ending_concerns_one_step_of_one_link(storage: &dyn Storage) -> Result<()> {
    let (invite, stranger) = (kept_invite(storage).await?, kept_invite(storage).await?);
    let ended = kept_hand_over(storage, &invite, Step::Key).await?;
    let other_step = kept_hand_over(storage, &invite, Step::Domain).await?;
    let other_link = kept_hand_over(storage, &stranger, Step::Key).await?;
    let mut spared = vec![keep_session(storage, &session_from(&invite)).await?];
    for hand_over in [&other_step, &other_link] {
        spared.push(kept_session(storage, hand_over).await?);
    }

    assert_eq!(end(storage, invite.link, Step::Key, now()).await?, 1);
    assert_eq!(end(storage, invite.link, Step::Account, now()).await?, 0);
    assert_eq!(end(storage, link_id(), Step::Key, now()).await?, 0);

    assert!(storage.hand_over(ended.id).await?.is_some_and(|ended| ended.ended_at.is_some()));
    assert_eq!(storage.open_hand_overs(invite.link).await?, [other_step]);
    assert_eq!(storage.open_hand_overs(stranger.link).await?, [other_link]);
    for session in spared {
        assert_eq!(storage.flow_session(&session.token).await?, Some(session));
    }
    Ok(())
}

pub async fn revoking_an_invite_ends_what_its_holder_handed_over(storage: &dyn Storage) -> Result<()> {
    let invite = kept_invite(storage).await?;
    let sibling = kept_invite_to(storage, invite.link).await?;
    let before = HandOver { ended_at: Some(now()), ..hand_over_of(&invite, Step::Key) };
    let mut unit = storage.begin().await?;
    unit.insert_hand_over(&before).await?;
    unit.commit().await?;
    let (open, spared) = (
        kept_hand_over(storage, &invite, Step::Domain).await?,
        kept_hand_over(storage, &sibling, Step::Domain).await?,
    );
    // As if it had come from another invite: what it opens was handed over by the holder of the revoked one.
    let adopted = FlowSession { hand_over: Some(open.id), ..session_from(&sibling) };
    let adopted = keep_session(storage, &adopted).await?;
    let (lost, kept) = (kept_session(storage, &open).await?, kept_session(storage, &spared).await?);
    let at = now();

    let mut unit = storage.begin().await?;
    assert!(unit.revoke_invite(invite.id, at).await?);
    assert!(!unit.revoke_invite(invite.id, now()).await?);
    unit.commit().await?;

    assert_eq!(storage.hand_over(before.id).await?, Some(before));
    let ended = HandOver { ended_at: Some(at), ..open };
    assert_eq!(storage.hand_over(ended.id).await?, Some(ended));
    assert_eq!(storage.hand_over(spared.id).await?, Some(spared));
    assert_eq!(storage.flow_session(&lost.token).await?, None);
    assert_eq!(storage.flow_session(&adopted.token).await?, None);
    assert_eq!(storage.flow_session(&kept.token).await?, Some(kept));
    Ok(())
}

async fn start(storage: &dyn Storage, hand_over: &HandOver, at: Timestamp) -> Result<bool> {
    let mut unit = storage.begin().await?;
    let begun = unit.start_hand_over(hand_over.id, at).await?;
    unit.commit().await?;
    Ok(begun)
}

async fn end(storage: &dyn Storage, link: LinkId, step: Step, at: Timestamp) -> Result<u64> {
    let mut unit = storage.begin().await?;
    let ended = unit.end_hand_overs(link, step, at).await?;
    unit.commit().await?;
    Ok(ended)
}

/// Keeps this session.
async fn keep_session(storage: &dyn Storage, session: &FlowSession) -> Result<FlowSession> {
    let mut unit = storage.begin().await?;
    unit.insert_flow_session(session).await?;
    unit.commit().await?;
    Ok(session.clone())
}
