//! Data keys and sealed values: saved, pending, promoted, discarded.

use domain::{CredentialField, LinkId, Timestamp};

use super::fixtures::{data_key, envelope, kept_link, kept_link_with_key, link_id, now, sealed};
use crate::{FieldState, Result, SealedCredential, Slot, Storage, StorageError};

const USERNAME: CredentialField = CredentialField::Username;
const PASSWORD: CredentialField = CredentialField::Password;

pub async fn a_data_key_is_none_before_the_first(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?;

    let mut unit = storage.begin().await?;

    assert_eq!(unit.data_key(link.id).await?, None);
    assert_eq!(unit.data_key(link_id()).await?, None);
    Ok(())
}

pub async fn a_data_key_is_read_back(storage: &dyn Storage) -> Result<()> {
    let (one, other) = (kept_link(storage).await?, kept_link(storage).await?);
    let (key, other_key) = (data_key(), data_key());

    let mut unit = storage.begin().await?;
    unit.insert_data_key(one.id, &key).await?;
    unit.insert_data_key(other.id, &other_key).await?;
    unit.commit().await?;

    let mut unit = storage.begin().await?;
    assert_eq!(unit.data_key(one.id).await?, Some(key));
    assert_eq!(unit.data_key(other.id).await?, Some(other_key));
    Ok(())
}

pub async fn a_data_key_is_never_replaced(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?;
    let key = data_key();
    let mut unit = storage.begin().await?;
    unit.insert_data_key(link.id, &key).await?;
    unit.commit().await?;

    let refused = storage.begin().await?.insert_data_key(link.id, &data_key()).await;

    assert!(matches!(refused, Err(StorageError::Duplicate(_))), "{refused:?}");
    assert_eq!(storage.begin().await?.data_key(link.id).await?, Some(key));
    Ok(())
}

pub async fn a_data_key_needs_its_link(storage: &dyn Storage) -> Result<()> {
    let unknown = link_id();

    assert!(storage.begin().await?.insert_data_key(unknown, &data_key()).await.is_err());

    assert_eq!(storage.begin().await?.data_key(unknown).await?, None);
    Ok(())
}

pub async fn a_sealed_value_needs_the_data_key(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?;

    assert!(put(storage, link.id, &sealed(PASSWORD, Slot::Saved), now()).await.is_err());

    assert_eq!(storage.field_states(link.id).await?, []);
    Ok(())
}

pub async fn a_link_without_credentials_has_none(storage: &dyn Storage) -> Result<()> {
    let link = kept_link_with_key(storage).await?;

    let mut unit = storage.begin().await?;

    assert_eq!(unit.saved_credentials(link).await?, []);
    assert_eq!(unit.field_states(link).await?, []);
    assert_eq!(storage.field_states(link).await?, []);
    assert_eq!(storage.field_states(link_id()).await?, []);
    Ok(())
}

pub async fn every_field_and_slot_is_read_back(storage: &dyn Storage) -> Result<()> {
    let link = kept_link_with_key(storage).await?;
    let (mut values, mut states) = (Vec::new(), Vec::new());
    for field in CredentialField::ALL {
        for slot in [Slot::Saved, Slot::Pending] {
            let (value, changed_at) = (sealed(field, slot), now());
            put(storage, link, &value, changed_at).await?;
            values.push(value);
            states.push(FieldState { field, slot, changed_at });
        }
    }

    let mut unit = storage.begin().await?;
    let saved: Vec<_> = values.into_iter().filter(|value| value.slot == Slot::Saved).collect();
    assert_eq!(by_field(unit.saved_credentials(link).await?), saved);
    assert_eq!(by_field_and_slot(unit.field_states(link).await?), states);
    assert_eq!(by_field_and_slot(storage.field_states(link).await?), states);
    Ok(())
}

pub async fn a_sealed_value_is_replaced_in_its_place(storage: &dyn Storage) -> Result<()> {
    let link = kept_link_with_key(storage).await?;
    let kept = sealed(USERNAME, Slot::Saved);
    put(storage, link, &kept, now()).await?;
    put(storage, link, &sealed(PASSWORD, Slot::Saved), now()).await?;
    let (replacement, at) = (sealed(PASSWORD, Slot::Saved), now());

    put(storage, link, &replacement, at).await?;

    assert_eq!(saved(storage, link).await?, [kept, replacement]);
    let states = by_field_and_slot(storage.field_states(link).await?);
    assert_eq!(states.len(), 2);
    assert_eq!(states.last(), Some(&FieldState { field: PASSWORD, slot: Slot::Saved, changed_at: at }));
    Ok(())
}

pub async fn an_envelope_of_any_length_is_read_back(storage: &dyn Storage) -> Result<()> {
    let link = kept_link_with_key(storage).await?;

    for length in [30, 31, 4_095, 4_096, 70_000, 30] {
        let value = SealedCredential { envelope: envelope(length), ..sealed(PASSWORD, Slot::Saved) };
        put(storage, link, &value, now()).await?;

        assert_eq!(saved(storage, link).await?, [value]);
    }
    Ok(())
}

pub async fn a_pending_value_does_not_count_as_saved(storage: &dyn Storage) -> Result<()> {
    let link = kept_link_with_key(storage).await?;
    let at = now();

    put(storage, link, &sealed(PASSWORD, Slot::Pending), at).await?;

    assert_eq!(saved(storage, link).await?, []);
    let pending = FieldState { field: PASSWORD, slot: Slot::Pending, changed_at: at };
    assert_eq!(storage.field_states(link).await?, [pending]);
    Ok(())
}

