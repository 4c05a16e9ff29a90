//! SQL of tables `audit_entry`, `audit_chain` and `audit_head`. Triggers refuse every change and deletion.

use domain::{AuditId, LinkId};
use sqlx::postgres::PgRow;
use sqlx::{PgConnection, query};
use storage::{
    Actor, AuditAction, AuditBond, AuditColumns, AuditEntry, AuditHead, AuditRow, AuditStep, Client, Result,
    StorageError,
};

use crate::query::{all, one, run};
use crate::row::Row;

pub(crate) async fn of_link(db: &mut PgConnection, link: LinkId, limit: u32) -> Result<Vec<AuditEntry>> {
    let sql = query("SELECT * FROM audit_entry WHERE link_id = $1 ORDER BY at DESC, position DESC LIMIT $2");
    all(db, sql.bind(link.to_string()).bind(i64::from(limit)), read).await
}

pub(crate) async fn of_link_before(
    db: &mut PgConnection,
    link: LinkId,
    entry: AuditId,
    limit: u32,
) -> Result<Vec<AuditEntry>> {
    let sql = query(
        "SELECT * FROM audit_entry WHERE link_id = $1 AND (at, position) < \
             (SELECT at, position FROM audit_entry WHERE id = $2 AND link_id = $1) \
         ORDER BY at DESC, position DESC LIMIT $3",
    );
    all(db, sql.bind(link.to_string()).bind(entry.to_string()).bind(i64::from(limit)), read).await
}

pub(crate) async fn of_link_and_action(
    db: &mut PgConnection,
    link: LinkId,
    action: AuditAction,
    limit: u32,
) -> Result<Vec<AuditEntry>> {
    let sql = query(
        "SELECT * FROM audit_entry WHERE link_id = $1 AND action = $2 ORDER BY at DESC, position DESC LIMIT $3",
    );
    all(db, sql.bind(link.to_string()).bind(action.as_str()).bind(i64::from(limit)), read).await
}

pub(crate) async fn head(db: &mut PgConnection) -> Result<AuditHead> {
    let sql = query(
        "SELECT audit_head.*, (SELECT coalesce(max(position), 0) FROM audit_entry) AS taken FROM audit_head WHERE id = 1",
    );
    let head = one(db, sql, |row| {
        let row = Row::new("audit_head", "id", row);
        Ok(AuditHead {
            position: row.number("position")?,
            hash: row.hash("hash")?,
            seal: row.optional_hash("seal")?,
            found: row.number("found")?,
            taken: row.number("taken")?,
        })
    })
    .await?;
    head.ok_or_else(|| StorageError::CorruptRow {
        table: "audit_head",
        column: "id",
        row: "1, which is gone".to_owned(),
    })
}

pub(crate) async fn rows(db: &mut PgConnection, after: u64, limit: u32) -> Result<Vec<AuditRow>> {
    let sql = query(
        "SELECT audit_entry.*, hash, seal FROM audit_entry LEFT JOIN audit_chain USING (position) \
         WHERE position > $1 ORDER BY position LIMIT $2",
    );
    all(db, sql.bind(i64::try_from(after).unwrap_or(i64::MAX)).bind(i64::from(limit)), |row| {
        let row = Row::new("audit_entry", "id", row);
        let hash = row.optional_hash("hash")?;
        let seal = row.optional_hash("seal")?;
        Ok(AuditRow {
            position: row.number("position")?,
            columns: AuditColumns {
                id: row.text("id")?,
                at: row.time("at")?.as_millis(),
                link: row.optional_text("link_id")?,
                actor_kind: row.text("actor_kind")?,
                actor_id: row.optional_text("actor_id")?,
                action: row.text("action")?,
                detail: row.text("detail")?,
                address: row.optional_text("address")?,
                browser: row.optional_text("browser")?,
            },
            bond: hash.map(|hash| AuditBond { hash, seal }),
        })
    })
    .await
}

pub(crate) async fn append(db: &mut PgConnection, entry: &AuditEntry, step: &AuditStep) -> Result<()> {
    let columns = AuditColumns::of(entry);
    let sql = query(
        "INSERT INTO audit_entry (position, id, at, link_id, actor_kind, actor_id, action, detail, address, \
         browser) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(place(step.position))
    .bind(columns.id)
    .bind(columns.at)
    .bind(columns.link)
    .bind(columns.actor_kind)
    .bind(columns.actor_id)
    .bind(columns.action)
    .bind(columns.detail)
    .bind(columns.address)
    .bind(columns.browser);
    run(db, sql).await?;
    chain(db, step).await
}

pub(crate) async fn chain(db: &mut PgConnection, step: &AuditStep) -> Result<()> {
    let sql = query("INSERT INTO audit_chain (position, hash, seal) VALUES ($1, $2, $3)")
        .bind(place(step.position))
        .bind(step.bond.hash.to_vec())
        .bind(step.bond.seal.map(|seal| seal.to_vec()));
    run(db, sql).await?;
    let sql =
        query("UPDATE audit_head SET position = $1, hash = $2, seal = $3 WHERE id = 1 AND position < $1")
            .bind(place(step.position))
            .bind(step.bond.hash.to_vec())
            .bind(step.head_seal.map(|seal| seal.to_vec()));
    if run(db, sql).await? == 0 {
        return Err(StorageError::Duplicate("a later audit entry"));
    }
    Ok(())
}

pub(crate) async fn seal_head(db: &mut PgConnection, seal: &[u8; 32]) -> Result<()> {
    run(db, query("UPDATE audit_head SET seal = $1 WHERE id = 1").bind(seal.to_vec())).await?;
    Ok(())
}

/// A position as PostgreSQL keeps it.
pub(crate) fn place(position: u64) -> i64 {
    i64::try_from(position).unwrap_or(i64::MAX)
}

pub(crate) fn read(row: &PgRow) -> Result<AuditEntry> {
    let row = Row::new("audit_entry", "id", row);
    let actor = match row.text("actor_kind")?.as_str() {
        "customer" => Actor::Customer(row.parsed("actor_id")?),
        "staff" => Actor::Staff(row.parsed("actor_id")?),
        "command_line" => Actor::CommandLine,
        "system" => Actor::System,
        _ => return Err(row.corrupt("actor_kind")),
    };
    Ok(AuditEntry {
        id: row.parsed("id")?,
        at: row.time("at")?,
        link: row.optional_parsed("link_id")?,
        actor,
        action: row
            .read("action", |text| AuditAction::ALL.iter().copied().find(|action| action.as_str() == text))?,
        detail: row.text("detail")?,
        client: Client { address: row.optional_parsed("address")?, browser: row.optional_parsed("browser")? },
    })
}
