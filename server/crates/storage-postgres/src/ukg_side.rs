//! SQL over table `check_run`: what the checks of all links say of each host.

use domain::{LinkId, ProblemCode, Timestamp, WebServicesHost};
use sqlx::{AssertSqlSafe, PgConnection, query};
use storage::{HostChecks, Result};

use crate::query::{all, one};
use crate::row::{Row, host};

pub(crate) async fn host_checks(db: &mut PgConnection, since: Timestamp) -> Result<Vec<HostChecks>> {
    let sql = format!(
        "WITH seen AS (SELECT host, link_id, finished_at, CASE WHEN problem IN ({}) THEN 1 ELSE 0 END AS failed, \
             row_number() OVER (PARTITION BY host, link_id ORDER BY finished_at DESC, started_at DESC, id DESC) AS nth \
             FROM check_run WHERE finished_at >= $1 AND outcome IS NOT NULL), \
             told AS (SELECT host, finished_at, failed, nth, max(CASE WHEN nth = 1 THEN failed ELSE 0 END) \
             OVER (PARTITION BY host, link_id) AS failing FROM seen) \
         SELECT host, count(*) AS checks, sum(CASE WHEN nth = 1 THEN 1 ELSE 0 END) AS links, \
             sum(CASE WHEN nth = 1 THEN failed ELSE 0 END) AS failing_links, \
             min(CASE WHEN failed = 1 AND failing = 1 THEN finished_at END) AS first_fault \
         FROM told GROUP BY host ORDER BY host",
        faults()
    );
    all(db, query(AssertSqlSafe(sql)).bind(since.as_millis()), |row| {
        let row = Row::new("check_run", "host", row);
        Ok(HostChecks {
            host: row.read("host", host)?,
            checks: row.number("checks")?,
            links: row.number("links")?,
            failing: row.number("failing_links")?,
            first_fault: row.optional_time("first_fault")?,
        })
    })
    .await
}

pub(crate) async fn last_fault(
    db: &mut PgConnection,
    host: &WebServicesHost,
    except: LinkId,
    since: Timestamp,
) -> Result<Option<Timestamp>> {
    let sql = format!(
        "SELECT finished_at FROM check_run WHERE finished_at >= $3 AND host = $1 AND link_id <> $2 \
         AND problem IN ({}) ORDER BY finished_at DESC LIMIT 1",
        faults()
    );
    let sql = query(AssertSqlSafe(sql)).bind(host.as_str()).bind(except.to_string()).bind(since.as_millis());
    one(db, sql, |row| Row::new("check_run", "finished_at", row).time("finished_at")).await
}

/// The codes of UKG Pro's own faults, as a list of SQL. They are ours: nothing in them needs quoting.
fn faults() -> String {
    let codes = ProblemCode::ALL.into_iter().filter(|code| code.is_fault_of_ukg());
    codes.map(|code| format!("'{code}'")).collect::<Vec<_>>().join(", ")
}