pub async fn a_pending_value_replaces_the_saved_one_when_promoted(storage: &dyn Storage) -> Result<()> {
    let link = kept_link_with_key(storage).await?;
    let pending = sealed(PASSWORD, Slot::Pending);
    put(storage, link, &sealed(PASSWORD, Slot::Saved), now()).await?;
    put(storage, link, &pending, now()).await?;
    let at = now();

    assert!(promote(storage, link, PASSWORD, at).await?);
    assert!(!promote(storage, link, PASSWORD, now()).await?);

    assert_eq!(saved(storage, link).await?, [SealedCredential { slot: Slot::Saved, ..pending }]);
    let state = FieldState { field: PASSWORD, slot: Slot::Saved, changed_at: at };
    assert_eq!(storage.field_states(link).await?, [state]);
    Ok(())
}

pub async fn a_pending_value_is_promoted_where_nothing_was_saved(storage: &dyn Storage) -> Result<()> {
    let link = kept_link_with_key(storage).await?;
    let pending = sealed(USERNAME, Slot::Pending);
    put(storage, link, &pending, now()).await?;

    assert!(promote(storage, link, USERNAME, now()).await?);

    assert_eq!(saved(storage, link).await?, [SealedCredential { slot: Slot::Saved, ..pending }]);
    Ok(())
}

pub async fn nothing_pending_is_not_promoted(storage: &dyn Storage) -> Result<()> {
    let link = kept_link_with_key(storage).await?;
    let (value, at) = (sealed(PASSWORD, Slot::Saved), now());
    put(storage, link, &value, at).await?;

    assert!(!promote(storage, link, PASSWORD, now()).await?);
    assert!(!promote(storage, link_id(), PASSWORD, now()).await?);

    assert_eq!(saved(storage, link).await?, [value]);
    let state = FieldState { field: PASSWORD, slot: Slot::Saved, changed_at: at };
    assert_eq!(storage.field_states(link).await?, [state]);
    Ok(())
}

pub async fn promoting_concerns_one_field_of_one_link(storage: &dyn Storage) -> Result<()> {
    let (one, other) = (kept_link_with_key(storage).await?, kept_link_with_key(storage).await?);
    for (link, field) in [(one, USERNAME), (one, PASSWORD), (other, PASSWORD)] {
        put(storage, link, &sealed(field, Slot::Pending), now()).await?;
    }

    promote(storage, one, PASSWORD, now()).await?;

    assert_eq!(slots(storage, one).await?, [(USERNAME, Slot::Pending), (PASSWORD, Slot::Saved)]);
    assert_eq!(slots(storage, other).await?, [(PASSWORD, Slot::Pending)]);
    Ok(())
}

pub async fn a_discarded_value_is_gone_and_the_saved_one_stays(storage: &dyn Storage) -> Result<()> {
    let link = kept_link_with_key(storage).await?;
    let value = sealed(PASSWORD, Slot::Saved);
    put(storage, link, &value, now()).await?;
    put(storage, link, &sealed(PASSWORD, Slot::Pending), now()).await?;

    discard(storage, link, PASSWORD).await?;
    discard(storage, link, PASSWORD).await?;

    assert!(!promote(storage, link, PASSWORD, now()).await?);
    assert_eq!(slots(storage, link).await?, [(PASSWORD, Slot::Saved)]);
    assert_eq!(saved(storage, link).await?, [value]);
    Ok(())
}

pub async fn discarding_concerns_one_field_of_one_link(storage: &dyn Storage) -> Result<()> {
    let (one, other) = (kept_link_with_key(storage).await?, kept_link_with_key(storage).await?);
    for (link, field) in [(one, USERNAME), (one, PASSWORD), (other, PASSWORD)] {
        put(storage, link, &sealed(field, Slot::Pending), now()).await?;
    }

    discard(storage, one, PASSWORD).await?;

    assert_eq!(slots(storage, one).await?, [(USERNAME, Slot::Pending)]);
    assert_eq!(slots(storage, other).await?, [(PASSWORD, Slot::Pending)]);
    Ok(())
}

async fn put(storage: &dyn Storage, link: LinkId, value: &SealedCredential, at: Timestamp) -> Result<()> {
    let mut unit = storage.begin().await?;
    unit.put_sealed(link, value, at).await?;
    unit.commit().await
}

async fn promote(storage: &dyn Storage, link: LinkId, field: CredentialField, at: Timestamp) -> Result<bool> {
    let mut unit = storage.begin().await?;
    let promoted = unit.promote_pending(link, field, at).await?;
    unit.commit().await?;
    Ok(promoted)
}

async fn discard(storage: &dyn Storage, link: LinkId, field: CredentialField) -> Result<()> {
    let mut unit = storage.begin().await?;
    unit.discard_pending(link, field).await?;
    unit.commit().await
}

async fn saved(storage: &dyn Storage, link: LinkId) -> Result<Vec<SealedCredential>> {
    Ok(by_field(storage.begin().await?.saved_credentials(link).await?))
}

async fn slots(storage: &dyn Storage, link: LinkId) -> Result<Vec<(CredentialField, Slot)>> {
    let states = by_field_and_slot(storage.field_states(link).await?);
    Ok(states.into_iter().map(|state| (state.field, state.slot)).collect())
}

// The order in which credentials are returned is nobody's business.
fn by_field(mut values: Vec<SealedCredential>) -> Vec<SealedCredential> {
    values.sort_by_key(|value| value.field);
    values
}

fn by_field_and_slot(mut states: Vec<FieldState>) -> Vec<FieldState> {
    states.sort_by_key(|state| (state.field, state.slot == Slot::Pending));
    states
}
