//! SQL of table `made_up`, and made-up links by the thousand. What stands in many rows is written many rows at a time.

use domain::{LinkId, ProblemCode, Timestamp};
use sqlx::{PgConnection, PgPool, Postgres, QueryBuilder, query};
use storage::{CheckRun, MadeUpLink, Result};

use crate::error::failed;
use crate::query::{one, run};
use crate::row::{Row, bytes, slugs};
use crate::server::{lock, within};
use crate::{audit, check, invite, link, step_attempt};

/// How many rows go into one statement.
const ROWS: usize = 500;
pub(crate) async fn are_taken(db: &mut PgConnection) -> Result<bool> {
    let sql = query(
        "SELECT 1 WHERE (SELECT coalesce(sum(links), 0) FROM made_up) = (SELECT coalesce(sum(links), 0) FROM link_tally)",
    );
    Ok(one(db, sql, |_| Ok(())).await?.is_some())
}

pub(crate) async fn keep(writers: &PgPool, links: &[MadeUpLink], at: Timestamp) -> Result<()> {
    let mut db = within(writers.begin()).await.map_err(failed)?;
    lock(&mut db).await?;
    insert(&mut db, links, at).await?;
    within(db.commit()).await.map_err(failed)
}

async fn insert(db: &mut PgConnection, links: &[MadeUpLink], at: Timestamp) -> Result<()> {
    let count = i64::try_from(links.len()).unwrap_or(i64::MAX);
    let sql = query(
        "INSERT INTO made_up (id, links, at) VALUES (1, $1, $2) \
         ON CONFLICT (id) DO UPDATE SET links = made_up.links + excluded.links, at = excluded.at",
    );
    run(db, sql.bind(count).bind(at.as_millis())).await?;
    for made in links {
        link::insert(db, &made.link).await?;
        for invite in &made.invites {
            invite::insert(db, invite).await?;
        }
        if let Some((attempt, tries)) = &made.attempt {
            step_attempt::put(db, made.link.id, attempt).await?;
            tried(db, made.link.id, *tries).await?;
        }
        for (entry, step) in made.entries.iter().zip(&made.steps) {
            audit::append(db, entry, step).await?;
        }
    }
    let checks: Vec<&CheckRun> = links.iter().flat_map(|made| &made.checks).collect();
    for some in checks.chunks(ROWS) {
        insert_checks(db, some).await?;
    }
    Ok(())
}

async fn tried(db: &mut PgConnection, link: LinkId, tries: u32) -> Result<()> {
    let sql = query("UPDATE step_attempt SET tries = $2 WHERE link_id = $1");
    run(db, sql.bind(link.to_string()).bind(i64::from(tries))).await?;
    Ok(())
}

async fn insert_checks(db: &mut PgConnection, checks: &[&CheckRun]) -> Result<()> {
    let mut sql = QueryBuilder::<Postgres>::new(
        "INSERT INTO check_run (id, link_id, host, started_at, finished_at, outcome, problem, connection, reached_ms, \
         accepted_ms, submission, surplus, number) ",
    );
    let last = "SELECT coalesce(max(number), 0) AS number, '' AS id FROM check_run";
    let last =
        one(db, query(last), |row| Row::new("check_run", "id", row).whole("number")).await?.unwrap_or(0);
    sql.push_values((last + 1..).zip(checks), |mut row, (number, run)| {
        let report = run.report.as_ref();
        let (outcome, problem) = check::outcome_names(report);
        row.push_bind(run.id.to_string())
            .push_bind(run.link.to_string())
            .push_bind(run.host.as_str().to_owned())
            .push_bind(run.started_at.as_millis())
            .push_bind(run.finished_at.map(Timestamp::as_millis))
            .push_bind(outcome)
            .push_bind(problem)
            .push_bind(report.map(|report| check::connection_name(report.connection)))
            .push_bind(report.and_then(|report| report.reached_ms).map(i64::from))
            .push_bind(report.and_then(|report| report.accepted_ms).map(i64::from))
            .push_bind(bytes(&run.submission).to_vec())
            .push_bind(slugs(run.surplus.iter().copied()))
            .push_bind(number);
    });
    run(db, sql.build()).await?;
    let rows: Vec<_> = checks
        .iter()
        .filter_map(|run| Some((run.id.to_string(), run.report.as_ref()?)))
        .flat_map(|(id, report)| {
            (0_i64..).zip(&report.rows).map(move |(position, row)| (id.clone(), position, row))
        })
        .collect();
    for some in rows.chunks(ROWS) {
        let mut sql = QueryBuilder::<Postgres>::new(
            "INSERT INTO check_row (check_id, position, permission, result, problem, took_ms) ",
        );
        sql.push_values(some, |mut values, (id, position, row)| {
            values
                .push_bind(id.clone())
                .push_bind(*position)
                .push_bind(row.permission.slug())
                .push_bind(row.result.as_str())
                .push_bind(row.problem.map(ProblemCode::as_str))
                .push_bind(row.took_ms.map(i64::from));
        });
        run(db, sql.build()).await?;
    }
    Ok(())
}
