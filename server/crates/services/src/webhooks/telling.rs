//! Writing messages. Every change of a link's record goes through `keep_link`, the only caller of
//! `UnitOfWork::update_link` (`clippy.toml`): so no use case can change a link and forget to tell of it.

use domain::{EndpointState, LinkId, MessageId, Permission, Timestamp, WebhookEvent};
use storage::{JobKind, Link, SealedCredential, UnitOfWork, WebhookDelivery, WebhookEndpoint};

use super::body::{self, About};
use super::happened::{Happened, events_of, missing_of};
use super::pace;
use crate::fingerprints::Fingerprints;
use crate::values::InEffect;
use crate::{ServiceError, Services};

impl Services {
    /// Writes the link as it stands now, and the messages that tell of what happened to it.
    pub(crate) async fn keep_link(
        &self,
        unit: &mut dyn UnitOfWork,
        link: &Link,
        happened: Happened,
    ) -> Result<(), ServiceError> {
        let before = unit.link(link.id).await?;
        #[expect(clippy::disallowed_methods, reason = "the one place that tells of what it writes")]
        unit.update_link(link).await?;
        let Some(before) = before else { return Ok(()) };
        let events = events_of(&before, link, &happened);
        let was = (before.status != link.status).then_some(before.status);
        self.tell(unit, link, &events, &About { was, happened, invite: None }).await
    }

    /// Writes a message of each event for each endpoint that wants it.
    pub(super) async fn tell(
        &self,
        unit: &mut dyn UnitOfWork,
        link: &Link,
        events: &[WebhookEvent],
        about: &About,
    ) -> Result<(), ServiceError> {
        if events.is_empty() {
            return Ok(());
        }
        let now = self.now();
        for endpoint in unit.webhook_endpoints().await? {
            for event in events.iter().filter(|event| endpoint.events.wants(**event)) {
                let text = |sequence| body::about_link(*event, now, sequence, link, about);
                self.put_message(unit, &endpoint, *event, Some(link.id), text).await?;
            }
        }
        Ok(())
    }

    /// Writes one message, and sees to it that it is sent. An endpoint that is gone is told of nothing.
    pub(super) async fn put_message(
        &self,
        unit: &mut dyn UnitOfWork,
        endpoint: &WebhookEndpoint,
        event: WebhookEvent,
        link: Option<LinkId>,
        text: impl Fn(u64) -> Result<String, ServiceError> + Send,
    ) -> Result<Option<MessageId>, ServiceError> {
        if endpoint.state == EndpointState::Gone {
            return Ok(None);
        }
        let now = self.now();
        let id = MessageId::new(now, self.id_bytes()?);
        let Some(sequence) = unit.next_sequence(endpoint.id).await? else { return Ok(None) };
        let body = text(sequence)?;
        unit.insert_delivery(&message(id, endpoint, sequence, (event, link), body, now)).await?;
        if endpoint.state == EndpointState::Active {
            unit.wake_job(JobKind::Webhook, &endpoint.id.to_string(), now).await?;
        }
        Ok(Some(id))
    }

    /// Which permissions are known to be missing with the values in use; `None` when nobody asks for it, or nobody knows.
    /// To be called before a newer check of them is finished.
    pub(crate) async fn gaps_in_use(
        &self,
        prints: &Fingerprints,
        unit: &mut dyn UnitOfWork,
        link: &Link,
        values: &[SealedCredential],
    ) -> Result<Option<Vec<Permission>>, ServiceError> {
        if !link.status.stands() || unit.webhook_endpoints().await?.is_empty() {
            return Ok(None);
        }
        let Some(in_use) = InEffect::in_use(link, values) else { return Ok(None) };
        let check = unit.accepted_check(link.id, &prints.submission(link.id, &in_use)).await?;
        Ok(check.and_then(|check| check.report).map(|report| missing_of(&report)))
    }
}

fn message(
    id: MessageId,
    endpoint: &WebhookEndpoint,
    sequence: u64,
    (event, link): (WebhookEvent, Option<LinkId>),
    body: String,
    now: Timestamp,
) -> WebhookDelivery {
    WebhookDelivery {
        id,
        endpoint: endpoint.id,
        sequence,
        event,
        link,
        body,
        state: domain::DeliveryState::Waiting,
        created_at: now,
        next_at: now,
        give_up_at: pace::give_up_at(now),
        ended_at: None,
        attempts: 0,
        last_status: None,
        last_problem: None,
        took_ms: None,
    }
}
