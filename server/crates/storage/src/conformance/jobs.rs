//! The queue: claimed once, lost after a while, and never ended by who lost it.

use std::collections::BTreeSet;

use domain::{LinkStatus, Timestamp};

use super::fixtures::{keep, link};
use crate::{Job, JobEnd, JobKind, Link, QueueDepth, Result, Storage};

pub(super) const KIND: JobKind = JobKind::Recheck;
/// A lease.
pub(super) const LEASE: i64 = 60_000;

/// Always the same: leases and delays are told by the millisecond here.
pub(super) const fn now() -> Timestamp {
    Timestamp::from_millis(1_800_000_000_000)
}

/// Takes out what other cases put in.
pub(super) async fn emptied(storage: &dyn Storage) -> Result<()> {
    let far = after(i64::from(u32::MAX) * 1_000);
    for job in storage.dead_jobs(u32::MAX).await? {
        let mut unit = storage.begin().await?;
        unit.remove_job(job.kind, &job.subject).await?;
        unit.commit().await?;
    }
    for job in storage.claim_jobs(KIND, far, LEASE, u32::MAX).await? {
        end(storage, &job, JobEnd::Done, far).await?;
    }
    Ok(())
}

pub(super) async fn put(storage: &dyn Storage, subject: &str, delay_ms: i64) -> Result<()> {
    let mut unit = storage.begin().await?;
    unit.put_job(KIND, subject, delay_ms, now()).await?;
    unit.commit().await
}

pub(super) async fn claim(storage: &dyn Storage, at: Timestamp) -> Result<Vec<Job>> {
    storage.claim_jobs(KIND, at, LEASE, 100).await
}

pub(super) async fn end(storage: &dyn Storage, job: &Job, end: JobEnd, at: Timestamp) -> Result<bool> {
    let mut unit = storage.begin().await?;
    let kept = unit.end_job(job, end, at).await?;
    unit.commit().await?;
    Ok(kept)
}

pub(super) fn subjects(jobs: &[Job]) -> Vec<&str> {
    jobs.iter().map(|job| job.subject.as_str()).collect()
}

pub(super) fn after(millis: i64) -> Timestamp {
    Timestamp::from_millis(now().as_millis() + millis)
}

pub async fn a_job_is_claimed_when_it_is_due_and_not_before(storage: &dyn Storage) -> Result<()> {
    emptied(storage).await?;
    put(storage, "soon", 1_000).await?;

    assert_eq!(claim(storage, after(999)).await?, []);
    let claimed = claim(storage, after(1_000)).await?;

    assert_eq!(subjects(&claimed), ["soon"]);
    assert!(claimed.iter().all(|job| job.kind == KIND && job.attempts == 1 && job.problem.is_none()));
    assert!(claimed.iter().all(|job| job.created_at == now() && job.due_at == after(1_000 + LEASE)));
    assert_eq!(claim(storage, after(1_001)).await?, [], "somebody has it");
    Ok(())
}

pub async fn a_job_put_twice_is_one_job(storage: &dyn Storage) -> Result<()> {
    emptied(storage).await?;
    put(storage, "twice", 0).await?;
    put(storage, "twice", 500).await?;

    assert_eq!(claim(storage, now()).await?, [], "the later time counts");
    assert_eq!(subjects(&claim(storage, after(500)).await?), ["twice"]);
    Ok(())
}

pub async fn a_claimed_job_is_due_again_when_its_lease_is_over(storage: &dyn Storage) -> Result<()> {
    emptied(storage).await?;
    put(storage, "lost", 0).await?;
    let first = claim(storage, now()).await?;

    assert_eq!(claim(storage, after(LEASE - 1)).await?, []);
    let second = claim(storage, after(LEASE)).await?;

    assert_eq!(subjects(&second), ["lost"]);
    assert!(second.iter().zip(&first).all(|(second, first)| second.fence > first.fence));
    assert!(second.iter().all(|job| job.attempts == 2));
    Ok(())
}

