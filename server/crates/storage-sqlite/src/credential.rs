//! SQL of tables `link_key`, `installation_key` and `sealed_value`. Everything here is sealed already.

use domain::{CredentialField, LinkId, Timestamp};
use sqlx::{SqliteConnection, query};
use storage::{FieldState, Result, Rewrapped, SealedCredential, Slot, WrappedKey};

use crate::error::failed_or_duplicate;
use crate::query::{all, one, run, run_or};
use crate::row::{Row, bytes};

/// The envelope version this program writes; also checked by the tables.
const ENVELOPE_VERSION: i64 = 1;

pub(crate) async fn installation_key(db: &mut SqliteConnection) -> Result<Option<WrappedKey>> {
    // Its id is a number, and errors name rows by a text.
    let sql = query("SELECT CAST(id AS TEXT) AS name, key_id, envelope FROM installation_key");
    one(db, sql, |row| read_key(&Row::new("installation_key", "name", row))).await
}

pub(crate) async fn insert_installation_key(db: &mut SqliteConnection, key: &WrappedKey) -> Result<()> {
    let sql =
        query("INSERT INTO installation_key (id, envelope_version, key_id, envelope) VALUES (1, $1, $2, $3)")
            .bind(ENVELOPE_VERSION)
            .bind(key.key_id.as_str())
            .bind(key.envelope.as_slice());
    run_or(db, sql, failed_or_duplicate("the installation's key")).await?;
    Ok(())
}

pub(crate) async fn data_key(db: &mut SqliteConnection, link: LinkId) -> Result<Option<WrappedKey>> {
    let sql = query("SELECT * FROM link_key WHERE link_id = $1").bind(link.to_string());
    one(db, sql, |row| read_key(&Row::new("link_key", "link_id", row))).await
}

pub(crate) async fn insert_data_key(db: &mut SqliteConnection, link: LinkId, key: &WrappedKey) -> Result<()> {
    let sql =
        query("INSERT INTO link_key (link_id, envelope_version, key_id, envelope) VALUES ($1, $2, $3, $4)")
            .bind(link.to_string())
            .bind(ENVELOPE_VERSION)
            .bind(key.key_id.as_str())
            .bind(key.envelope.as_slice());
    run_or(db, sql, failed_or_duplicate("this link's data key")).await?;
    Ok(())
}

pub(crate) async fn data_keys_not_wrapped_by(
    db: &mut SqliteConnection,
    primary: &str,
    after: Option<LinkId>,
    limit: u32,
) -> Result<Vec<(LinkId, WrappedKey)>> {
    // Every id comes after nothing.
    let after = after.map_or(String::new(), |link| link.to_string());
    let sql = query("SELECT * FROM link_key WHERE link_id > $1 AND key_id <> $2 ORDER BY link_id LIMIT $3");
    all(db, sql.bind(after).bind(primary.to_owned()).bind(limit), |row| {
        let row = Row::new("link_key", "link_id", row);
        Ok((row.parsed("link_id")?, read_key(&row)?))
    })
    .await
}

/// Many rows in one statement. They come as JSON, not as a list of `VALUES`: before that, SQLite reads the whole table for
/// each statement.
pub(crate) const REWRAP: &str = "UPDATE link_key SET key_id = wrapped.key, envelope = unhex(wrapped.new) \
     FROM (SELECT value ->> 0 AS link, value ->> 1 AS old, value ->> 2 AS key, value ->> 3 AS new FROM json_each($1)) \
         AS wrapped \
     WHERE link_id = wrapped.link AND envelope = unhex(wrapped.old)";

pub(crate) async fn rewrap_data_keys(db: &mut SqliteConnection, keys: &[Rewrapped]) -> Result<u64> {
    let rows: Vec<_> = keys
        .iter()
        .map(|Rewrapped { link, old, new }| {
            (link.to_string(), hex::encode(&old.envelope), new.key_id.as_str(), hex::encode(&new.envelope))
        })
        .collect();
    run(db, query(REWRAP).bind(serde_json::json!(rows).to_string())).await
}

pub(crate) async fn rewrap_installation_key(
    db: &mut SqliteConnection,
    old: &WrappedKey,
    new: &WrappedKey,
) -> Result<bool> {
    let sql = query("UPDATE installation_key SET key_id = $2, envelope = $3 WHERE id = 1 AND envelope = $1")
        .bind(old.envelope.as_slice())
        .bind(new.key_id.as_str())
        .bind(new.envelope.as_slice());
    Ok(run(db, sql).await? > 0)
}

