//! Raw looks into a SQLite file.

use std::path::{Path, PathBuf};

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection as _, Row as _};

/// The first column of what the query finds in a file, as text.
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

/// Opens it to read.
pub async fn open(file: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(file).read_only(true);
    SqliteConnection::connect_with(&options).await.unwrap()
}

/// The same over an open one.
pub async fn column(database: &mut SqliteConnection, sql: &str) -> Vec<String> {
    let rows = sqlx::query(AssertSqlSafe(sql.to_owned())).fetch_all(database).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}
