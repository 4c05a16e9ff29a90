//! Staff accounts.

use domain::Role;

use super::fixtures::{email, kept_staff, link, staff};
use crate::{Result, Staff, Storage, StorageError};

pub async fn a_staff_account_is_read_back(storage: &dyn Storage) -> Result<()> {
    let (staff, other) = (kept_staff(storage).await?, kept_staff(storage).await?);

    assert_eq!(storage.staff_by_email(&staff.email).await?, Some(staff));
    assert_eq!(storage.staff_by_email(&other.email).await?, Some(other));
    Ok(())
}

pub async fn an_unknown_address_has_no_account(storage: &dyn Storage) -> Result<()> {
    kept_staff(storage).await?;

    assert_eq!(storage.staff_by_email(&email("nobody@linkdesk.example")).await?, None);
    Ok(())
}

pub async fn every_role_is_read_back(storage: &dyn Storage) -> Result<()> {
    for role in [Role::Support, Role::Owner] {
        let staff = Staff { role, ..staff() };
        keep(storage, &staff).await?;

        assert_eq!(storage.staff_by_email(&staff.email).await?, Some(staff));
    }
    Ok(())
}

pub async fn every_account_is_listed_by_address(storage: &dyn Storage) -> Result<()> {
    let kept = [kept_staff(storage).await?, kept_staff(storage).await?, kept_staff(storage).await?];

    let all = storage.all_staff().await?;

    assert!(all.is_sorted_by(|one, next| one.email.as_str() < next.email.as_str()));
    assert!(kept.iter().all(|staff| all.contains(staff)));
    Ok(())
}

pub async fn an_address_has_one_account(storage: &dyn Storage) -> Result<()> {
    let kept = kept_staff(storage).await?;
    let same_address = Staff { email: kept.email.clone(), role: Role::Owner, ..staff() };

    let refused = keep(storage, &same_address).await;

    assert!(matches!(refused, Err(StorageError::Duplicate(_))), "{refused:?}");
    assert_eq!(storage.staff_by_email(&kept.email).await?, Some(kept));
    Ok(())
}

pub async fn a_refused_account_changes_nothing(storage: &dyn Storage) -> Result<()> {
    let (kept, link) = (kept_staff(storage).await?, link());

    let mut unit = storage.begin().await?;
    unit.insert_link(&link).await?;
    assert!(unit.insert_staff(&Staff { email: kept.email.clone(), ..staff() }).await.is_err());
    drop(unit);

    assert_eq!(storage.link(link.id).await?, None);
    assert_eq!(storage.staff_by_email(&kept.email).await?, Some(kept));
    Ok(())
}

pub async fn whether_anybody_is_there_is_told(storage: &dyn Storage) -> Result<()> {
    let before = storage.has_staff().await?;
    let mut unit = storage.begin().await?;
    unit.insert_staff(&staff()).await?;
    drop(unit);

    assert_eq!(storage.has_staff().await?, before);
    kept_staff(storage).await?;
    assert!(storage.has_staff().await?);
    Ok(())
}

async fn keep(storage: &dyn Storage, staff: &Staff) -> Result<()> {
    let mut unit = storage.begin().await?;
    unit.insert_staff(staff).await?;
    unit.commit().await
}
