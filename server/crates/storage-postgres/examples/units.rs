//! How many units of work a second, by how many at once: `cargo run --release -p storage-postgres --example units -- URL`,
//! with an empty database. A unit is what the smallest change at the desk is: a link read, written, and an audit entry. It
//! is held against as many transactions that write one row each, by the same number of connections, without the lock.

#![expect(clippy::disallowed_methods, reason = "storage alone is measured")]
#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use domain::{AuditId, CustomerName, Language, LinkId, LinkStatus, PermissionSet, Timestamp, WhoActs};
use sqlx::postgres::PgPoolOptions;
use storage::{Actor, AuditAction, AuditBond, AuditEntry, AuditStep, Client, Link, Storage, UnitOfWork};
use storage_postgres::PostgresStorage;

type Outcome = Result<(), Box<dyn Error + Send + Sync>>;

/// How long each figure is taken for.
const FOR: Duration = Duration::from_secs(5);

#[tokio::main]
async fn main() -> Outcome {
    let url = std::env::args().nth(1).ok_or("which database? postgres://user:password@host/database")?;
    let storage = PostgresStorage::open(&url).await?;
    let link = link()?;
    let mut unit = storage.begin().await?;
    unit.insert_link(&link).await?;
    unit.commit().await?;
    let raw = PgPoolOptions::new().max_connections(32).connect(&url).await?;
    sqlx::query("CREATE TABLE IF NOT EXISTS raw (id BIGINT GENERATED ALWAYS AS IDENTITY, at BIGINT)")
        .execute(&raw)
        .await?;
    println!("at once   units/s   one-row transactions/s");
    for at_once in [1, 2, 8, 32] {
        let units = rate(at_once, || {
            let storage = storage.clone();
            async move { change(&storage, link.id).await }
        });
        let units = units.await?;
        let rows = rate(at_once, || {
            let raw = raw.clone();
            async move {
                sqlx::query("INSERT INTO raw (at) VALUES (1)").execute(&raw).await?;
                Ok(())
            }
        });
        println!("{at_once:>7}  {units:>8}  {:>8}", rows.await?);
    }
    sqlx::query("DROP TABLE raw").execute(&raw).await?;
    Ok(())
}

/// How often a second, by so many at once.
async fn rate<F: Future<Output = Outcome> + Send + 'static>(
    at_once: u32,
    what: impl Fn() -> F,
) -> Result<u64, Box<dyn Error + Send + Sync>> {
    let done = Arc::new(AtomicU64::new(0));
    let began = Instant::now();
    while began.elapsed() < FOR {
        let tasks: Vec<_> = (0..at_once).map(|_| tokio::spawn(what())).collect();
        for task in tasks {
            task.await??;
            done.fetch_add(1, Ordering::Relaxed);
        }
    }
    let millis = u64::try_from(began.elapsed().as_millis())?;
    Ok(done.load(Ordering::Relaxed) * 1000 / millis.max(1))
}

async fn change(storage: &PostgresStorage, id: LinkId) -> Outcome {
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
