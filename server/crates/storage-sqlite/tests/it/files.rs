//! The files: private, opened again, refused in words.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use storage::{Storage, StorageError};
use storage_sqlite::SqliteStorage;
use tokio::time::timeout;

use crate::home::{Home, TestResult, link, url};

#[cfg(unix)]
#[tokio::test]
async fn the_files_are_readable_by_their_owner_alone() -> TestResult {
    let home = Home::new().await?;
    home.linked().await?;

    for suffix in ["", "-wal", "-shm"] {
        assert_eq!(mode(&beside(&home.file(), suffix))?, 0o600, "{suffix}");
    }
    Ok(())
}

#[cfg(unix)]
#[tokio::test]
async fn the_mode_of_a_file_that_is_there_is_left_alone() -> TestResult {
    for there in [0o600, 0o640] {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("linkdesk.db");
        fs::write(&file, "")?;
        set_mode(&file, there)?;

        let storage = SqliteStorage::open(&url(&file)).await?;
        storage.ping().await?;

        assert_eq!(mode(&file)?, there);
        assert_eq!(mode(&beside(&file, "-wal"))?, there);
    }
    Ok(())
}

#[tokio::test]
async fn opened_again_it_holds_what_was_kept_and_migrates_nothing() -> TestResult {
    let home = Home::new().await?;
    let link = home.linked().await?;
    let before = migrations(&home).await?;

    let beside = SqliteStorage::open(&home.url()).await?;
    assert!(beside.link(link).await?.is_some());
    beside.close().await;
    home.storage.close().await;
    let again = SqliteStorage::open(&home.url()).await?;

    assert!(again.link(link).await?.is_some());
    assert!(before > 0);
    assert_eq!(migrations(&home).await?, before);
    Ok(())
}

/// How many migrations were made.
async fn migrations(home: &Home) -> Result<i64, Box<dyn Error>> {
    Ok(sqlx::query_scalar("SELECT count(*) FROM _sqlx_migrations").fetch_one(&mut home.raw().await?).await?)
}

#[tokio::test]
async fn closing_folds_the_log_into_the_file() -> TestResult {
    let home = Home::new().await?;
    let link = home.linked().await?;

    home.storage.close().await;

    assert!(!beside(&home.file(), "-wal").exists());
    let elsewhere = tempfile::tempdir()?;
    let copy = elsewhere.path().join("copy.db");
    fs::copy(home.file(), &copy)?;
    assert!(SqliteStorage::open(&url(&copy)).await?.link(link).await?.is_some());
    Ok(())
}

#[tokio::test]
async fn a_file_that_cannot_be_created_is_named_with_what_to_look_at() -> TestResult {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("no such folder").join("linkdesk.db");

    let refused = SqliteStorage::open(&url(&file)).await;

    let Err(StorageError::Unwritable(reason)) = refused else { return Err("it was opened".into()) };
    let reason = whole(&*reason);
    assert!(reason.contains(&file.display().to_string()), "{reason}");
    assert!(reason.contains("does its folder exist"), "{reason}");
    assert!(reason.contains("No such file"), "{reason}");
    Ok(())
}

#[cfg(unix)]
#[tokio::test]
async fn a_symbolic_link_to_nothing_is_refused() -> TestResult {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("linkdesk.db");
    let target = folder.path().join("target.db");
    std::os::unix::fs::symlink(&target, &file)?;

    let refused = SqliteStorage::open(&url(&file)).await;

    assert!(matches!(refused, Err(StorageError::Unwritable(_))), "{refused:?}");
    assert!(!target.exists());
    Ok(())
}

#[tokio::test]
async fn a_folder_is_no_database() -> TestResult {
    let folder = tempfile::tempdir()?;

    let refused = SqliteStorage::open(&url(folder.path())).await;

    assert!(matches!(refused, Err(StorageError::Unwritable(_))), "{refused:?}");
    Ok(())
}

#[tokio::test]
async fn a_file_of_another_kind_is_refused_and_left_as_it_is() -> TestResult {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("notes.txt");
    let text = "Not a database. ".repeat(1_000);
    fs::write(&file, &text)?;

    let refused = SqliteStorage::open(&url(&file)).await;

    assert!(matches!(refused, Err(StorageError::Database(_))), "{refused:?}");
    assert_eq!(fs::read_to_string(&file)?, text);
    Ok(())
}

#[tokio::test]
async fn a_database_in_memory_is_refused() -> TestResult {
    for url in ["sqlite::memory:", "sqlite://x.db?mode=memory"] {
        let refused = SqliteStorage::open(url).await;

        let Err(StorageError::Database(reason)) = refused else { return Err("it was opened".into()) };
        assert!(whole(&*reason).contains("in a file"), "{reason}");
    }
    Ok(())
}

#[tokio::test]
async fn two_storages_of_one_file_write_one_after_the_other() -> TestResult {
    let home = Home::new().await?;
    let second = SqliteStorage::open(&home.url()).await?;
    let mut unit = home.storage.begin().await?;
    unit.insert_link(&link(1)?).await?;

    assert!(timeout(Duration::from_millis(300), second.begin()).await.is_err(), "two writers at once");
    unit.commit().await?;

    assert!(second.begin().await?.link(link(1)?.id).await?.is_some());
    Ok(())
}

// The lock tells other processes that the log beside the file is in use. A process that closes any handle of a file
// loses its locks on it, so opening must not as much as look into one that is there.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn opening_a_second_time_does_not_let_go_of_the_firsts_lock() -> TestResult {
    let home = Home::new().await?;
    home.storage.ping().await?;
    assert!(is_locked(&home.file())?, "not even locked before");

    let second = SqliteStorage::open(&home.url()).await?;
    second.ping().await?;

    assert!(is_locked(&home.file())?);
    Ok(())
}

fn beside(file: &Path, suffix: &str) -> PathBuf {
    PathBuf::from(format!("{}{suffix}", file.display()))
}

/// The error with all its sources.
fn whole(error: &(dyn Error + 'static)) -> String {
    let sources = std::iter::successors(Some(error), |error| (*error).source());
    sources.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

#[cfg(target_os = "linux")]
fn is_locked(file: &Path) -> std::io::Result<bool> {
    use std::os::linux::fs::MetadataExt;
    let inode = format!(":{} ", fs::metadata(file)?.st_ino());
    Ok(fs::read_to_string("/proc/locks")?.contains(&inode))
}

#[cfg(unix)]
fn mode(file: &Path) -> std::io::Result<u32> {
    use std::os::unix::fs::PermissionsExt;
    Ok(fs::metadata(file)?.permissions().mode() & 0o777)
}

#[cfg(unix)]
fn set_mode(file: &Path, mode: u32) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(file, fs::Permissions::from_mode(mode))
}
