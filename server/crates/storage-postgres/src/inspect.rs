//! Looks at a database without changing anything in it: does not bring its tables up to date.

use sqlx::{ConnectOptions as _, Connection as _, PgConnection, query};
use storage::{Contents, Inspection, Result};

use crate::error::failed;
use crate::query::{all, count, one, run};
use crate::row::{Row, host};
use crate::{MIGRATIONS, credential, server, text_index, webhook};

/// Looks at the database at this URL, and for at most so many hosts.
///
/// # Errors
/// When it cannot be reached or read, or is too old.
pub async fn inspect(url: &str, hosts: u32) -> Result<Inspection> {
    let options = server::options(url)?;
    let unverified = server::unverified(&options);
    let mut db = options.options(server::WRITING).connect().await.map_err(failed)?;
    let inspection = look(&mut db, hosts).await;
    let closed = db.close().await.map_err(failed);
    let mut inspection = inspection?;
    closed?;
    inspection.lacks.extend(unverified);
    Ok(inspection)
}

async fn look(db: &mut PgConnection, hosts: u32) -> Result<Inspection> {
    server::require_version(db).await?;
    let version = one(db, query("SELECT '' AS id, current_setting('server_version') AS version"), |row| {
        Row::new("pg_settings", "id", row).text("version")
    })
    .await?;
    let tables = "SELECT count(to_regclass('_sqlx_migrations'))";
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
        version: format!("PostgreSQL {}", version.unwrap_or_default()),
        bare: made.is_empty(),
        pending,
        newer,
        time: Some(server::time(db).await?),
        unwritable: try_writing(db).await.err(),
        lacks: match pending {
            0 => text_index::look(db).await?.lack().into_iter().collect(),
            // The next start adds what is missing, when it may.
            _ => Vec::new(),
        },
        contents: if pending == 0 { Some(contents(db, hosts).await?) } else { None },
    })
}

async fn try_writing(db: &mut PgConnection) -> Result<()> {
    run(db, query("BEGIN")).await?;
    let made = run(db, query("CREATE TABLE tried_by_doctor (id BIGINT)")).await;
    run(db, query("ROLLBACK")).await?;
    made.map(|_| ())
}

async fn contents(db: &mut PgConnection, hosts: u32) -> Result<Contents> {
    let staff = count(db, query("SELECT count(*) FROM staff WHERE deactivated_at IS NULL")).await?;
    let sql = query(
        "SELECT '' AS id, host FROM link WHERE host IS NOT NULL AND linked_at IS NOT NULL \
         GROUP BY host ORDER BY count(*) DESC, host LIMIT $1",
    );
    Ok(Contents {
        installation_key: credential::installation_key(db).await?,
        has_staff: staff > 0,
        endpoints: webhook::list(db).await?,
        hosts: all(db, sql.bind(i64::from(hosts)), |row| Row::new("link", "id", row).read("host", host))
            .await?,
    })
}