pub(crate) async fn put(
    db: &mut SqliteConnection,
    link: LinkId,
    value: &SealedCredential,
    at: Timestamp,
) -> Result<()> {
    let sql = query(
        "INSERT INTO sealed_value (link_id, field, slot, envelope_version, envelope, changed_at, fingerprint) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (link_id, field, slot) DO UPDATE SET \
         envelope_version = excluded.envelope_version, envelope = excluded.envelope, \
         changed_at = excluded.changed_at, fingerprint = excluded.fingerprint",
    )
    .bind(link.to_string())
    .bind(value.field.as_str())
    .bind(value.slot.as_str())
    .bind(ENVELOPE_VERSION)
    .bind(value.envelope.as_slice())
    .bind(at.as_millis())
    .bind(value.fingerprint.as_ref().map(bytes));
    run(db, sql).await?;
    Ok(())
}

pub(crate) async fn move_between(
    db: &mut SqliteConnection,
    link: LinkId,
    field: CredentialField,
    from: Slot,
    to: Slot,
) -> Result<bool> {
    // What is in the way goes in the same statement: nothing is lost when there is nothing to move.
    let sql =
        query("UPDATE OR REPLACE sealed_value SET slot = $4 WHERE link_id = $1 AND field = $2 AND slot = $3")
            .bind(link.to_string())
            .bind(field.as_str())
            .bind(from.as_str())
            .bind(to.as_str());
    Ok(run(db, sql).await? > 0)
}

pub(crate) async fn discard(
    db: &mut SqliteConnection,
    link: LinkId,
    field: CredentialField,
    slot: Slot,
) -> Result<()> {
    let sql = query("DELETE FROM sealed_value WHERE link_id = $1 AND field = $2 AND slot = $3");
    run(db, sql.bind(link.to_string()).bind(field.as_str()).bind(slot.as_str())).await?;
    Ok(())
}

pub(crate) async fn destroy(db: &mut SqliteConnection, link: LinkId) -> Result<()> {
    run(db, query("DELETE FROM sealed_value WHERE link_id = $1").bind(link.to_string())).await?;
    run(db, query("DELETE FROM link_key WHERE link_id = $1").bind(link.to_string())).await?;
    Ok(())
}

/// Forgets the values of every link replaced before `at` that were in use until then.
pub(crate) async fn forget_previous(db: &mut SqliteConnection, at: Timestamp) -> Result<()> {
    let sql = query(
        "DELETE FROM sealed_value WHERE slot = 'previous' AND link_id IN \
         (SELECT id FROM link WHERE replaced_at < $1)",
    );
    run(db, sql.bind(at.as_millis())).await?;
    Ok(())
}

pub(crate) async fn sealed(db: &mut SqliteConnection, link: LinkId) -> Result<Vec<SealedCredential>> {
    let sql = query("SELECT * FROM sealed_value WHERE link_id = $1 ORDER BY field, slot");
    all(db, sql.bind(link.to_string()), |row| {
        let row = Row::new("sealed_value", "link_id", row);
        Ok(SealedCredential {
            field: row.parsed("field")?,
            slot: row.read("slot", slot)?,
            envelope: row.bytes("envelope")?,
            fingerprint: row.optional_fingerprint("fingerprint")?,
        })
    })
    .await
}

pub(crate) async fn states(db: &mut SqliteConnection, link: LinkId) -> Result<Vec<FieldState>> {
    let sql = query(
        "SELECT link_id, field, slot, changed_at, fingerprint FROM sealed_value WHERE link_id = $1 \
         ORDER BY field, slot",
    );
    all(db, sql.bind(link.to_string()), |row| {
        let row = Row::new("sealed_value", "link_id", row);
        Ok(FieldState {
            field: row.parsed("field")?,
            slot: row.read("slot", slot)?,
            changed_at: row.time("changed_at")?,
            fingerprint: row.optional_fingerprint("fingerprint")?,
        })
    })
    .await
}

fn read_key(row: &Row<'_>) -> Result<WrappedKey> {
    Ok(WrappedKey { key_id: row.text("key_id")?, envelope: row.bytes("envelope")? })
}

fn slot(text: &str) -> Option<Slot> {
    Slot::ALL.into_iter().find(|slot| slot.as_str() == text)
}
