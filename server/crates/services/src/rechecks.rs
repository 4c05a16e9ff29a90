//! Checking links again, so that their status stays true.
//!
//! Every link that stands has one job in the queue, put by the unit of work that made it stand; each re-check puts the
//! next one off in the unit that keeps what it found. `pace` says when; `hosts` keeps from asking a UKG Pro host too much,
//! and from asking one at all that is out of order.

mod hosts;
mod pace;

use domain::{CheckOutcome, LinkEvent, LinkId, LinkStatus, ProblemCode, Timestamp};
use storage::{Actor, AuditAction, Job, JobEnd, JobKind, Link, UnitOfWork};

use crate::checks::{CheckAsked, CheckStart, Hold};
use crate::webhooks::Happened;
use crate::{ServiceError, Services};

pub(crate) use hosts::Hosts;
pub use pace::Pace;

/// How soon a re-check is tried again that could not begin because another check was running.
const BUSY_MS: i64 = 30_000;
/// How many links are looked at in one unit of work.
const PART: u32 = 1_000;

impl Services {
    /// Does one re-check that the queue gave out. When it returns, the job was ended, or is somebody else's.
    ///
    /// # Errors
    /// When the database fails; the job is then due again once its lease is over.
    pub(crate) async fn recheck(&self, job: &Job) -> Result<(), ServiceError> {
        let link = match job.subject.parse::<LinkId>() {
            Ok(id) => self.storage().link(id).await?,
            Err(_) => None,
        };
        let Some(link) = link.filter(|link| link.status.is_rechecked()) else {
            return self.end(job, JobEnd::Done).await;
        };
        let Some(host) = link.host.clone() else { return self.end(job, JobEnd::Done).await };
        let turn = match self.inner().hosts.enter(&host, || self.now()).await {
            Ok(turn) => turn,
            Err(wait_ms) => {
                // Whoever checks more often than a host's trial lasts looks again as often.
                let delay_ms = self.pace().scattered(wait_ms.min(self.pace().every_ms()), self.chance()?);
                return self.end(job, JobEnd::Postponed { delay_ms }).await;
            }
        };
        match self.start_check_of(link.id, Actor::System, CheckAsked::default(), Some(job)).await? {
            CheckStart::Started(running) => {
                let outcome = running.finished().await;
                let faulted = matches!(outcome, Some(CheckOutcome::Failed(code)) if !code.is_refusal());
                turn.over(faulted, self.now(), self.pace());
                Ok(())
            }
            CheckStart::AlreadyRunning => self.end(job, JobEnd::Postponed { delay_ms: BUSY_MS }).await,
            CheckStart::Held(Hold::Wait { until }) => {
                let delay_ms = until.millis_since(self.now()).max(0);
                self.end(job, JobEnd::Postponed { delay_ms }).await
            }
            CheckStart::Held(Hold::Refused { .. }) => self.refused_for_good(job, link.id).await,
            CheckStart::NotReady(_) => self.end(job, JobEnd::Done).await,
        }
    }

    /// UKG Pro refused these values as often as it may, though no check was left to say so: one that came too late was among
    /// those that were refused. Nothing may be asked with them until they are changed, so the link waits for that.
    async fn refused_for_good(&self, job: &Job, link: LinkId) -> Result<(), ServiceError> {
        let mut unit = self.storage().begin().await?;
        let Some(mut link) = unit.link(link).await? else { return Ok(()) };
        let event = LinkEvent::CheckRefusedAgain;
        let (Ok(status), true) = (link.status.after(event), self.owns(&mut *unit, Some(job)).await?) else {
            drop(unit);
            return self.end(job, JobEnd::Done).await;
        };
        let problem = ProblemCode::CredentialsRejected;
        link.move_to(status, Some(problem), self.now());
        self.keep_link(&mut *unit, &link, Happened::Moved).await?;
        self.plan_recheck(&mut *unit, &link, Some(event), Some(job)).await?;
        let (action, detail) = (AuditAction::CheckFinished, problem.to_string());
        self.audit(&mut *unit, Some(link.id), Actor::System, action, detail).await?;
        unit.commit().await?;
        tracing::info!(link.id = %link.id, link.status = %link.status, problem = problem.as_str(),
            "was refused as often as it may be: not asked again until it is changed");
        Ok(())
    }