pub async fn a_job_that_is_held_on_to_is_not_lost(storage: &dyn Storage) -> Result<()> {
    emptied(storage).await?;
    put(storage, "held", 0).await?;
    let first = claim(storage, now()).await?;

    storage.hold_jobs(&first, after(LEASE - 1), LEASE).await?;

    assert_eq!(claim(storage, after(LEASE)).await?, [], "it is held on to");
    let second = claim(storage, after(2 * LEASE)).await?;
    assert_eq!(subjects(&second), ["held"]);
    storage.hold_jobs(&first, after(2 * LEASE), 10 * LEASE).await?;
    assert_eq!(subjects(&claim(storage, after(3 * LEASE)).await?), ["held"], "who lost it holds nothing");
    Ok(())
}

pub async fn who_lost_a_job_cannot_end_it(storage: &dyn Storage) -> Result<()> {
    emptied(storage).await?;
    put(storage, "fenced", 0).await?;
    let first = claim(storage, now()).await?;
    let second = claim(storage, after(LEASE)).await?;

    for late in &first {
        for what in [
            JobEnd::Done,
            JobEnd::Again { delay_ms: 0 },
            JobEnd::Retry { delay_ms: 0, problem: "late" },
            JobEnd::Postponed { delay_ms: 0 },
            JobEnd::Dead { problem: "late" },
        ] {
            assert!(!end(storage, late, what, after(LEASE)).await?, "{what:?}");
        }
    }
    for held in &second {
        assert!(end(storage, held, JobEnd::Done, after(LEASE)).await?);
        assert!(!end(storage, held, JobEnd::Done, after(LEASE)).await?, "it is gone");
    }
    Ok(())
}

pub async fn a_job_that_is_put_anew_escapes_its_worker(storage: &dyn Storage) -> Result<()> {
    emptied(storage).await?;
    put(storage, "anew", 0).await?;
    let claimed = claim(storage, now()).await?;

    put(storage, "anew", 10).await?;

    for late in &claimed {
        assert!(!end(storage, late, JobEnd::Done, now()).await?);
    }
    assert_eq!(subjects(&claim(storage, after(10)).await?), ["anew"]);
    Ok(())
}

pub async fn what_became_of_a_job_is_kept(storage: &dyn Storage) -> Result<()> {
    emptied(storage).await?;
    put(storage, "kept", 0).await?;
    for job in &claim(storage, now()).await? {
        assert!(end(storage, job, JobEnd::Retry { delay_ms: 5, problem: "ukg_busy" }, now()).await?);
    }
    let retried = claim(storage, after(5)).await?;
    for job in &retried {
        assert_eq!((job.attempts, job.problem.as_deref()), (2, Some("ukg_busy")));
        assert!(end(storage, job, JobEnd::Again { delay_ms: 7 }, after(5)).await?);
    }
    let again = claim(storage, after(12)).await?;
    for job in &again {
        assert_eq!((job.attempts, job.problem.as_deref()), (1, None));
        assert!(end(storage, job, JobEnd::Done, after(12)).await?);
    }
    assert_eq!((retried.len(), again.len()), (1, 1));
    assert_eq!(storage.job(KIND, "kept").await?, None);
    Ok(())
}

pub async fn a_postponed_attempt_does_not_count(storage: &dyn Storage) -> Result<()> {
    emptied(storage).await?;
    put(storage, "postponed", 0).await?;
    for job in &claim(storage, now()).await? {
        assert!(end(storage, job, JobEnd::Postponed { delay_ms: 3 }, now()).await?);
    }

    let again = claim(storage, after(3)).await?;

    assert!(again.len() == 1 && again.iter().all(|job| job.attempts == 1), "{again:?}");
    Ok(())
}

pub async fn a_dead_job_is_seen_not_claimed_and_can_be_revived(storage: &dyn Storage) -> Result<()> {
    emptied(storage).await?;
    put(storage, "dead", 0).await?;
    for job in &claim(storage, now()).await? {
        assert!(end(storage, job, JobEnd::Dead { problem: "gone" }, after(1)).await?);
    }

    assert_eq!(claim(storage, after(10 * LEASE)).await?, []);
    let dead = storage.dead_jobs(10).await?;
    assert_eq!(subjects(&dead), ["dead"]);
    assert!(dead.iter().all(|job| job.problem.as_deref() == Some("gone") && job.dead_at == Some(after(1))));
    assert_eq!(storage.dead_jobs(0).await?, []);

    let mut unit = storage.begin().await?;
    assert!(!unit.revive_job(KIND, "another", after(2)).await?);
    assert!(unit.revive_job(KIND, "dead", after(2)).await?);
    assert!(!unit.revive_job(KIND, "dead", after(2)).await?, "it lives");
    unit.commit().await?;

    assert_eq!(subjects(&claim(storage, after(2)).await?), ["dead"]);
    assert_eq!(storage.dead_jobs(10).await?, []);
    Ok(())
}

