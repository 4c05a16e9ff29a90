//! What can only be seen from inside: the connections' settings, and a writer that is made to fail.

use std::error::Error;
use std::time::Duration;

use domain::{CustomerName, Language, LinkId, LinkStatus, PermissionSet, Timestamp, WhoActs};
use sqlx::{AssertSqlSafe, Sqlite};
use storage::{Link, LinkQuery, Storage, StorageError, UnitOfWork};
use tempfile::TempDir;

use crate::SqliteStorage;
use crate::credential::REWRAP;
use crate::webhook_delivery::RECORD_DELIVERED;
use crate::writer::Turning;

type TestResult = Result<(), Box<dyn Error>>;

#[tokio::test]
async fn the_writer_syncs_fully_logs_ahead_erases_and_keeps_references() -> TestResult {
    let (_folder, storage) = opened().await?;

    assert_eq!(pragma(&storage, "synchronous").await?, "2");
    assert_eq!(pragma(&storage, "journal_mode").await?, "wal");
    assert_eq!(pragma(&storage, "secure_delete").await?, "1");
    assert_eq!(pragma(&storage, "foreign_keys").await?, "1");
    assert_eq!(pragma(&storage, "busy_timeout").await?, "0", "the writer waits by itself");
    assert_eq!(pragma(&storage, "temp_store").await?, "2", "in memory");
    Ok(())
}

#[tokio::test]
async fn a_reader_cannot_write() -> TestResult {
    let (_folder, storage) = opened().await?;

    let refused = sqlx::query("DELETE FROM staff").execute(&storage.readers).await;

    assert!(refused.is_err_and(|error| error.to_string().contains("readonly")));
    assert_eq!(read_pragma(&storage.readers, "journal_mode").await?, "wal");
    Ok(())
}

#[tokio::test]
async fn a_full_database_is_unwritable_and_usable_again_later() -> TestResult {
    let (_folder, storage) = opened().await?;
    let first = link(0)?;
    add(&storage, &first).await?;
    // As if the disk had no room for another page.
    pragma(&storage, "max_page_count = 1").await?;

    let refused = fill(&storage).await;

    assert!(matches!(refused, Err(StorageError::Unwritable(_))), "{refused:?}");
    assert_eq!(storage.links(&LinkQuery::first(1_000)).await?, [first]);
    pragma(&storage, "max_page_count = 1000000").await?;
    fill(&storage).await?;
    Ok(())
}

