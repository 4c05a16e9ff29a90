//! The application's database, and raw looks into it. `sqlx` is a dependency of these tests for this alone: what the
//! product's own reading leaves out (hashes, envelopes, every audit entry) is just what must be looked at here.
//!
//! It is SQLite, or PostgreSQL when `LINKDESK_TEST_DATABASE=postgres` is set: the tests are the same. Their SQL is
//! SQLite's, in words that both know, and in a few that PostgreSQL is taught here.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Row as _};
use storage_postgres::PostgresStorage;
use tokio::sync::OnceCell;

use super::cluster;
use super::database_file::{bytes, change, column, open, query};

/// What SQLite has and PostgreSQL has not.
const LESSONS: &str = "CREATE FUNCTION hex(BYTEA) RETURNS TEXT LANGUAGE sql AS $$ SELECT upper(encode($1, 'hex')) $$; \
    CREATE FUNCTION ifnull(TEXT, TEXT) RETURNS TEXT LANGUAGE sql AS $$ SELECT coalesce($1, $2) $$; \
    CREATE FUNCTION ifnull(BYTEA, TEXT) RETURNS TEXT LANGUAGE sql AS $$ SELECT coalesce(hex($1), $2) $$; \
    CREATE FUNCTION zeroblob(INT) RETURNS BYTEA LANGUAGE sql AS $$ SELECT decode(repeat('00', $1), 'hex') $$; \
    CREATE FUNCTION printf(TEXT, INT) RETURNS TEXT LANGUAGE sql AS $$ SELECT lpad(to_hex($2), 32, '0') $$; \
    CREATE AGGREGATE group_concat(TEXT) (SFUNC = array_append, STYPE = TEXT[], FINALFUNC = comma_separated);";
/// Needed by the last of them.
const FIRST_LESSON: &str = "CREATE FUNCTION comma_separated(TEXT[]) RETURNS TEXT LANGUAGE sql AS \
    $$ SELECT array_to_string($1, ',') $$; \
    CREATE FUNCTION array_append(TEXT[], TEXT) RETURNS TEXT[] LANGUAGE sql AS $$ SELECT $1 || $2 $$;";

/// A database of one test's own.
pub enum TestDatabase {
    /// In the application's folder.
    File(PathBuf),
    /// On the tests' server.
    Server(cluster::Database),
}

/// Every row of every table, as SQL literals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dump(pub BTreeMap<String, Vec<String>>);

impl TestDatabase {
    pub async fn new(folder: &Path) -> Self {
        if is_postgres() { Self::on_server().await } else { Self::File(folder.join("linkdesk.db")) }
    }

    /// On the tests' server, whatever the others are on.
    pub async fn on_server() -> Self {
        let database = cluster::Database::like("application", |url| async move {
            PostgresStorage::open(&url).await.unwrap().close().await;
            let mut database = PgConnection::connect(&url).await.unwrap();
            for lesson in [FIRST_LESSON, LESSONS] {
                sqlx::raw_sql(AssertSqlSafe(lesson)).execute(&mut database).await.unwrap();
            }
            database.close().await.unwrap();
        });
        Self::Server(database.await)
    }

    pub fn url(&self) -> String {
        match self {
            Self::File(file) => format!("sqlite://{}", file.display()),
            Self::Server(database) => database.url(),
        }
    }