pub async fn the_longest_due_is_claimed_first_and_no_more_than_asked_for(
    storage: &dyn Storage,
) -> Result<()> {
    emptied(storage).await?;
    for (subject, delay) in [("c", 30), ("a", 10), ("b", 20)] {
        put(storage, subject, delay).await?;
    }

    let first = storage.claim_jobs(KIND, after(40), LEASE, 2).await?;
    let rest = storage.claim_jobs(KIND, after(40), LEASE, 2).await?;

    assert_eq!(subjects(&first).into_iter().collect::<BTreeSet<_>>(), BTreeSet::from(["a", "b"]));
    assert_eq!(subjects(&rest), ["c"]);
    Ok(())
}

pub async fn two_workers_never_claim_the_same_job(storage: &dyn Storage) -> Result<()> {
    emptied(storage).await?;
    let mut unit = storage.begin().await?;
    for n in 0..60 {
        unit.put_job(KIND, &format!("shared {n}"), 0, now()).await?;
    }
    unit.commit().await?;

    let ask = || storage.claim_jobs(KIND, now(), LEASE, 20);
    let (a, b, c, d) = tokio::join!(ask(), ask(), ask(), ask());
    let all: Vec<Job> = [a?, b?, c?, d?].concat();

    let different: BTreeSet<&str> = all.iter().map(|job| job.subject.as_str()).collect();
    assert_eq!(all.len(), different.len(), "each once");
    // Who is passed by because another holds a row may get fewer at that moment, never twice the same.
    let rest = storage.claim_jobs(KIND, now(), LEASE, 100).await?;
    assert_eq!(all.len() + rest.len(), 60);
    Ok(())
}

pub async fn a_job_of_a_dropped_unit_does_not_exist(storage: &dyn Storage) -> Result<()> {
    emptied(storage).await?;
    let mut unit = storage.begin().await?;
    unit.put_job(KIND, "dropped", 0, now()).await?;
    assert!(unit.job(KIND, "dropped").await?.is_some(), "it exists inside");
    drop(unit);

    assert_eq!(storage.job(KIND, "dropped").await?, None);
    put(storage, "removed", 0).await?;
    let mut unit = storage.begin().await?;
    assert!(unit.remove_job(KIND, "removed").await?);
    assert!(!unit.remove_job(KIND, "removed").await?);
    unit.commit().await?;
    assert_eq!(storage.job(KIND, "removed").await?, None);
    Ok(())
}

pub async fn whoever_waits_is_told_of_jobs_that_were_kept(storage: &dyn Storage) -> Result<()> {
    emptied(storage).await?;
    let mut told = storage.jobs_put();
    told.mark_unchanged();

    put(storage, "told", 0).await?;

    let waited = tokio::time::timeout(std::time::Duration::from_secs(10), told.changed()).await;
    assert!(matches!(waited, Ok(Ok(()))), "{waited:?}");
    Ok(())
}

pub async fn the_next_job_and_the_depth_are_told(storage: &dyn Storage) -> Result<()> {
    emptied(storage).await?;
    assert_eq!(storage.next_job(KIND, now()).await?, None);
    assert_eq!(storage.queue_depths(now()).await?, []);
    put(storage, "later", 700).await?;
    put(storage, "sooner", 300).await?;

    assert_eq!(storage.next_job(KIND, now()).await?, Some(300));
    assert_eq!(storage.next_job(KIND, after(1_000)).await?, Some(0));
    let depths = storage.queue_depths(after(400)).await?;

    assert_eq!(depths, [QueueDepth { kind: KIND, waiting: 2, due: 1, dead: 0, oldest_ms: Some(100) }]);
    Ok(())
}

