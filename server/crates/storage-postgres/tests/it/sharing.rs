//! Several servers on one database.

use std::time::{Duration, Instant};

use domain::LinkStatus;
use storage::{Storage, StorageError};
use storage_postgres::PostgresStorage;
use tokio::time::timeout;

use crate::home::{Home, TestResult, link};

/// Long enough that a unit which does not wait would have begun.
const A_MOMENT: Duration = Duration::from_millis(300);

#[tokio::test]
async fn a_unit_waits_for_those_of_other_servers_and_sees_what_they_kept() -> TestResult {
    let home = Home::new().await?;
    let other = PostgresStorage::open(&home.database.url()).await?;
    let mut link = link(1)?;
    let mut unit = home.storage.begin().await?;
    unit.insert_link(&link).await?;

    let second = tokio::spawn({
        let other = other.clone();
        async move { other.begin().await }
    });
    tokio::time::sleep(A_MOMENT).await;
    assert!(!second.is_finished());
    link.move_to(LinkStatus::Opened, None, link.created_at);
    unit.update_link(&link).await?;
    unit.commit().await?;

    let mut second = timeout(Duration::from_secs(5), second).await???;
    assert_eq!(second.link(link.id).await?, Some(link));
    Ok(())
}

#[tokio::test]
async fn of_many_servers_that_count_at_once_none_loses_a_step() -> TestResult {
    const SERVERS: usize = 4;
    const STEPS: usize = 25;
    let home = Home::new().await?;
    let link = link(1)?;
    let mut unit = home.storage.begin().await?;
    unit.insert_link(&link).await?;
    unit.commit().await?;

    let mut tasks = Vec::new();
    for _ in 0..SERVERS {
        let storage = PostgresStorage::open(&home.database.url()).await?;
        tasks.push(tokio::spawn(async move {
            for _ in 0..STEPS {
                let mut unit = storage.begin().await?;
                // Read, think, write: lost when anybody else wrote in between.
                let mut link = unit.link(link.id).await?.ok_or(StorageError::Duplicate("no link"))?;
                tokio::task::yield_now().await;
                link.changed_at = link.changed_at.plus_seconds(1);
                unit.update_link(&link).await?;
                unit.commit().await?;
            }
            storage::Result::Ok(())
        }));
    }
    for task in tasks {
        task.await??;
    }

    let counted = home.storage.link(link.id).await?.map(|link| link.changed_at);
    let steps = i64::try_from(SERVERS * STEPS)?;
    assert_eq!(counted, Some(link.changed_at.plus_seconds(steps)));
    Ok(())
}

#[tokio::test]
async fn a_server_that_hangs_within_a_unit_holds_the_others_for_seconds_only() -> TestResult {
    let home = Home::new().await?;
    let hanging = PostgresStorage::open(&home.database.url()).await?;
    let link = link(1)?;
    let mut unit = hanging.begin().await?;
    unit.insert_link(&link).await?;
    let began = Instant::now();

    let mut next = home.storage.begin().await?;

    assert!(began.elapsed() < Duration::from_secs(9), "{:?}", began.elapsed());
    assert_eq!(next.link(link.id).await?, None);
    next.insert_link(&link).await?;
    next.commit().await?;
    // The one that was given up cannot be kept after all.
    let late = unit.commit().await;
    assert!(matches!(late, Err(StorageError::Unwritable(_))), "{late:?}");
    // And its server goes on.
    hanging.begin().await?.commit().await?;
    Ok(())
}

#[tokio::test]
async fn whoever_waits_too_long_is_told_that_nothing_can_be_written_now() -> TestResult {
    let home = Home::new().await?;
    let other = PostgresStorage::open(&home.database.url()).await?;
    let mut holding = home.storage.begin().await?;
    let busy = tokio::spawn(async move {
        // Not idle for long enough to be ended.
        for _ in 0..14 {
            tokio::time::sleep(Duration::from_secs(1)).await;
            holding.running_checks().await?;
        }
        holding.commit().await
    });

    let refused = other.begin().await.map(|_| ());

    assert!(matches!(refused, Err(StorageError::Unwritable(_))), "{refused:?}");
    busy.await??;
    other.begin().await?.commit().await?;
    Ok(())
}
