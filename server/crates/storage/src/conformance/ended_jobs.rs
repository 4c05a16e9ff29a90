//! Jobs whose end is their only effect, ended together.

use super::jobs::{KIND, LEASE, after, claim, emptied, end, now, put, subjects};
use crate::{Job, JobEnd, Result, Storage};

pub async fn several_jobs_are_ended_at_once_but_those_that_were_lost(storage: &dyn Storage) -> Result<()> {
    emptied(storage).await?;
    for subject in ["again", "dead", "done", "later", "lost", "retry"] {
        put(storage, subject, 0).await?;
    }
    let mut claimed = claim(storage, now()).await?;
    claimed.sort_by(|one, other| one.subject.cmp(&other.subject));
    put(storage, "lost", 5).await?;
    let ends = [
        JobEnd::Again { delay_ms: 10 },
        JobEnd::Dead { problem: "no" },
        JobEnd::Done,
        JobEnd::Postponed { delay_ms: 20 },
        JobEnd::Done,
        JobEnd::Retry { delay_ms: 30, problem: "busy" },
    ];
    let mut put_off = storage.jobs_put();
    put_off.mark_unchanged();

    let ended: Vec<(Job, JobEnd)> = claimed.into_iter().zip(ends).collect();
    storage.end_jobs(&ended, now()).await?;

    assert!(put_off.has_changed().unwrap_or(false), "the next one may be due sooner than expected");
    for (subject, due, attempts) in [("again", 10, 0), ("later", 20, 0), ("lost", 5, 0), ("retry", 30, 1)] {
        let job = storage.job(KIND, subject).await?;
        assert_eq!(job.map(|job| (job.due_at, job.attempts)), Some((after(due), attempts)), "{subject}");
    }
    assert_eq!(storage.job(KIND, "done").await?, None);
    assert_eq!(subjects(&storage.dead_jobs(10).await?), ["dead"]);
    storage.end_jobs(&[], now()).await?;
    emptied(storage).await
}

pub async fn who_has_ended_a_job_holds_it_no_more_and_ends_it_no_second_time(
    storage: &dyn Storage,
) -> Result<()> {
    emptied(storage).await?;
    put(storage, "ended", 0).await?;
    let claimed = claim(storage, now()).await?;
    let again =
        |delay_ms| claimed.iter().map(|job| (job.clone(), JobEnd::Again { delay_ms })).collect::<Vec<_>>();
    storage.end_jobs(&again(10 * LEASE), now()).await?;

    storage.hold_jobs(&claimed, now(), LEASE).await?;
    storage.end_jobs(&again(0), now()).await?;
    for job in &claimed {
        assert!(!end(storage, job, JobEnd::Done, now()).await?);
    }

    assert_eq!(claim(storage, after(10 * LEASE - 1)).await?, [], "it is due when its end said");
    assert_eq!(subjects(&claim(storage, after(10 * LEASE)).await?), ["ended"]);
    Ok(())
}
