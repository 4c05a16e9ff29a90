//! Presets: kept, changed, removed, one of a name.

#![expect(clippy::unwrap_used, reason = "the texts below are well formed")]

use domain::{Permission, PermissionSet, PresetId, PresetName};

use super::fixtures::{now, random};
use crate::{Preset, Result, Storage, StorageError};

pub async fn a_preset_is_read_back_as_it_was_written(storage: &dyn Storage) -> Result<()> {
    let preset = kept_preset(storage).await?;

    assert!(storage.presets().await?.contains(&preset));
    assert!(storage.begin().await?.presets().await?.contains(&preset));
    Ok(())
}

pub async fn presets_are_listed_by_name_whatever_the_case(storage: &dyn Storage) -> Result<()> {
    let named = |first: &str| Preset { name: preset_name(&format!("{first} {}", preset().name)), ..preset() };
    let mut unit = storage.begin().await?;
    for preset in [named("b"), named("A"), named("C")] {
        unit.insert_preset(&preset).await?;
    }
    unit.commit().await?;

    let listed: Vec<String> =
        storage.presets().await?.iter().map(|preset| preset.name.as_str().to_lowercase()).collect();

    let mut sorted = listed.clone();
    sorted.sort();
    assert_eq!(listed, sorted);
    assert!(listed.len() >= 3);
    Ok(())
}

pub async fn that_there_ever_was_a_preset_is_told_after_it_was_removed(storage: &dyn Storage) -> Result<()> {
    let preset = kept_preset(storage).await?;

    let mut unit = storage.begin().await?;
    unit.remove_preset(preset.id, now()).await?;
    assert!(unit.ever_had_presets().await?);
    unit.commit().await?;

    assert!(storage.ever_had_presets().await?);
    Ok(())
}

pub async fn of_presets_that_were_not_removed_one_has_a_name(storage: &dyn Storage) -> Result<()> {
    let kept = kept_preset(storage).await?;
    let louder = preset_name(&kept.name.as_str().to_uppercase());
    let same = Preset { name: louder.clone(), ..preset() };

    let refused = storage.begin().await?.insert_preset(&same).await;
    assert!(matches!(refused, Err(StorageError::Duplicate(_))), "{refused:?}");

    let other = kept_preset(storage).await?;
    let renamed = Preset { name: louder, ..other };
    let refused = storage.begin().await?.update_preset(&renamed).await;
    assert!(matches!(refused, Err(StorageError::Duplicate(_))), "{refused:?}");

    let mut unit = storage.begin().await?;
    unit.remove_preset(kept.id, now()).await?;
    unit.insert_preset(&same).await?;
    unit.commit().await?;
    assert!(storage.presets().await?.contains(&same));
    Ok(())
}

pub async fn a_change_overwrites_a_presets_name_and_permissions(storage: &dyn Storage) -> Result<()> {
    let kept = kept_preset(storage).await?;
    let name: PresetName = preset().name;
    let permissions = PermissionSet::new(&Permission::ALL);
    let changed = Preset { name, permissions, changed_at: now(), ..kept.clone() };

    let mut unit = storage.begin().await?;
    assert!(unit.update_preset(&changed).await?);
    unit.commit().await?;

    let listed = storage.presets().await?;
    assert!(listed.contains(&changed) && !listed.contains(&kept));
    Ok(())
}

pub async fn a_removed_preset_is_neither_listed_nor_changed_nor_removed_again(
    storage: &dyn Storage,
) -> Result<()> {
    let kept = kept_preset(storage).await?;

    let mut unit = storage.begin().await?;
    assert!(unit.remove_preset(kept.id, now()).await?);
    assert!(!unit.remove_preset(kept.id, now()).await?);
    assert!(!unit.update_preset(&kept).await?);
    assert!(!unit.presets().await?.contains(&kept));
    unit.commit().await?;

    assert!(!storage.presets().await?.contains(&kept));
    Ok(())
}

pub async fn an_unknown_preset_is_neither_changed_nor_removed(storage: &dyn Storage) -> Result<()> {
    let mut unit = storage.begin().await?;

    assert!(!unit.update_preset(&preset()).await?);
    assert!(!unit.remove_preset(preset_id(), now()).await?);
    Ok(())
}

fn preset_id() -> PresetId {
    PresetId::new(now(), random())
}

fn preset_name(text: &str) -> PresetName {
    PresetName::parse(text).unwrap()
}

/// A preset with a name nobody else has.
fn preset() -> Preset {
    let id = preset_id();
    let at = now();
    let unique: String = id.to_string().chars().rev().take(16).collect();
    Preset {
        id,
        name: preset_name(&format!("Pay <1> {unique}")),
        permissions: PermissionSet::new(&[Permission::PayrollIntegration]),
        created_at: at,
        changed_at: at,
        removed_at: None,
    }
}

/// A preset that is kept.
async fn kept_preset(storage: &dyn Storage) -> Result<Preset> {
    let preset = preset();
    let mut unit = storage.begin().await?;
    unit.insert_preset(&preset).await?;
    unit.commit().await?;
    Ok(preset)
}
