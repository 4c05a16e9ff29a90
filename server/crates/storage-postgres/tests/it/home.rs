//! A database of the test's own, and a way to its tables beside the storage.

use std::error::Error;

use domain::{
    CredentialField, CustomerName, Language, LinkId, LinkStatus, PermissionSet, Timestamp, WhoActs,
};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use storage::{Link, SealedCredential, Slot, Storage, WrappedKey};
use storage_postgres::PostgresStorage;

use crate::cluster::Database;

pub(crate) type TestResult = Result<(), Box<dyn Error>>;

pub(crate) struct Home {
    pub(crate) storage: PostgresStorage,
    pub(crate) database: Database,
}

impl Home {
    pub(crate) async fn new() -> Result<Self, Box<dyn Error>> {
        let database = Database::like("tables", |url| async move {
            PostgresStorage::open(&url).await.unwrap().close().await;
        })
        .await;
        let storage = PostgresStorage::open(&database.url()).await?;
        Ok(Self { storage, database })
    }

    /// A connection that knows none of our rules but those in the tables.
    async fn raw(&self) -> Result<PgConnection, Box<dyn Error>> {
        Ok(PgConnection::connect(&self.database.url()).await?)
    }

    /// Runs this SQL beside the storage.
    pub(crate) async fn execute(&self, sql: &str) -> Result<u64, Box<dyn Error>> {
        let done = sqlx::query(AssertSqlSafe(sql.to_owned())).execute(&mut self.raw().await?).await?;
        Ok(done.rows_affected())
    }

    /// A link with a data key and a saved password.
    pub(crate) async fn linked(&self) -> Result<LinkId, Box<dyn Error>> {
        let link = link(1)?;
        let mut unit = self.storage.begin().await?;
        unit.insert_link(&link).await?;
        unit.insert_data_key(link.id, &WrappedKey { key_id: "a".to_owned(), envelope: envelope(61, 7) })
            .await?;
        unit.put_sealed(link.id, &sealed(Slot::Saved, envelope(40, 8)), link.created_at).await?;
        unit.commit().await?;
        Ok(link.id)
    }
}

/// The link of this number.
pub(crate) fn link(number: u8) -> Result<Link, Box<dyn Error>> {
    let at = Timestamp::from_millis(1_800_000_000_000 + i64::from(number));
    Ok(Link {
        id: LinkId::new(at, [number; 10]),
        customer: CustomerName::parse("Northwind")?,
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

/// An envelope of version 1, filled with one byte.
pub(crate) fn envelope(length: usize, filled_with: u8) -> Vec<u8> {
    std::iter::once(1).chain(std::iter::repeat(filled_with)).take(length).collect()
}

pub(crate) fn sealed(slot: Slot, envelope: Vec<u8>) -> SealedCredential {
    SealedCredential { field: CredentialField::Password, slot, envelope, fingerprint: None }
}
