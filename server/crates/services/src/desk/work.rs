//! Background work at the desk: what the queue holds, what was given up, and having it tried again.

use domain::{CustomerName, EndpointId, LinkId, WebhookUrl};
use storage::{Actor, AuditAction, Job, JobKind, QueueDepth};

use crate::{EndpointView, ServiceError, Services, StaffCaller};

/// How many that were given up are shown.
pub const GIVEN_UP_SHOWN: u32 = 100;
/// How many are brought back in one unit of work.
const PART: u32 = 500;

/// What the queue holds.
#[derive(Clone, Debug)]
pub struct Work {
    /// Every kind, whether there is any of it or not.
    pub depths: Vec<QueueDepth>,
    /// What was given up, the newest first, at most [`GIVEN_UP_SHOWN`].
    pub given_up: Vec<GivenUp>,
    /// Endpoints of webhooks with messages that were given up: these are no jobs, their endpoint's job goes on.
    pub lost: Vec<LostMessages>,
}

/// An endpoint that did not take some messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostMessages {
    /// The endpoint.
    pub endpoint: EndpointId,
    /// Its address.
    pub url: WebhookUrl,
    /// How many messages were given up.
    pub messages: u64,
}

/// A job that nobody tries any more.
#[derive(Clone, Debug)]
pub struct GivenUp {
    /// The job.
    pub job: Job,
    /// Whom it is for; nobody if that is gone.
    pub whose: Option<WorkFor>,
}

/// Whom a job is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorkFor {
    /// A link.
    Link(LinkId, CustomerName),
    /// An endpoint of webhooks.
    Endpoint(EndpointId, WebhookUrl),
}

/// What is to be tried again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TryAgain {
    /// This one.
    One(JobKind, String),
    /// Everything that was given up.
    All,
}

impl Services {
    /// What the queue holds, for staff.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn work(&self, _caller: &StaffCaller) -> Result<Work, ServiceError> {
        let mut given_up = Vec::new();
        for job in self.storage().dead_jobs(GIVEN_UP_SHOWN).await? {
            let whose = self.whose(&job).await?;
            given_up.push(GivenUp { job, whose });
        }
        Ok(Work { depths: self.queue_depths().await?, given_up, lost: self.lost_messages().await? })
    }

    /// Endpoints of webhooks with messages that were given up.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn lost_messages(&self) -> Result<Vec<LostMessages>, ServiceError> {
        let endpoints = self.all_endpoints().await?.into_iter().filter(|view| view.counts.failed > 0);
        let lost = endpoints.map(|EndpointView { endpoint, counts }| LostMessages {
            endpoint: endpoint.id,
            url: endpoint.url,
            messages: counts.failed,
        });
        Ok(lost.collect())
    }

    async fn whose(&self, job: &Job) -> Result<Option<WorkFor>, ServiceError> {
        if let Some(id) = link_of(job) {
            let link = self.storage().link(id).await?;
            return Ok(link.map(|link| WorkFor::Link(link.id, link.customer)));
        }
        let Some(id) = endpoint_of(job) else { return Ok(None) };
        let endpoint = self.storage().webhook_endpoint(id).await?;
        Ok(endpoint.map(|endpoint| WorkFor::Endpoint(endpoint.id, endpoint.url)))
    }

    /// How much was given up, counted no further than [`GIVEN_UP_SHOWN`].
    ///
    /// # Errors
    /// When the database fails.
    pub async fn given_up(&self, _caller: &StaffCaller) -> Result<usize, ServiceError> {
        Ok(self.storage().dead_jobs(GIVEN_UP_SHOWN).await?.len())
    }

    /// Has work tried again that was given up; how much of it.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn try_again(&self, caller: &StaffCaller, what: &TryAgain) -> Result<u64, ServiceError> {
        match what {
            TryAgain::One(kind, subject) => {
                let mut unit = self.storage().begin().await?;
                let Some(job) = unit.job(*kind, subject).await? else { return Ok(0) };
                if !unit.revive_job(*kind, subject, self.now()).await? {
                    return Ok(0);
                }
                let (actor, detail) = (Actor::Staff(caller.id()), kind.to_string());
                self.audit(&mut *unit, link_of(&job), actor, AuditAction::WorkTriedAgain, detail).await?;
                unit.commit().await?;
                Ok(1)
            }
            TryAgain::All => self.try_all_again(caller).await,
        }
    }

    async fn try_all_again(&self, caller: &StaffCaller) -> Result<u64, ServiceError> {
        let mut tried = 0;
        loop {
            // What is given up anew meanwhile is not tried again and again.
            let before = self.now();
            let jobs = self.storage().dead_jobs(PART).await?;
            let mut unit = self.storage().begin().await?;
            let mut revived = 0;
            for job in jobs.iter().filter(|job| job.dead_at.is_some_and(|at| at <= before)) {
                revived += u64::from(unit.revive_job(job.kind, &job.subject, before).await?);
            }
            if revived == 0 {
                return Ok(tried);
            }
            let actor = Actor::Staff(caller.id());
            let detail = format!("everything that was given up: {revived}");
            self.audit(&mut *unit, None, actor, AuditAction::WorkTriedAgain, detail).await?;
            unit.commit().await?;
            tried += revived;
            if jobs.len() < usize::try_from(PART).unwrap_or(usize::MAX) {
                return Ok(tried);
            }
        }
    }
}

/// The link a job is for, as its subject tells.
fn link_of(job: &Job) -> Option<LinkId> {
    match job.kind {
        JobKind::Recheck => job.subject.parse().ok(),
        // Which letter stands behind the link; news are a staff member's.
        JobKind::Mail => job.subject.split('.').next()?.parse().ok(),
        // An endpoint is told of every link.
        JobKind::Webhook => None,
    }
}

/// The endpoint a job is for.
fn endpoint_of(job: &Job) -> Option<EndpointId> {
    match job.kind {
        JobKind::Webhook => job.subject.parse().ok(),
        JobKind::Recheck | JobKind::Mail => None,
    }
}
