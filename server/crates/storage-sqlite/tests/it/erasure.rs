//! A sealed value that was replaced or discarded is gone from the file once the log was folded into it.

use std::fs;

use domain::{CredentialField, Timestamp};
use storage::{Slot, Storage};

use crate::home::{Home, TestResult, envelope, sealed};

const AT: Timestamp = Timestamp::from_millis(1);

#[tokio::test]
async fn replaced_bytes_are_no_longer_in_the_file_after_a_checkpoint() -> TestResult {
    let home = Home::new().await?;
    let link = home.linked().await?;

    // Lengths that differ, so that the new value does not happen to lie on the old one; the last spans pages.
    for (old, new, length) in [(0xA1, 0xB1, 90), (0xA2, 0xB2, 700), (0xA3, 0xB3, 20_000)] {
        put(&home, link, Slot::Saved, envelope(length, old)).await?;
        assert_eq!((in_file(&home, old).await?, in_file(&home, new).await?), (true, false));

        put(&home, link, Slot::Saved, envelope(length / 2, new)).await?;
        assert_eq!((in_file(&home, old).await?, in_file(&home, new).await?), (false, true), "{length}");
    }
    Ok(())
}

#[tokio::test]
async fn discarded_and_promoted_bytes_are_no_longer_in_the_file_after_a_checkpoint() -> TestResult {
    let home = Home::new().await?;
    let link = home.linked().await?;
    put(&home, link, Slot::Saved, envelope(300, 0xA1)).await?;
    put(&home, link, Slot::Pending, envelope(200, 0xA2)).await?;
    assert!(in_file(&home, 0xA1).await? && in_file(&home, 0xA2).await?);

    let mut unit = home.storage.begin().await?;
    unit.discard_sealed(link, CredentialField::Password, Slot::Pending).await?;
    unit.commit().await?;
    assert!(!in_file(&home, 0xA2).await?);

    put(&home, link, Slot::Pending, envelope(400, 0xA3)).await?;
    let mut unit = home.storage.begin().await?;
    unit.move_sealed(link, CredentialField::Password, Slot::Pending, Slot::Saved).await?;
    unit.commit().await?;
    assert_eq!((in_file(&home, 0xA1).await?, in_file(&home, 0xA3).await?), (false, true));
    Ok(())
}

async fn put(home: &Home, link: domain::LinkId, slot: Slot, envelope: Vec<u8>) -> TestResult {
    let mut unit = home.storage.begin().await?;
    unit.put_sealed(link, &sealed(slot, envelope), AT).await?;
    Ok(unit.commit().await?)
}

/// Whether an envelope filled with this byte lies in the file, live or left over.
async fn in_file(home: &Home, filled_with: u8) -> Result<bool, Box<dyn std::error::Error>> {
    home.execute("PRAGMA wal_checkpoint(TRUNCATE)").await?;
    let file = fs::read(home.file())?;
    Ok(file.windows(20).any(|window| window.iter().all(|byte| *byte == filled_with)))
}
