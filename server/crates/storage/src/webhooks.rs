//! Webhooks: a part of [`Storage`](crate::Storage) and of [`UnitOfWork`](crate::UnitOfWork), in a file of its own.
//!
//! A message is written by the unit of work that makes the change it tells of, with the next number of its endpoint: so
//! the numbers have no gaps, and their order is the order of the changes. What became of it is written by the worker that
//! has the endpoint's job.

use async_trait::async_trait;
use domain::{DeliveryState, EndpointId, LinkId, MessageId, Timestamp};

use crate::{
    Delivered, DeliveryCounts, DueDelivery, Result, WebhookAttempt, WebhookDelivery, WebhookEndpoint,
};

/// Reads endpoints and messages.
#[async_trait]
pub trait WebhookReads: Send + Sync {
    /// The endpoints that were not removed, oldest first.
    async fn webhook_endpoints(&self) -> Result<Vec<WebhookEndpoint>>;
    /// The endpoint; `None` when there is none, or it was removed.
    async fn webhook_endpoint(&self, id: EndpointId) -> Result<Option<WebhookEndpoint>>;
    /// At most `limit` of the endpoint's messages that are due, after this one if one is named: the longest due first, of those
    /// by their number.
    async fn due_deliveries(
        &self,
        endpoint: EndpointId,
        now: Timestamp,
        after: Option<&DueDelivery>,
        limit: u32,
    ) -> Result<Vec<DueDelivery>>;
    /// At most `limit` of the endpoint's messages, of this state if one is named, below this number if one is named;
    /// newest first.
    async fn deliveries(
        &self,
        endpoint: EndpointId,
        state: Option<DeliveryState>,
        below: Option<u64>,
        limit: u32,
    ) -> Result<Vec<WebhookDelivery>>;
    /// The message; `None` when there is none.
    async fn delivery(&self, id: MessageId) -> Result<Option<WebhookDelivery>>;
    /// The message's attempts that failed, oldest first.
    async fn webhook_attempts(&self, id: MessageId) -> Result<Vec<WebhookAttempt>>;
    /// How many of the endpoint's messages are not delivered.
    async fn delivery_counts(&self, endpoint: EndpointId) -> Result<DeliveryCounts>;
    /// Whether [`WebhookWrites::settle_lapsed`] would find any.
    async fn any_about_to_lapse(&self, now: Timestamp) -> Result<bool>;
}

/// Writes endpoints and messages.
#[async_trait]
pub trait WebhookWrites: Send {
    /// The endpoints that were not removed, oldest first, as seen inside this unit.
    async fn webhook_endpoints(&mut self) -> Result<Vec<WebhookEndpoint>>;
    /// Adds an endpoint.
    async fn insert_webhook_endpoint(&mut self, endpoint: &WebhookEndpoint) -> Result<()>;
    /// Overwrites everything of an endpoint but its id, when it was made, and its numbers; `false` when there is none, or it
    /// was removed.
    async fn update_webhook_endpoint(&mut self, endpoint: &WebhookEndpoint) -> Result<bool>;
    /// Removes an endpoint; `false` when there is none. Its messages are deleted by
    /// [`WebhookWrites::delete_old_deliveries`].
    async fn remove_webhook_endpoint(&mut self, id: EndpointId, at: Timestamp) -> Result<bool>;
    /// The number of the endpoint's next message, used up by this; `None` when there is no such endpoint.
    async fn next_sequence(&mut self, endpoint: EndpointId) -> Result<Option<u64>>;
    /// Adds a message.
    async fn insert_delivery(&mut self, delivery: &WebhookDelivery) -> Result<()>;
    /// Notes that these messages were taken; those that do not wait any more stay as they are.
    async fn record_delivered(&mut self, delivered: &[Delivered]) -> Result<()>;
    /// Notes that an attempt failed, and when the next one is, `None` when the message is given up; `false` when it does
    /// not wait any more.
    async fn record_failed(
        &mut self,
        id: MessageId,
        attempt: &WebhookAttempt,
        next_at: Option<Timestamp>,
    ) -> Result<bool>;
    /// Gives up the endpoint's messages whose last try would have been by now; how many.
    async fn give_up_deliveries(&mut self, endpoint: EndpointId, now: Timestamp) -> Result<u64>;
    /// Lets everything that waits be tried now, and until `give_up_at` at least.
    async fn hasten_deliveries(
        &mut self,
        endpoint: EndpointId,
        now: Timestamp,
        give_up_at: Timestamp,
    ) -> Result<()>;
    /// Lets a message that was delivered or given up be tried again, now; `false` when it waits, or there is none.
    async fn replay_delivery(&mut self, id: MessageId, now: Timestamp, give_up_at: Timestamp)
    -> Result<bool>;
    /// The same of every message of the endpoint that was given up; how many.
    async fn replay_failed(
        &mut self,
        endpoint: EndpointId,
        now: Timestamp,
        give_up_at: Timestamp,
    ) -> Result<u64>;
    /// When the endpoint's next message is due, as seen inside this unit; `None` when none waits.
    async fn next_delivery(&mut self, endpoint: EndpointId) -> Result<Option<Timestamp>>;
    /// Deletes at most `limit` messages: those delivered before `delivered`, those of any other end or none written before
    /// `others`, and those of removed endpoints; then endpoints that were removed and have none any more. How many messages.
    async fn delete_old_deliveries(
        &mut self,
        delivered: Timestamp,
        others: Timestamp,
        limit: u32,
    ) -> Result<u64>;
    /// Notes which unfinished links no invite leads to any more at `now`, so that they are found and counted as ours to
    /// act on; at most `limit`: which are new.
    async fn settle_lapsed(&mut self, now: Timestamp, limit: u32) -> Result<Vec<LinkId>>;
    /// Notes which links that were started and not finished, and that an invite still leads to at `now`, nothing happened to
    /// from some time after `since` until now, but before `until`; at most `limit`: those that were not noted since
    /// anything last happened to them.
    async fn settle_idle(
        &mut self,
        since: Timestamp,
        until: Timestamp,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<LinkId>>;
}
