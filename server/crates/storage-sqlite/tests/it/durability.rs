//! Bar R2: when `commit` returns, the write-ahead log was synced to the disk after its last write.
//!
//! The first tests commit a hundred times, printing a marker after each; the last ones run them under `strace` and
//! look at what stands before each marker.

use std::collections::HashMap;
use std::str::FromStr;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection};
use storage::{LinkQuery, Storage};

use crate::home::{Home, TestResult, link};
use crate::strace;

const COMMITS: u8 = 100;
const MARKER: &str = "committed number";
const CALLS: &[&str] = &["--trace=fdatasync,fsync,pwrite64,write"];

#[tokio::test]
async fn a_hundred_commits_are_all_there() -> TestResult {
    let home = Home::new().await?;

    for number in 0..COMMITS {
        let mut unit = home.storage.begin().await?;
        unit.insert_link(&link(number)?).await?;
        unit.commit().await?;
        println!("{MARKER} {number}");
    }

    assert_eq!(home.storage.links(&LinkQuery::first(1_000)).await?.len(), usize::from(COMMITS));
    Ok(())
}

#[tokio::test]
async fn a_hundred_commits_without_syncing_are_all_there() -> TestResult {
    commit_with(SqliteSynchronous::Off).await
}

#[tokio::test]
async fn a_hundred_commits_with_syncing_at_checkpoints_are_all_there() -> TestResult {
    commit_with(SqliteSynchronous::Normal).await
}

#[test]
fn every_commit_is_synced_before_it_is_acknowledged() -> TestResult {
    let traced = strace::run("durability::a_hundred_commits_are_all_there", CALLS)?;

    assert_eq!(count(&traced.calls)?, Count { acknowledged: 100, synced: 100 });
    Ok(())
}

#[test]
fn without_synchronous_full_no_commit_is_found_synced() -> TestResult {
    for test in [
        "durability::a_hundred_commits_without_syncing_are_all_there",
        "durability::a_hundred_commits_with_syncing_at_checkpoints_are_all_there",
    ] {
        let traced = strace::run(test, CALLS)?;

        assert_eq!(count(&traced.calls)?, Count { acknowledged: 100, synced: 0 }, "{test}");
    }
    Ok(())
}

#[test]
fn a_sync_counts_only_between_the_last_write_and_the_marker() -> TestResult {
    let write = "7 pwrite64(9</t/linkdesk.db-wal>, \"\"..., 4096, 32) = 4096\n";
    let sync = "7 fdatasync(9</t/linkdesk.db-wal>) = 0\n";
    let marker = "8 write(1<pipe:[3]>, \"committed number 0\\n\", 19) = 19\n";
    let begun = "7 fdatasync(9</t/linkdesk.db-wal> <unfinished ...>\n";
    let done = "7 <... fdatasync resumed>) = 0\n";

    for (synced, calls) in [
        (1, [write, sync, marker, ""]),
        (1, [write, begun, done, marker]),
        (0, [write, begun, marker, done]),
        (0, [sync, write, marker, ""]),
        (0, [write, marker, sync, ""]),
        (0, [write, marker, "", ""]),
        (0, [sync, marker, "", ""]),
        (0, [write, &sync.replace("-wal", ""), marker, ""]),
        (0, [write, &sync.replace("= 0", "= -1 EIO (Input/output error)"), marker, ""]),
    ] {
        assert_eq!(count(&calls.concat())?, Count { acknowledged: 1, synced }, "{calls:?}");
    }
    Ok(())
}

/// The same hundred commits through a connection of our own that does not insist.
async fn commit_with(synchronous: SqliteSynchronous) -> TestResult {
    let home = Home::new().await?;
    home.storage.close().await;
    let mut db = SqliteConnectOptions::from_str(&home.url())?
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(synchronous)
        .connect()
        .await?;

    for number in 0..COMMITS {
        let mut transaction = db.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query("INSERT INTO staff VALUES ($1, $1, 'owner', 'hash', 0, NULL)")
            .bind(i64::from(number).to_string())
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        println!("{MARKER} {number}");
    }

    let kept: i64 = sqlx::query_scalar("SELECT count(*) FROM staff").fetch_one(&mut db).await?;
    assert_eq!(kept, i64::from(COMMITS));
    Ok(())
}

#[derive(Debug, PartialEq, Eq)]
struct Count {
    acknowledged: u32,
    synced: u32,
}

/// How far the write-ahead log is, as seen from outside.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Log {
    Untouched,
    Written,
    Syncing,
    Synced,
}

/// Counts the markers, and those before which a sync of the log began and ended after the log's last write.
fn count(calls: &str) -> Result<Count, Box<dyn std::error::Error>> {
    let mut count = Count { acknowledged: 0, synced: 0 };
    let mut log = Log::Untouched;
    // Calls of a thread that another thread's call interrupts in the listing.
    let mut unfinished = HashMap::new();
    for line in calls.lines() {
        let (thread, call) = line.split_once(' ').ok_or("a line without a thread")?;
        let call = call.trim_start();
        let begun = if call.starts_with("<... ") {
            unfinished.remove(thread).ok_or("the end of a call that did not begin")?
        } else {
            call
        };
        let (begins, ends) = (!call.starts_with("<... "), !call.contains("<unfinished ...>"));
        if !ends {
            unfinished.insert(thread, call);
        }
        let of_log = begun.contains("-wal>");
        if begins && begun.starts_with("write(1<") && begun.contains(MARKER) {
            count.acknowledged += 1;
            count.synced += u32::from(log == Log::Synced);
            log = Log::Untouched;
        } else if of_log && begun.starts_with("pwrite64(") {
            log = Log::Written;
        } else if of_log && (begun.starts_with("fdatasync(") || begun.starts_with("fsync(")) {
            if begins && log == Log::Written {
                log = Log::Syncing;
            }
            if ends && log == Log::Syncing {
                log = if call.trim_end().ends_with("= 0") { Log::Synced } else { Log::Written };
            }
        }
    }
    Ok(count)
}
