//! The staff's side of endpoints: seeing them, and adding one; `changing` is the rest.

mod changing;

use domain::{EndpointId, EndpointState, InvalidWebhookUrl, Secret, WebhookEvents, WebhookUrl};
use storage::{Actor, AuditAction, DeliveryCounts, UnitOfWork, WebhookEndpoint, WebhookSeed};

use super::signing;
use crate::{Confirmed, Operator, OwnerCaller, ServiceError, Services, StaffCaller};

/// How many endpoints there are at most: each message is written once for each of them.
pub const ENDPOINTS_MAX: usize = 20;

/// What an endpoint is to be.
#[derive(Clone, Debug)]
pub struct NewEndpoint {
    /// Its address.
    pub url: WebhookUrl,
    /// What it is told of.
    pub events: WebhookEvents,
}

/// An endpoint whose secret is told once.
#[derive(Clone, Debug)]
pub struct CreatedEndpoint {
    /// Its id.
    pub id: EndpointId,
    /// Its secret, as a receiver enters it.
    pub secret: Secret,
}

/// What came of asking for something about an endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EndpointOutcome<T> {
    /// It was done.
    Done(T),
    /// There is no such endpoint (any more).
    NoSuch,
    /// It is not of a state in which this can be done.
    NotNow,
    /// There are as many as there may be.
    TooMany,
    /// Nothing may be sent there: it is no public address, or not over TLS.
    NotAllowed,
    /// Its secret cannot be made: the key that it comes from is not in the key file.
    NoSecret,
    /// The address is none.
    Invalid(InvalidWebhookUrl),
}

/// An endpoint, as staff see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointView {
    /// The endpoint.
    pub endpoint: WebhookEndpoint,
    /// How many of its messages are not delivered.
    pub counts: DeliveryCounts,
}

impl Services {
    /// The endpoints, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn endpoints(&self, _: &StaffCaller) -> Result<Vec<EndpointView>, ServiceError> {
        self.all_endpoints().await
    }

    /// The same at the command line.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn endpoints_here(&self, _: Operator) -> Result<Vec<EndpointView>, ServiceError> {
        self.all_endpoints().await
    }

    /// One endpoint; `None` when there is none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn endpoint(
        &self,
        _: &StaffCaller,
        id: EndpointId,
    ) -> Result<Option<EndpointView>, ServiceError> {
        let Some(endpoint) = self.storage().webhook_endpoint(id).await? else { return Ok(None) };
        let counts = self.storage().delivery_counts(id).await?;
        Ok(Some(EndpointView { endpoint, counts }))
    }

    /// Adds an endpoint.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn add_endpoint(
        &self,
        owner: &Confirmed<OwnerCaller>,
        new: NewEndpoint,
    ) -> Result<EndpointOutcome<CreatedEndpoint>, ServiceError> {
        self.make_endpoint(new, actor(owner.caller())).await
    }

    /// The same at the command line.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn add_endpoint_here(
        &self,
        _: Operator,
        new: NewEndpoint,
    ) -> Result<EndpointOutcome<CreatedEndpoint>, ServiceError> {
        self.make_endpoint(new, Actor::CommandLine).await
    }

    pub(crate) async fn all_endpoints(&self) -> Result<Vec<EndpointView>, ServiceError> {
        let mut views = Vec::new();
        for endpoint in self.storage().webhook_endpoints().await? {
            let counts = self.storage().delivery_counts(endpoint.id).await?;
            views.push(EndpointView { endpoint, counts });
        }
        Ok(views)
    }

    async fn make_endpoint(
        &self,
        new: NewEndpoint,
        by: Actor,
    ) -> Result<EndpointOutcome<CreatedEndpoint>, ServiceError> {
        if !self.inner().parts.webhooks.may_send_to(&new.url) {
            return Ok(EndpointOutcome::NotAllowed);
        }
        let prints = self.fingerprints().await?;
        let now = self.now();
        let endpoint = WebhookEndpoint {
            id: EndpointId::new(now, self.id_bytes()?),
            url: new.url,
            events: new.events,
            state: EndpointState::Active,
            seed: self.new_seed()?,
            old_seed: None,
            failures: 0,
            failing_since: None,
            quiet_until: None,
            created_at: now,
            changed_at: now,
        };
        let Some(secret) = signing::shown(prints, &endpoint) else { return Ok(EndpointOutcome::NoSecret) };
        let mut unit = self.storage().begin().await?;
        if unit.webhook_endpoints().await?.len() >= ENDPOINTS_MAX {
            return Ok(EndpointOutcome::TooMany);
        }
        unit.insert_webhook_endpoint(&endpoint).await?;
        self.audit_endpoint(&mut *unit, by, AuditAction::WebhookAdded, &endpoint).await?;
        unit.commit().await?;
        tracing::info!(endpoint.id = %endpoint.id, origin = endpoint.url.origin(), "added a webhook's endpoint");
        Ok(EndpointOutcome::Done(CreatedEndpoint { id: endpoint.id, secret }))
    }

    /// The entry says where it goes, without the path, which may be a receiver's secret, and what it is told of.
    async fn audit_endpoint(
        &self,
        unit: &mut dyn UnitOfWork,
        by: Actor,
        action: AuditAction,
        endpoint: &WebhookEndpoint,
    ) -> Result<(), ServiceError> {
        let detail = format!("{}: {}: {}", endpoint.id, endpoint.events, endpoint.url.origin());
        self.audit(unit, None, by, action, detail).await
    }

    fn new_seed(&self) -> Result<WebhookSeed, ServiceError> {
        let mut seed = [0; 32];
        self.entropy().fill(&mut seed).map_err(ServiceError::Unexpected)?;
        Ok(WebhookSeed(seed))
    }
}

pub(super) async fn find(
    unit: &mut dyn UnitOfWork,
    id: EndpointId,
) -> Result<Option<WebhookEndpoint>, ServiceError> {
    Ok(unit.webhook_endpoints().await?.into_iter().find(|endpoint| endpoint.id == id))
}

pub(super) const fn actor(owner: &OwnerCaller) -> Actor {
    Actor::Staff(owner.staff().id())
}
