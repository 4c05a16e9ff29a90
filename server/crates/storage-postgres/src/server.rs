//! How the database is reached, and what its server is to do when somebody does not go on.

use std::net::IpAddr;
use std::str::FromStr as _;
use std::time::Duration;

use domain::Timestamp;
use sqlx::PgConnection;
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use storage::{Result, StorageError};

use crate::error::{Misfit, failed};
use crate::query::one;
use crate::row::Row;

/// How long a connection is waited for.
pub(crate) const CONNECTION_WITHIN: Duration = Duration::from_secs(10);
/// How long an answer is waited for before the database counts as lost: more than the server's own limits below, so that
/// it is the one to say so while it can.
pub(crate) const ANSWER_WITHIN: Duration = Duration::from_secs(40);
/// The lock every unit of work takes: the letters of `linkdesk`, as a number.
pub(crate) const WRITERS_LOCK: i64 = i64::from_be_bytes(*b"linkdesk");
/// The oldest PostgreSQL whose behaviour this was tried with.
const OLDEST: u32 = 130_000;

/// What a session that writes is started with. A unit that somebody began and does not go on with, because its server hangs
/// or the network is gone, is ended by the database after five seconds; until then all others wait, and give up only later.
pub(crate) const WRITING: [(&str, &str); 6] = [
    ("synchronous_commit", "on"),
    ("default_transaction_isolation", "read committed"),
    ("idle_in_transaction_session_timeout", "5s"),
    ("lock_timeout", "10s"),
    ("statement_timeout", "30s"),
    ("client_min_messages", "error"),
];
/// What a session that reads is started with. Each query is planned for its values: which index finds a page of the list
/// depends on how many links a filter or a search leaves.
pub(crate) const READING: [(&str, &str); 6] = [
    ("plan_cache_mode", "force_custom_plan"),
    ("default_transaction_read_only", "on"),
    ("default_transaction_isolation", "read committed"),
    ("idle_in_transaction_session_timeout", "5s"),
    ("statement_timeout", "30s"),
    ("client_min_messages", "error"),
];
/// What the session is started with that changes the tables: an index over many rows takes its time.
pub(crate) const PREPARING: [(&str, &str); 4] = [
    ("synchronous_commit", "on"),
    ("statement_timeout", "0"),
    ("idle_in_transaction_session_timeout", "60s"),
    ("client_min_messages", "error"),
];

/// Reads the URL. No error repeats it: it holds a password.
pub(crate) fn options(url: &str) -> Result<PgConnectOptions> {
    let options =
        PgConnectOptions::from_str(url).map_err(|_| StorageError::Database(Box::new(Misfit::Url)))?;
    Ok(options.application_name("linkdesk"))
}

/// What to say when anybody on the way could pass for the database.
pub(crate) fn unverified(options: &PgConnectOptions) -> Option<&'static str> {
    let host = options.get_host();
    let is_here = options.get_socket().is_some()
        || host.starts_with('/')
        || host == "localhost"
        || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    let is_verified = matches!(options.get_ssl_mode(), PgSslMode::VerifyCa | PgSslMode::VerifyFull);
    (!is_here && !is_verified).then_some(
        "nobody checks that it is the right one that answers: end its URL with ?sslmode=verify-full (and \
         &sslrootcert=/path/to/ca.pem, when its certificate is signed by an authority of your own)",
    )
}

/// Refuses a server that lacks what is used here.
pub(crate) async fn require_version(db: &mut PgConnection) -> Result<()> {
    let sql = sqlx::query("SELECT current_setting('server_version_num') AS version");
    let version =
        one(db, sql, |row| Row::new("pg_settings", "version", row).parsed::<u32>("version")).await?;
    match version {
        Some(version) if version >= OLDEST => Ok(()),
        Some(_) | None => Err(StorageError::Database(Box::new(Misfit::TooOld))),
    }
}

/// Waits for the database's answer, but not for ever: a network that swallows everything says nothing.
pub(crate) async fn within<T>(
    answer: impl Future<Output = std::result::Result<T, sqlx::Error>>,
) -> std::result::Result<T, sqlx::Error> {
    match tokio::time::timeout(ANSWER_WITHIN, answer).await {
        Ok(answered) => answered,
        Err(_) => Err(sqlx::Error::Io(std::io::ErrorKind::TimedOut.into())),
    }
}

/// Takes the lock of all who write, until the session ends: nobody writes while tables change, and servers that start at
/// the same time come one after another.
pub(crate) async fn lock_session(db: &mut PgConnection) -> Result<()> {
    let sql = sqlx::query("SELECT pg_advisory_lock($1)").bind(WRITERS_LOCK);
    sql.execute(db).await.map_err(failed)?;
    Ok(())
}

/// Takes the lock, until the transaction ends.
pub(crate) async fn lock(db: &mut PgConnection) -> Result<()> {
    let sql = sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(WRITERS_LOCK);
    within(sql.execute(db)).await.map_err(failed)?;
    Ok(())
}

/// What time it is there.
pub(crate) async fn time(db: &mut PgConnection) -> Result<Timestamp> {
    let sql = sqlx::query_scalar("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint");
    Ok(Timestamp::from_millis(within(sql.fetch_one(db)).await.map_err(failed)?))
}
