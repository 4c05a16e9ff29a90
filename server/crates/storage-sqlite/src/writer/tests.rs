//! Turns, groups, and everybody who stops in the middle of one.

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::FutureExt as _;
use sqlx::{AssertSqlSafe, SqliteConnection};
use storage::{JobKind, JobReads as _, Storage as _, StorageError};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};

use super::{Turn, Turning};
use crate::SqliteStorage;
use crate::tests::{link, opened, url};

type TestResult = Result<(), Box<dyn Error>>;

const SOON: Duration = Duration::from_secs(20);

#[tokio::test]
async fn a_unit_for_which_nobody_waits_is_kept_at_once() -> TestResult {
    let (_folder, storage) = opened().await?;
    let mut turn = storage.writer.turn(Turning::Shared).await?;
    add(&mut turn, 1).await?;

    turn.commit(false).await?;

    assert_eq!(kept(&storage).await?, [1]);
    Ok(())
}

// Fails when a unit is acknowledged before its group is committed.
#[tokio::test]
async fn who_waits_goes_on_in_the_same_group_and_both_are_acknowledged_together() -> TestResult {
    let (_folder, storage) = opened().await?;
    let mut first = storage.writer.turn(Turning::Shared).await?;
    add(&mut first, 1).await?;
    let mut second = Box::pin(storage.writer.turn(Turning::Shared));
    assert!(second.as_mut().now_or_never().is_none(), "the first still has the connection");

    let mut first = Box::pin(first.commit(false));
    assert!(first.as_mut().now_or_never().is_none());
    let mut second = second.await?;

    assert_eq!(numbers(&mut second).await?, [1], "the second sees what the first did");
    assert!(timeout(Duration::from_millis(50), first.as_mut()).await.is_err(), "not on the disk yet");
    assert!(kept(&storage).await?.is_empty(), "nobody else sees it");
    add(&mut second, 2).await?;
    let (first, second) = tokio::join!(first, second.commit(false));
    first?;
    second?;
    assert_eq!(kept(&storage).await?, [1, 2]);
    Ok(())
}

#[tokio::test]
async fn a_unit_given_up_in_a_group_takes_back_its_own_and_nothing_else() -> TestResult {
    for (given_up, expected) in
        [(vec![1], vec![0, 2]), (vec![0, 2], vec![1]), (vec![0], vec![1, 2]), (vec![0, 1, 2], vec![])]
    {
        let (_folder, storage) = opened().await?;
        let mut turns = group(&storage, 3).await?;
        let mut ended = JoinSet::new();
        for number in 0..3 {
            let mut turn = turns.remove(0).await??;
            add(&mut turn, number).await?;
            if given_up.contains(&number) {
                drop(turn);
            } else {
                ended.spawn(turn.commit(false));
            }
        }

        while let Some(done) = timeout(SOON, ended.join_next()).await? {
            done??;
        }

        assert_eq!(kept(&storage).await?, expected, "{given_up:?} were given up");
    }
    Ok(())
}

#[tokio::test]
async fn when_the_commit_fails_nobody_of_the_group_is_acknowledged_and_the_next_group_is() -> TestResult {
    let (_folder, storage) = opened().await?;
    let mut turns = group(&storage, 3).await?;
    let mut ended = JoinSet::new();
    for number in 0..3 {
        let mut turn = turns.remove(0).await??;
        add(&mut turn, number).await?;
        if number == 1 {
            // What only COMMIT finds out.
            run(&mut turn, "PRAGMA defer_foreign_keys = ON").await?;
            run(&mut turn, "UPDATE mark SET link_id = 'lnk_nowhere' WHERE number = 1").await?;
        }
        ended.spawn(turn.commit(true));
    }
    let mut put = storage.jobs_put();

    while let Some(done) = timeout(SOON, ended.join_next()).await? {
        let refused = done?;
        assert!(matches!(refused, Err(StorageError::Database(_))), "{refused:?}");
    }

    assert!(!put.has_changed()?, "told of jobs that are not there");
    assert!(kept(&storage).await?.is_empty());
    let mut turn = storage.writer.turn(Turning::Shared).await?;
    add(&mut turn, 7).await?;
    turn.commit(true).await?;
    assert!(put.has_changed()?);
    put.mark_unchanged();
    assert_eq!(kept(&storage).await?, [7]);
    Ok(())
}

