//! Works on one kind of job: takes what is due, does several at a time, keeps hold of them, and stops in order.

use std::collections::HashMap;
use std::time::Duration;

use services::{LEASE_MS, Services};
use storage::{Job, JobKind};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout_at};

/// The longest it goes without looking: another process (a command line beside the server) cannot wake it.
const LOOK: Duration = Duration::from_secs(2);
/// How long it leaves the database alone that failed.
const AFTER_FAILURE: Duration = Duration::from_secs(5);

/// Works until `stop` says so, then waits until `STOP` is over for what is under way, and gives the rest back.
pub async fn run(services: Services, kind: JobKind, at_a_time: usize, mut stop: watch::Receiver<bool>) {
    let mut worker =
        Worker { services, kind, at_a_time, running: JoinSet::new(), held: HashMap::new(), more: false };
    let mut put = worker.services.jobs_put();
    let mut beat = interval(lease() / 3);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while !*stop.borrow_and_update() {
        put.mark_unchanged();
        let look = Instant::now() + worker.take().await;
        tokio::select! {
            _ = stop.changed() => {}
            Ok(()) = put.changed(), if worker.has_room() => {}
            Some(ended) = worker.running.join_next_with_id() => {
                worker.forget(ended);
                // Jobs whose ends were kept together end together: as many are then taken at once.
                tokio::task::yield_now().await;
                worker.forget_all_ended();
            }
            _ = beat.tick() => worker.hold().await,
            () = sleep_until(look), if worker.has_room() => {}
        }
    }
    worker.wind_up().await;
}

struct Worker {
    services: Services,
    kind: JobKind,
    at_a_time: usize,
    running: JoinSet<()>,
    held: HashMap<tokio::task::Id, Job>,
    /// Whether there were as many due as there was room for: there may be more.
    more: bool,
}

/// How long a stop waits for jobs.
const STOP: Duration = Duration::from_secs(8);

type Ended = Result<(tokio::task::Id, ()), tokio::task::JoinError>;

impl Worker {
    fn has_room(&self) -> bool {
        self.running.len() < self.at_a_time
    }

    /// Begins as many as there is room for; how long there is nothing more to do then.
    async fn take(&mut self) -> Duration {
        match self.try_to_take().await {
            Ok(wait) => wait,
            Err(error) => {
                tracing::warn!(kind = %self.kind, %error, "could not take jobs; trying again");
                AFTER_FAILURE
            }
        }
    }

    async fn try_to_take(&mut self) -> Result<Duration, services::ServiceError> {
        let room = self.at_a_time.saturating_sub(self.running.len());
        if room == 0 {
            return Ok(LOOK);
        }
        // Reading first: nothing is written while nothing is due.
        if !std::mem::take(&mut self.more) {
            match self.services.next_job(self.kind).await? {
                Some(0) => {}
                Some(wait) => return Ok(millis(wait).min(LOOK)),
                None => return Ok(LOOK),
            }
        }
        let limit = u32::try_from(room).unwrap_or(u32::MAX);
        let jobs = self.services.take_jobs(self.kind, limit).await?;
        self.more = jobs.len() == room;
        for job in jobs {
            let (services, own) = (self.services.clone(), job.clone());
            let task = self.running.spawn(async move { do_job(&services, &own).await });
            self.held.insert(task.id(), job);
        }
        Ok(if self.has_room() { Duration::ZERO } else { LOOK })
    }

    fn forget_all_ended(&mut self) {
        while let Some(ended) = self.running.try_join_next_with_id() {
            self.forget(ended);
        }
    }

    fn forget(&mut self, ended: Ended) {
        let id = match ended {
            Ok((id, ())) => id,
            Err(error) => {
                // The job is due again when its lease is over.
                tracing::error!(kind = %self.kind, %error, "a job broke; the panic's message stands before this line");
                error.id()
            }
        };
        self.held.remove(&id);
    }

    async fn hold(&self) {
        let jobs: Vec<Job> = self.held.values().cloned().collect();
        if jobs.is_empty() {
            return;
        }
        if let Err(error) = self.services.hold_jobs(&jobs).await {
            tracing::warn!(kind = %self.kind, %error, "could not keep hold of jobs; they may be done twice");
        }
    }

    async fn wind_up(mut self) {
        let until = Instant::now() + STOP;
        while let Ok(Some(ended)) = timeout_at(until, self.running.join_next_with_id()).await {
            self.forget(ended);
        }
        self.running.abort_all();
        let left: Vec<Job> = self.held.into_values().collect();
        if left.is_empty() {
            return;
        }
        tracing::warn!(kind = %self.kind, jobs = left.len(), "stopped before these jobs were done; they are due again");
        if let Err(error) = self.services.give_back(&left).await {
            tracing::warn!(kind = %self.kind, %error, "could not give jobs back; they are due again in half a minute");
        }
    }
}

async fn do_job(services: &Services, job: &Job) {
    if let Err(error) = services.do_job(job).await {
        tracing::warn!(kind = %job.kind, subject = %job.subject, attempts = job.attempts, %error,
            "a job failed; it is due again in half a minute");
    }
}

fn lease() -> Duration {
    millis(LEASE_MS)
}

fn millis(millis: i64) -> Duration {
    Duration::from_millis(u64::try_from(millis).unwrap_or(0))
}
