//! Sending an endpoint what is due: one job does, several requests at a time, begun in the order of their numbers.
//!
//! What became of them is kept part by part, in units of work that are refused when somebody else has the job by now. So a
//! message may be sent twice, when a server dies between an answer and that unit, and its receiver knows it again by its
//! id. A message that fails keeps no later one waiting; an endpoint that fails is left alone.

mod turn;

use std::collections::VecDeque;

use domain::{DeliveryProblem, EndpointId, EndpointState, Timestamp};
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use storage::{Actor, AuditAction, Delivered, DueDelivery, Job, JobEnd, UnitOfWork, WebhookEndpoint};
use tokio::task::JoinHandle;

use turn::{Failure, Outcome, Turn, told};

use super::pace;
use super::signing::{Secrets, seconds};
use crate::{ServiceError, Services, WebhookRequest};

/// How many requests one endpoint gets at a time.
const AT_A_TIME: usize = 8;
/// How many messages are read at a time, and how many answers are kept in one unit of work.
const PART: usize = 1_024;
/// How many answers wait to be kept at most; then nothing more is sent until the database is done. When a server dies, these
/// messages are sent once more.
const UNKEPT_MOST: usize = 2 * PART;
/// How long one job goes on, before it gives its place to others that are due and to a server that stops.
const TURN_MS: i64 = 2_000;

impl Services {
    /// Does one job that the queue gave out. When it returns, the job was ended, or is somebody else's.
    ///
    /// # Errors
    /// When the database fails; the job is then due again once its lease is over.
    pub(crate) async fn send_messages(&self, job: &Job) -> Result<(), ServiceError> {
        let endpoint = match job.subject.parse::<EndpointId>() {
            Ok(id) => self.storage().webhook_endpoint(id).await?,
            Err(_) => None,
        };
        let Some(endpoint) = endpoint else { return self.end(job, JobEnd::Done).await };
        let now = self.now();
        let is_quiet = endpoint.quiet_until.is_some_and(|until| now < until);
        let mut turn = Turn {
            began: now,
            ahead: VecDeque::new(),
            after: None,
            at_a_time: if endpoint.failures >= pace::FAILING { 1 } else { AT_A_TIME },
            failures: endpoint.failures,
            over: is_quiet || endpoint.state != EndpointState::Active,
            read_all: false,
        };
        let secrets = Secrets::of(self.fingerprints().await?, &endpoint, now);
        // Requests of one task: a task for each would cost more than the sending.
        let mut sending = FuturesUnordered::new();
        let mut outcomes = Vec::new();
        // What became of a part is kept, and the part after is read, while one is sent.
        let mut keeping: Option<JoinHandle<Result<bool, ServiceError>>> = None;
        let mut reading: Option<JoinHandle<Result<Vec<DueDelivery>, ServiceError>>> = None;
        loop {
            if reading.is_none() && turn.wants_more() {
                reading = Some(self.read_part(endpoint.id, turn.after.take()));
            }
            while sending.len() < turn.at_a_time
                && outcomes.len() < UNKEPT_MOST
                && let Some(delivery) = turn.ahead.pop_front()
            {
                sending.push(self.send_message(&endpoint, secrets.as_ref(), delivery));
            }
            tokio::select! {
                biased;
                read = ended(&mut reading), if reading.is_some() => turn.has_read(read?, PART),
                // Somebody else has the job by now.
                kept = ended(&mut keeping), if keeping.is_some() => if !kept? { return Ok(()) },
                Some(outcome) = sending.next() => {
                    turn.took(&outcome);
                    outcomes.push(outcome);
                }
                else => break,
            }
            if self.now().millis_since(turn.began) >= TURN_MS {
                turn.end();
            }
            if outcomes.len() >= PART && keeping.is_none() {
                let (services, job, id) = (self.clone(), job.clone(), endpoint.id);
                let part = std::mem::take(&mut outcomes);
                let keep = async move { services.keep_outcomes(&job, id, &part, Part::Middle).await };
                keeping = Some(tokio::spawn(keep));
            }
        }
        self.keep_outcomes(job, endpoint.id, &outcomes, Part::Last).await?;
        Ok(())
    }

    /// Begins to read the messages that are due after this one.
    fn read_part(
        &self,
        endpoint: EndpointId,
        after: Option<DueDelivery>,
    ) -> JoinHandle<Result<Vec<DueDelivery>, ServiceError>> {
        let services = self.clone();
        tokio::spawn(async move {
            let limit = u32::try_from(PART).unwrap_or(u32::MAX);
            Ok(services.storage().due_deliveries(endpoint, services.now(), after.as_ref(), limit).await?)
        })
    }

