//! Wrapped keys: one for each link, and the installation's own.

use super::fixtures::{data_key, kept_link, link_id, now};
use crate::{Result, Rewrapped, Storage, StorageError, WrappedKey};

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

pub async fn what_was_deleted_is_noted_until_it_is_overwritten(storage: &dyn Storage) -> Result<()> {
    let (link, other) = (kept_link(storage).await?, kept_link(storage).await?);
    let (before, at) = (now(), now().plus_seconds(60));
    let mut unit = storage.begin().await?;
    unit.note_to_overwrite(Some(link.id), at).await?;
    unit.note_to_overwrite(None, at).await?;
    unit.commit().await?;

    assert!(storage.is_to_overwrite(None).await?);
    assert!(storage.is_to_overwrite(Some((link.id, at))).await?);
    assert!(
        storage.is_to_overwrite(Some((link.id, at.plus_seconds(1)))).await?,
        "of an ending after it, too"
    );
    assert!(!storage.is_to_overwrite(Some((link.id, before))).await?, "not of one before");
    assert!(!storage.is_to_overwrite(Some((other.id, at))).await?);
    storage.forget_deleted().await?;
    assert!(!storage.is_to_overwrite(None).await?);
    Ok(())
}

/// The only case that keeps one: an installation has it for good.
pub async fn the_installation_has_one_key_for_good(storage: &dyn Storage) -> Result<()> {
    let (lost, key) = (data_key(), data_key());

    let mut unit = storage.begin().await?;
    assert_eq!(unit.installation_key().await?, None);
    unit.insert_installation_key(&lost).await?;
    assert_eq!(unit.installation_key().await?, Some(lost));
    drop(unit);
    assert_eq!(storage.installation_key().await?, None);

    let mut unit = storage.begin().await?;
    unit.insert_installation_key(&key).await?;
    unit.commit().await?;
    let refused = storage.begin().await?.insert_installation_key(&data_key()).await;

    assert!(matches!(refused, Err(StorageError::Duplicate(_))), "{refused:?}");
    assert_eq!(storage.installation_key().await?.as_ref(), Some(&key));
    assert_eq!(storage.begin().await?.installation_key().await?, Some(key.clone()));

    let anew = data_key();
    let mut unit = storage.begin().await?;
    assert!(!unit.rewrap_installation_key(&anew, &key).await?, "that is not what is there");
    assert!(unit.rewrap_installation_key(&key, &anew).await?);
    unit.commit().await?;
    assert_eq!(storage.installation_key().await?, Some(anew));
    Ok(())
}

pub async fn a_data_key_wrapped_anew_takes_the_old_ones_place(storage: &dyn Storage) -> Result<()> {
    let link = kept_link(storage).await?;
    let (old, new) = (data_key(), data_key());
    let mut unit = storage.begin().await?;
    unit.insert_data_key(link.id, &old).await?;
    unit.commit().await?;

    let other = kept_link(storage).await?;
    let others = data_key();
    let mut unit = storage.begin().await?;
    unit.insert_data_key(other.id, &others).await?;
    unit.commit().await?;

    let rewrapped =
        |link, old: &WrappedKey, new: &WrappedKey| Rewrapped { link, old: old.clone(), new: new.clone() };
    let mut unit = storage.begin().await?;
    assert_eq!(unit.rewrap_data_keys(&[]).await?, 0);
    assert_eq!(
        unit.rewrap_data_keys(&[rewrapped(link.id, &new, &old)]).await?,
        0,
        "that is not what is there"
    );
    let some = [
        rewrapped(link_id(), &old, &new),
        rewrapped(link.id, &old, &new),
        // As if somebody else had changed it meanwhile.
        rewrapped(other.id, &old, &new),
    ];
    assert_eq!(unit.rewrap_data_keys(&some).await?, 1);
    unit.commit().await?;

    let mut unit = storage.begin().await?;
    assert_eq!(unit.data_key(link.id).await?, Some(new));
    assert_eq!(unit.data_key(other.id).await?, Some(others));
    drop(unit);
    let many: Vec<_> = (0..1_000).map(|_| rewrapped(link_id(), &old, &old)).collect();
    assert_eq!(storage.begin().await?.rewrap_data_keys(&many).await?, 0, "any number can be asked for");
    Ok(())
}

pub async fn data_keys_of_another_wrapping_key_are_found_part_by_part(storage: &dyn Storage) -> Result<()> {
    let mut others = Vec::new();
    for key_id in ["new", "old", "new", "older", "old"] {
        let link = kept_link(storage).await?;
        let key = WrappedKey { key_id: format!("parts-{key_id}"), ..data_key() };
        let mut unit = storage.begin().await?;
        unit.insert_data_key(link.id, &key).await?;
        unit.commit().await?;
        if key_id != "new" {
            others.push((link.id, key));
        }
    }
    others.sort_by_key(|(link, _)| link.to_string());

    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let part = storage.data_keys_not_wrapped_by("parts-new", after, 2).await?;
        let Some((last, _)) = part.last() else { break };
        after = Some(*last);
        found.extend(part);
    }

    // Cases that share the database have keys of their own.
    found.retain(|(_, key)| key.key_id.starts_with("parts-"));
    assert_eq!(found, others);
    Ok(())
}
