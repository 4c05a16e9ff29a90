//! Tables that are made, found, or newer than the program.

use domain::LinkStatus;
use storage::{LinkQuery, Storage};
use storage_postgres::PostgresStorage;

use crate::cluster::Database;
use crate::home::{Home, TestResult, link};

/// The migrations of the SQLite twin, whose tables these are.
const TWIN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../storage-sqlite/migrations");
const OURS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");

#[tokio::test]
async fn servers_that_start_at_once_make_the_tables_once() -> TestResult {
    let database = Database::empty().await;

    let starts: Vec<_> = (0..8)
        .map(|_| {
            let url = database.url();
            tokio::spawn(async move { PostgresStorage::open(&url).await })
        })
        .collect();
    for start in starts {
        start.await??.ping().await?;
    }

    let applied =
        database.execute("SELECT count(*), count(DISTINCT version) FROM _sqlx_migrations WHERE success");
    let all = std::fs::read_dir(OURS)?.count();
    assert_eq!(applied, format!("{all}|{all}"));
    Ok(())
}

#[tokio::test]
async fn a_server_that_is_older_than_the_tables_goes_on_with_them() -> TestResult {
    let home = Home::new().await?;
    let link = link(1)?;
    // What a newer one may do: add.
    home.database.execute(
        "ALTER TABLE link ADD COLUMN mood TEXT NOT NULL DEFAULT 'fine'; CREATE TABLE weather (id BIGINT); \
         INSERT INTO _sqlx_migrations VALUES (9999, 'weather', now(), true, '\\x00', 1)",
    );

    // One that runs already, and one that is started now.
    for storage in [home.storage.clone(), PostgresStorage::open(&home.database.url()).await?] {
        let mut unit = storage.begin().await?;
        if let Some(mut known) = unit.link(link.id).await? {
            known.move_to(LinkStatus::Opened, None, link.created_at);
            unit.update_link(&known).await?;
        } else {
            unit.insert_link(&link).await?;
        }
        unit.commit().await?;
    }

    let found = home.storage.links(&LinkQuery::first(10)).await?;
    assert_eq!(found.iter().map(|link| link.status).collect::<Vec<_>>(), [LinkStatus::Opened]);
    Ok(())
}

#[tokio::test]
async fn a_migration_that_was_changed_after_it_was_applied_is_refused() -> TestResult {
    let home = Home::new().await?;
    home.database.execute("UPDATE _sqlx_migrations SET checksum = '\\x00' WHERE version = 3");

    assert!(PostgresStorage::open(&home.database.url()).await.is_err());
    Ok(())
}

#[test]
fn both_backends_have_migrations_of_the_same_names() -> TestResult {
    let names = |folder: &str| -> std::io::Result<Vec<_>> {
        let mut names: Vec<_> = std::fs::read_dir(folder)?
            .map(|file| file.map(|file| file.file_name()))
            .collect::<Result<_, _>>()?;
        names.sort();
        Ok(names)
    };

    assert_eq!(names(OURS)?, names(TWIN)?);
    Ok(())
}