    /// Signs a message and sends it; ends within the sender's own deadline.
    async fn send_message(
        &self,
        endpoint: &WebhookEndpoint,
        secrets: Option<&Secrets>,
        mut delivery: DueDelivery,
    ) -> Outcome {
        let (began, clock) = (self.now(), tokio::time::Instant::now());
        let result = match secrets {
            None => Err(Failure { problem: DeliveryProblem::NoSecret, status: None, asked_ms: None }),
            Some(secrets) => {
                let request = WebhookRequest {
                    url: endpoint.url.clone(),
                    signature: secrets.sign(delivery.id, began, &delivery.body),
                    id: delivery.id,
                    timestamp: seconds(began),
                    body: std::mem::take(&mut delivery.body),
                };
                told(self.inner().parts.webhooks.send(request).await)
            }
        };
        let took_ms = u32::try_from(clock.elapsed().as_millis()).unwrap_or(u32::MAX);
        Outcome { delivery, began, took_ms, result }
    }

    /// Keeps what became of messages, and ends the job after the last part; `false` when somebody else has it by now.
    async fn keep_outcomes(
        &self,
        job: &Job,
        endpoint: EndpointId,
        outcomes: &[Outcome],
        part: Part,
    ) -> Result<bool, ServiceError> {
        let mut unit = self.storage().begin().await?;
        if !self.owns(&mut *unit, Some(job)).await? {
            tracing::warn!(endpoint.id = %endpoint, "came too late with what became of messages: they are sent again");
            return Ok(false);
        }
        let now = self.now();
        let delivered: Vec<Delivered> = outcomes.iter().filter_map(Outcome::delivered).collect();
        if !delivered.is_empty() {
            unit.record_delivered(&delivered).await?;
        }
        for outcome in outcomes {
            let Some((attempt, failure)) = outcome.failed() else { continue };
            let next = pace::next_try(outcome.delivery.give_up_at, failure.asked_ms, now, self.chance()?);
            if unit.record_failed(outcome.delivery.id, &attempt, next).await? && next.is_none() {
                tracing::warn!(endpoint.id = %endpoint, message.id = %outcome.delivery.id,
                    problem = failure.problem.as_str(), "gave a message up");
            }
        }
        // As it is now: an owner may have stopped, changed or removed it meanwhile.
        let found = unit.webhook_endpoints().await?.into_iter().find(|other| other.id == endpoint);
        let settled = match found {
            Some(found) => Some(self.settle_endpoint(&mut *unit, found, outcomes).await?),
            None => None,
        };
        if part == Part::Last {
            let end = match next_turn(&mut *unit, settled.as_ref()).await? {
                Some(at) => JobEnd::Again { delay_ms: at.millis_since(now).max(0) },
                None => JobEnd::Done,
            };
            unit.end_job(job, end, now).await?;
        }
        unit.commit().await?;
        Ok(true)
    }

    /// Notes how the endpoint does.
    async fn settle_endpoint(
        &self,
        unit: &mut dyn UnitOfWork,
        before: WebhookEndpoint,
        outcomes: &[Outcome],
    ) -> Result<WebhookEndpoint, ServiceError> {
        let now = self.now();
        let mut after = before.clone();
        for outcome in outcomes {
            match &outcome.result {
                Ok(_) => (after.failures, after.failing_since) = (0, None),
                Err(failure) => {
                    after.failures = after.failures.saturating_add(1);
                    after.failing_since = after.failing_since.or(Some(outcome.began));
                    let quiet = pace::quiet_until(after.failures, failure.asked_ms, now, self.chance()?);
                    after.quiet_until = after.quiet_until.max(quiet);
                    if failure.problem == DeliveryProblem::Gone && before.state == EndpointState::Active {
                        after.state = EndpointState::Gone;
                    }
                }
            }
        }
        after.quiet_until = after.quiet_until.filter(|until| now < *until);
        if after.state == EndpointState::Gone && before.state != EndpointState::Gone {
            after.changed_at = now;
            let (action, detail) = (AuditAction::WebhookGone, after.id.to_string());
            self.audit(unit, None, Actor::System, action, detail).await?;
            tracing::error!(endpoint.id = %after.id, "a webhook's receiver says that it is gone: it is sent nothing more");
        }
        if after != before {
            unit.update_webhook_endpoint(&after).await?;
        }
        if pace::is_hopeless(after.failing_since, now) {
            let given_up = unit.give_up_deliveries(after.id, now).await?;
            if given_up > 0 {
                tracing::warn!(endpoint.id = %after.id, given_up, "gave up messages that nobody takes");
            }
        }
        Ok(after)
    }
}

/// When the endpoint is to be sent something next.
async fn next_turn(
    unit: &mut dyn UnitOfWork,
    endpoint: Option<&WebhookEndpoint>,
) -> Result<Option<Timestamp>, ServiceError> {
    let Some(endpoint) = endpoint.filter(|found| found.state == EndpointState::Active) else {
        return Ok(None);
    };
    let next = unit.next_delivery(endpoint.id).await?;
    Ok(next.map(|next| endpoint.quiet_until.map_or(next, |until| next.max(until))))
}

/// What the task came to, which is gone then; never, while there is none.
async fn ended<T>(task: &mut Option<JoinHandle<Result<T, ServiceError>>>) -> Result<T, ServiceError> {
    let Some(handle) = task else { return std::future::pending().await };
    let ended = handle.await;
    *task = None;
    ended.map_err(|error| ServiceError::Unexpected(error.into()))?
}

/// Which part of what a job did is kept.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Middle,
    Last,
}
