//! SQL of table `preset`.

use domain::{PresetId, PresetName, Timestamp};
use sqlx::postgres::PgRow;
use sqlx::{PgConnection, query};
use storage::{Preset, Result};

use crate::error::failed_or_duplicate;
use crate::query::{all, one, run, run_or};
use crate::row::{Row, permission_set, slugs};

/// What a second preset of one name is called in errors.
const TAKEN: &str = "a preset of this name";

pub(crate) async fn list(db: &mut PgConnection) -> Result<Vec<Preset>> {
    let sql = query("SELECT * FROM preset WHERE removed_at IS NULL ORDER BY lower(name), id");
    all(db, sql, read).await
}

pub(crate) async fn ever_any(db: &mut PgConnection) -> Result<bool> {
    Ok(one(db, query("SELECT * FROM preset LIMIT 1"), |_| Ok(())).await?.is_some())
}

pub(crate) async fn insert(db: &mut PgConnection, preset: &Preset) -> Result<()> {
    let sql = query(
        "INSERT INTO preset (id, name, permissions, created_at, changed_at, removed_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(preset.id.to_string())
    .bind(preset.name.as_str())
    .bind(slugs(preset.permissions.iter()))
    .bind(preset.created_at.as_millis())
    .bind(preset.changed_at.as_millis())
    .bind(preset.removed_at.map(Timestamp::as_millis));
    run_or(db, sql, failed_or_duplicate(TAKEN)).await?;
    Ok(())
}

pub(crate) async fn update(db: &mut PgConnection, preset: &Preset) -> Result<bool> {
    let sql = query(
        "UPDATE preset SET name = $2, permissions = $3, changed_at = $4 WHERE id = $1 AND removed_at IS NULL",
    )
    .bind(preset.id.to_string())
    .bind(preset.name.as_str())
    .bind(slugs(preset.permissions.iter()))
    .bind(preset.changed_at.as_millis());
    Ok(run_or(db, sql, failed_or_duplicate(TAKEN)).await? > 0)
}

pub(crate) async fn remove(db: &mut PgConnection, id: PresetId, at: Timestamp) -> Result<bool> {
    let sql = query("UPDATE preset SET removed_at = $2 WHERE id = $1 AND removed_at IS NULL");
    Ok(run(db, sql.bind(id.to_string()).bind(at.as_millis())).await? > 0)
}

fn read(row: &PgRow) -> Result<Preset> {
    let row = Row::new("preset", "id", row);
    Ok(Preset {
        id: row.parsed("id")?,
        name: row.read("name", |text| PresetName::parse(text).ok())?,
        permissions: row.read("permissions", permission_set)?,
        created_at: row.time("created_at")?,
        changed_at: row.time("changed_at")?,
        removed_at: row.optional_time("removed_at")?,
    })
}