// SQLite ends the transaction by itself after some errors. What follows must not be kept one by one.
#[tokio::test]
async fn a_unit_whose_transaction_ended_behind_its_back_fails_and_with_it_its_group() -> TestResult {
    for waits in [false, true] {
        let (_folder, storage) = opened().await?;
        let mut turns = group(&storage, if waits { 3 } else { 2 }).await?;
        let mut ended = JoinSet::new();
        let mut first = turns.remove(0).await??;
        add(&mut first, 1).await?;
        ended.spawn(first.commit(false));
        let mut second = turns.remove(0).await??;
        add(&mut second, 2).await?;
        run(&mut second, "ROLLBACK").await?;
        ended.spawn(second.commit(false));

        for _ in 0..2 {
            let refused = timeout(SOON, ended.join_next()).await?.ok_or("none")??;
            assert!(refused.is_err(), "kept without a transaction");
        }
        if waits {
            let mut third = timeout(SOON, turns.remove(0)).await???;
            assert!(numbers(&mut third).await?.is_empty());
            add(&mut third, 3).await?;
            third.commit(false).await?;
        }

        assert_eq!(kept(&storage).await?, if waits { vec![3] } else { Vec::new() });
    }
    Ok(())
}

#[tokio::test]
async fn jobs_are_told_of_after_the_commit_and_not_before() -> TestResult {
    let (_folder, storage) = opened().await?;
    let mut put = storage.jobs_put();
    let mut unit = storage.begin().await?;
    let at = link(1)?.created_at;
    unit.put_job(JobKind::Recheck, "one", 0, at).await?;
    let waiting = tokio::spawn({
        let storage = storage.clone();
        async move { storage.begin().await.map(drop) }
    });
    tokio::task::yield_now().await;
    assert!(!put.has_changed()?);

    unit.commit().await?;

    assert!(put.has_changed()?);
    put.mark_unchanged();
    assert!(storage.job(JobKind::Recheck, "one").await?.is_some());
    waiting.await??;
    Ok(())
}

/// Many units that stop waiting, stop working, or stop waiting for their commit, at whatever moment.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_stops_at_whatever_moment_leaves_the_writer_to_the_others() -> TestResult {
    let (_folder, storage) = opened().await?;
    table(&storage).await?;
    let acknowledged = Arc::new(AtomicUsize::new(0));
    let mut units = JoinSet::new();
    for number in 0..600_i64 {
        let (storage, acknowledged) = (storage.clone(), acknowledged.clone());
        let unit = async move {
            let mut turn = storage.writer.turn(Turning::Shared).await.ok()?;
            run(&mut turn, &format!("INSERT INTO both (number, half) VALUES ({number}, 1)")).await.ok()?;
            tokio::task::yield_now().await;
            run(&mut turn, &format!("INSERT INTO both (number, half) VALUES ({number}, 2)")).await.ok()?;
            turn.commit(false).await.ok()?;
            acknowledged.fetch_add(1, Ordering::SeqCst);
            Some(number)
        };
        // Cut off after a time that is longer or shorter than what most of them take; some never.
        let patience = Duration::from_micros(u64::try_from((number * 7919) % 40_000)?);
        units.spawn(async move {
            if number % 5 == 0 { unit.await } else { timeout(patience, unit).await.ok().flatten() }
        });
        if number % 20 == 0 {
            sleep(Duration::from_millis(2)).await;
        }
    }

    let mut told = Vec::new();
    while let Some(ended) = timeout(SOON, units.join_next()).await? {
        told.extend(ended?);
    }

    let mut turn = timeout(SOON, storage.writer.turn(Turning::Shared)).await??;
    let whole: Vec<i64> = sqlx::query_scalar("SELECT number FROM both GROUP BY number HAVING count(*) = 2")
        .fetch_all(&mut *turn)
        .await?;
    let half: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM (SELECT number FROM both GROUP BY number HAVING count(*) <> 2)",
    )
    .fetch_one(&mut *turn)
    .await?;
    assert_eq!(half, 0, "half of a unit was kept");
    assert!(told.iter().all(|number| whole.contains(number)), "an acknowledged unit is not there");
    assert_eq!(told.len(), acknowledged.load(Ordering::SeqCst));
    assert!(told.len() >= 120 && told.len() < 600, "{} were acknowledged", told.len());
    Ok(())
}

// Fails without a rest: the other one then hardly ever finds the database free.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_process_gets_its_turn_however_much_is_written_here() -> TestResult {
    let (folder, storage) = opened().await?;
    table(&storage).await?;
    let other = SqliteStorage::open(&url(&folder)).await?;
    let until = Instant::now() + Duration::from_secs(3);
    let mut writing = JoinSet::new();
    for _ in 0..16 {
        let storage = storage.clone();
        writing.spawn(async move {
            let mut times = 0;
            while Instant::now() < until {
                let mut turn = storage.writer.turn(Turning::Shared).await?;
                run(&mut turn, "INSERT INTO both (number, half) VALUES (1, 1)").await?;
                turn.commit(false).await?;
                times += 1;
            }
            Ok::<u64, StorageError>(times)
        });
    }
    let (mut turns, mut longest) = (0, Duration::ZERO);
    while Instant::now() < until {
        let asked = Instant::now();
        other.writer.turn(Turning::Shared).await?.commit(false).await?;
        longest = longest.max(asked.elapsed());
        turns += 1;
        sleep(Duration::from_millis(20)).await;
    }
    let mut here = 0;
    while let Some(times) = writing.join_next().await {
        here += times??;
    }

    println!("{turns} turns of another process beside {here} units, after at most {longest:?}");
    assert!(turns >= 5, "{turns}");
    assert!(longest < Duration::from_secs(2), "{longest:?}");
    Ok(())
}

