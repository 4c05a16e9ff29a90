//! A backup: one moment of the database, whole or not there, and without what was destroyed.

use std::fs;
use std::future::pending;
use std::path::Path;
use std::time::{Duration, Instant};

use domain::Timestamp;
use storage::Storage;
use storage_sqlite::{BackupError, SqliteStorage, back_up};

use crate::home::{Home, TestResult, envelope, link, sealed, url};

/// What stands in the folder beside the database.
fn beside_database(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = names.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| !name.starts_with("linkdesk.db")).collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_backup_is_a_database_for_its_owner_alone_and_nothing_else_is_left() -> TestResult {
    let home = Home::new().await?;
    let link = home.linked().await?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("backup.db");

    let bytes = back_up(&home.url(), &file, pending()).await?;

    assert_eq!(fs::metadata(&file)?.len(), bytes);
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&file)?.permissions()) & 0o777, 0o600);
    assert_eq!(beside_database(folder.path()), ["backup.db"]);
    let copy = SqliteStorage::open(&url(&file)).await?;
    assert!(copy.link(link).await?.is_some());
    assert_eq!(copy.sealed_values(link).await?, home.storage.sealed_values(link).await?);
    Ok(())
}

#[tokio::test]
async fn rows_keep_their_places_even_where_others_were_deleted_between_them() -> TestResult {
    let home = Home::new().await?;
    let id = home.linked().await?;
    for check in (0..6).map(|number| format!("chk_{number}")) {
        // All at one time, so that their places alone tell which came last.
        let sql = format!(
            "INSERT INTO check_run (id, link_id, host, started_at, submission) VALUES ('{check}', '{id}', 'h', 1, zeroblob(32))"
        );
        home.execute(&sql).await?;
        home.execute(&format!("UPDATE check_run SET finished_at = 2 WHERE id = '{check}'")).await?;
    }
    home.execute("DELETE FROM check_run WHERE id IN ('chk_0', 'chk_3')").await?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("backup.db");

    back_up(&home.url(), &file, pending()).await?;

    let copy = SqliteStorage::open(&url(&file)).await?;
    let places = "SELECT group_concat(rowid || id) FROM (SELECT rowid, id FROM check_run ORDER BY rowid)";
    let of = async |file: &str| -> Result<String, Box<dyn std::error::Error>> {
        let options = <sqlx::sqlite::SqliteConnectOptions as std::str::FromStr>::from_str(file)?;
        let mut db = sqlx::ConnectOptions::connect(&options).await?;
        Ok(sqlx::query_scalar(places).fetch_one(&mut db).await?)
    };
    assert_eq!(of(&url(&file)).await?, of(&home.url()).await?);
    assert_eq!(of(&url(&file)).await?.matches("chk_").count(), 4);
    copy.close().await;
    Ok(())
}

#[tokio::test]
async fn what_was_destroyed_is_not_in_a_backup() -> TestResult {
    const DESTROYED: u8 = 0xd7;
    let home = Home::new().await?;
    let id = home.linked().await?;
    // Somebody reads all along, so that the log of changes still holds what was destroyed.
    let mut reader = home.raw().await?;
    let mut unit = home.storage.begin().await?;
    unit.put_sealed(id, &sealed(storage::Slot::Saved, envelope(90, DESTROYED)), Timestamp::from_millis(1))
        .await?;
    unit.commit().await?;
    sqlx::raw_sql("BEGIN; SELECT count(*) FROM link").execute(&mut reader).await?;
    let mut unit = home.storage.begin().await?;
    unit.put_sealed(id, &sealed(storage::Slot::Saved, envelope(90, 3)), Timestamp::from_millis(2)).await?;
    unit.commit().await?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("backup.db");

    back_up(&home.url(), &file, pending()).await?;

    let holds = |bytes: &[u8], what: u8| bytes.windows(60).any(|part| part.iter().all(|byte| *byte == what));
    let log = fs::read(format!("{}-wal", home.file().display()))?;
    assert!(holds(&log, DESTROYED), "else this test shows nothing");
    let copy = fs::read(&file)?;
    assert!(holds(&copy, 3) && !holds(&copy, DESTROYED));
    Ok(())
}

