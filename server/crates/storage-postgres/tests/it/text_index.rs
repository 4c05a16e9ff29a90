//! The index a search needs, on a database that lets one add it and on one that does not.

use storage::{Link, LinkFilter, LinkQuery, Storage};
use storage_postgres::PostgresStorage;

use crate::cluster::Database;
use crate::home::{Home, TestResult, link};

#[tokio::test]
async fn the_index_is_added_and_nothing_is_lacking() -> TestResult {
    let home = Home::new().await?;

    assert_eq!(home.storage.lacks(), Vec::<&str>::new());
    assert_eq!(
        home.database.execute("SELECT count(*) FROM pg_indexes WHERE indexname = 'link_by_text'"),
        "1"
    );
    Ok(())
}

#[tokio::test]
async fn without_the_extension_it_is_said_and_a_search_finds_all_the_same() -> TestResult {
    let database = Database::empty().await;
    let role = format!("plain_{}", database.name());
    // Somebody who may make tables and nothing else.
    database.execute(&format!("CREATE ROLE {role} LOGIN; GRANT CREATE ON SCHEMA public TO {role}"));
    let url = database.url().replace("linkdesk@", &format!("{role}@"));

    let storage = PostgresStorage::open(&url).await?;

    assert!(storage.lacks().iter().any(|lack| lack.contains("pg_trgm")), "{:?}", storage.lacks());
    let kept = link(1)?;
    let mut unit = storage.begin().await?;
    unit.insert_link(&kept).await?;
    unit.commit().await?;
    assert_eq!(found(&storage, "THWI").await?, [kept]);

    // Once somebody added it, the next start makes the index.
    database.execute("CREATE EXTENSION pg_trgm");
    assert_eq!(PostgresStorage::open(&url).await?.lacks(), Vec::<&str>::new());
    assert_eq!(found(&storage, "THWI").await?.len(), 1);
    storage.close().await;
    database.execute(&format!("DROP OWNED BY {role} CASCADE; DROP ROLE {role}"));
    Ok(())
}

async fn found(storage: &PostgresStorage, text: &str) -> storage::Result<Vec<Link>> {
    let filter = LinkFilter { search: Some(text.to_owned()), ..LinkFilter::default() };
    storage.links(&LinkQuery { filter, ..LinkQuery::first(10) }).await
}
