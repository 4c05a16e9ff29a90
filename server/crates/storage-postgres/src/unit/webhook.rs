//! `WebhookWrites` over the transaction: each method calls its table's function.

use async_trait::async_trait;
use domain::{EndpointId, LinkId, MessageId, Timestamp};
use storage::{Delivered, Result, WebhookAttempt, WebhookDelivery, WebhookEndpoint, WebhookWrites};

use super::PostgresUnit;
use crate::{listing, webhook, webhook_delivery};

#[async_trait]
impl WebhookWrites for PostgresUnit {
    async fn webhook_endpoints(&mut self) -> Result<Vec<WebhookEndpoint>> {
        webhook::list(&mut self.0).await
    }

    async fn insert_webhook_endpoint(&mut self, endpoint: &WebhookEndpoint) -> Result<()> {
        webhook::insert(&mut self.0, endpoint).await
    }

    async fn update_webhook_endpoint(&mut self, endpoint: &WebhookEndpoint) -> Result<bool> {
        webhook::update(&mut self.0, endpoint).await
    }

    async fn remove_webhook_endpoint(&mut self, id: EndpointId, at: Timestamp) -> Result<bool> {
        webhook::remove(&mut self.0, id, at).await
    }

    async fn next_sequence(&mut self, endpoint: EndpointId) -> Result<Option<u64>> {
        webhook::next_sequence(&mut self.0, endpoint).await
    }

    async fn insert_delivery(&mut self, delivery: &WebhookDelivery) -> Result<()> {
        webhook_delivery::insert(&mut self.0, delivery).await
    }

    async fn record_delivered(&mut self, delivered: &[Delivered]) -> Result<()> {
        webhook_delivery::record_delivered(&mut self.0, delivered).await
    }

    async fn record_failed(
        &mut self,
        id: MessageId,
        attempt: &WebhookAttempt,
        next_at: Option<Timestamp>,
    ) -> Result<bool> {
        webhook_delivery::record_failed(&mut self.0, id, attempt, next_at).await
    }

    async fn give_up_deliveries(&mut self, endpoint: EndpointId, now: Timestamp) -> Result<u64> {
        webhook_delivery::give_up(&mut self.0, endpoint, now).await
    }

    async fn hasten_deliveries(
        &mut self,
        endpoint: EndpointId,
        now: Timestamp,
        give_up_at: Timestamp,
    ) -> Result<()> {
        webhook_delivery::hasten(&mut self.0, endpoint, now, give_up_at).await
    }

    async fn replay_delivery(
        &mut self,
        id: MessageId,
        now: Timestamp,
        give_up_at: Timestamp,
    ) -> Result<bool> {
        webhook_delivery::replay(&mut self.0, id, now, give_up_at).await
    }

    async fn replay_failed(
        &mut self,
        endpoint: EndpointId,
        now: Timestamp,
        give_up_at: Timestamp,
    ) -> Result<u64> {
        webhook_delivery::replay_failed(&mut self.0, endpoint, now, give_up_at).await
    }

    async fn next_delivery(&mut self, endpoint: EndpointId) -> Result<Option<Timestamp>> {
        webhook_delivery::next(&mut self.0, endpoint).await
    }

    async fn delete_old_deliveries(
        &mut self,
        delivered: Timestamp,
        others: Timestamp,
        limit: u32,
    ) -> Result<u64> {
        webhook_delivery::delete_old(&mut self.0, delivered, others, limit).await
    }

    async fn settle_lapsed(&mut self, now: Timestamp, limit: u32) -> Result<Vec<LinkId>> {
        listing::settle_lapsed(&mut self.0, now, limit).await
    }

    async fn settle_idle(
        &mut self,
        since: Timestamp,
        until: Timestamp,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<LinkId>> {
        listing::settle_idle(&mut self.0, since, until, now, limit).await
    }
}
