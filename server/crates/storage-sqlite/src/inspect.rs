//! Looks at a database file without changing anything in it: neither makes it nor brings its tables up to date.

use std::path::PathBuf;
use std::str::FromStr as _;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection, query};
use storage::{Contents, Inspection, Result};

use crate::error::failed;
use crate::query::{all, count, one, run};
use crate::row::{Row, host};
use crate::{BUSY_TIMEOUT, MIGRATIONS, credential, file, webhook};

/// Looks at the database at this URL, and for at most so many hosts; `None` when there is no file yet.
///
/// # Errors
/// When it cannot be read.
pub async fn inspect(url: &str, hosts: u32) -> Result<Option<Inspection>> {
    file::refuse_memory(url)?;
    let options = SqliteConnectOptions::from_str(url).map_err(failed)?;
    if !options.get_filename().exists() {
        return Ok(None);
    }
    let mut db =
        options.create_if_missing(false).busy_timeout(BUSY_TIMEOUT).connect().await.map_err(failed)?;
    let inspection = look(&mut db, hosts).await;
    let closed = db.close().await.map_err(failed);
    let inspection = inspection?;
    closed?;
    Ok(Some(inspection))
}

/// The file that this URL names; `None` when it cannot be read.
#[must_use]
pub fn file_of(url: &str) -> Option<PathBuf> {
    SqliteConnectOptions::from_str(url).ok().map(|options| options.get_filename().to_owned())
}

async fn look(db: &mut SqliteConnection, hosts: u32) -> Result<Inspection> {
    let version = one(db, query("SELECT '' AS id, sqlite_version() AS version"), |row| {
        Row::new("sqlite", "id", row).text("version")
    })
    .await?;
    let tables = "SELECT count(*) FROM sqlite_master WHERE name = '_sqlx_migrations'";
    let made = match count(db, query(tables)).await? {
        0 => Vec::new(),
        _ => {
            let sql = query("SELECT '' AS id, version FROM _sqlx_migrations WHERE success");
            all(db, sql, |row| Row::new("_sqlx_migrations", "id", row).whole("version")).await?
        }
    };
    let known: Vec<i64> = MIGRATIONS.iter().map(|(version, ..)| *version).collect();
    let (pending, newer) = Inspection::compare(&known, &made);
    Ok(Inspection {
        version: format!("SQLite {}", version.unwrap_or_default()),
        bare: made.is_empty(),
        pending,
        newer,
        time: None,
        unwritable: try_writing(db).await.err(),
        lacks: Vec::new(),
        contents: if pending == 0 { Some(contents(db, hosts).await?) } else { None },
    })
}

async fn try_writing(db: &mut SqliteConnection) -> Result<()> {
    run(db, query("BEGIN IMMEDIATE")).await?;
    let made = run(db, query("CREATE TABLE tried_by_doctor (id INTEGER)")).await;
    run(db, query("ROLLBACK")).await?;
    made.map(|_| ())
}

async fn contents(db: &mut SqliteConnection, hosts: u32) -> Result<Contents> {
    let staff = count(db, query("SELECT count(*) FROM staff WHERE deactivated_at IS NULL")).await?;
    let sql = query(
        "SELECT '' AS id, host FROM link WHERE host IS NOT NULL AND linked_at IS NOT NULL \
         GROUP BY host ORDER BY count(*) DESC, host LIMIT $1",
    );
    Ok(Contents {
        installation_key: credential::installation_key(db).await?,
        has_staff: staff > 0,
        endpoints: webhook::list(db).await?,
        hosts: all(db, sql.bind(hosts), |row| Row::new("link", "id", row).read("host", host)).await?,
    })
}