#[tokio::test]
async fn nothing_is_overwritten_and_nothing_half_made_is_left() -> TestResult {
    let home = Home::new().await?;
    home.linked().await?;
    let folder = tempfile::tempdir()?;
    let taken = folder.path().join("taken.db");
    fs::write(&taken, "mine")?;
    std::os::unix::fs::symlink("nowhere", folder.path().join("link.db"))?;

    for name in ["taken.db", "link.db"] {
        let refused = back_up(&home.url(), &folder.path().join(name), pending()).await;
        assert!(matches!(refused, Err(BackupError::Exists(_))), "{refused:?}");
    }
    let nowhere = back_up(&home.url(), &folder.path().join("no/such/folder.db"), pending()).await;
    assert!(matches!(nowhere, Err(BackupError::NotWritten { .. })), "{nowhere:?}");
    let nothing =
        back_up(&url(&folder.path().join("missing.db")), &folder.path().join("new.db"), pending()).await;
    assert!(matches!(nothing, Err(BackupError::NoDatabase(_))), "{nothing:?}");

    assert_eq!(fs::read_to_string(&taken)?, "mine");
    assert_eq!(beside_database(folder.path()), ["link.db", "taken.db"]);
    Ok(())
}

#[tokio::test]
async fn a_damaged_database_makes_no_backup() -> TestResult {
    let home = Home::new().await?;
    for number in 0..200 {
        let mut unit = home.storage.begin().await?;
        unit.insert_link(&link(number)?).await?;
        unit.commit().await?;
    }
    home.storage.close().await;
    let mut bytes = fs::read(home.file())?;
    let customer = bytes.windows(9).position(|part| part == b"Northwind").ok_or("no link is in the file")?;
    // The page's own account of where its rows begin.
    let page = customer / 4096 * 4096;
    bytes.get_mut(page + 8..page + 64).ok_or("no such page")?.fill(0xff);
    fs::write(home.file(), bytes)?;
    let folder = tempfile::tempdir()?;

    let refused = back_up(&home.url(), &folder.path().join("backup.db"), pending()).await;

    assert!(matches!(refused, Err(BackupError::NotSound(_) | BackupError::NotCopied(_))), "{refused:?}");
    assert_eq!(beside_database(folder.path()), [""; 0]);
    Ok(())
}

#[tokio::test]
async fn what_a_killed_backup_left_is_removed_by_the_next_one_but_not_what_is_being_written() -> TestResult {
    let home = Home::new().await?;
    home.linked().await?;
    let folder = tempfile::tempdir()?;
    let part = |number: u8| folder.path().join(format!(".linkdesk-backup-{number}.part"));
    fs::write(part(1), "left behind")?;
    fs::write(folder.path().join(".linkdesk-backup-1.part-journal"), "left behind")?;
    fs::write(part(2), "being written")?;
    let writing = fs::File::open(part(2))?;
    writing.lock()?;

    back_up(&home.url(), &folder.path().join("backup.db"), pending()).await?;

    assert_eq!(beside_database(folder.path()), [".linkdesk-backup-2.part", "backup.db"]);
    Ok(())
}

#[tokio::test]
async fn a_backup_that_is_given_up_leaves_nothing() -> TestResult {
    let home = Home::new().await?;
    home.linked().await?;
    home.execute("CREATE TABLE big (bytes BLOB)").await?;
    home.execute(
        "INSERT INTO big WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60) \
         SELECT randomblob(1000000) FROM n",
    )
    .await?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("backup.db");

    let soon = tokio::time::sleep(Duration::from_millis(20));
    let given_up = back_up(&home.url(), &file, soon).await;

    assert!(matches!(given_up, Err(BackupError::Stopped)), "{given_up:?}");
    assert_eq!(beside_database(folder.path()), [""; 0]);
    Ok(())
}

#[tokio::test]
async fn others_write_while_a_backup_is_made() -> TestResult {
    let home = Home::new().await?;
    home.execute("CREATE TABLE big (bytes BLOB)").await?;
    home.execute(
        "INSERT INTO big WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40) \
         SELECT randomblob(1000000) FROM n",
    )
    .await?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("backup.db");
    let address = home.url();
    let backup = tokio::spawn(async move { back_up(&address, &file, pending()).await });
    let (mut written, mut slowest) = (0_u8, Duration::ZERO);

    while !backup.is_finished() && written < 250 {
        let began = Instant::now();
        let mut unit = home.storage.begin().await?;
        unit.insert_link(&link(written)?).await?;
        unit.commit().await?;
        slowest = slowest.max(began.elapsed());
        written += 1;
    }

    backup.await??;
    assert!(written > 2, "{written}");
    println!("{written} units while it was made, the slowest took {slowest:?}");
    Ok(())
}
