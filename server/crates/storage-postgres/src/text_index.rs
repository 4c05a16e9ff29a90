//! The index by which any part of a name is found at once (`pg_trgm`). An extension, which not every database lets one
//! add: without it, a search reads every link.

use sqlx::PgConnection;
use storage::Result;

use crate::query::{one, run};

/// Whether the index is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextIndex {
    There,
    Missing,
}

impl TextIndex {
    /// What to say of it, if anything.
    pub(crate) const fn lack(self) -> Option<&'static str> {
        match self {
            Self::There => None,
            Self::Missing => Some(
                "the extension pg_trgm is missing, so that searching reads every link: install Debian's \
                 postgresql-contrib or its like, let a superuser run CREATE EXTENSION pg_trgm in this database, and \
                 start Linkdesk again",
            ),
        }
    }
}

/// Adds the extension and the index when they are missing and may be added.
pub(crate) async fn prepare(db: &mut PgConnection) -> Result<TextIndex> {
    if is_there(db).await? {
        return Ok(TextIndex::There);
    }
    // Refused when it is not installed, or not ours to add: what counts is whether it is there afterwards.
    let _ = run(db, sqlx::query("CREATE EXTENSION IF NOT EXISTS pg_trgm")).await;
    if one(db, sqlx::query("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'"), |_| Ok(()))
        .await?
        .is_none()
    {
        return Ok(TextIndex::Missing);
    }
    let sql = "CREATE INDEX IF NOT EXISTS link_by_text ON link USING gin (search_text gin_trgm_ops) \
               WITH (fastupdate = off)";
    run(db, sqlx::query(sql)).await?;
    Ok(TextIndex::There)
}

/// Looks whether it is there, and adds nothing.
pub(crate) async fn look(db: &mut PgConnection) -> Result<TextIndex> {
    Ok(if is_there(db).await? { TextIndex::There } else { TextIndex::Missing })
}

async fn is_there(db: &mut PgConnection) -> Result<bool> {
    Ok(one(db, sqlx::query("SELECT 1 WHERE to_regclass('link_by_text') IS NOT NULL"), |_| Ok(()))
        .await?
        .is_some())
}
