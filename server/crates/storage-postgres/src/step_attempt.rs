//! SQL of table `step_attempt`.

use domain::{LinkId, ProblemCode, Step};
use sqlx::postgres::PgRow;
use sqlx::{PgConnection, query};
use storage::{Result, StepAttempt};

use crate::query::{all, one, run};
use crate::row::Row;

pub(crate) async fn lookup(db: &mut PgConnection, link: LinkId, step: Step) -> Result<Option<StepAttempt>> {
    let sql = query("SELECT * FROM step_attempt WHERE link_id = $1 AND step = $2");
    one(db, sql.bind(link.to_string()).bind(step.as_str()), read).await
}

pub(crate) async fn of_link(db: &mut PgConnection, link: LinkId) -> Result<Vec<StepAttempt>> {
    let sql = query("SELECT * FROM step_attempt WHERE link_id = $1 ORDER BY at DESC, step");
    all(db, sql.bind(link.to_string()), read).await
}

pub(crate) async fn put(db: &mut PgConnection, link: LinkId, attempt: &StepAttempt) -> Result<()> {
    let codes: Vec<&str> = attempt.problems.iter().map(|code| code.as_str()).collect();
    let sql = query(
        "INSERT INTO step_attempt (link_id, step, at, problems, typed_address) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (link_id, step) DO UPDATE SET at = excluded.at, problems = excluded.problems, \
         typed_address = excluded.typed_address, \
         tries = CASE WHEN step_attempt.problems = excluded.problems THEN step_attempt.tries + 1 ELSE 1 END",
    )
    .bind(link.to_string())
    .bind(attempt.step.as_str())
    .bind(attempt.at.as_millis())
    .bind(codes.join(","))
    .bind(attempt.typed_address.as_deref());
    run(db, sql).await?;
    Ok(())
}

pub(crate) async fn tries(db: &mut PgConnection, link: LinkId, step: Step) -> Result<u32> {
    let sql = query("SELECT link_id, tries FROM step_attempt WHERE link_id = $1 AND step = $2");
    let tries = one(db, sql.bind(link.to_string()).bind(step.as_str()), |row| {
        Row::new("step_attempt", "link_id", row).count("tries")
    });
    Ok(tries.await?.unwrap_or(0))
}

pub(crate) async fn clear(db: &mut PgConnection, link: LinkId, step: Step) -> Result<()> {
    let sql = query("DELETE FROM step_attempt WHERE link_id = $1 AND step = $2");
    run(db, sql.bind(link.to_string()).bind(step.as_str())).await?;
    Ok(())
}

pub(crate) fn read(row: &PgRow) -> Result<StepAttempt> {
    let row = Row::new("step_attempt", "link_id", row);
    Ok(StepAttempt {
        step: row.parsed("step")?,
        at: row.time("at")?,
        problems: row.read("problems", problems)?,
        typed_address: row.optional_text("typed_address")?,
    })
}

fn problems(text: &str) -> Option<Vec<ProblemCode>> {
    text.split(',').map(|code| code.parse().ok()).collect()
}
