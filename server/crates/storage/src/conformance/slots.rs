//! What becomes of sealed values: moved, discarded, destroyed, forgotten.

use domain::{CredentialField, LinkId, LinkStatus};

use super::fixtures::{
    data_key, keep, kept_link_with_key, kept_sealed, link, link_id, now, previous, put_sealed as put, sealed,
    sealed_values, state_of,
};
use crate::{Link, Result, SealedCredential, Slot, Storage};

const USERNAME: CredentialField = CredentialField::Username;
const PASSWORD: CredentialField = CredentialField::Password;

pub async fn a_value_moves_between_any_two_slots_and_keeps_its_time(storage: &dyn Storage) -> Result<()> {
    for from in Slot::ALL {
        for to in Slot::ALL.into_iter().filter(|to| *to != from) {
            let link = kept_link_with_key(storage).await?;
            let (value, at) = (sealed(PASSWORD, from), now());
            put(storage, link, &value, at).await?;

            assert!(moved(storage, link, PASSWORD, from, to).await?);
            assert!(!moved(storage, link, PASSWORD, from, to).await?);

            let value = SealedCredential { slot: to, ..value };
            assert_eq!(storage.field_states(link).await?, [state_of(&value, at)]);
            assert_eq!(sealed_values(storage, link).await?, [value]);
        }
    }
    Ok(())
}

pub async fn a_moved_value_replaces_what_is_there(storage: &dyn Storage) -> Result<()> {
    let link = kept_link_with_key(storage).await?;
    kept_sealed(storage, link, PASSWORD, Slot::Saved).await?;
    let (fresh, at) = (sealed(PASSWORD, Slot::Fresh), now());
    put(storage, link, &fresh, at).await?;

    assert!(moved(storage, link, PASSWORD, Slot::Fresh, Slot::Saved).await?);

    let saved = SealedCredential { slot: Slot::Saved, ..fresh };
    assert_eq!(storage.field_states(link).await?, [state_of(&saved, at)]);
    assert_eq!(sealed_values(storage, link).await?, [saved]);
    Ok(())
}

pub async fn where_nothing_is_nothing_is_moved_and_what_is_there_stays(storage: &dyn Storage) -> Result<()> {
    let link = kept_link_with_key(storage).await?;
    let saved = kept_sealed(storage, link, PASSWORD, Slot::Saved).await?;

    assert!(!moved(storage, link, PASSWORD, Slot::Pending, Slot::Saved).await?);
    assert!(!moved(storage, link, USERNAME, Slot::Saved, Slot::Previous).await?);
    assert!(!moved(storage, link_id(), PASSWORD, Slot::Saved, Slot::Previous).await?);

    assert_eq!(sealed_values(storage, link).await?, [saved]);
    Ok(())
}

pub async fn a_value_moved_to_where_it_is_stays(storage: &dyn Storage) -> Result<()> {
    let link = kept_link_with_key(storage).await?;
    let saved = kept_sealed(storage, link, PASSWORD, Slot::Saved).await?;

    assert!(moved(storage, link, PASSWORD, Slot::Saved, Slot::Saved).await?);
    assert!(!moved(storage, link, PASSWORD, Slot::Fresh, Slot::Fresh).await?);

    assert_eq!(sealed_values(storage, link).await?, [saved]);
    Ok(())
}

pub async fn moving_concerns_one_slot_of_one_field_of_one_link(storage: &dyn Storage) -> Result<()> {
    let (one, other) = (kept_link_with_key(storage).await?, kept_link_with_key(storage).await?);
    for link in [one, other] {
        kept_sealed(storage, link, USERNAME, Slot::Fresh).await?;
        kept_sealed(storage, link, PASSWORD, Slot::Pending).await?;
        kept_sealed(storage, link, PASSWORD, Slot::Fresh).await?;
    }
    let before = sealed_values(storage, other).await?;

    moved(storage, one, PASSWORD, Slot::Fresh, Slot::Saved).await?;

    let expected = [(USERNAME, Slot::Fresh), (PASSWORD, Slot::Saved), (PASSWORD, Slot::Pending)];
    assert_eq!(slots(storage, one).await?, expected);
    assert_eq!(sealed_values(storage, other).await?, before);
    Ok(())
}

