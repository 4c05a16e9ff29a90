//! Webhooks: does every endpoint's host answer, at an address that may be called. Nothing is sent but a question for headers.

use domain::{DeliveryProblem, EndpointState};
use futures_util::future::join_all;
use storage::WebhookEndpoint;
use tokio::time::timeout;

use super::{Finding, LONGEST};
use crate::adapters::HttpWebhookSender;
use crate::config::Config;

/// How many endpoints are asked at most.
const ENDPOINTS_MAX: usize = 10;

/// Asks each endpoint that is sent to, all at once. Of its address only the host is told: a path may hold a secret.
pub(super) async fn reach_all(config: &Config, endpoints: &[WebhookEndpoint]) -> Vec<(String, Finding)> {
    let sender = &HttpWebhookSender::new(config.webhook_allow.clone());
    let asked = endpoints.iter().take(ENDPOINTS_MAX).map(|endpoint| async move {
        let found = match endpoint.state {
            EndpointState::Paused => Finding::Warning("paused by staff: its messages wait".to_owned()),
            EndpointState::Gone => Finding::Warning(
                "it answered that it is gone for good: it is told of nothing; resume it at the desk if it is back".to_owned(),
            ),
            EndpointState::Active => match timeout(LONGEST, sender.reach(&endpoint.url)).await {
                Ok(Ok(())) => Finding::Fine("answers".to_owned()),
                Ok(Err(problem)) => Finding::Failed(how_to_mend(problem).to_owned()),
                Err(_) => Finding::Failed(how_to_mend(DeliveryProblem::Timeout).to_owned()),
            },
        };
        (endpoint.url.origin().to_owned(), found)
    });
    join_all(asked).await
}

const fn how_to_mend(problem: DeliveryProblem) -> &'static str {
    match problem {
        DeliveryProblem::NotPublic => {
            "its host leads to an address that is not public; if it stands in a network of yours, name that in \
             LINKDESK_WEBHOOK_ALLOW"
        }
        DeliveryProblem::HostNotFound => {
            "its host has no address; is the name right, and does DNS answer here?"
        }
        DeliveryProblem::Unreachable => "nobody answers there; does a firewall stand between?",
        DeliveryProblem::Tls => {
            "the connection cannot be trusted; is its certificate in date, complete and for this host?"
        }
        DeliveryProblem::Timeout => "it did not answer in time; does a firewall swallow what is sent?",
        DeliveryProblem::CutOff
        | DeliveryProblem::Redirect
        | DeliveryProblem::Status
        | DeliveryProblem::Gone
        | DeliveryProblem::NoSecret => "the connection ended before an answer; is it an HTTP server?",
    }
}