    /// The file, where it is one.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::File(file) => Some(file),
            Self::Server(_) => None,
        }
    }

    /// What happens while somebody else is about to commit this change: it reads what was before, has to wait for its turn
    /// to write, and writes after the change.
    pub async fn overtakes<T>(&self, sql: &str, what: impl Future<Output = T>) -> T {
        match self {
            Self::File(file) => {
                let options = SqliteConnectOptions::new().filename(file);
                let mut database = SqliteConnection::connect_with(&options).await.unwrap();
                let sql = AssertSqlSafe(format!("BEGIN IMMEDIATE; {sql}"));
                sqlx::raw_sql(sql).execute(&mut database).await.unwrap();
                let commit = async {
                    tokio::time::sleep(Duration::from_millis(500)).await;
                    sqlx::raw_sql("COMMIT").execute(&mut database).await.unwrap();
                };
                tokio::join!(what, commit).0
            }
            Self::Server(server) => {
                let mut database = PgConnection::connect(&server.url()).await.unwrap();
                let lock = i64::from_be_bytes(*b"linkdesk");
                let sql = AssertSqlSafe(format!("BEGIN; SELECT pg_advisory_xact_lock({lock}); {sql}"));
                sqlx::raw_sql(sql).execute(&mut database).await.unwrap();
                let commit = async {
                    tokio::time::sleep(Duration::from_millis(500)).await;
                    sqlx::raw_sql("COMMIT").execute(&mut database).await.unwrap();
                };
                tokio::join!(what, commit).0
            }
        }
    }

    /// What happens while somebody else has begun to write, and goes on for so long.
    pub async fn holds_for<T>(&self, time: Duration, what: impl Future<Output = T>) -> T {
        match self {
            Self::File(file) => {
                let options = SqliteConnectOptions::new().filename(file);
                let mut database = SqliteConnection::connect_with(&options).await.unwrap();
                sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut database).await.unwrap();
                let hold = async {
                    tokio::time::sleep(time).await;
                    sqlx::raw_sql("ROLLBACK").execute(&mut database).await.unwrap();
                };
                tokio::join!(what, hold).0
            }
            Self::Server(server) => {
                let mut database = PgConnection::connect(&server.url()).await.unwrap();
                let lock = i64::from_be_bytes(*b"linkdesk");
                let sql = AssertSqlSafe(format!("BEGIN; SELECT pg_advisory_xact_lock({lock})"));
                sqlx::raw_sql(sql).execute(&mut database).await.unwrap();
                let hold = async {
                    tokio::time::sleep(time).await;
                    sqlx::raw_sql("ROLLBACK").execute(&mut database).await.unwrap();
                };
                tokio::join!(what, hold).0
            }
        }
    }

    /// The first column of what the query finds, as text.
    pub async fn query(&self, sql: &str) -> Vec<String> {
        match self {
            Self::File(file) => query(file, sql).await,
            Self::Server(database) => {
                let mut database = PgConnection::connect(&database.url()).await.unwrap();
                let found = pg_column(&mut database, sql).await;
                database.close().await.unwrap();
                found
            }
        }
    }

    /// Runs this SQL, several statements of it, as nobody but somebody with the database can: unguarded by its triggers.
    pub async fn change(&self, sql: &str) {
        match self {
            Self::File(file) => change(file, sql).await,
            Self::Server(database) => {
                let unguarded = "SET session_replication_role = replica;".to_owned();
                let sql = sql
                    .split_inclusive(';')
                    .filter(|sql| {
                        !sql.trim().starts_with("DROP TRIGGER") && !sql.trim().starts_with("PRAGMA")
                    })
                    .fold(unguarded, |all, sql| all + &sql.replace("= x'", "= '\\x"));
                let mut database = PgConnection::connect(&database.url()).await.unwrap();
                sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut database).await.unwrap();
                database.close().await.unwrap();
            }
        }
    }

    /// The bytes of the database's files. A server's files are its own affair: there it is every row.
    pub async fn bytes(&self) -> Vec<(PathBuf, Vec<u8>)> {
        match self {
            Self::File(file) => bytes(file),
            Self::Server(database) => {
                let rows = Dump::of_server(&database.url()).await;
                rows.0
                    .into_iter()
                    .map(|(table, rows)| (PathBuf::from(table), rows.concat().into_bytes()))
                    .collect()
            }
        }
    }
}

impl Dump {
    pub async fn of(database: &TestDatabase) -> Self {
        match database {
            TestDatabase::File(file) => Self::of_file(file).await,
            TestDatabase::Server(database) => Self::of_server(&database.url()).await,
        }
    }

