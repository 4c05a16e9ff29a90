//! A disk that is full or broken for a while: what was acknowledged stays, what was refused is not there, and the
//! backend goes on by itself once the disk does. The first two tests run again under `strace`, which makes calls fail.
//!
//! Bar R3 in full: `LINKDESK_TEST_FAILURES=1-500 cargo test -p storage-sqlite --test it failing_disk`.

use std::error::Error;
use std::path::Path;
use std::sync::Arc;

use domain::LinkId;
use storage::{Storage, StorageError, WrappedKey};
use storage_sqlite::SqliteStorage;
use tokio::task::JoinSet;

use crate::home::{Home, TestResult, envelope, link, url};
use crate::strace;

const UNITS: u8 = 60;
const TEST: &str = "failing_disk::what_was_acknowledged_is_there_and_what_was_refused_is_not";
/// How many write at the same time, so that their units share commits, and how many units each of them has.
const CLIENTS: u8 = 8;
const UNITS_EACH: u8 = 15;
const CROWD: &str =
    "failing_disk::what_was_acknowledged_to_eight_clients_is_there_and_what_was_refused_is_not";
/// Where the second test keeps its database, so that calls on its files alone can be made to fail.
const FOLDER: &str = "LINKDESK_TEST_FOLDER";
/// Which calls fail in an ordinary run; from which to which when that is said.
const NTH: [u32; 10] = [1, 2, 4, 9, 20, 47, 101, 190, 333, 500];
const ACKNOWLEDGED: &str = "this was acknowledged:";
const REFUSED: &str = "this was refused:";
const FAILURES: &str = "LINKDESK_TEST_FAILURES";

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
    with_failing("pwrite64:error=ENOSPC:when=600..603", "pwrite64")
}

#[test]
fn a_disk_that_cannot_write_refuses_and_heals_by_itself() -> TestResult {
    with_failing("pwrite64:error=EIO:when=600..603", "pwrite64")
}

