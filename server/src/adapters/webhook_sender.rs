//! Webhooks, by the `webhook` crate.

use async_trait::async_trait;
use domain::{DeliveryProblem, WebhookUrl};
use ipnet::IpNet;
use services::{WebhookAnswer, WebhookRequest, WebhookSender};
use webhook::{Answer, Message, Sender};

/// Sends messages over HTTPS.
pub struct HttpWebhookSender(Sender);

impl HttpWebhookSender {
    /// To public addresses, and to these networks.
    #[must_use]
    pub fn new(networks: Vec<IpNet>) -> Self {
        Self(Sender::new(networks))
    }

    /// Whether anybody answers there. Nothing is told.
    ///
    /// # Errors
    /// Why nobody does.
    pub async fn reach(&self, url: &WebhookUrl) -> Result<(), DeliveryProblem> {
        self.0.reach(url.as_str()).await
    }
}

#[async_trait]
impl WebhookSender for HttpWebhookSender {
    async fn send(&self, request: WebhookRequest) -> WebhookAnswer {
        let message = Message {
            url: request.url.as_str(),
            id: &request.id.to_string(),
            timestamp: request.timestamp,
            signature: &request.signature,
            body: request.body,
        };
        match self.0.send(message).await {
            Answer::Status { status, retry_after } => WebhookAnswer::Status { status, retry_after },
            Answer::Failed(problem) => WebhookAnswer::Failed(problem),
        }
    }

    fn may_send_to(&self, url: &WebhookUrl) -> bool {
        self.0.may_send_to(url.as_str())
    }
}
