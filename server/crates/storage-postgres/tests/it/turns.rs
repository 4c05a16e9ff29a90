//! Units of one server that come together: kept together, and given up each by itself.

use std::time::Duration;

use storage::{Storage, StorageError, UnitOfWork};
use storage_postgres::PostgresStorage;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{sleep, timeout};

use crate::connections::break_all;
use crate::home::{Home, TestResult, link};

const SOON: Duration = Duration::from_secs(20);

type Begun = JoinHandle<storage::Result<Box<dyn UnitOfWork>>>;

/// Somebody who waits for a turn.
fn waiting(storage: &PostgresStorage) -> Begun {
    let storage = storage.clone();
    tokio::spawn(async move { storage.begin().await })
}

/// A unit that keeps the link of this number, and waits to be told so.
async fn keep(mut unit: Box<dyn UnitOfWork>, number: u8) -> storage::Result<()> {
    let link = link(number).map_err(|error| StorageError::Database(error.to_string().into()))?;
    unit.insert_link(&link).await?;
    unit.commit().await
}

async fn kept(home: &Home) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut kept = Vec::new();
    for number in 0..4 {
        kept.extend(home.storage.link(link(number)?.id).await?.map(|_| number));
    }
    Ok(kept)
}

// Fails when a unit is acknowledged before its group is committed.
#[tokio::test]
async fn who_waits_goes_on_in_the_same_group_and_both_are_acknowledged_together() -> TestResult {
    let home = Home::new().await?;
    // A group is open for some milliseconds only: on a busy machine it takes a few tries to meet in one.
    for _ in 0..50 {
        let first = home.storage.begin().await?;
        let second = waiting(&home.storage);
        tokio::task::yield_now().await;
        let mut first = tokio::spawn(keep(first, 1));
        let mut second = timeout(SOON, second).await???;
        assert!(second.link(link(1)?.id).await?.is_some(), "the second sees what the first did");
        if timeout(Duration::from_millis(50), &mut first).await.is_ok() {
            drop(second);
            home.execute("DELETE FROM link").await?;
            continue;
        }
        assert!(kept(&home).await?.is_empty(), "nobody else sees it");
        keep(second, 2).await?;
        timeout(SOON, first).await???;
        assert_eq!(kept(&home).await?, [1, 2]);
        return Ok(());
    }
    Err("no two units met in one group".into())
}

#[tokio::test]
async fn a_unit_given_up_in_a_group_takes_back_its_own_and_nothing_else() -> TestResult {
    let home = Home::new().await?;
    let first = home.storage.begin().await?;
    let (second, third) = (waiting(&home.storage), waiting(&home.storage));
    sleep(Duration::from_millis(10)).await;
    let first = tokio::spawn(keep(first, 1));
    let mut second = timeout(SOON, second).await???;
    second.insert_link(&link(2)?).await?;

    drop(second);

    keep(timeout(SOON, third).await???, 3).await?;
    timeout(SOON, first).await???;
    assert_eq!(kept(&home).await?, [1, 3]);
    Ok(())
}

// PostgreSQL keeps nothing of a transaction one of whose statements failed, and says so to nobody who commits it.
#[tokio::test]
async fn a_unit_that_goes_on_after_an_error_is_refused_and_its_group_is_kept() -> TestResult {
    for waits in [false, true] {
        let home = Home::new().await?;
        let first = home.storage.begin().await?;
        let second = waiting(&home.storage);
        sleep(Duration::from_millis(10)).await;
        let first = tokio::spawn(keep(first, 1));
        let mut second = timeout(SOON, second).await???;
        let third = waits.then(|| waiting(&home.storage));
        sleep(Duration::from_millis(10)).await;
        assert!(second.insert_link(&link(1)?).await.is_err());

        let refused = second.commit().await;

        assert!(refused.is_err(), "acknowledged, though nothing of it is kept");
        if let Some(third) = third {
            keep(timeout(SOON, third).await???, 3).await?;
        }
        timeout(SOON, first).await???;
        assert_eq!(kept(&home).await?, if waits { vec![1, 3] } else { vec![1] });
    }
    Ok(())
}

#[tokio::test]
async fn when_the_connection_breaks_nobody_of_the_group_is_acknowledged_and_the_next_one_is() -> TestResult {
    // On a machine that is busy they may miss one another: a group takes nobody in for long.
    for _ in 0..20 {
        let home = Home::new().await?;
        let first = home.storage.begin().await?;
        let second = waiting(&home.storage);
        sleep(Duration::from_millis(10)).await;
        let first = tokio::spawn(keep(first, 1));
        let second = timeout(SOON, second).await???;
        sleep(Duration::from_millis(10)).await;
        if first.is_finished() {
            continue;
        }

        break_all(&home);

        let refused = keep(second, 2).await;
        assert!(matches!(refused, Err(StorageError::Unwritable(_))), "{refused:?}");
        let refused = timeout(SOON, first).await??;
        assert!(matches!(refused, Err(StorageError::Unwritable(_))), "{refused:?}");
        keep(home.storage.begin().await?, 3).await?;
        assert_eq!(kept(&home).await?, [3]);
        return Ok(());
    }
    Err("no two units met in one group".into())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_stops_at_whatever_moment_leaves_the_writer_to_the_others() -> TestResult {
    let home = Home::new().await?;
    let mut units = JoinSet::new();
    for number in 0..200_u8 {
        let storage = home.storage.clone();
        // Cut off after a time that is longer or shorter than what most of them take; some never.
        let patience = Duration::from_micros(u64::from(number) * 7_919 % 60_000);
        let unit = async move {
            let unit = storage.begin().await.ok()?;
            keep(unit, number).await.ok()?;
            Some(number)
        };
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

    for number in &told {
        assert!(
            home.storage.link(link(*number)?.id).await?.is_some(),
            "{number} was acknowledged and is not there"
        );
    }
    assert!(told.len() >= 40 && told.len() < 200, "{} were acknowledged", told.len());
    timeout(SOON, home.storage.begin()).await??.commit().await?;
    Ok(())
}
