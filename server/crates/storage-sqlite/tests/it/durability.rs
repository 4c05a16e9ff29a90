//! Bar R2: when `commit` returns, the write-ahead log was synced to the disk after its last write.
//!
//! The first tests commit a hundred times, printing a marker after each; the last ones run them under `strace` and
//! look at what stands before each marker. Those of a crowd, whose commits are shared, say beforehand that they ask for it.

use std::collections::HashMap;
use std::error::Error;
use std::str::FromStr;
use std::sync::Arc;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection};
use storage::{LinkQuery, Storage};
use tokio::task::JoinSet;

use crate::home::{Home, TestResult, link};
use crate::strace;

const COMMITS: u8 = 100;
const MARKER: &str = "committed number";
const ASKED: &str = "asks to be committed";
const CLIENTS: u8 = 8;
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

/// Eight at a time, each with a unit of its own.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_commits_of_a_crowd_are_all_there() -> TestResult {
    let home = Arc::new(Home::new().await?);

    let mut clients = JoinSet::new();
    for client in 0..CLIENTS {
        let home = home.clone();
        clients.spawn(async move {
            for number in (client..COMMITS).step_by(usize::from(CLIENTS)) {
                let link = link(number).map_err(|error| error.to_string())?;
                let mut unit = home.storage.begin().await.map_err(|error| error.to_string())?;
                unit.insert_link(&link).await.map_err(|error| error.to_string())?;
                println!("{ASKED} {number} ");
                unit.commit().await.map_err(|error| error.to_string())?;
                println!("{MARKER} {number} ");
            }
            Ok::<(), String>(())
        });
    }
    while let Some(client) = clients.join_next().await {
        client??;
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

// Fails when a unit is acknowledged before its group's COMMIT.
#[test]
fn every_commit_of_a_crowd_is_synced_before_it_is_acknowledged_and_syncs_are_shared() -> TestResult {
    let traced = strace::run("durability::a_hundred_commits_of_a_crowd_are_all_there", CALLS)?;

    let crowd = count_crowd(&traced.calls)?;
    assert_eq!(crowd.count, Count { acknowledged: 100, synced: 100 });
    assert!(crowd.syncs < 80, "{} syncs for a hundred commits", crowd.syncs);
    Ok(())
}

#[test]
fn of_a_crowd_a_sync_counts_only_after_what_was_written_since_it_was_asked_for() -> TestResult {
    let write = "7 pwrite64(9</t/linkdesk.db-wal>, \"\"..., 4096, 32) = 4096\n";
    let sync = "7 fdatasync(9</t/linkdesk.db-wal>) = 0\n";
    let asks = "8 write(1<pipe:[3]>, \"asks to be committed 4 \\n\", 19) = 19\n";
    let marker = "8 write(1<pipe:[3]>, \"committed number 4 \\n\", 19) = 19\n";

    for (synced, calls) in [
        (1, [asks, write, sync, marker]),
        (0, [write, asks, sync, marker]),
        (0, [asks, sync, write, marker]),
        (0, [asks, write, marker, sync]),
    ] {
        assert_eq!(count_crowd(&calls.concat())?.count, Count { acknowledged: 1, synced }, "{calls:?}");
    }
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

/// What happened, as seen from outside, each at the moment it was over.
enum Happened<'c> {
    Printed(&'c str),
    Wrote,
    /// Whether it went well, and how many writes were there when it began.
    Synced(bool, u64),
}

/// Counts the markers, and those before which a sync of the log began and ended after the log's last write.
fn count(calls: &str) -> Result<Count, Box<dyn Error>> {
    let mut count = Count { acknowledged: 0, synced: 0 };
    let (mut writes, mut synced, mut before) = (0, 0, 0);
    for happened in happened(calls)? {
        match happened {
            Happened::Wrote => writes += 1,
            Happened::Synced(well, begun) => synced = if well { synced.max(begun) } else { synced },
            Happened::Printed(line) if line.contains(MARKER) => {
                count.acknowledged += 1;
                count.synced += u32::from(writes > before && synced == writes);
                before = writes;
            }
            Happened::Printed(_) => {}
        }
    }
    Ok(count)
}

struct Crowd {
    count: Count,
    syncs: u32,
}

/// Counts the markers, and those for which something was written and synced since they were asked for.
fn count_crowd(calls: &str) -> Result<Crowd, Box<dyn Error>> {
    let mut crowd = Crowd { count: Count { acknowledged: 0, synced: 0 }, syncs: 0 };
    let (mut writes, mut synced, mut asked) = (0, 0, HashMap::new());
    for happened in happened(calls)? {
        match happened {
            Happened::Wrote => writes += 1,
            Happened::Synced(well, begun) => {
                crowd.syncs += 1;
                synced = if well { synced.max(begun) } else { synced };
            }
            Happened::Printed(line) => {
                if let Some((_, number)) = line.split_once(ASKED) {
                    asked.insert(number.split(' ').nth(1), writes);
                }
                if let Some((_, number)) = line.split_once(MARKER) {
                    let asked = asked.remove(&number.split(' ').nth(1)).ok_or("not asked for")?;
                    crowd.count.acknowledged += 1;
                    crowd.count.synced += u32::from(synced > asked);
                }
            }
        }
    }
    Ok(crowd)
}

fn happened(calls: &str) -> Result<Vec<Happened<'_>>, Box<dyn Error>> {
    let (mut happened, mut writes) = (Vec::new(), 0);
    // Calls of a thread that another thread's call interrupts in the listing, with the writes there were at that time.
    let mut unfinished = HashMap::new();
    for line in calls.lines() {
        let (thread, call) = line.split_once(' ').ok_or("a line without a thread")?;
        let call = call.trim_start();
        let (begun, writes_then) = if call.starts_with("<... ") {
            unfinished.remove(thread).ok_or("the end of a call that did not begin")?
        } else {
            (call, writes)
        };
        let (begins, ends) = (!call.starts_with("<... "), !call.contains("<unfinished ...>"));
        if !ends {
            unfinished.insert(thread, (call, writes));
        }
        // A write counts from its beginning on, what is printed too: a sync must lie between the two.
        if begins && begun.starts_with("write(1<") {
            happened.push(Happened::Printed(begun));
        } else if begins && begun.starts_with("pwrite64(") && begun.contains("-wal>") {
            writes += 1;
            happened.push(Happened::Wrote);
        } else if ends
            && begun.contains("-wal>")
            && (begun.starts_with("fdatasync(") || begun.starts_with("fsync("))
        {
            happened.push(Happened::Synced(call.trim_end().ends_with("= 0"), writes_then));
        }
    }
    Ok(happened)
}
