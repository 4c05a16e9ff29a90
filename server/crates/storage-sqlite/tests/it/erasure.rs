//! A sealed value that was replaced, discarded or destroyed is gone from the files once the log was folded in.

use std::fs;
use std::time::Duration;

use domain::{CredentialField, Timestamp};
use sqlx::Connection;
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

#[tokio::test]
async fn destroyed_credentials_are_in_no_file_once_what_was_deleted_is_forgotten() -> TestResult {
    let home = Home::new().await?;
    let link = home.linked().await?;
    // One that lies within a page, one that spans pages, and the key (of bytes 7) that opened them.
    put(&home, link, Slot::Saved, envelope(300, 0xA1)).await?;
    put(&home, link, Slot::Fresh, envelope(20_000, 0xA2)).await?;
    home.execute("PRAGMA wal_checkpoint(TRUNCATE)").await?;
    put(&home, link, Slot::Previous, envelope(400, 0xA3)).await?;
    let bytes = [7, 0xA1, 0xA2, 0xA3];
    assert_eq!(left(&home, bytes)?, [true; 4]);

    let mut unit = home.storage.begin().await?;
    unit.destroy_credentials(link).await?;
    unit.commit().await?;
    assert!(left(&home, bytes)?.contains(&true), "nothing is left to forget");
    home.storage.forget_deleted().await?;

    assert_eq!(left(&home, bytes)?, [false; 4]);
    Ok(())
}

#[tokio::test]
async fn replaced_and_forgotten_values_are_in_no_file_once_what_was_deleted_is_forgotten() -> TestResult {
    let home = Home::new().await?;
    let link = home.linked().await?;
    put(&home, link, Slot::Saved, envelope(300, 0xA1)).await?;
    put(&home, link, Slot::Fresh, envelope(400, 0xA2)).await?;
    put(&home, link, Slot::Previous, envelope(500, 0xA3)).await?;

    let mut unit = home.storage.begin().await?;
    assert!(unit.move_sealed(link, CredentialField::Password, Slot::Fresh, Slot::Saved).await?);
    unit.commit().await?;
    home.storage.forget_deleted().await?;
    assert_eq!(left(&home, [0xA1, 0xA2, 0xA3])?, [false, true, true]);

    home.execute(
        "UPDATE link SET previous_host = 'service4.ultipro.com', previous_status = 'linked', replaced_at = 1",
    )
    .await?;
    let mut unit = home.storage.begin().await?;
    assert_eq!(unit.forget_previous(Timestamp::from_millis(2)).await?, 1);
    unit.commit().await?;
    home.storage.forget_deleted().await?;
    assert_eq!(left(&home, [0xA1, 0xA2, 0xA3])?, [false, true, false]);
    Ok(())
}

#[tokio::test]
async fn what_was_deleted_is_forgotten_as_soon_as_a_reader_is_done() -> TestResult {
    let home = Home::new().await?;
    let link = home.linked().await?;
    put(&home, link, Slot::Saved, envelope(300, 0xA1)).await?;
    let mut reader = home.raw().await?;
    let mut reading = reader.begin().await?;
    sqlx::query("SELECT * FROM sealed_value").fetch_all(&mut *reading).await?;
    let mut unit = home.storage.begin().await?;
    unit.destroy_credentials(link).await?;
    unit.commit().await?;

    let read_on = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        reading.rollback().await
    };
    let (forgotten, read) = tokio::join!(home.storage.forget_deleted(), read_on);

    forgotten?;
    read?;
    assert_eq!(left(&home, [7, 0xA1])?, [false; 2]);
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

/// For each byte, whether an envelope filled with it lies in the file or in the log, just as they are.
fn left<const N: usize>(home: &Home, filled_with: [u8; N]) -> std::io::Result<[bool; N]> {
    let mut bytes = fs::read(home.file())?;
    bytes.extend(fs::read(format!("{}-wal", home.file().display()))?);
    Ok(filled_with.map(|byte| bytes.windows(20).any(|window| window.iter().all(|other| *other == byte))))
}
