//! A million data keys wrapped anew (bar P19), as `linkdesk rotate-keys` does it, against a loop that does nothing but write
//! as many rows of the same table: `UPDATE … WHERE link_id = …`, in transactions of the same size, over one connection
//! with `synchronous=FULL`. Both take turns.
//!
//! `cargo bench -p server --bench rotation -- [ROUNDS [KEYS]]`.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark stops at the first fault")]

use std::path::{Path, PathBuf};
use std::time::Instant;

use domain::{LinkId, Timestamp};
use server::config::{Config, Source};
use server::startup::{Application, Deps};
use services::Operator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{Connection as _, QueryBuilder, Sqlite, SqliteConnection};
use vault::{Keyring, Vault};

const KEYS: u64 = 1_000_000;
/// As many as go into one unit of work of the rotation.
const PART: usize = 500;
const MOST: f64 = 2.0;

#[tokio::main]
async fn main() {
    let mut numbers = std::env::args().filter_map(|word| word.parse::<u64>().ok());
    let (rounds, keys) = (numbers.next().unwrap_or(3), numbers.next().unwrap_or(KEYS));
    let parent = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target");
    let folder = tempfile::tempdir_in(parent).unwrap();
    let place = Place { key: folder.path().join("master.key"), database: folder.path().join("linkdesk.db") };
    Keyring::create_file(&place.key).unwrap();
    place.fill(keys).await;
    println!("{keys} data keys; seconds");
    let mut ratios = Vec::new();
    for round in 1..=rounds {
        let raw = place.raw().await;
        place.add_primary();
        let ours = place.rotate(keys).await;
        println!("round {round}: raw {raw:.2}, rotation {ours:.2}: {:.2} times", ours / raw);
        ratios.push(ours / raw);
    }
    ratios.sort_by(f64::total_cmp);
    let at = |place: usize| ratios.get(place).copied().unwrap_or(f64::NAN);
    let (low, ratio, high) = (at(0), at(ratios.len() / 2), at(ratios.len() - 1));
    let holds = if ratio <= MOST { "holds" } else { "MISSED" };
    println!("P19 rotation / raw: {ratio:.2} ({low:.2} to {high:.2}), at most {MOST}: {holds}");
}

struct Place {
    key: PathBuf,
    database: PathBuf,
}

impl Place {
    async fn application(&self) -> Application {
        let source = Source::of(&[("LINKDESK_COMPANY_NAME", "Northwind Learning")])
            .with("LINKDESK_MASTER_KEY_FILE", self.key.display().to_string())
            .with("LINKDESK_DATABASE_URL", format!("sqlite://{}", self.database.display()));
        let config = Config::from_source(&source).unwrap();
        Application::build(&config, Deps::real(&config).unwrap()).await.unwrap()
    }

    /// A connection with the settings ours has, that lets keys be of links that are not there: these are not looked at.
    async fn connection(&self) -> SqliteConnection {
        let options = SqliteConnectOptions::new()
            .filename(&self.database)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .pragma("secure_delete", "ON")
            .foreign_keys(false);
        SqliteConnection::connect_with(&options).await.unwrap()
    }

    async fn fill(&self, keys: u64) {
        drop(self.application().await);
        let vault = Vault::new(Keyring::read_file(&self.key).unwrap());
        let links: Vec<LinkId> = (0..keys).map(link).collect();
        let mut db = self.connection().await;
        let mut transaction = db.begin().await.unwrap();
        for some in links.chunks(1_000) {
            let mut sql = QueryBuilder::<Sqlite>::new(
                "INSERT INTO link_key (link_id, envelope_version, key_id, envelope) ",
            );
            sql.push_values(some, |mut row, link| {
                let key = vault.new_data_key(*link).unwrap();
                row.push_bind(link.to_string())
                    .push_bind(1)
                    .push_bind(key.key_id().to_string())
                    .push_bind(key.bytes().to_vec());
            });
            sql.build().execute(&mut *transaction).await.unwrap();
        }
        transaction.commit().await.unwrap();
    }

    /// Writes each row as it is.
    async fn raw(&self) -> f64 {
        let mut db = self.connection().await;
        let rows: Vec<(String, String, Vec<u8>)> =
            sqlx::query_as("SELECT link_id, key_id, envelope FROM link_key ORDER BY link_id")
                .fetch_all(&mut db)
                .await
                .unwrap();
        let began = Instant::now();
        for some in rows.chunks(PART) {
            let mut transaction = db.begin_with("BEGIN IMMEDIATE").await.unwrap();
            for (link, key, envelope) in some {
                sqlx::query("UPDATE link_key SET key_id = $2, envelope = $3 WHERE link_id = $1")
                    .bind(link)
                    .bind(key)
                    .bind(envelope)
                    .execute(&mut *transaction)
                    .await
                    .unwrap();
            }
            transaction.commit().await.unwrap();
        }
        let took = began.elapsed().as_secs_f64();
        db.close().await.unwrap();
        took
    }

    async fn rotate(&self, keys: u64) -> f64 {
        let application = self.application().await;
        let began = Instant::now();
        let rotated = application.services.rotate_keys(Operator::at_command_line(), |_| {}).await.unwrap();
        let took = began.elapsed().as_secs_f64();
        assert_eq!((rotated.data_keys, rotated.unopened_count), (keys, 0));
        took
    }

    /// Adds a key to the key file and makes it the primary one.
    fn add_primary(&self) {
        let old = std::fs::read_to_string(&self.key).unwrap().replace(" primary", "");
        std::fs::write(&self.key, format!("{old}{}", Keyring::generate().unwrap().as_str())).unwrap();
    }
}

fn link(number: u64) -> LinkId {
    let mut random = [0; 10];
    random.iter_mut().zip(number.to_be_bytes()).for_each(|(byte, part)| *byte = part);
    LinkId::new(Timestamp::from_millis(1_800_000_000_000), random)
}
