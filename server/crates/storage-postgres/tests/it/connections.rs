//! The connections: what they are set to, what becomes of those that break, what errors tell.

use storage::{Storage, StorageError};
use storage_postgres::PostgresStorage;

use crate::home::{Home, TestResult, link};

#[tokio::test]
async fn every_session_that_writes_commits_to_the_disk_and_ends_what_hangs() -> TestResult {
    let home = Home::new().await?;
    home.database.execute(&format!(
        "ALTER DATABASE {} SET synchronous_commit = off; ALTER DATABASE {0} SET default_transaction_isolation = serializable",
        home.database.name()
    ));
    let storage = PostgresStorage::open(&home.database.url()).await?;
    home.database.execute(
        "CREATE TABLE seen (name TEXT, value TEXT); \
         CREATE FUNCTION look() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
             INSERT INTO seen SELECT name, setting FROM pg_settings; RETURN NULL; END $$; \
         CREATE TRIGGER look AFTER INSERT ON link FOR EACH ROW EXECUTE FUNCTION look();",
    );

    let mut unit = storage.begin().await?;
    unit.insert_link(&link(1)?).await?;
    unit.commit().await?;

    for (name, value) in [
        ("synchronous_commit", "on"),
        ("transaction_isolation", "read committed"),
        ("idle_in_transaction_session_timeout", "5000"),
        ("lock_timeout", "10000"),
        ("statement_timeout", "30000"),
        ("application_name", "linkdesk"),
    ] {
        let seen = home.database.execute(&format!("SELECT value FROM seen WHERE name = '{name}'"));
        assert_eq!(seen, value, "{name}");
    }
    Ok(())
}

#[tokio::test]
async fn broken_connections_are_reported_and_replaced() -> TestResult {
    let home = Home::new().await?;
    let link = link(1)?;
    let mut unit = home.storage.begin().await?;
    unit.insert_link(&link).await?;
    home.storage.ping().await?;

    break_all(&home);

    let broken = unit.commit().await;
    assert!(matches!(broken, Err(StorageError::Unwritable(_))), "{broken:?}");
    assert_eq!(home.storage.link(link.id).await?, None);
    let mut unit = home.storage.begin().await?;
    unit.insert_link(&link).await?;
    unit.commit().await?;
    assert_eq!(home.storage.link(link.id).await?, Some(link));
    Ok(())
}

#[tokio::test]
async fn a_unit_that_was_given_up_costs_neither_the_lock_nor_the_connection() -> TestResult {
    let home = Home::new().await?;

    for number in 0..20 {
        let mut unit = home.storage.begin().await?;
        unit.insert_link(&link(number)?).await?;
        drop(unit);
    }

    home.storage.begin().await?.commit().await?;
    let kept = home.database.execute("SELECT count(*) FROM link");
    assert_eq!(kept, "0");
    Ok(())
}

#[tokio::test]
async fn readers_cannot_write() -> TestResult {
    let home = Home::new().await?;
    // What a reader asks for, made to write.
    home.database.execute(
        "ALTER TABLE list_change RENAME TO list_changes; \
         CREATE FUNCTION written() RETURNS BIGINT LANGUAGE sql AS 'UPDATE list_changes SET version = 9 RETURNING 1'; \
         CREATE VIEW list_change AS SELECT written() AS version;",
    );

    let refused = home.storage.list_version().await;

    let text = refused.map_err(|error| format!("{error:?}"));
    assert!(text.as_ref().is_err_and(|text| text.contains("read-only")), "{text:?}");
    Ok(())
}

#[tokio::test]
async fn an_error_tells_nothing_of_the_row_it_is_about() -> TestResult {
    let home = Home::new().await?;
    let mut one = link(1)?;
    one.customer = domain::CustomerName::parse("Contoso Secret")?;
    home.execute("ALTER TABLE link ADD CHECK (customer <> 'Contoso Secret')").await?;

    let mut unit = home.storage.begin().await?;
    let refused = unit.insert_link(&one).await;

    let Err(error) = refused else { return Err("it was kept".into()) };
    let mut told = format!("{error:?} {error}");
    let mut source = std::error::Error::source(&error);
    while let Some(error) = source {
        told += &format!(" {error:?} {error}");
        source = error.source();
    }
    assert!(told.contains("23514") && !told.contains("Contoso"), "{told}");
    Ok(())
}

#[tokio::test]
async fn a_database_that_cannot_be_reached_is_an_error_that_holds_no_password() -> TestResult {
    for url in [
        "postgres://linkdesk:hunter2@127.0.0.1:1/linkdesk",
        "postgres://linkdesk:hunter2@/linkdesk?host=/nowhere/at/all",
        "postgres://linkdesk:hun/ter2@localhost/linkdesk",
        "postgres://linkdesk@localhost/linkdesk?password=hunter2&sslmode=hunter2",
    ] {
        let refused = PostgresStorage::open(url).await;

        let told = match refused {
            Ok(storage) => return Err(format!("{storage:?} was opened").into()),
            Err(error) => format!("{error:?} {error} {:?}", std::error::Error::source(&error)),
        };
        assert!(!told.contains("hun"), "{told}");
    }
    Ok(())
}

#[tokio::test]
async fn a_storage_shows_nothing_of_how_it_is_reached() -> TestResult {
    let home = Home::new().await?;

    assert_eq!(format!("{:?}", home.storage), "PostgresStorage { .. }");
    Ok(())
}

/// As when the database's server is started anew.
pub(crate) fn break_all(home: &Home) {
    home.database.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
         WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
}