#[tokio::test]
async fn what_changes_the_connection_shares_with_nobody() -> TestResult {
    let (_folder, storage) = opened().await?;
    table(&storage).await?;
    let mut first = storage.writer.turn(Turning::Shared).await?;
    run(&mut first, "INSERT INTO both (number, half) VALUES (1, 1)").await?;
    let mut alone = Box::pin(storage.writer.turn(Turning::Alone));
    assert!(alone.as_mut().now_or_never().is_none());

    timeout(SOON, first.commit(false)).await??;

    let alone = timeout(SOON, alone).await??;
    let mut last = Box::pin(storage.writer.turn(Turning::Shared));
    assert!(last.as_mut().now_or_never().is_none());
    timeout(SOON, alone.commit(false)).await??;
    drop(timeout(SOON, last).await??);
    Ok(())
}

// With a savepoint each statement costs as much as all before it: 20,000 made-up links took a minute instead of six seconds.
#[tokio::test]
async fn what_writes_much_has_no_savepoint_around_it() -> TestResult {
    let (_folder, storage) = opened().await?;
    let mut shared = storage.writer.turn(Turning::Shared).await?;
    run(&mut shared, "RELEASE unit; SAVEPOINT unit").await?;
    drop(shared);
    let mut alone = storage.writer.turn(Turning::Alone).await?;

    let refused = run(&mut alone, "RELEASE unit").await.err().ok_or("there is one")?;

    assert!(format!("{refused:?}").contains("no such savepoint"), "{refused:?}");
    Ok(())
}

#[tokio::test]
async fn a_closed_writer_says_so() -> TestResult {
    let (_folder, storage) = opened().await?;
    storage.close().await;
    storage.close().await;

    let refused = storage.begin().await.err().ok_or("it was begun")?;

    assert!(matches!(refused, StorageError::Database(_)), "{refused:?}");
    Ok(())
}

/// So many turns that were asked for in this order.
async fn group(
    storage: &SqliteStorage,
    units: usize,
) -> Result<Vec<tokio::task::JoinHandle<storage::Result<Turn>>>, Box<dyn Error>> {
    table(storage).await?;
    let before = storage.writer.turn(Turning::Bare).await?;
    let mut turns = Vec::new();
    for _ in 0..units {
        let storage = storage.clone();
        turns.push(tokio::spawn(async move { storage.writer.turn(Turning::Shared).await }));
        tokio::task::yield_now().await;
    }
    drop(before);
    Ok(turns)
}

async fn table(storage: &SqliteStorage) -> TestResult {
    let mut turn = storage.writer.turn(Turning::Shared).await?;
    run(&mut turn, "CREATE TABLE IF NOT EXISTS mark (number INTEGER, link_id TEXT REFERENCES link (id))")
        .await?;
    run(&mut turn, "CREATE TABLE IF NOT EXISTS both (number INTEGER, half INTEGER)").await?;
    Ok(turn.commit(false).await?)
}

async fn add(turn: &mut Turn, number: i64) -> TestResult {
    run(turn, "CREATE TABLE IF NOT EXISTS mark (number INTEGER, link_id TEXT REFERENCES link (id))").await?;
    Ok(run(turn, &format!("INSERT INTO mark (number) VALUES ({number})")).await?)
}

async fn run(db: &mut SqliteConnection, sql: &str) -> storage::Result<()> {
    crate::query::run(db, sqlx::query(AssertSqlSafe(sql.to_owned()))).await?;
    Ok(())
}

async fn numbers(db: &mut SqliteConnection) -> Result<Vec<i64>, sqlx::Error> {
    sqlx::query_scalar("SELECT number FROM mark ORDER BY number").fetch_all(db).await
}

/// What a reader sees.
async fn kept(storage: &SqliteStorage) -> Result<Vec<i64>, Box<dyn Error>> {
    let mut db = storage.readers.acquire().await?;
    let is_there: bool = sqlx::query_scalar("SELECT count(*) > 0 FROM sqlite_schema WHERE name = 'mark'")
        .fetch_one(&mut *db)
        .await?;
    Ok(if is_there { numbers(&mut db).await? } else { Vec::new() })
}