    /// Tells, in the unit that keeps what a check found, when this link is checked next; `false` when the check was a
    /// re-check whose job is somebody else's by now: then nothing it found may change the link.
    pub(crate) async fn owns(
        &self,
        unit: &mut dyn UnitOfWork,
        job: Option<&Job>,
    ) -> Result<bool, ServiceError> {
        let Some(job) = job else { return Ok(true) };
        let held = unit.job(job.kind, &job.subject).await?;
        Ok(held.is_some_and(|held| held.fence == job.fence))
    }

    /// Puts the link's next re-check into the queue, or takes it out, as where it stands now asks for. To be called in every
    /// unit that changes where a link stands. `job` is the re-check that this unit ends.
    pub(crate) async fn plan_recheck(
        &self,
        unit: &mut dyn UnitOfWork,
        link: &Link,
        event: Option<LinkEvent>,
        job: Option<&Job>,
    ) -> Result<(), ServiceError> {
        let now = self.now();
        let subject = link.id.to_string();
        let undecided = job.is_none() && event == Some(LinkEvent::CheckFaulted);
        if undecided && unit.job(JobKind::Recheck, &subject).await?.is_some() {
            return Ok(());
        }
        if !link.status.is_rechecked() {
            unit.remove_job(JobKind::Recheck, &subject).await?;
            return Ok(());
        }
        let chance = self.chance()?;
        let attempts = job.map_or(1, |job| job.attempts);
        let end = self.pace().after(link, event, attempts, chance);
        match (job, end) {
            (Some(job), end) => {
                unit.end_job(job, end, now).await?;
            }
            (None, JobEnd::Again { delay_ms } | JobEnd::Retry { delay_ms, .. }) => {
                unit.put_job(JobKind::Recheck, &subject, delay_ms, now).await?;
            }
            (None, JobEnd::Done | JobEnd::Postponed { .. } | JobEnd::Dead { .. }) => {}
        }
        Ok(())
    }

    /// Sees to it that every link that stands is checked again within the time set. Called once, at start: a database of an
    /// earlier version has no re-checks in its queue, and the time may have been shortened.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn schedule_rechecks(&self) -> Result<(), ServiceError> {
        let Some(every_ms) = self.pace().every_ms else { return Ok(()) };
        loop {
            let mut unit = self.storage().begin().await?;
            let hastened = unit.hasten_rechecks(every_ms, self.now(), PART).await?;
            unit.commit().await?;
            if hastened == 0 {
                break;
            }
        }
        if self.every_link_has_a_recheck().await? {
            return Ok(());
        }
        let mut after = None;
        loop {
            let mut unit = self.storage().begin().await?;
            let last = unit.schedule_rechecks(after, every_ms, self.now(), PART).await?;
            unit.commit().await?;
            match last {
                Some(last) => after = Some(last),
                None => return Ok(()),
            }
        }
    }

    async fn every_link_has_a_recheck(&self) -> Result<bool, ServiceError> {
        let counts = self.storage().count_links().await?;
        let standing: u64 =
            counts.iter().filter(|count| count.status.is_rechecked()).map(|count| count.links).sum();
        let depths = self.storage().queue_depths(self.now()).await?;
        let rechecks: u64 = depths
            .iter()
            .filter(|depth| depth.kind == JobKind::Recheck)
            .map(|depth| depth.waiting + depth.dead)
            .sum();
        Ok(rechecks >= standing)
    }

    /// When the link is checked again by itself; `None` when it is not.
    pub(crate) async fn next_recheck(&self, link: LinkId) -> Result<Option<Timestamp>, ServiceError> {
        if self.pace().every_ms.is_none() {
            return Ok(None);
        }
        Ok(self.storage().job(JobKind::Recheck, &link.to_string()).await?.map(|job| job.due_at))
    }

    pub(crate) fn pace(&self) -> Pace {
        self.inner().parts.settings.pace
    }

    /// A number by chance.
    pub(crate) fn chance(&self) -> Result<u32, ServiceError> {
        let mut bytes = [0; 4];
        self.entropy().fill(&mut bytes).map_err(ServiceError::Unexpected)?;
        Ok(u32::from_le_bytes(bytes))
    }
}

/// Whether what stands in the way of a link was refused by UKG Pro the time before, and waits to be confirmed.
pub(crate) fn is_refused(link: &Link) -> bool {
    let refused = link.problem.is_some_and(ProblemCode::is_refusal);
    link.status == LinkStatus::Broken || (link.status == LinkStatus::Attention && refused)
}