pub async fn links_that_stand_are_given_rechecks_once_and_spread(storage: &dyn Storage) -> Result<()> {
    emptied(storage).await?;
    let (mut standing, mut others) = (Vec::new(), Vec::new());
    for status in LinkStatus::ALL {
        let link = Link { status, who_acts: status.who_acts(None), ..link() };
        keep(storage, &link).await?;
        if matches!(status, LinkStatus::Linked | LinkStatus::LinkedWithGaps | LinkStatus::Attention) {
            standing.push(link.id);
        } else {
            others.push(link.id);
        }
    }

    let mut last = None;
    for _ in 0..1_000 {
        let mut unit = storage.begin().await?;
        let next = unit.schedule_rechecks(last, 86_400_000, now(), 3).await?;
        unit.commit().await?;
        if next.is_none() {
            break;
        }
        last = next;
    }

    let mut due = BTreeSet::new();
    for id in standing {
        let job = storage.job(KIND, &id.to_string()).await?;
        let wait = job.map(|job| job.due_at.millis_since(now()));
        assert!(wait.is_some_and(|wait| (0..86_400_000).contains(&wait)), "{wait:?}");
        due.insert(wait);
    }
    assert_eq!(due.len(), 3, "at different times");
    for id in others {
        assert_eq!(storage.job(KIND, &id.to_string()).await?, None, "of no other link");
    }
    Ok(())
}

pub async fn rechecks_far_off_are_brought_forward(storage: &dyn Storage) -> Result<()> {
    emptied(storage).await?;
    put(storage, "near", 500).await?;
    put(storage, "as far as chance puts one", 1_100).await?;
    put(storage, "far", 50_000).await?;
    put(storage, "farther", 60_000).await?;

    let mut moved = 0;
    loop {
        let mut unit = storage.begin().await?;
        let some = unit.hasten_rechecks(1_000, now(), 1).await?;
        unit.commit().await?;
        moved += some;
        if some == 0 {
            break;
        }
    }

    assert_eq!(moved, 2);
    assert_eq!(claim(storage, after(1_000)).await?.len(), 3);
    assert_eq!(claim(storage, after(1_100)).await?.len(), 1);
    Ok(())
}

pub async fn a_job_that_is_woken_is_due_at_once_and_left_alone_while_somebody_works_on_it(
    storage: &dyn Storage,
) -> Result<()> {
    emptied(storage).await?;
    wake(storage, "woken", now()).await?;
    let claimed = claim(storage, now()).await?;
    assert_eq!(subjects(&claimed), ["woken"], "one that was not there is put");
    let job = claimed.into_iter().next();
    let Some(job) = job else { return Ok(()) };

    wake(storage, "woken", after(1)).await?;
    assert_eq!(storage.job(KIND, "woken").await?.map(|held| held.fence), Some(job.fence));
    assert_eq!(claim(storage, after(1)).await?, [], "somebody has it");

    assert!(end(storage, &job, JobEnd::Again { delay_ms: 5_000 }, after(2)).await?);
    wake(storage, "woken", after(3)).await?;
    let again = claim(storage, after(3)).await?;
    assert_eq!(subjects(&again), ["woken"], "one that waits is due at once");

    for job in &again {
        end(storage, job, JobEnd::Again { delay_ms: 1 }, after(3)).await?;
    }
    wake(storage, "woken", after(9)).await?;
    assert_eq!(storage.next_job(KIND, after(4)).await?, Some(0), "and never later than it was");
    Ok(())
}

async fn wake(storage: &dyn Storage, subject: &str, at: Timestamp) -> Result<()> {
    let mut unit = storage.begin().await?;
    unit.wake_job(KIND, subject, at).await?;
    unit.commit().await
}

pub async fn jobs_of_whoever_is_gone_are_due_at_once(storage: &dyn Storage) -> Result<()> {
    emptied(storage).await?;
    put(storage, "held", 0).await?;
    let held = claim(storage, now()).await?;
    put(storage, "waiting", 5_000).await?;

    let mut unit = storage.begin().await?;
    assert!(unit.free_jobs(after(1)).await? >= 1);
    assert_eq!(unit.free_jobs(after(1)).await?, 0, "nobody has one any more");
    unit.commit().await?;

    assert_eq!(subjects(&claim(storage, after(1)).await?), ["held"], "and those that wait go on waiting");
    for job in &held {
        assert!(!end(storage, job, JobEnd::Done, after(2)).await?, "who had it comes too late");
    }
    Ok(())
}
