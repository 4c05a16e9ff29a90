//! SQL of table `audit_entry`. Triggers refuse every change and deletion.

use domain::{AuditId, LinkId};
use sqlx::sqlite::SqliteRow;
use sqlx::{SqliteConnection, query};
use storage::{Actor, AuditAction, AuditEntry, Result};

use crate::query::{all, run};
use crate::row::Row;

pub(crate) async fn of_link(db: &mut SqliteConnection, link: LinkId, limit: u32) -> Result<Vec<AuditEntry>> {
    let sql = query("SELECT * FROM audit_entry WHERE link_id = $1 ORDER BY at DESC, position DESC LIMIT $2");
    all(db, sql.bind(link.to_string()).bind(limit), read).await
}

pub(crate) async fn of_link_before(
    db: &mut SqliteConnection,
    link: LinkId,
    entry: AuditId,
    limit: u32,
) -> Result<Vec<AuditEntry>> {
    let sql = query(
        "SELECT * FROM audit_entry WHERE link_id = $1 AND (at, position) < \
             (SELECT at, position FROM audit_entry WHERE id = $2 AND link_id = $1) \
         ORDER BY at DESC, position DESC LIMIT $3",
    );
    all(db, sql.bind(link.to_string()).bind(entry.to_string()).bind(limit), read).await
}

pub(crate) async fn of_link_and_action(
    db: &mut SqliteConnection,
    link: LinkId,
    action: AuditAction,
    limit: u32,
) -> Result<Vec<AuditEntry>> {
    let sql = query(
        "SELECT * FROM audit_entry WHERE link_id = $1 AND action = $2 ORDER BY at DESC, position DESC LIMIT $3",
    );
    all(db, sql.bind(link.to_string()).bind(action.as_str()).bind(limit), read).await
}

pub(crate) async fn renewals_asked(db: &mut SqliteConnection) -> Result<Vec<LinkId>> {
    let sql = query(
        "SELECT DISTINCT link_id FROM audit_entry AS asked WHERE action = 'invite_renewed' AND NOT EXISTS ( \
             SELECT 1 FROM audit_entry AS later WHERE later.link_id = asked.link_id \
             AND later.position > asked.position AND (later.action = 'flow_started' \
                 OR (later.action = 'invite_created' AND later.actor_kind <> 'customer')))",
    );
    all(db, sql, |row| Row::new("audit_entry", "link_id", row).parsed("link_id")).await
}

pub(crate) async fn append(db: &mut SqliteConnection, entry: &AuditEntry) -> Result<()> {
    let (kind, actor) = match &entry.actor {
        Actor::Customer(invite) => ("customer", Some(invite.to_string())),
        Actor::Staff(staff) => ("staff", Some(staff.to_string())),
        Actor::CommandLine => ("command_line", None),
        Actor::System => ("system", None),
    };
    let sql = query(
        "INSERT INTO audit_entry (id, at, link_id, actor_kind, actor_id, action, detail) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(entry.id.to_string())
    .bind(entry.at.as_millis())
    .bind(entry.link.map(|link| link.to_string()))
    .bind(kind)
    .bind(actor)
    .bind(entry.action.as_str())
    .bind(entry.detail.as_str());
    run(db, sql).await?;
    Ok(())
}

fn read(row: &SqliteRow) -> Result<AuditEntry> {
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
            .read("action", |text| AuditAction::ALL.into_iter().find(|action| action.as_str() == text))?,
        detail: row.text("detail")?,
    })
}
