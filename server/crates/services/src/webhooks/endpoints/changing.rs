//! Changing an endpoint: what it is told of, its secret, stopping it, removing it, trying it out.

use domain::{EndpointId, EndpointState, Timestamp, WebhookEvent, WebhookEvents};
use storage::{AuditAction, JobKind, WebhookEndpoint};

use super::super::{body, pace, signing};
use super::{CreatedEndpoint, EndpointOutcome, actor, find};
use crate::{Confirmed, OwnerCaller, ServiceError, Services};

impl Services {
    /// Changes what an endpoint is told of from now on.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn choose_events(
        &self,
        owner: &OwnerCaller,
        id: EndpointId,
        events: WebhookEvents,
    ) -> Result<EndpointOutcome<()>, ServiceError> {
        let mut unit = self.storage().begin().await?;
        let Some(before) = find(&mut *unit, id).await? else { return Ok(EndpointOutcome::NoSuch) };
        if before.events == events {
            return Ok(EndpointOutcome::Done(()));
        }
        let after = WebhookEndpoint { events, changed_at: self.now(), ..before };
        unit.update_webhook_endpoint(&after).await?;
        self.audit_endpoint(&mut *unit, actor(owner), AuditAction::WebhookChanged, &after).await?;
        unit.commit().await?;
        Ok(EndpointOutcome::Done(()))
    }

    /// Gives an endpoint another secret. For a day the one before signs too. With `since` it is only done while the secret is
    /// the one of [`WebhookEndpoint::secret_since`]: asked twice, it would end the one that receivers still have.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn rotate_secret(
        &self,
        owner: &Confirmed<OwnerCaller>,
        id: EndpointId,
        since: Option<Timestamp>,
    ) -> Result<EndpointOutcome<CreatedEndpoint>, ServiceError> {
        let prints = self.fingerprints().await?;
        let mut unit = self.storage().begin().await?;
        let Some(before) = find(&mut *unit, id).await? else { return Ok(EndpointOutcome::NoSuch) };
        if since.is_some_and(|since| since != before.secret_since()) {
            return Ok(EndpointOutcome::NotNow);
        }
        let now = self.now();
        let after = WebhookEndpoint {
            seed: self.new_seed()?,
            old_seed: Some((before.seed, now.plus_seconds(pace::SECRET_OVERLAP_SECONDS))),
            changed_at: now,
            ..before
        };
        let Some(secret) = signing::shown(prints, &after) else { return Ok(EndpointOutcome::NoSecret) };
        unit.update_webhook_endpoint(&after).await?;
        let (by, action) = (actor(owner.caller()), AuditAction::WebhookSecretRotated);
        self.audit(&mut *unit, None, by, action, id.to_string()).await?;
        unit.commit().await?;
        Ok(EndpointOutcome::Done(CreatedEndpoint { id, secret }))
    }

    /// Stops an endpoint: what happens is still written for it, and waits.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn pause_endpoint(
        &self,
        owner: &OwnerCaller,
        id: EndpointId,
    ) -> Result<EndpointOutcome<()>, ServiceError> {
        let mut unit = self.storage().begin().await?;
        let Some(before) = find(&mut *unit, id).await? else { return Ok(EndpointOutcome::NoSuch) };
        if before.state != EndpointState::Active {
            return Ok(EndpointOutcome::NotNow);
        }
        let after = WebhookEndpoint { state: EndpointState::Paused, changed_at: self.now(), ..before };
        unit.update_webhook_endpoint(&after).await?;
        // Whoever works on it keeps nothing more.
        unit.remove_job(JobKind::Webhook, &id.to_string()).await?;
        self.audit(&mut *unit, None, actor(owner), AuditAction::WebhookPaused, id.to_string()).await?;
        unit.commit().await?;
        Ok(EndpointOutcome::Done(()))
    }

    /// Lets an endpoint go on that was stopped, or that had said that it is gone; or asks one at once that is left alone as
    /// it fails. What waits is sent now.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn resume_endpoint(
        &self,
        owner: &OwnerCaller,
        id: EndpointId,
    ) -> Result<EndpointOutcome<()>, ServiceError> {
        let mut unit = self.storage().begin().await?;
        let Some(before) = find(&mut *unit, id).await? else { return Ok(EndpointOutcome::NoSuch) };
        if before.state == EndpointState::Active && before.quiet_until.is_none() {
            return Ok(EndpointOutcome::NotNow);
        }
        let now = self.now();
        let after = WebhookEndpoint {
            state: EndpointState::Active,
            failures: 0,
            failing_since: None,
            quiet_until: None,
            changed_at: now,
            ..before
        };
        unit.update_webhook_endpoint(&after).await?;
        unit.hasten_deliveries(id, now, pace::give_up_at(now)).await?;
        unit.put_job(JobKind::Webhook, &id.to_string(), 0, now).await?;
        self.audit(&mut *unit, None, actor(owner), AuditAction::WebhookResumed, id.to_string()).await?;
        unit.commit().await?;
        Ok(EndpointOutcome::Done(()))
    }

    /// Removes an endpoint with everything that was written for it.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn remove_endpoint(
        &self,
        owner: &Confirmed<OwnerCaller>,
        id: EndpointId,
    ) -> Result<EndpointOutcome<()>, ServiceError> {
        let mut unit = self.storage().begin().await?;
        let Some(endpoint) = find(&mut *unit, id).await? else { return Ok(EndpointOutcome::NoSuch) };
        unit.remove_webhook_endpoint(id, self.now()).await?;
        unit.remove_job(JobKind::Webhook, &id.to_string()).await?;
        let by = actor(owner.caller());
        self.audit_endpoint(&mut *unit, by, AuditAction::WebhookRemoved, &endpoint).await?;
        unit.commit().await?;
        Ok(EndpointOutcome::Done(()))
    }

    /// Sends an endpoint a message that only tries it out.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn test_endpoint(
        &self,
        owner: &OwnerCaller,
        id: EndpointId,
    ) -> Result<EndpointOutcome<()>, ServiceError> {
        let mut unit = self.storage().begin().await?;
        let Some(endpoint) = find(&mut *unit, id).await? else { return Ok(EndpointOutcome::NoSuch) };
        if endpoint.state != EndpointState::Active {
            return Ok(EndpointOutcome::NotNow);
        }
        let now = self.now();
        self.put_message(&mut *unit, &endpoint, WebhookEvent::Test, None, |number| body::test(now, number))
            .await?;
        self.audit(&mut *unit, None, actor(owner), AuditAction::WebhookTested, id.to_string()).await?;
        unit.commit().await?;
        Ok(EndpointOutcome::Done(()))
    }
}
