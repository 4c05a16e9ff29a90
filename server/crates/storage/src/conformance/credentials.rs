//! Sealed values: kept, replaced, read back; what becomes of their slots is in `slots`.

use domain::CredentialField;

use super::fixtures::{
    by_field_and_slot, envelope, kept_link, kept_link_with_key, link_id, now, put_sealed as put, sealed,
    sealed_values, state_of,
};
use crate::{Result, SealedCredential, Slot, Storage};

const USERNAME: CredentialField = CredentialField::Username;
const PASSWORD: CredentialField = CredentialField::Password;

pub async fn a_sealed_value_needs_the_data_key(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?;

    assert!(put(storage, link.id, &sealed(PASSWORD, Slot::Saved), now()).await.is_err());

    assert_eq!(storage.field_states(link.id).await?, []);
    Ok(())
}

pub async fn a_link_without_credentials_has_none(storage: &dyn Storage) -> Result<()> {
    let link = kept_link_with_key(storage).await?;

    let mut unit = storage.begin().await?;

    assert_eq!(unit.sealed_values(link).await?, []);
    assert_eq!(unit.field_states(link).await?, []);
    assert_eq!(storage.field_states(link).await?, []);
    assert_eq!(storage.field_states(link_id()).await?, []);
    Ok(())
}

pub async fn every_field_and_slot_is_read_back(storage: &dyn Storage) -> Result<()> {
    let (link, other) = (kept_link_with_key(storage).await?, kept_link_with_key(storage).await?);
    put(storage, other, &sealed(PASSWORD, Slot::Saved), now()).await?;
    let (mut values, mut states) = (Vec::new(), Vec::new());
    for field in CredentialField::ALL {
        for slot in Slot::ALL {
            let (value, changed_at) = (sealed(field, slot), now());
            put(storage, link, &value, changed_at).await?;
            states.push(state_of(&value, changed_at));
            values.push(value);
        }
    }

    assert_eq!(sealed_values(storage, link).await?, values);
    assert_eq!(by_field_and_slot(storage.begin().await?.field_states(link).await?), states);
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

    let states = by_field_and_slot(storage.field_states(link).await?);
    assert_eq!(states.last(), Some(&state_of(&replacement, at)));
    assert_eq!(sealed_values(storage, link).await?, [kept, replacement]);
    Ok(())
}

pub async fn a_value_without_a_fingerprint_is_read_back(storage: &dyn Storage) -> Result<()> {
    let link = kept_link_with_key(storage).await?;
    put(storage, link, &sealed(PASSWORD, Slot::Saved), now()).await?;
    let (bare, at) = (SealedCredential { fingerprint: None, ..sealed(PASSWORD, Slot::Saved) }, now());

    put(storage, link, &bare, at).await?;

    assert_eq!(storage.field_states(link).await?, [state_of(&bare, at)]);
    assert_eq!(sealed_values(storage, link).await?, [bare]);
    Ok(())
}

pub async fn an_envelope_of_any_length_is_read_back(storage: &dyn Storage) -> Result<()> {
    let link = kept_link_with_key(storage).await?;

    for length in [30, 31, 4_095, 4_096, 70_000, 30] {
        let value = SealedCredential { envelope: envelope(length), ..sealed(PASSWORD, Slot::Saved) };
        put(storage, link, &value, now()).await?;

        assert_eq!(sealed_values(storage, link).await?, [value]);
    }
    Ok(())
}
