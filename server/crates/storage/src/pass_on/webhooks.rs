//! Webhooks, and what is delivered.

/// `WebhookWrites` for a backend.
#[macro_export]
macro_rules! pass_on_webhook_writes {
    ($of:ident) => {
        const _: () = {
            use async_trait::async_trait;
            use domain::{EndpointId, LinkId, MessageId, Timestamp};
            use $crate::{
                Delivered, Result, WebhookAttempt, WebhookDelivery, WebhookEndpoint, WebhookWrites,
            };

            #[async_trait]
            impl WebhookWrites for $of {
                async fn webhook_endpoints(&mut self) -> Result<Vec<WebhookEndpoint>> {
                    webhook::list(&mut self.turn).await
                }

                async fn insert_webhook_endpoint(&mut self, endpoint: &WebhookEndpoint) -> Result<()> {
                    webhook::insert(&mut self.turn, endpoint).await
                }

                async fn update_webhook_endpoint(&mut self, endpoint: &WebhookEndpoint) -> Result<bool> {
                    webhook::update(&mut self.turn, endpoint).await
                }

                async fn remove_webhook_endpoint(&mut self, id: EndpointId, at: Timestamp) -> Result<bool> {
                    webhook::remove(&mut self.turn, id, at).await
                }

                async fn next_sequence(&mut self, endpoint: EndpointId) -> Result<Option<u64>> {
                    webhook::next_sequence(&mut self.turn, endpoint).await
                }

                async fn insert_delivery(&mut self, delivery: &WebhookDelivery) -> Result<()> {
                    webhook_delivery::insert(&mut self.turn, delivery).await
                }

                async fn record_delivered(&mut self, delivered: &[Delivered]) -> Result<()> {
                    webhook_delivery::record_delivered(&mut self.turn, delivered).await
                }

                async fn record_failed(
                    &mut self,
                    id: MessageId,
                    attempt: &WebhookAttempt,
                    next_at: Option<Timestamp>,
                ) -> Result<bool> {
                    webhook_delivery::record_failed(&mut self.turn, id, attempt, next_at).await
                }

                async fn give_up_deliveries(&mut self, endpoint: EndpointId, now: Timestamp) -> Result<u64> {
                    webhook_delivery::give_up(&mut self.turn, endpoint, now).await
                }

                async fn hasten_deliveries(
                    &mut self,
                    endpoint: EndpointId,
                    now: Timestamp,
                    give_up_at: Timestamp,
                ) -> Result<()> {
                    webhook_delivery::hasten(&mut self.turn, endpoint, now, give_up_at).await
                }

                async fn replay_delivery(
                    &mut self,
                    id: MessageId,
                    now: Timestamp,
                    give_up_at: Timestamp,
                ) -> Result<bool> {
                    webhook_delivery::replay(&mut self.turn, id, now, give_up_at).await
                }

                async fn replay_failed(
                    &mut self,
                    endpoint: EndpointId,
                    now: Timestamp,
                    give_up_at: Timestamp,
                ) -> Result<u64> {
                    webhook_delivery::replay_failed(&mut self.turn, endpoint, now, give_up_at).await
                }

                async fn next_delivery(&mut self, endpoint: EndpointId) -> Result<Option<Timestamp>> {
                    webhook_delivery::next(&mut self.turn, endpoint).await
                }

                async fn delete_old_deliveries(
                    &mut self,
                    delivered: Timestamp,
                    others: Timestamp,
                    limit: u32,
                ) -> Result<u64> {
                    webhook_delivery::delete_old(&mut self.turn, delivered, others, limit).await
                }

                async fn settle_lapsed(&mut self, now: Timestamp, limit: u32) -> Result<Vec<LinkId>> {
                    listing::settle_lapsed(&mut self.turn, now, limit).await
                }

                async fn settle_idle(
                    &mut self,
                    since: Timestamp,
                    until: Timestamp,
                    now: Timestamp,
                    limit: u32,
                ) -> Result<Vec<LinkId>> {
                    listing::settle_idle(&mut self.turn, since, until, now, limit).await
                }
            }
        };
    };
}

/// `WebhookReads` for a backend.
#[macro_export]
macro_rules! pass_on_webhook_reads {
    ($of:ident) => {
        const _: () = {
            use async_trait::async_trait;
            use domain::{DeliveryState, EndpointId, MessageId, Timestamp};
            use $crate::{
                DeliveryCounts, DueDelivery, Result, WebhookAttempt, WebhookDelivery, WebhookEndpoint,
                WebhookReads,
            };

            #[async_trait]
            impl WebhookReads for $of {
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
                    webhook_delivery::page(&mut *self.desk_reader().await?, endpoint, state, below, limit)
                        .await
                }

                async fn delivery(&self, id: MessageId) -> Result<Option<WebhookDelivery>> {
                    webhook_delivery::lookup(&mut *self.reader().await?, id).await
                }

                async fn webhook_attempts(&self, id: MessageId) -> Result<Vec<WebhookAttempt>> {
                    webhook_delivery::attempts(&mut *self.reader().await?, id).await
                }

                async fn delivery_counts(&self, endpoint: EndpointId) -> Result<DeliveryCounts> {
                    webhook_delivery::counts(&mut *self.desk_reader().await?, endpoint).await
                }

                async fn any_about_to_lapse(&self, now: Timestamp) -> Result<bool> {
                    listing::any_about_to_lapse(&mut *self.reader().await?, now).await
                }
            }
        };
    };
}
