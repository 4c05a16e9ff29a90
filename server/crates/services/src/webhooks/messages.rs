//! What staff see of messages, letting them be tried again, and deleting those that nobody needs any more.

use domain::{CustomerName, DeliveryState, EndpointId, EndpointState, MessageId};
use storage::{AuditAction, JobKind, UnitOfWork, WebhookAttempt, WebhookDelivery, WebhookEndpoint};

use super::EndpointOutcome;
use super::endpoints::{actor, find};
use super::pace::{self, KEPT_DAYS, KEPT_FAILED_DAYS};
use crate::{OwnerCaller, ServiceError, Services, StaffCaller};

/// How many messages a page lists.
pub const MESSAGES_PAGE: usize = 25;
/// How many messages are deleted in one unit of work.
const PART: u32 = 2_000;
const DAY_SECONDS: i64 = 24 * 60 * 60;

/// A page of an endpoint's messages, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryPage {
    /// The messages.
    pub deliveries: Vec<WebhookDelivery>,
    /// Below which number the next page begins; `None` on the last.
    pub next: Option<u64>,
}

/// One message with its attempts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryView {
    /// The message.
    pub delivery: WebhookDelivery,
    /// The customer whose link it is about.
    pub customer: Option<CustomerName>,
    /// Its attempts that failed, oldest first.
    pub failed: Vec<WebhookAttempt>,
}

impl Services {
    /// A page of an endpoint's messages.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn messages(
        &self,
        _: &StaffCaller,
        endpoint: EndpointId,
        state: Option<DeliveryState>,
        below: Option<u64>,
    ) -> Result<DeliveryPage, ServiceError> {
        let one_more = u32::try_from(MESSAGES_PAGE + 1).unwrap_or(u32::MAX);
        let mut deliveries = self.storage().deliveries(endpoint, state, below, one_more).await?;
        let more = deliveries.len() > MESSAGES_PAGE;
        deliveries.truncate(MESSAGES_PAGE);
        let next = deliveries.last().filter(|_| more).map(|last| last.sequence);
        Ok(DeliveryPage { deliveries, next })
    }

    /// One message of this endpoint; `None` when there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn message(
        &self,
        _: &StaffCaller,
        endpoint: EndpointId,
        id: MessageId,
    ) -> Result<Option<DeliveryView>, ServiceError> {
        let found = self.storage().delivery(id).await?;
        let Some(delivery) = found.filter(|found| found.endpoint == endpoint) else { return Ok(None) };
        let link = match delivery.link {
            Some(link) => self.storage().link(link).await?,
            None => None,
        };
        let failed = self.storage().webhook_attempts(id).await?;
        Ok(Some(DeliveryView { delivery, customer: link.map(|link| link.customer), failed }))
    }

    /// Sends a message again that was delivered or given up, with the same id.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn replay_message(
        &self,
        owner: &OwnerCaller,
        endpoint: EndpointId,
        id: MessageId,
    ) -> Result<EndpointOutcome<()>, ServiceError> {
        let found = self.storage().delivery(id).await?;
        if found.is_none_or(|found| found.endpoint != endpoint) {
            return Ok(EndpointOutcome::NoSuch);
        }
        let mut unit = self.storage().begin().await?;
        let Some(of) = find(&mut *unit, endpoint).await? else { return Ok(EndpointOutcome::NoSuch) };
        let now = self.now();
        let replayed = unit.replay_delivery(id, now, pace::give_up_at(now)).await?;
        if !replayed {
            return Ok(EndpointOutcome::NotNow);
        }
        self.ask_again(&mut *unit, of).await?;
        let (action, detail) = (AuditAction::WebhookReplayed, format!("{endpoint}: {id}"));
        self.audit(&mut *unit, None, actor(owner), action, detail).await?;
        unit.commit().await?;
        Ok(EndpointOutcome::Done(()))
    }

    /// Sends every message again that was given up; how many.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn replay_failed_messages(
        &self,
        owner: &OwnerCaller,
        endpoint: EndpointId,
    ) -> Result<EndpointOutcome<u64>, ServiceError> {
        let mut unit = self.storage().begin().await?;
        let Some(of) = find(&mut *unit, endpoint).await? else { return Ok(EndpointOutcome::NoSuch) };
        let now = self.now();
        let replayed = unit.replay_failed(endpoint, now, pace::give_up_at(now)).await?;
        if replayed == 0 {
            return Ok(EndpointOutcome::NotNow);
        }
        self.ask_again(&mut *unit, of).await?;
        let (action, detail) = (AuditAction::WebhookReplayed, format!("{endpoint}: {replayed} messages"));
        self.audit(&mut *unit, None, actor(owner), action, detail).await?;
        unit.commit().await?;
        Ok(EndpointOutcome::Done(replayed))
    }

    /// Sees to it that an endpoint is asked now, although it may be left alone at the moment: somebody wants it.
    async fn ask_again(
        &self,
        unit: &mut dyn UnitOfWork,
        endpoint: WebhookEndpoint,
    ) -> Result<(), ServiceError> {
        if endpoint.state != EndpointState::Active {
            return Ok(());
        }
        if endpoint.quiet_until.is_some() {
            unit.update_webhook_endpoint(&WebhookEndpoint { quiet_until: None, ..endpoint.clone() }).await?;
        }
        Ok(unit.wake_job(JobKind::Webhook, &endpoint.id.to_string(), self.now()).await?)
    }

    /// Deletes messages that nobody needs any more.
    pub(crate) async fn delete_old_messages(&self) -> Result<(), ServiceError> {
        let now = self.now();
        let (delivered, others) =
            (now.plus_seconds(-KEPT_DAYS * DAY_SECONDS), now.plus_seconds(-KEPT_FAILED_DAYS * DAY_SECONDS));
        loop {
            let mut unit = self.storage().begin().await?;
            let deleted = unit.delete_old_deliveries(delivered, others, PART).await?;
            unit.commit().await?;
            if deleted < u64::from(PART) {
                return Ok(());
            }
        }
    }
}