pub async fn a_replacement_is_made_and_undone(storage: &dyn Storage) -> Result<()> {
    let link = kept_link_with_key(storage).await?;
    let old = kept_sealed(storage, link, PASSWORD, Slot::Saved).await?;
    let new = kept_sealed(storage, link, PASSWORD, Slot::Fresh).await?;

    let mut unit = storage.begin().await?;
    assert!(unit.move_sealed(link, PASSWORD, Slot::Saved, Slot::Previous).await?);
    assert!(unit.move_sealed(link, PASSWORD, Slot::Fresh, Slot::Saved).await?);
    unit.commit().await?;
    let kept = SealedCredential { slot: Slot::Previous, ..old.clone() };
    let used = SealedCredential { slot: Slot::Saved, ..new };
    assert_eq!(sealed_values(storage, link).await?, [used, kept]);

    assert!(moved(storage, link, PASSWORD, Slot::Previous, Slot::Saved).await?);
    assert_eq!(sealed_values(storage, link).await?, [old]);
    Ok(())
}

pub async fn a_discarded_value_is_gone_and_the_other_slots_stay(storage: &dyn Storage) -> Result<()> {
    for discarded in Slot::ALL {
        let link = kept_link_with_key(storage).await?;
        let mut left = Vec::new();
        for slot in Slot::ALL {
            left.push(kept_sealed(storage, link, PASSWORD, slot).await?);
        }
        left.retain(|value| value.slot != discarded);

        for _ in 0..2 {
            discard(storage, link, PASSWORD, discarded).await?;
            assert_eq!(sealed_values(storage, link).await?, left);
        }
    }
    Ok(())
}

pub async fn discarding_concerns_one_field_of_one_link(storage: &dyn Storage) -> Result<()> {
    let (one, other) = (kept_link_with_key(storage).await?, kept_link_with_key(storage).await?);
    for (link, field) in [(one, USERNAME), (one, PASSWORD), (other, PASSWORD)] {
        kept_sealed(storage, link, field, Slot::Pending).await?;
    }

    discard(storage, one, PASSWORD, Slot::Pending).await?;

    assert_eq!(slots(storage, one).await?, [(USERNAME, Slot::Pending)]);
    assert_eq!(slots(storage, other).await?, [(PASSWORD, Slot::Pending)]);
    Ok(())
}

pub async fn destroyed_credentials_are_gone_with_their_key_and_twice_is_fine(
    storage: &dyn Storage,
) -> Result<()> {
    let (one, other) = (kept_link_with_key(storage).await?, kept_link_with_key(storage).await?);
    for link in [one, other] {
        for field in CredentialField::ALL {
            for slot in Slot::ALL {
                kept_sealed(storage, link, field, slot).await?;
            }
        }
    }
    let (link, spared) = (storage.link(one).await?, sealed_values(storage, other).await?);

    for _ in 0..2 {
        destroy(storage, one).await?;

        let mut unit = storage.begin().await?;
        assert_eq!(unit.sealed_values(one).await?, []);
        assert_eq!(unit.data_key(one).await?, None);
        assert!(unit.data_key(other).await?.is_some());
        drop(unit);
        assert_eq!(sealed_values(storage, other).await?, spared);
        assert_eq!(storage.link(one).await?, link);
    }
    Ok(())
}

pub async fn a_link_whose_credentials_were_destroyed_can_have_new_ones(storage: &dyn Storage) -> Result<()> {
    let link = kept_link_with_key(storage).await?;
    kept_sealed(storage, link, PASSWORD, Slot::Saved).await?;
    let key = data_key();

    let mut unit = storage.begin().await?;
    unit.destroy_credentials(link).await?;
    unit.insert_data_key(link, &key).await?;
    unit.commit().await?;
    let value = kept_sealed(storage, link, USERNAME, Slot::Saved).await?;

    assert_eq!(storage.begin().await?.data_key(link).await?, Some(key));
    assert_eq!(sealed_values(storage, link).await?, [value]);
    Ok(())
}

pub async fn destroying_what_is_not_there_is_fine(storage: &dyn Storage) -> Result<()> {
    destroy(storage, link_id()).await
}

