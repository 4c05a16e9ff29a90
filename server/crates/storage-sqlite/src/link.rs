//! SQL of table `link`.

use domain::{
    CustomerName, EmailAddress, LinkId, LinkStatus, Permission, PermissionSet, Step, Timestamp,
    WebServicesHost, WhoActs,
};
use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;
use storage::{Link, LinkCount, Result};

use crate::error::{failed, failed_or_duplicate};
use crate::row::Row;

pub(crate) async fn lookup(db: &mut SqliteConnection, id: LinkId) -> Result<Option<Link>> {
    let row = sqlx::query("SELECT * FROM link WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(db)
        .await
        .map_err(failed)?;
    row.as_ref().map(read).transpose()
}

pub(crate) async fn list(
    db: &mut SqliteConnection,
    status: Option<LinkStatus>,
    limit: u32,
) -> Result<Vec<Link>> {
    let rows = match status {
        Some(status) => {
            sqlx::query("SELECT * FROM link WHERE status = $1 ORDER BY changed_at DESC, id DESC LIMIT $2")
                .bind(status.as_str())
                .bind(limit)
                .fetch_all(db)
                .await
        }
        None => {
            sqlx::query("SELECT * FROM link ORDER BY changed_at DESC, id DESC LIMIT $1")
                .bind(limit)
                .fetch_all(db)
                .await
        }
    };
    rows.map_err(failed)?.iter().map(read).collect()
}

pub(crate) async fn lapsed(db: &mut SqliteConnection, now: Timestamp) -> Result<Vec<LinkId>> {
    sqlx::query(
        "SELECT id FROM link WHERE status IN ('invited', 'opened', 'in_progress') AND NOT EXISTS \
         (SELECT 1 FROM invite WHERE invite.link_id = link.id AND revoked_at IS NULL AND expires_at > $1)",
    )
    .bind(now.as_millis())
    .fetch_all(db)
    .await
    .map_err(failed)?
    .iter()
    .map(|row| Row::new("link", "id", row).parsed("id"))
    .collect()
}

pub(crate) async fn count(db: &mut SqliteConnection) -> Result<Vec<LinkCount>> {
    let rows = sqlx::query(
        "SELECT status, count(*) AS links, min(id) AS id FROM link GROUP BY status ORDER BY status",
    )
    .fetch_all(db)
    .await
    .map_err(failed)?;
    let count = |row: &SqliteRow| {
        let row = Row::new("link", "id", row);
        Ok(LinkCount {
            status: row.parsed("status")?,
            links: row.optional_count("links")?.unwrap_or(0).into(),
        })
    };
    rows.iter().map(count).collect()
}

pub(crate) async fn insert(db: &mut SqliteConnection, link: &Link) -> Result<()> {
    sqlx::query(
        "INSERT INTO link (id, customer, contact, permissions, status, who_acts, problem, step_reached, host, \
         created_at, changed_at, linked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(link.id.to_string())
    .bind(link.customer.as_str())
    .bind(link.contact.as_ref().map(EmailAddress::as_str))
    .bind(written(&link.permissions))
    .bind(link.status.as_str())
    .bind(link.who_acts.as_str())
    .bind(link.problem.map(|code| code.as_str()))
    .bind(link.step_reached.map(Step::as_str))
    .bind(link.host.as_ref().map(WebServicesHost::as_str))
    .bind(link.created_at.as_millis())
    .bind(link.changed_at.as_millis())
    .bind(link.linked_at.map(|at| at.as_millis()))
    .execute(db)
    .await
    .map_err(failed_or_duplicate("this link"))?;
    Ok(())
}

pub(crate) async fn update(db: &mut SqliteConnection, link: &Link) -> Result<()> {
    sqlx::query(
        "UPDATE link SET status = $2, who_acts = $3, problem = $4, step_reached = $5, host = $6, changed_at = $7, \
         linked_at = $8 WHERE id = $1",
    )
    .bind(link.id.to_string())
    .bind(link.status.as_str())
    .bind(link.who_acts.as_str())
    .bind(link.problem.map(|code| code.as_str()))
    .bind(link.step_reached.map(Step::as_str))
    .bind(link.host.as_ref().map(WebServicesHost::as_str))
    .bind(link.changed_at.as_millis())
    .bind(link.linked_at.map(|at| at.as_millis()))
    .execute(db)
    .await
    .map_err(failed)?;
    Ok(())
}

fn read(row: &SqliteRow) -> Result<Link> {
    let row = Row::new("link", "id", row);
    let contact = row.optional_text("contact")?;
    let host = row.optional_text("host")?;
    let host =
        host.map(|text| WebServicesHost::from_stored(&text).map_err(|_| row.corrupt("host"))).transpose()?;
    Ok(Link {
        id: row.parsed("id")?,
        customer: row.read("customer", |text| CustomerName::parse(text).ok())?,
        contact: contact
            .map(|text| EmailAddress::parse(&text).map_err(|_| row.corrupt("contact")))
            .transpose()?,
        permissions: row.read("permissions", permissions)?,
        status: row.parsed("status")?,
        who_acts: row.parsed::<WhoActs>("who_acts")?,
        problem: row.optional_parsed("problem")?,
        step_reached: row.optional_parsed("step_reached")?,
        host,
        created_at: row.time("created_at")?,
        changed_at: row.time("changed_at")?,
        linked_at: row.optional_time("linked_at")?,
    })
}

/// The slugs, comma separated: a link's permissions are always read and written together.
fn written(permissions: &PermissionSet) -> String {
    permissions.iter().map(Permission::slug).collect::<Vec<_>>().join(",")
}

fn permissions(text: &str) -> Option<PermissionSet> {
    let asked: Vec<Permission> =
        text.split(',').map(str::parse).collect::<std::result::Result<_, _>>().ok()?;
    let set = PermissionSet::new(&asked);
    // The set adds what every link asks for: a text that lacks it was not written here.
    (written(&set) == text).then_some(set)
}
