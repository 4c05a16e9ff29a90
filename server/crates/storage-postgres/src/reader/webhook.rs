//! `WebhookReads`: each method calls its table's function.

use async_trait::async_trait;
use domain::{DeliveryState, EndpointId, MessageId, Timestamp};
use storage::{
    DeliveryCounts, DueDelivery, Result, WebhookAttempt, WebhookDelivery, WebhookEndpoint, WebhookReads,
};

use crate::{PostgresStorage, listing, webhook, webhook_delivery};

#[async_trait]
impl WebhookReads for PostgresStorage {
    async fn webhook_endpoints(&self) -> Result<Vec<WebhookEndpoint>> {
        webhook::list(&mut *self.reader().await?).await
    }

    async fn webhook_endpoint(&self, id: EndpointId) -> Result<Option<WebhookEndpoint>> {
        webhook::lookup(&mut *self.reader().await?, id).await
    }

    async fn due_deliveries(
        &self,
        endpoint: EndpointId,
        now: Timestamp,
        after: Option<&DueDelivery>,
        limit: u32,
    ) -> Result<Vec<DueDelivery>> {
        webhook_delivery::due(&mut *self.reader().await?, endpoint, now, after, limit).await
    }

    async fn deliveries(
        &self,
        endpoint: EndpointId,
        state: Option<DeliveryState>,
        below: Option<u64>,
        limit: u32,
    ) -> Result<Vec<WebhookDelivery>> {
        webhook_delivery::page(&mut *self.reader().await?, endpoint, state, below, limit).await
    }

    async fn delivery(&self, id: MessageId) -> Result<Option<WebhookDelivery>> {
        webhook_delivery::lookup(&mut *self.reader().await?, id).await
    }

    async fn webhook_attempts(&self, id: MessageId) -> Result<Vec<WebhookAttempt>> {
        webhook_delivery::attempts(&mut *self.reader().await?, id).await
    }

    async fn delivery_counts(&self, endpoint: EndpointId) -> Result<DeliveryCounts> {
        webhook_delivery::counts(&mut *self.reader().await?, endpoint).await
    }

    async fn any_about_to_lapse(&self, now: Timestamp) -> Result<bool> {
        listing::any_about_to_lapse(&mut *self.reader().await?, now).await
    }
}
