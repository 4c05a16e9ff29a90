//! A disk that is full or broken for a while: what was acknowledged stays, what was refused is not there, and the
//! backend goes on by itself once the disk does. The first test runs again under `strace`, which makes calls fail.

use storage::{Storage, StorageError};
use storage_sqlite::SqliteStorage;

use crate::home::{Home, TestResult, link};
use crate::strace;

const UNITS: u8 = 60;
const TEST: &str = "failing_disk::what_was_acknowledged_is_there_and_what_was_refused_is_not";

#[tokio::test]
async fn what_was_acknowledged_is_there_and_what_was_refused_is_not() -> TestResult {
    let home = Home::new().await?;
    let (mut acknowledged, mut refused) = (Vec::new(), Vec::new());

    for number in 0..UNITS {
        let id = link(number)?.id;
        match keep(&home, number).await {
            Ok(()) => acknowledged.push(id),
            Err(StorageError::Unwritable(_)) => refused.push(id),
            Err(other) => return Err(format!("number {number}: {other:?}").into()),
        }
        // Reading goes on whatever happens to writes.
        assert_eq!(home.storage.link(id).await?.is_some(), acknowledged.contains(&id), "number {number}");
    }
    println!("{} acknowledged, {} refused", acknowledged.len(), refused.len());

    home.storage.close().await;
    let again = SqliteStorage::open(&home.url()).await?;
    for id in acknowledged {
        assert!(again.link(id).await?.is_some(), "{id} was lost");
    }
    for id in refused {
        assert!(again.link(id).await?.is_none(), "{id} is there though it was refused");
    }
    Ok(())
}

#[test]
fn a_full_disk_refuses_and_heals_by_itself() -> TestResult {
    with_failing("pwrite64:error=ENOSPC:when=600..620", "pwrite64")
}

#[test]
fn a_disk_that_cannot_write_refuses_and_heals_by_itself() -> TestResult {
    with_failing("pwrite64:error=EIO:when=600..620", "pwrite64")
}

#[test]
fn a_disk_that_cannot_sync_refuses_and_heals_by_itself() -> TestResult {
    // Counted anew on each connection, and never at the last unit: of one that could not be synced and after which the
    // database is opened anew at once, nobody can say whether it is there.
    with_failing("fsync:error=EIO:when=40..45", "fsync")
}

#[cfg(unix)]
#[test]
fn a_disk_that_stays_full_refuses_every_time_and_is_read_all_along() -> TestResult {
    // No file may grow beyond a megabyte and a half: the log reaches that on the way.
    let limited = "trap '' XFSZ; ulimit -S -f 3000; exec \"$@\"";
    let done = std::process::Command::new("sh")
        .args(["-c", limited, "sh"])
        .arg(std::env::current_exe()?)
        .args(["--exact", TEST, "--nocapture", "--test-threads=1"])
        .output()?;

    let output = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success(), "{output}{}", String::from_utf8_lossy(&done.stderr));
    let (acknowledged, refused) = told(&output).ok_or("it told nothing")?;
    assert!(acknowledged >= 5 && refused >= 5, "{output}");
    Ok(())
}

/// Fails one call, after some that went well; the next unit comes on a new connection, where it goes well again.
fn with_failing(inject: &str, call: &str) -> TestResult {
    let traced = strace::run(TEST, &[&format!("--trace={call}"), &format!("--inject={inject}")])?;

    assert!(traced.calls.contains("(INJECTED)"), "nothing failed");
    let (acknowledged, refused) = told(&traced.output).ok_or("it told nothing")?;
    assert!((1..5).contains(&refused), "{}", traced.output);
    assert_eq!(acknowledged + refused, UNITS);
    Ok(())
}

/// How many were acknowledged and refused, as the first test printed.
fn told(output: &str) -> Option<(u8, u8)> {
    let (before, refused) = output.split_once(" acknowledged, ")?;
    let acknowledged = before.rsplit([' ', '\n']).next()?;
    Some((acknowledged.parse().ok()?, refused.split_once(" refused")?.0.parse().ok()?))
}

async fn keep(home: &Home, number: u8) -> Result<(), StorageError> {
    let link = link(number).map_err(|error| StorageError::Database(error.to_string().into()))?;
    let mut unit = home.storage.begin().await?;
    unit.insert_link(&link).await?;
    unit.commit().await
}
