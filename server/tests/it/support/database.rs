//! Raw looks into the database. `sqlx` is a dependency of these tests for this alone: what the product's own reading
//! leaves out (hashes, envelopes, every audit entry) is just what must be looked at here.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection as _, Row as _};

/// Every row of every table, as SQL literals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dump(pub BTreeMap<String, Vec<String>>);

impl Dump {
    pub async fn of(file: &Path) -> Self {
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

/// The first column of what the query finds, as text.
pub async fn query(file: &Path, sql: &str) -> Vec<String> {
    let mut database = open(file).await;
    let found = column(&mut database, sql).await;
    database.close().await.unwrap();
    found
}

/// Runs this SQL, several statements of it, as nobody but somebody with the file can.
pub async fn change(file: &Path, sql: &str) {
    let options = SqliteConnectOptions::new().filename(file);
    let mut database = SqliteConnection::connect_with(&options).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut database).await.unwrap();
    database.close().await.unwrap();
}

/// Somebody who reads what is there now, and goes on reading it until they are dropped.
pub async fn long_reader(file: &Path) -> SqliteConnection {
    let mut database = open(file).await;
    sqlx::raw_sql("BEGIN; SELECT count(*) FROM link").execute(&mut database).await.unwrap();
    database
}

/// What happens while somebody else is about to commit this change: it reads what was before, has to wait for its turn to
/// write, and writes after the change.
pub async fn overtaken_by<T>(file: &Path, sql: &str, what: impl Future<Output = T>) -> T {
    let options = SqliteConnectOptions::new().filename(file);
    let mut database = SqliteConnection::connect_with(&options).await.unwrap();
    let sql = AssertSqlSafe(format!("BEGIN IMMEDIATE; {sql}"));
    sqlx::raw_sql(sql).execute(&mut database).await.unwrap();
    let commit = async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        sqlx::raw_sql("COMMIT").execute(&mut database).await.unwrap();
    };
    let (what, ()) = tokio::join!(what, commit);
    database.close().await.unwrap();
    what
}

/// The bytes of the database's files.
pub fn bytes(file: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    // The shared-memory index is left out: reading alone writes its locks there.
    let files = [file.to_path_buf(), PathBuf::from(format!("{}-wal", file.display()))];
    files
        .into_iter()
        .filter(|file| file.exists())
        .map(|file| (file.clone(), std::fs::read(file).unwrap()))
        .collect()
}

async fn open(file: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(file).read_only(true);
    SqliteConnection::connect_with(&options).await.unwrap()
}

async fn column(database: &mut SqliteConnection, sql: &str) -> Vec<String> {
    let rows = sqlx::query(AssertSqlSafe(sql.to_owned())).fetch_all(database).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}
