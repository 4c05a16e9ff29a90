//! Being told of what other servers change.

use std::time::Duration;

use domain::LinkStatus;
use storage::Storage;
use storage_postgres::PostgresStorage;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::timeout;

use crate::connections::break_all;
use crate::home::{Home, TestResult, link};

const SOON: Duration = Duration::from_secs(5);

#[tokio::test]
async fn a_commit_of_another_server_is_told_and_what_was_given_up_is_not() -> TestResult {
    let home = Home::new().await?;
    let mut told = listening(&home).await?;
    timeout(SOON, told.recv()).await?;
    let mut link = link(1)?;

    let mut unit = home.storage.begin().await?;
    unit.insert_link(&link).await?;
    drop(unit);
    assert!(timeout(Duration::from_millis(300), told.recv()).await.is_err());

    let mut unit = home.storage.begin().await?;
    unit.insert_link(&link).await?;
    unit.commit().await?;
    timeout(SOON, told.recv()).await?;

    link.move_to(LinkStatus::Opened, None, link.created_at);
    let mut unit = home.storage.begin().await?;
    unit.update_link(&link).await?;
    unit.commit().await?;
    timeout(SOON, told.recv()).await?;
    Ok(())
}

#[tokio::test]
async fn after_a_lost_connection_it_is_told_to_look_again_and_of_what_follows() -> TestResult {
    let home = Home::new().await?;
    let mut told = listening(&home).await?;
    timeout(SOON, told.recv()).await?;

    break_all(&home);
    timeout(SOON, told.recv()).await?;

    let mut unit = home.storage.begin().await?;
    unit.insert_link(&link(1)?).await?;
    unit.commit().await?;
    timeout(SOON, told.recv()).await?;
    Ok(())
}

#[tokio::test]
async fn listening_ends_with_the_storage() -> TestResult {
    let home = Home::new().await?;
    let storage = home.storage.clone();
    let listening = tokio::spawn(async move { storage.listen(|| {}).await });
    tokio::time::sleep(Duration::from_millis(300)).await;

    timeout(SOON, home.storage.close()).await?;

    timeout(SOON, listening).await??;
    Ok(())
}

/// A message each time another server on the database is told.
async fn listening(home: &Home) -> Result<UnboundedReceiver<()>, Box<dyn std::error::Error>> {
    let other = PostgresStorage::open(&home.database.url()).await?;
    let (tell, told) = unbounded_channel();
    tokio::spawn(async move {
        other
            .listen(move || {
                let _ = tell.send(());
            })
            .await;
    });
    Ok(told)
}