    async fn of_file(file: &Path) -> Self {
        let mut database = open(file).await;
        // Those of a search's index are among them, and some of these have no rowid.
        let tables = "SELECT name || ' ' || iif(wr, '1', 'rowid') FROM pragma_table_list \
                      WHERE schema = 'main' AND type <> 'view' AND name NOT LIKE 'sqlite_%' ORDER BY 1";
        let mut dump = BTreeMap::new();
        for table in column(&mut database, tables).await {
            let (table, order) = table.split_once(' ').unwrap();
            let names =
                column(&mut database, &format!("SELECT name FROM pragma_table_info('{table}')")).await;
            let literals: Vec<_> = names.iter().map(|name| format!("'{name}=' || quote({name})")).collect();
            let rows = format!("SELECT {} FROM {table} ORDER BY {order}", literals.join(" || ' ' || "));
            let rows = column(&mut database, &rows).await;
            dump.insert(table.to_owned(), rows);
        }
        database.close().await.unwrap();
        Self(dump)
    }

    async fn of_server(url: &str) -> Self {
        // All databases of one run have the same tables; asking for these takes longer than asking for the rows.
        static QUERY: OnceCell<(Vec<String>, String)> = OnceCell::const_new();
        let mut database = PgConnection::connect(url).await.unwrap();
        let (tables, sql) = QUERY.get_or_init(async || every_row_of(&mut database).await).await;
        let rows = sqlx::query(AssertSqlSafe(sql.as_str())).fetch_all(&mut database).await.unwrap();
        let mut dump: BTreeMap<String, Vec<String>> =
            tables.iter().map(|table| (table.clone(), Vec::new())).collect();
        for row in rows {
            dump.get_mut(row.get::<&str, _>(0)).unwrap().push(row.get(1));
        }
        database.close().await.unwrap();
        Self(dump)
    }

    pub fn table(&self, name: &str) -> &[String] {
        &self.0[name]
    }

    /// The rows whose text holds this.
    pub fn rows_with(&self, table: &str, text: &str) -> usize {
        self.table(table).iter().filter(|row| row.contains(text)).count()
    }

    pub fn contains(&self, text: &str) -> bool {
        self.0.values().flatten().any(|row| row.contains(text))
    }
}

/// The tables, and a query for each one's name and rows, as SQL literals.
async fn every_row_of(database: &mut PgConnection) -> (Vec<String>, String) {
    let tables =
        "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'";
    let tables = pg_column(database, tables).await;
    let mut parts = Vec::new();
    for table in &tables {
        let literals = pg_column(
            database,
            &format!(
                "SELECT quote_literal(attname || '=') || ' || ' || CASE atttypid \
                     WHEN 'text'::regtype THEN format('quote_nullable(%I)', attname) \
                     WHEN 'bytea'::regtype THEN format('coalesce(''X'''''' || hex(%I) || '''''''', ''NULL'')', attname) \
                     ELSE format('coalesce(%I::text, ''NULL'')', attname) END \
                 FROM pg_attribute WHERE attrelid = '{table}'::regclass AND attnum > 0 ORDER BY attnum"
            ),
        )
        .await;
        parts.push(format!(
            "SELECT '{table}', {}, row_number() OVER (ORDER BY its) FROM {table} AS its",
            literals.join(" || ' ' || ")
        ));
    }
    (tables, parts.join(" UNION ALL ") + " ORDER BY 1, 3")
}

#[expect(clippy::disallowed_methods, reason = "a switch of the tests, not a setting of the program")]
fn is_postgres() -> bool {
    std::env::var("LINKDESK_TEST_DATABASE").is_ok_and(|which| which == "postgres")
}

async fn pg_column(database: &mut PgConnection, sql: &str) -> Vec<String> {
    let rows = sqlx::query(AssertSqlSafe(sql.to_owned())).fetch_all(database).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}