pub async fn what_was_deleted_is_forgotten_without_harm(storage: &dyn Storage) -> Result<()> {
    let link = kept_link_with_key(storage).await?;
    let kept = kept_sealed(storage, link, USERNAME, Slot::Saved).await?;
    kept_sealed(storage, link, PASSWORD, Slot::Saved).await?;
    discard(storage, link, PASSWORD, Slot::Saved).await?;

    storage.forget_deleted().await?;
    storage.forget_deleted().await?;

    assert_eq!(sealed_values(storage, link).await?, [kept]);
    Ok(())
}

pub async fn previous_values_are_forgotten_once_their_time_is_over(storage: &dyn Storage) -> Result<()> {
    // Links of other cases are out of the way then.
    forget_all(storage).await?;
    let (over, other) = (replaced(storage).await?, replaced(storage).await?);
    let at = now();
    let just_now = Link { previous: Some(previous(at)), ..link() };
    keep_with_values(storage, &just_now).await?;
    let never = Link { previous: None, ..link() };
    keep_with_values(storage, &never).await?;

    let mut unit = storage.begin().await?;
    assert_eq!(unit.forget_previous(at).await?, 2);
    assert_eq!(unit.forget_previous(at).await?, 0);
    unit.commit().await?;

    for link in [over, other] {
        assert_eq!(slots(storage, link.id).await?, [(PASSWORD, Slot::Saved), (PASSWORD, Slot::Fresh)]);
        assert_eq!(storage.link(link.id).await?, Some(Link { previous: None, ..link }));
    }
    for link in [just_now, never] {
        let all = [(PASSWORD, Slot::Saved), (PASSWORD, Slot::Fresh), (PASSWORD, Slot::Previous)];
        assert_eq!(slots(storage, link.id).await?, all);
        assert_eq!(storage.link(link.id).await?, Some(link));
    }
    Ok(())
}

pub async fn a_replacement_without_values_is_forgotten_too(storage: &dyn Storage) -> Result<()> {
    forget_all(storage).await?;
    let link = Link { status: LinkStatus::Disconnected, ..link() };
    keep(storage, &link).await?;

    assert_eq!(forget_all(storage).await?, 1);

    assert_eq!(storage.link(link.id).await?, Some(Link { previous: None, ..link }));
    Ok(())
}

/// A link that was replaced, with values in three slots.
async fn replaced(storage: &dyn Storage) -> Result<Link> {
    let link = link();
    keep_with_values(storage, &link).await?;
    Ok(link)
}

async fn keep_with_values(storage: &dyn Storage, link: &Link) -> Result<()> {
    let mut unit = storage.begin().await?;
    unit.insert_link(link).await?;
    unit.insert_data_key(link.id, &data_key()).await?;
    unit.commit().await?;
    for slot in [Slot::Saved, Slot::Fresh, Slot::Previous] {
        kept_sealed(storage, link.id, PASSWORD, slot).await?;
    }
    Ok(())
}

async fn forget_all(storage: &dyn Storage) -> Result<u64> {
    let mut unit = storage.begin().await?;
    let links = unit.forget_previous(now()).await?;
    unit.commit().await?;
    Ok(links)
}

async fn moved(
    storage: &dyn Storage,
    link: LinkId,
    field: CredentialField,
    from: Slot,
    to: Slot,
) -> Result<bool> {
    let mut unit = storage.begin().await?;
    let moved = unit.move_sealed(link, field, from, to).await?;
    unit.commit().await?;
    Ok(moved)
}

async fn discard(storage: &dyn Storage, link: LinkId, field: CredentialField, slot: Slot) -> Result<()> {
    let mut unit = storage.begin().await?;
    unit.discard_sealed(link, field, slot).await?;
    unit.commit().await
}

async fn destroy(storage: &dyn Storage, link: LinkId) -> Result<()> {
    let mut unit = storage.begin().await?;
    unit.destroy_credentials(link).await?;
    unit.commit().await
}

async fn slots(storage: &dyn Storage, link: LinkId) -> Result<Vec<(CredentialField, Slot)>> {
    Ok(sealed_values(storage, link).await?.iter().map(|value| (value.field, value.slot)).collect())
}
