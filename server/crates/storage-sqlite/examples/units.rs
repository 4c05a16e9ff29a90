//! How many units of work a second, by how many at once: `cargo run --release -p storage-sqlite --example units -- FOLDER`.
//! A unit is what the smallest change at the desk is: a link read, written, and an audit entry. It is held against
//! transactions that write one row each, one after another over one connection, with `synchronous=FULL` on the same disk.

#![expect(clippy::disallowed_methods, reason = "storage alone is measured")]
#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::error::Error;
use std::str::FromStr as _;
use std::time::{Duration, Instant};

use domain::{AuditId, CustomerName, Language, LinkId, LinkStatus, PermissionSet, Timestamp, WhoActs};
use sqlx::ConnectOptions as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use storage::{Actor, AuditAction, AuditBond, AuditEntry, AuditStep, Client, Link, Storage, UnitOfWork};
use storage_sqlite::SqliteStorage;

type Outcome = Result<(), Box<dyn Error + Send + Sync>>;

/// How long each figure is taken for.
const FOR: Duration = Duration::from_secs(3);

#[tokio::main]
async fn main() -> Outcome {
    let parent = std::env::args().nth(1).ok_or("in which folder?")?;
    let folder = tempfile::tempdir_in(parent)?;
    let url = |name: &str| format!("sqlite://{}", folder.path().join(name).display());
    let storage = SqliteStorage::open(&url("linkdesk.db")).await?;
    let link = link()?;
    let mut unit = storage.begin().await?;
    unit.insert_link(&link).await?;
    unit.commit().await?;
    let mut raw = SqliteConnectOptions::from_str(&url("raw.db"))?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .connect()
        .await?;
    sqlx::query("CREATE TABLE raw (id INTEGER PRIMARY KEY, at INTEGER)").execute(&mut raw).await?;
    println!("at once   units/s   one-row transactions/s, one after another");
    for at_once in [1, 2, 8, 32] {
        let (id, storage) = (link.id, storage.clone());
        let units = rate(at_once, move || {
            let storage = storage.clone();
            async move { change(&storage, id).await }
        });
        let units = units.await?;
        let (began, mut rows) = (Instant::now(), 0_u64);
        while began.elapsed() < FOR {
            sqlx::query("INSERT INTO raw (at) VALUES (1)").execute(&mut raw).await?;
            rows += 1;
        }
        let rows = rows * 1000 / u64::try_from(began.elapsed().as_millis())?.max(1);
        println!("{at_once:>7}  {units:>8}  {rows:>8}");
    }
    Ok(())
}

/// How often a second, by so many at once.
async fn rate<F: Future<Output = Outcome> + Send + 'static>(
    at_once: u32,
    what: impl Fn() -> F + Clone + Send + Sync + 'static,
) -> Result<u64, Box<dyn Error + Send + Sync>> {
    let began = Instant::now();
    let tasks = (0..at_once).map(|_| {
        let what = what.clone();
        tokio::spawn(async move {
            let mut done = 0;
            while began.elapsed() < FOR {
                what().await?;
                done += 1;
            }
            Ok::<u64, Box<dyn Error + Send + Sync>>(done)
        })
    });
    let mut done = 0;
    for task in tasks.collect::<Vec<_>>() {
        done += task.await??;
    }
    let millis = u64::try_from(began.elapsed().as_millis())?;
    Ok(done * 1000 / millis.max(1))
}

async fn change(storage: &SqliteStorage, id: LinkId) -> Outcome {
    let mut unit = storage.begin().await?;
    let mut link = unit.link(id).await?.ok_or("the link is gone")?;
    link.changed_at = link.changed_at.plus_seconds(1);
    unit.update_link(&link).await?;
    append(&mut *unit, id).await?;
    Ok(unit.commit().await?)
}

async fn append(unit: &mut dyn UnitOfWork, link: LinkId) -> Outcome {
    let position = unit.audit_head().await?.next();
    let at = Timestamp::from_millis(i64::try_from(position)?);
    let mut random = [0; 10];
    random.iter_mut().zip(position.to_be_bytes()).for_each(|(byte, part)| *byte = part);
    let entry = AuditEntry {
        id: AuditId::new(at, random),
        at,
        link: Some(link),
        actor: Actor::System,
        action: AuditAction::Assigned,
        detail: String::new(),
        client: Client::default(),
    };
    let step = AuditStep { position, bond: AuditBond { hash: [1; 32], seal: None }, head_seal: None };
    Ok(unit.append_audit(&entry, &step).await?)
}

fn link() -> Result<Link, Box<dyn Error + Send + Sync>> {
    let at = Timestamp::from_millis(1_800_000_000_000);
    Ok(Link {
        id: LinkId::new(at, [1; 10]),
        customer: CustomerName::parse("Northwind").map_err(|_| "no name")?,
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
