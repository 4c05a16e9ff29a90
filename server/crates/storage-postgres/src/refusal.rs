//! SQL over table `check_run` that tells how often UKG Pro refused: too often, and it locks the account.

use domain::{LinkId, ProblemCode, Timestamp};
use sqlx::{PgConnection, query};
use storage::{Fingerprint, Refusals, Result};

use crate::query::{all, one};
use crate::row::{Row, bytes};

/// What the migration gave to the checks of the first version: their values are unknown, and equal no others.
const UNKNOWN: Fingerprint = Fingerprint([0; 32]);

pub(crate) async fn of_submission(
    db: &mut PgConnection,
    link: LinkId,
    submission: &Fingerprint,
) -> Result<Refusals> {
    // Checks of one link begin one after another, so that of two in one millisecond the one kept later is the later check.
    let sql = query(
        "WITH of_these AS (SELECT * FROM check_run \
             WHERE link_id = $1 AND submission = $2 AND submission <> $3), \
         accepted AS (SELECT started_at, number FROM of_these WHERE connection = 'accepted' \
             ORDER BY started_at DESC, number DESC LIMIT 1) \
         SELECT coalesce(max(id), '') AS id, CAST(coalesce(sum(refused), 0) AS BIGINT) AS refused, \
             count(*) FILTER (WHERE finished_at IS NOT NULL AND outcome IS NULL) AS unsure, \
             max(started_at) AS started_at \
         FROM of_these WHERE NOT EXISTS (SELECT 1 FROM accepted \
             WHERE (of_these.started_at, of_these.number) <= (accepted.started_at, accepted.number))",
    )
    .bind(link.to_string())
    .bind(bytes(submission))
    .bind(bytes(&UNKNOWN));
    let found = one(db, sql, |row| {
        let row = Row::new("check_run", "id", row);
        Ok(Refusals {
            requests: row.count("refused")?,
            unsure: row.count("unsure")?,
            last_at: row.optional_time("started_at")?,
        })
    });
    Ok(found.await?.unwrap_or_default())
}

pub(crate) async fn rejections(
    db: &mut PgConnection,
    link: LinkId,
    since: Timestamp,
) -> Result<Vec<Timestamp>> {
    let sql = query(
        "SELECT max(id) AS id, max(started_at) AS last_at FROM check_run \
         WHERE link_id = $1 AND started_at >= $2 AND (problem = $3 OR \
             finished_at IS NOT NULL AND refused > 0 AND connection IS DISTINCT FROM 'accepted') \
         GROUP BY submission, CASE WHEN submission = $4 THEN id END ORDER BY last_at",
    )
    .bind(link.to_string())
    .bind(since.as_millis())
    .bind(ProblemCode::CredentialsRejected.as_str())
    .bind(bytes(&UNKNOWN));
    all(db, sql, |row| Row::new("check_run", "id", row).time("last_at")).await
}
