//! The audit log's chain: each entry with its step, and where the log ends.

use super::fixtures::{append, entry, link_id, step};
use crate::{AuditColumns, AuditEntry, AuditHead, AuditRow, Result, Storage, StorageError};

pub async fn entries_are_read_back_with_their_steps_in_order(storage: &dyn Storage) -> Result<()> {
    let before = storage.audit_head().await?.position;
    let entries = [entry(None), entry(Some(link_id())), entry(None)];

    keep(storage, &entries).await?;

    let rows = storage.audit_rows(before, 10).await?;
    let expected: Vec<_> =
        (before + 1..).zip(&entries).map(|(position, entry)| row(position, entry)).collect();
    assert_eq!(rows, expected);
    let second: Vec<_> = expected.into_iter().skip(1).take(1).collect();
    assert_eq!(storage.audit_rows(before + 1, 1).await?, second);
    assert_eq!(storage.audit_rows(before + 3, 10).await?, []);
    assert_eq!(storage.audit_rows(before, 0).await?, []);
    Ok(())
}

pub async fn the_head_is_the_last_entry_s_step(storage: &dyn Storage) -> Result<()> {
    let before = storage.audit_head().await?;

    keep(storage, &[entry(None), entry(None)]).await?;

    let last = step(before.position + 2);
    let expected = AuditHead {
        position: last.position,
        hash: last.bond.hash,
        seal: last.head_seal,
        found: before.found,
        taken: last.position,
    };
    assert_eq!(storage.audit_head().await?, expected);
    assert_eq!(storage.begin().await?.audit_head().await?, expected);
    Ok(())
}

pub async fn a_step_without_seals_is_read_back(storage: &dyn Storage) -> Result<()> {
    let before = storage.audit_head().await?.position;
    let mut bare = step(before + 1);
    (bare.bond.seal, bare.head_seal) = (None, None);

    let mut unit = storage.begin().await?;
    unit.append_audit(&entry(None), &bare).await?;
    unit.commit().await?;

    let bonds: Vec<_> = storage.audit_rows(before, 9).await?.into_iter().map(|row| row.bond).collect();
    assert_eq!(bonds, [Some(bare.bond)]);
    assert_eq!(storage.audit_head().await?.seal, None);
    Ok(())
}

pub async fn a_step_that_does_not_follow_the_head_is_refused(storage: &dyn Storage) -> Result<()> {
    keep(storage, &[entry(None), entry(None)]).await?;
    let head = storage.audit_head().await?;

    for position in [head.position, head.position - 1] {
        let mut unit = storage.begin().await?;
        assert!(unit.append_audit(&entry(None), &step(position)).await.is_err());
        drop(unit);
        let refused = storage.begin().await?.chain_audit(&step(position)).await;
        assert!(
            matches!(refused, Err(StorageError::Duplicate(_) | StorageError::Database(_))),
            "{refused:?}"
        );
    }
    assert_eq!(storage.audit_head().await?, head);
    Ok(())
}

pub async fn the_head_gets_another_seal_and_says_the_same(storage: &dyn Storage) -> Result<()> {
    keep(storage, &[entry(None)]).await?;
    let head = storage.audit_head().await?;

    let mut unit = storage.begin().await?;
    unit.seal_audit_head(&[7; 32]).await?;
    unit.commit().await?;

    assert_eq!(storage.audit_head().await?, AuditHead { seal: Some([7; 32]), ..head });
    keep(storage, &[entry(None)]).await?;
    assert_eq!(storage.audit_head().await?.position, head.position + 1, "and the log goes on");
    Ok(())
}

pub async fn an_entry_and_its_step_go_together(storage: &dyn Storage) -> Result<()> {
    let head = storage.audit_head().await?;

    let mut unit = storage.begin().await?;
    append(&mut *unit, &entry(None)).await?;
    assert_eq!(unit.audit_head().await?.position, head.position + 1);
    drop(unit);

    assert_eq!(storage.audit_head().await?, head);
    assert_eq!(storage.audit_rows(head.position, 10).await?, []);
    Ok(())
}

fn row(position: u64, entry: &AuditEntry) -> AuditRow {
    AuditRow { position, columns: AuditColumns::of(entry), bond: Some(step(position).bond) }
}

async fn keep(storage: &dyn Storage, entries: &[AuditEntry]) -> Result<()> {
    let mut unit = storage.begin().await?;
    for entry in entries {
        append(&mut *unit, entry).await?;
    }
    unit.commit().await
}
