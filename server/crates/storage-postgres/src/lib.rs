//! The PostgreSQL backend, for several servers on one database: the twin of `storage-sqlite`, file by file.
//!
//! What SQLite's only writer gives, an advisory lock gives here: every unit of work takes it first and holds it until its
//! transaction ends, so what a unit has read cannot change under it, whichever server it runs on. `synchronous_commit` is
//! on for each session: when `commit` returns, the change is on the database's disk.
//!
//! `query` runs queries, `row` reads columns, one file per aggregate holds its SQL, `reader` and `unit` implement the two
//! traits; `server` is how the database is reached, `text_index` what a search needs, `listen` what other servers tell.

mod audit;
mod audit_search;
mod authenticator;
mod check;
mod credential;
mod erase;
mod error;
mod guess;
mod hand_over;
mod insights;
mod inspect;
mod invite;
mod job;
mod letter;
mod link;
mod listen;
mod listing;
mod made_up;
mod note;
mod passkey;
mod preset;
mod query;
mod reader;
mod refusal;
mod reminder;
mod row;
mod rows;
mod saved_view;
mod server;
mod session;
mod staff;
mod staff_invite;
mod staff_session;
mod step_attempt;
mod text_index;
mod tidying;
mod ukg_side;
mod unit;
mod webhook;
mod webhook_delivery;
mod writer;

use std::fmt;
use std::sync::Arc;

use domain::Timestamp;
use sqlx::ConnectOptions as _;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use storage::Result;
use tokio::sync::watch;

use crate::error::{failed, migration_failed};
pub use crate::inspect::inspect;
use crate::writer::Writer;

/// How many connections of one server read at once.
const READERS: u32 = 8;
/// How many connections of one server write: one for units of work, the others for what needs none, such as claims of jobs.
const WRITERS: u32 = 3;
/// How many connections of one server count guesses at sign-in. Of those who guess at one account each waits for the one
/// before anyway.
const DOORKEEPERS: u32 = 2;

/// Every migration, in order; the file name's number is its version.
const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "first", include_str!("../migrations/0001_first.sql")),
    (2, "replacement", include_str!("../migrations/0002_replacement.sql")),
    (3, "desk", include_str!("../migrations/0003_desk.sql")),
    (4, "list", include_str!("../migrations/0004_list.sql")),
    (5, "staff", include_str!("../migrations/0005_staff.sql")),
    (6, "desk_link", include_str!("../migrations/0006_desk_link.sql")),
    (7, "invites", include_str!("../migrations/0007_invites.sql")),
    (8, "audit", include_str!("../migrations/0008_audit.sql")),
    (9, "jobs", include_str!("../migrations/0009_jobs.sql")),
    (10, "ending", include_str!("../migrations/0010_ending.sql")),
    (11, "webhooks", include_str!("../migrations/0011_webhooks.sql")),
    (12, "mail", include_str!("../migrations/0012_mail.sql")),
    (14, "sharing", include_str!("../migrations/0014_sharing.sql")),
];

/// A PostgreSQL database, shared with any number of other servers.
#[derive(Clone)]
pub struct PostgresStorage {
    writers: PgPool,
    writer: Writer,
    readers: PgPool,
    guesses: PgPool,
    lacks: Vec<&'static str>,
    /// Counts how often any server said that it put jobs.
    jobs_put: Arc<watch::Sender<u64>>,
}

impl PostgresStorage {
    /// Connects to the database, which must exist, and brings its tables up to date. Servers that start at the same time
    /// wait for one another; one that is older than the tables leaves them as they are.
    ///
    /// `url` is of the form `postgres://user:password@host/database`.
    ///
    /// # Errors
    /// When the URL is not of that form, the database cannot be reached or is too old, or a migration fails.
    pub async fn open(url: &str) -> Result<Self> {
        let options = server::options(url)?;
        let mut db = options.clone().options(server::PREPARING).connect().await.map_err(failed)?;
        server::require_version(&mut db).await?;
        server::lock_session(&mut db).await?;
        migrator().run_direct(None, &mut db, false).await.map_err(migration_failed)?;
        let text_index = text_index::prepare(&mut db).await?;
        sqlx::Connection::close(db).await.map_err(failed)?;
        let writers = pool(options.clone().options(server::WRITING), WRITERS);
        let jobs_put = Arc::new(watch::Sender::new(0));
        Ok(Self {
            writer: Writer::new(writers.clone(), jobs_put.clone()),
            writers,
            lacks: text_index.lack().into_iter().chain(server::unverified(&options)).collect(),
            guesses: pool(options.clone().options(server::WRITING), DOORKEEPERS),
            readers: pool(options.options(server::READING), READERS),
            jobs_put,
        })
    }

    /// What could be better about the database, in a sentence each: it works without.
    #[must_use]
    pub fn lacks(&self) -> Vec<&'static str> {
        self.lacks.clone()
    }

    /// What time it is at the database: what every server on it goes by.
    ///
    /// # Errors
    /// When it fails.
    pub async fn time(&self) -> Result<Timestamp> {
        server::time(&mut *self.readers.acquire().await.map_err(failed)?).await
    }

    /// Closes every connection.
    pub async fn close(&self) {
        self.readers.close().await;
        self.guesses.close().await;
        self.writers.close().await;
    }
}

impl fmt::Debug for PostgresStorage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The pools know the password.
        f.debug_struct("PostgresStorage").finish_non_exhaustive()
    }
}

fn pool(options: PgConnectOptions, most: u32) -> PgPool {
    PgPoolOptions::new()
        .max_connections(most)
        .acquire_timeout(server::CONNECTION_WITHIN)
        .connect_lazy_with(options)
}

fn migrator() -> Migrator {
    let migrations = MIGRATIONS.iter().map(|&(version, name, sql)| {
        Migration::new(version, name.into(), MigrationType::Simple, sqlx::SqlStr::from_static(sql), false)
    });
    // Ones that are not known here are of a newer server, which only adds to the tables: this one goes on beside it.
    Migrator { migrations: migrations.collect(), ignore_missing: true, ..Migrator::DEFAULT }
}
