//! SQL of tables `link_key` and `sealed_value`. Everything here is sealed already.

use domain::{CredentialField, LinkId, Timestamp};
use sqlx::SqliteConnection;
use storage::{FieldState, Result, SealedCredential, Slot, WrappedKey};

use crate::error::{failed, failed_or_duplicate};
use crate::row::Row;

/// The envelope version this program writes; also checked by the tables.
const ENVELOPE_VERSION: i64 = 1;

pub(crate) async fn data_key(db: &mut SqliteConnection, link: LinkId) -> Result<Option<WrappedKey>> {
    let row = sqlx::query("SELECT * FROM link_key WHERE link_id = $1")
        .bind(link.to_string())
        .fetch_optional(db)
        .await
        .map_err(failed)?;
    row.map(|row| {
        let row = Row::new("link_key", "link_id", &row);
        Ok(WrappedKey { key_id: row.text("key_id")?, envelope: row.bytes("envelope")? })
    })
    .transpose()
}

pub(crate) async fn insert_data_key(db: &mut SqliteConnection, link: LinkId, key: &WrappedKey) -> Result<()> {
    sqlx::query("INSERT INTO link_key (link_id, envelope_version, key_id, envelope) VALUES ($1, $2, $3, $4)")
        .bind(link.to_string())
        .bind(ENVELOPE_VERSION)
        .bind(key.key_id.as_str())
        .bind(key.envelope.as_slice())
        .execute(db)
        .await
        .map_err(failed_or_duplicate("this link's data key"))?;
    Ok(())
}

pub(crate) async fn put(
    db: &mut SqliteConnection,
    link: LinkId,
    value: &SealedCredential,
    at: Timestamp,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO sealed_value (link_id, field, slot, envelope_version, envelope, changed_at) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (link_id, field, slot) DO UPDATE SET \
         envelope_version = excluded.envelope_version, envelope = excluded.envelope, changed_at = excluded.changed_at",
    )
    .bind(link.to_string())
    .bind(value.field.as_str())
    .bind(value.slot.as_str())
    .bind(ENVELOPE_VERSION)
    .bind(value.envelope.as_slice())
    .bind(at.as_millis())
    .execute(db)
    .await
    .map_err(failed)?;
    Ok(())
}

pub(crate) async fn promote(
    db: &mut SqliteConnection,
    link: LinkId,
    field: CredentialField,
    at: Timestamp,
) -> Result<bool> {
    let copied = sqlx::query(
        "INSERT INTO sealed_value (link_id, field, slot, envelope_version, envelope, changed_at) \
         SELECT link_id, field, 'saved', envelope_version, envelope, $3 FROM sealed_value \
         WHERE link_id = $1 AND field = $2 AND slot = 'pending' ON CONFLICT (link_id, field, slot) DO UPDATE SET \
         envelope_version = excluded.envelope_version, envelope = excluded.envelope, changed_at = excluded.changed_at",
    )
    .bind(link.to_string())
    .bind(field.as_str())
    .bind(at.as_millis())
    .execute(&mut *db)
    .await
    .map_err(failed)?;
    discard_pending(db, link, field).await?;
    Ok(copied.rows_affected() > 0)
}

pub(crate) async fn discard_pending(
    db: &mut SqliteConnection,
    link: LinkId,
    field: CredentialField,
) -> Result<()> {
    sqlx::query("DELETE FROM sealed_value WHERE link_id = $1 AND field = $2 AND slot = 'pending'")
        .bind(link.to_string())
        .bind(field.as_str())
        .execute(db)
        .await
        .map_err(failed)?;
    Ok(())
}

pub(crate) async fn saved(db: &mut SqliteConnection, link: LinkId) -> Result<Vec<SealedCredential>> {
    let rows = sqlx::query("SELECT * FROM sealed_value WHERE link_id = $1 AND slot = 'saved' ORDER BY field")
        .bind(link.to_string())
        .fetch_all(db)
        .await
        .map_err(failed)?;
    rows.iter()
        .map(|row| {
            let row = Row::new("sealed_value", "link_id", row);
            Ok(SealedCredential {
                field: row.parsed("field")?,
                slot: row.read("slot", slot)?,
                envelope: row.bytes("envelope")?,
            })
        })
        .collect()
}

pub(crate) async fn states(db: &mut SqliteConnection, link: LinkId) -> Result<Vec<FieldState>> {
    let rows = sqlx::query(
        "SELECT link_id, field, slot, changed_at FROM sealed_value WHERE link_id = $1 ORDER BY field, slot",
    )
    .bind(link.to_string())
    .fetch_all(db)
    .await
    .map_err(failed)?;
    rows.iter()
        .map(|row| {
            let row = Row::new("sealed_value", "link_id", row);
            Ok(FieldState {
                field: row.parsed("field")?,
                slot: row.read("slot", slot)?,
                changed_at: row.time("changed_at")?,
            })
        })
        .collect()
}

fn slot(text: &str) -> Option<Slot> {
    [Slot::Saved, Slot::Pending].into_iter().find(|slot| slot.as_str() == text)
}