/// With a list of `VALUES` instead of JSON, SQLite reads every row for each of these: a million keys took hours.
#[tokio::test]
async fn rows_that_are_changed_together_are_found_by_their_ids() -> TestResult {
    let (_folder, storage) = opened().await?;

    for sql in [REWRAP, RECORD_DELIVERED] {
        let rows = sqlx::query(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}")))
            .fetch_all(&storage.readers)
            .await?;
        let plan: Vec<String> = rows.iter().map(|row| sqlx::Row::get(row, "detail")).collect();

        let [first, second] = plan.as_slice() else { return Err(format!("another plan: {plan:?}").into()) };
        assert!(first.starts_with("SCAN json_each"), "{plan:?}");
        assert!(second.starts_with("SEARCH"), "{plan:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_unit_that_was_given_up_does_not_cost_the_connection() -> TestResult {
    let (_folder, storage) = opened().await?;
    pragma(&storage, "busy_timeout = 1234").await?;

    for number in 0..20 {
        let mut unit = storage.begin().await?;
        unit.insert_link(&link(number)?).await?;
        drop(unit);
    }

    assert_eq!(pragma(&storage, "busy_timeout").await?, "1234");
    Ok(())
}

#[tokio::test]
async fn another_process_that_holds_the_database_is_waited_for_and_then_reported() -> TestResult {
    let folder = tempfile::tempdir()?;
    let storage = SqliteStorage::open_with(&url(&folder), Duration::from_millis(50)).await?;
    let other = SqliteStorage::open(&url(&folder)).await?;
    let unit = other.begin().await?;

    let refused = add(&storage, &link(1)?).await;

    assert!(matches!(refused, Err(StorageError::Unwritable(_))), "{refused:?}");
    drop(unit);
    other.ping().await?;
    add(&storage, &link(1)?).await?;
    Ok(())
}

#[tokio::test]
async fn a_reader_that_stays_leaves_something_to_forget_and_that_is_reported() -> TestResult {
    let (folder, storage) = opened().await?;
    add(&storage, &link(1)?).await?;
    let other = SqliteStorage::open(&url(&folder)).await?;
    let mut reading = other.readers.begin().await?;
    sqlx::query("SELECT * FROM link").fetch_all(&mut *reading).await?;
    add(&storage, &link(2)?).await?;

    let refused = storage.forget_deleted().await;

    assert!(matches!(refused, Err(StorageError::Unwritable(_))), "{refused:?}");
    add(&storage, &link(3)?).await?;
    reading.rollback().await?;
    storage.forget_deleted().await?;
    assert_eq!(std::fs::metadata(folder.path().join("linkdesk.db-wal"))?.len(), 0);
    assert_eq!(storage.links(&LinkQuery::first(10)).await?.len(), 3);
    Ok(())
}

#[tokio::test]
async fn what_was_deleted_is_forgotten_though_a_reader_is_there_for_longer_than_one_try() -> TestResult {
    let (folder, storage) = opened().await?;
    let other = SqliteStorage::open(&url(&folder)).await?;
    let mut reading = other.readers.begin().await?;
    sqlx::query("SELECT * FROM link").fetch_all(&mut *reading).await?;
    add(&storage, &link(1)?).await?;

    let read_on = async {
        tokio::time::sleep(Duration::from_millis(25)).await;
        reading.rollback().await
    };
    let (forgotten, read) = tokio::join!(storage.forget_deleted(), read_on);

    forgotten?;
    read?;
    Ok(())
}

#[tokio::test]
async fn links_of_a_customer_are_looked_up_and_never_gone_through() -> TestResult {
    let (_folder, storage) = opened().await?;
    let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {}", crate::link::UNFINISHED));

    let steps = sqlx::query(explain).fetch_all(&storage.readers).await?;

    let steps: Vec<String> =
        steps.iter().map(|step| sqlx::Row::try_get(step, "detail")).collect::<Result<_, _>>()?;
    for index in ["link_of_customer", "link_of_contact"] {
        assert!(steps.iter().any(|step| step.contains(index)), "{index}: {steps:?}");
    }
    assert!(
        !steps.iter().any(|step| step.contains("link_by_status") || step.contains("SCAN link")),
        "{steps:?}"
    );
    Ok(())
}

#[tokio::test]
async fn names_in_the_audit_log_are_looked_up_and_never_gone_through() -> TestResult {
    let (_folder, storage) = opened().await?;
    for sql in [crate::audit_search::BY_PART, crate::audit_search::BY_BEGIN] {
        let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
        let rows = sqlx::query(explain).bind("a").bind("b").bind(1).fetch_all(&storage.readers).await;
        // One value too many for the first of them.
        let rows = match rows {
            Ok(rows) => rows,
            Err(_) => {
                let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
                sqlx::query(explain).bind("a").bind(1).fetch_all(&storage.readers).await?
            }
        };
        let plan: Vec<String> = rows.iter().map(|row| sqlx::Row::get(row, "detail")).collect();
        let scans = plan.iter().any(|step| step.starts_with("SCAN link ") || step == "SCAN link");
        assert!(!scans && plan.iter().all(|step| !step.contains("TEMP B-TREE")), "{sql}: {plan:?}");
    }
    Ok(())
}

// Fails when one of these reads borrows a connection of those for everybody.
#[tokio::test]
async fn a_customer_s_page_waits_for_no_long_read_of_the_desk() -> TestResult {
    let (_folder, storage) = opened().await?;
    let mut long = Vec::new();
    for _ in 0..crate::READERS {
        let storage = storage.clone();
        long.push(tokio::spawn(async move { storage.count_links().await }));
    }
    for read in long {
        read.await??;
    }
    let mut held = Vec::new();
    for _ in 0..crate::READERS {
        held.push(storage.readers.acquire().await?);
    }
    // With every connection for customers taken, the desk's reads go on; and the other way round.
    let at = Timestamp::from_millis(0);
    let search = storage::AuditSearch::default();
    storage.search_audit(&search, None, 1).await?;
    storage.count_links().await?;
    storage.audit_rows(0, 1).await?;
    storage.progress(at, 1).await?;
    storage.problems(at, 1).await?;
    drop(held);
    let mut held = Vec::new();
    for _ in 0..crate::DESK_READERS {
        held.push(storage.desk_readers.acquire().await?);
    }
    storage.ping().await?;
    Ok(())
}

pub(crate) async fn opened() -> Result<(TempDir, SqliteStorage), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let storage = SqliteStorage::open(&url(&folder)).await?;
    Ok((folder, storage))
}

pub(crate) fn url(folder: &TempDir) -> String {
    format!("sqlite://{}", folder.path().join("linkdesk.db").display())
}

async fn pragma(storage: &SqliteStorage, pragma: &str) -> Result<String, Box<dyn Error>> {
    read_pragma(&mut *storage.writer.turn(Turning::Bare).await?, pragma).await
}

async fn read_pragma(
    db: impl sqlx::Executor<'_, Database = Sqlite>,
    pragma: &str,
) -> Result<String, Box<dyn Error>> {
    let row = sqlx::query(AssertSqlSafe(format!("PRAGMA {pragma}"))).fetch_one(db).await?;
    // A number or a word, depending on which.
    Ok(sqlx::Row::try_get_unchecked::<String, _>(&row, 0)?)
}

async fn add(storage: &SqliteStorage, link: &Link) -> storage::Result<()> {
    let mut unit = storage.begin().await?;
    unit.insert_link(link).await?;
    unit.commit().await
}

/// More links than fit into the pages that are there.
async fn fill(storage: &SqliteStorage) -> storage::Result<()> {
    let mut unit: Box<dyn UnitOfWork> = storage.begin().await?;
    for number in 1..200 {
        let link = link(number).map_err(|error| StorageError::Database(error.to_string().into()))?;
        unit.insert_link(&link).await?;
    }
    unit.commit().await
}

pub(crate) fn link(number: u8) -> Result<Link, Box<dyn Error>> {
    let at = Timestamp::from_millis(1_800_000_000_000 + i64::from(number));
    Ok(Link {
        id: LinkId::new(at, [number; 10]),
        customer: CustomerName::parse(&"Northwind ".repeat(10))?,
        contact: None,
        reference: None,
        language: Language::English,
        note: None,
        assignee: None,
        permissions: PermissionSet::new(&[]),
        status: LinkStatus::Invited,
        who_acts: WhoActs::Customer,
        paused_from: None,
        problem: None,
        step_reached: None,
        host: None,
        fresh_host: None,
        account: None,
        previous: None,
        created_at: at,
        changed_at: at,
        linked_at: None,
    })
}
