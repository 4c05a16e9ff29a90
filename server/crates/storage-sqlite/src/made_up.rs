//! SQL of table `made_up`, and made-up links by the thousand. What stands in many rows is written many rows at a time.

use domain::{LinkId, ProblemCode, Timestamp};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection, query};
use storage::{CheckRun, MadeUpLink, Result};

use crate::query::{one, run};
use crate::row::{bytes, slugs};
use crate::writer::{Turning, Writer};
use crate::{audit, check, invite, link, step_attempt};

/// How many rows go into one statement.
const ROWS: usize = 500;
/// Memory for the pages that are written to, in KiB: indices are filled all over.
const CACHE: &str = "PRAGMA cache_size = -500000";
/// What it is otherwise.
const USUAL_CACHE: &str = "PRAGMA cache_size = -2000";

pub(crate) async fn are_taken(db: &mut SqliteConnection) -> Result<bool> {
    let sql = query(
        "SELECT 1 WHERE (SELECT coalesce(sum(links), 0) FROM made_up) = (SELECT coalesce(sum(links), 0) FROM link_tally)",
    );
    Ok(one(db, sql, |_| Ok(())).await?.is_some())
}

pub(crate) async fn keep(writer: &Writer, links: &[MadeUpLink], at: Timestamp) -> Result<()> {
    let mut turn = writer.turn(Turning::Alone).await?;
    run(&mut turn, query(CACHE)).await?;
    let kept = insert(&mut turn, links, at).await;
    run(&mut turn, query(USUAL_CACHE)).await?;
    kept?;
    turn.commit(false).await
}

async fn insert(db: &mut SqliteConnection, links: &[MadeUpLink], at: Timestamp) -> Result<()> {
    let count = i64::try_from(links.len()).unwrap_or(i64::MAX);
    let sql = query(
        "INSERT INTO made_up (id, links, at) VALUES (1, $1, $2) \
         ON CONFLICT (id) DO UPDATE SET links = links + excluded.links, at = excluded.at",
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
    }
    let entries: Vec<_> = links.iter().flat_map(|made| made.entries.iter().zip(&made.steps)).collect();
    for some in entries.chunks(ROWS) {
        audit::append_all(db, some).await?;
    }
    let checks: Vec<&CheckRun> = links.iter().flat_map(|made| &made.checks).collect();
    for some in checks.chunks(ROWS) {
        insert_checks(db, some).await?;
    }
    Ok(())
}

async fn tried(db: &mut SqliteConnection, link: LinkId, tries: u32) -> Result<()> {
    let sql = query("UPDATE step_attempt SET tries = $2 WHERE link_id = $1");
    run(db, sql.bind(link.to_string()).bind(i64::from(tries))).await?;
    Ok(())
}

async fn insert_checks(db: &mut SqliteConnection, checks: &[&CheckRun]) -> Result<()> {
    let mut sql = QueryBuilder::<Sqlite>::new(
        "INSERT INTO check_run (id, link_id, host, started_at, finished_at, outcome, problem, connection, reached_ms, \
         accepted_ms, submission, surplus) ",
    );
    sql.push_values(checks, |mut row, run| {
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
            .push_bind(report.and_then(|report| report.reached_ms))
            .push_bind(report.and_then(|report| report.accepted_ms))
            .push_bind(bytes(&run.submission).to_vec())
            .push_bind(slugs(run.surplus.iter().copied()));
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
        let mut sql = QueryBuilder::<Sqlite>::new(
            "INSERT INTO check_row (check_id, position, permission, result, problem, took_ms) ",
        );
        sql.push_values(some, |mut values, (id, position, row)| {
            values
                .push_bind(id.clone())
                .push_bind(*position)
                .push_bind(row.permission.slug())
                .push_bind(row.result.as_str())
                .push_bind(row.problem.map(ProblemCode::as_str))
                .push_bind(row.took_ms);
        });
        run(db, sql.build()).await?;
    }
    Ok(())
}