#[test]
fn a_disk_that_cannot_sync_refuses_and_heals_by_itself() -> TestResult {
    // Never at the last unit: of one that could not be synced and after which the database is opened anew at once, nobody
    // can say whether it is there.
    with_failing("fsync:error=EIO:when=40..43", "fsync")
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_to_eight_clients_is_there_and_what_was_refused_is_not() -> TestResult {
    let of_its_own = tempfile::tempdir()?;
    let is_traced = said(FOLDER).is_some();
    let folder = said(FOLDER).map_or(of_its_own.path().to_owned(), Into::into);
    let storage = match SqliteStorage::open(&url(&folder.join("linkdesk.db"))).await {
        Ok(storage) => Arc::new(storage),
        // A start that fails has acknowledged nothing. Each connection's calls are counted anew, so all would fail.
        Err(StorageError::Unwritable(_)) if is_traced => return Ok(()),
        Err(other) => return Err(format!("at the start: {other:?}").into()),
    };
    let mut told = Told::default();
    let mut clients = JoinSet::new();
    for client in 0..CLIENTS {
        let storage = storage.clone();
        clients.spawn(async move { keep_some(&storage, client).await.map_err(|error| error.to_string()) });
    }
    while let Some(client) = clients.join_next().await {
        let client = client??;
        told.acknowledged.extend(client.acknowledged);
        told.refused.extend(client.refused);
    }
    for (word, ids) in [(ACKNOWLEDGED, &told.acknowledged), (REFUSED, &told.refused)] {
        for id in ids {
            println!("{word} {id}");
        }
    }
    // The disk is well again, unless it is just this unit that meets with the failure; so is the storage, untold.
    if keep_with_key(&storage, CLIENTS * UNITS_EACH).await.is_err() {
        keep_with_key(&storage, CLIENTS * UNITS_EACH).await?;
    }
    storage.close().await;
    if !is_traced {
        assert_eq!(told.refused, []);
        verify(&folder, &told).await?;
    }
    Ok(())
}

#[test]
fn whichever_write_fails_nothing_acknowledged_is_lost_in_a_group() -> TestResult {
    each_fails(&["pwrite64:error=EIO", "pwrite64:error=ENOSPC"])
}

#[test]
fn whichever_sync_fails_nothing_acknowledged_is_lost_in_a_group() -> TestResult {
    each_fails(&["fdatasync,fsync:error=EIO"])
}

#[test]
fn whichever_opening_of_a_file_fails_nothing_acknowledged_is_lost_in_a_group() -> TestResult {
    each_fails(&["openat:error=EIO", "openat:error=ENOSPC"])
}

/// Makes the first, second, … of these calls fail, each in a run of its own.
fn each_fails(calls: &[&str]) -> TestResult {
    let which: Vec<u32> = match said(FAILURES) {
        Some(said) => {
            let (first, last) = said.split_once('-').ok_or("from which to which?")?;
            (first.parse()?..=last.parse()?).collect()
        }
        None => NTH.to_vec(),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (mut failed, mut refusals) = (0, 0);
    for nth in &which {
        for call in calls {
            let folder = tempfile::tempdir()?;
            // The tables are made before, with a disk that is well: it is units that are to fail.
            let url = url(&folder.path().join("linkdesk.db"));
            runtime.block_on(async {
                SqliteStorage::open(&url).await?.close().await;
                Ok::<_, StorageError>(())
            })?;
            let injected = format!("--inject={call}:when={nth}");
            let traced = format!("--trace={}", call.split(':').next().unwrap_or_default());
            let [file, log, index] = ["", "-wal", "-shm"].map(|end| of_database(folder.path(), end));
            let paths = [folder.path().display().to_string(), file, log, index];
            let paths: Vec<String> = paths.iter().map(|path| format!("--trace-path={path}")).collect();
            let mut options = vec![traced.as_str(), injected.as_str()];
            options.extend(paths.iter().map(String::as_str));
            let done = strace::run_in(CROWD, &options, &[(FOLDER, folder.path())])
                .map_err(|error| format!("{call}, number {nth}: {error}"))?;
            failed += u32::from(done.calls.contains("(INJECTED)"));
            let told = Told::read(&done.output)?;
            refusals += u32::from(!told.refused.is_empty());
            runtime
                .block_on(verify(folder.path(), &told))
                .map_err(|error| format!("{call}, number {nth}: {error}"))?;
        }
    }
    println!("{failed} calls failed, one in a run; {refusals} times units were refused");
    assert!(failed > 2 || which != NTH, "{failed} calls were made to fail");
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "a switch of the tests, not a setting of the program")]
fn said(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

fn of_database(folder: &Path, end: &str) -> String {
    format!("{}{end}", folder.join("linkdesk.db").display())
}

/// What clients were told of their units.
#[derive(Default)]
struct Told {
    acknowledged: Vec<LinkId>,
    refused: Vec<LinkId>,
}

impl Told {
    /// What the second test printed.
    fn read(output: &str) -> Result<Self, Box<dyn Error>> {
        let read = |word: &str| -> Result<Vec<LinkId>, Box<dyn Error>> {
            let lines = output.lines().filter_map(|line| line.split_once(word));
            lines.map(|(_, id)| id.trim().parse().map_err(|_| format!("not an id: {id}").into())).collect()
        };
        Ok(Self { acknowledged: read(ACKNOWLEDGED)?, refused: read(REFUSED)? })
    }
}

/// Looks, with a disk that is well, whether what clients were told is so, and every unit is there as a whole or not at all.
async fn verify(folder: &Path, told: &Told) -> TestResult {
    let storage = SqliteStorage::open(&url(&folder.join("linkdesk.db"))).await?;
    for id in &told.acknowledged {
        assert!(is_whole(&storage, *id).await? == Some(true), "{id} was lost");
    }
    for id in &told.refused {
        assert_eq!(is_whole(&storage, *id).await?, None, "{id} is there though it was refused");
    }
    storage.close().await;
    Ok(())
}

/// One client's units: those acknowledged, those refused.
async fn keep_some(storage: &SqliteStorage, client: u8) -> Result<Told, Box<dyn Error>> {
    let mut told = Told::default();
    for number in client * UNITS_EACH..(client + 1) * UNITS_EACH {
        let id = link(number)?.id;
        match keep_with_key(storage, number).await {
            Ok(()) => told.acknowledged.push(id),
            Err(StorageError::Unwritable(_)) => told.refused.push(id),
            Err(other) => return Err(format!("number {number}: {other:?}").into()),
        }
    }
    Ok(told)
}

/// A link and its data key: both or neither.
async fn keep_with_key(storage: &SqliteStorage, number: u8) -> Result<(), StorageError> {
    let link = link(number).map_err(|error| StorageError::Database(error.to_string().into()))?;
    let mut unit = storage.begin().await?;
    unit.insert_link(&link).await?;
    unit.insert_data_key(link.id, &WrappedKey { key_id: "a".to_owned(), envelope: envelope(61, 7) }).await?;
    unit.commit().await
}

/// Whether the link has its key; `None` when there is no link.
async fn is_whole(storage: &SqliteStorage, id: LinkId) -> Result<Option<bool>, Box<dyn Error>> {
    if storage.link(id).await?.is_none() {
        return Ok(None);
    }
    Ok(Some(storage.begin().await?.data_key(id).await?.is_some()))
}

/// Fails some calls one after the other, after some that went well and before others that do again.
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
