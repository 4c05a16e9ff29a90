//! The records of webhooks: where messages go, each message, and each attempt that failed.

use std::fmt;

use domain::{
    DeliveryProblem, DeliveryState, EndpointId, EndpointState, LinkId, MessageId, Timestamp, WebhookEvent,
    WebhookEvents, WebhookUrl,
};

/// What an endpoint's secret is made from, with the installation's own key: alone it tells nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct WebhookSeed(pub [u8; 32]);

impl fmt::Debug for WebhookSeed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookSeed(***)")
    }
}

/// Where messages go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookEndpoint {
    /// Its id.
    pub id: EndpointId,
    /// Its address.
    pub url: WebhookUrl,
    /// What it is told of.
    pub events: WebhookEvents,
    /// Whether it is sent to.
    pub state: EndpointState,
    /// What its secret is made from.
    pub seed: WebhookSeed,
    /// The same of the secret before, and until when it signs too.
    pub old_seed: Option<(WebhookSeed, Timestamp)>,
    /// How many attempts failed since the last one that did not.
    pub failures: u32,
    /// Since when nothing has got through.
    pub failing_since: Option<Timestamp>,
    /// Until when it is left alone: it asked for that, or nothing gets through.
    pub quiet_until: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its address, events, state or secret last changed.
    pub changed_at: Timestamp,
}

impl WebhookEndpoint {
    /// Tells its present secret from those before: until when the one before signs too, or when the first was made.
    #[must_use]
    pub fn secret_since(&self) -> Timestamp {
        self.old_seed.map_or(self.created_at, |(_, until)| until)
    }
}

/// One message to one endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookDelivery {
    /// The message's id, the same at every attempt.
    pub id: MessageId,
    /// Where it goes.
    pub endpoint: EndpointId,
    /// Its place among the endpoint's messages, from 1 and without gaps, in the order of what they tell of.
    pub sequence: u64,
    /// What it tells of.
    pub event: WebhookEvent,
    /// The link it is about, if any.
    pub link: Option<LinkId>,
    /// What is sent, byte for byte.
    pub body: String,
    /// What became of it.
    pub state: DeliveryState,
    /// When it was written.
    pub created_at: Timestamp,
    /// While it waits: when it is tried next.
    pub next_at: Timestamp,
    /// While it waits: when it is tried for the last time.
    pub give_up_at: Timestamp,
    /// When it was delivered or given up.
    pub ended_at: Option<Timestamp>,
    /// How often it was tried.
    pub attempts: u32,
    /// The status of the last answer, if there was one.
    pub last_status: Option<u16>,
    /// Why the last attempt failed, if it did.
    pub last_problem: Option<DeliveryProblem>,
    /// How long the last attempt took.
    pub took_ms: Option<u32>,
}

/// What it takes to send a message that is due. Reading no more of it is what makes sending quick.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueDelivery {
    /// The message's id.
    pub id: MessageId,
    /// Its number.
    pub sequence: u64,
    /// What is sent, byte for byte.
    pub body: String,
    /// How often it was tried.
    pub attempts: u32,
    /// Since when it is due.
    pub next_at: Timestamp,
    /// When it is tried for the last time.
    pub give_up_at: Timestamp,
}

/// A message that was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delivered {
    /// The message.
    pub id: MessageId,
    /// When.
    pub at: Timestamp,
    /// The answer's status.
    pub status: u16,
    /// How long it took.
    pub took_ms: u32,
}

/// An attempt that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WebhookAttempt {
    /// Which one of its message, from 1.
    pub number: u32,
    /// When.
    pub at: Timestamp,
    /// The answer's status, if there was one.
    pub status: Option<u16>,
    /// Why it failed.
    pub problem: DeliveryProblem,
    /// How long it took.
    pub took_ms: u32,
}

/// How many of an endpoint's messages are not delivered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeliveryCounts {
    /// Those that wait.
    pub waiting: u64,
    /// Those that were given up.
    pub failed: u64,
}
