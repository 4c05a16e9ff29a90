//! Counts what happens: checks, refused sign-ins, mails.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use domain::{ProblemCode, WebServicesHost};
use services::{Mail, Mailer, Meter};

use crate::metrics::Metrics;

impl Meter for Metrics {
    fn check_ended(&self, host: &WebServicesHost, problem: Option<ProblemCode>, took_ms: i64) {
        let was_found = problem != Some(ProblemCode::HostNotFound);
        let took = Duration::from_millis(u64::try_from(took_ms).unwrap_or(0));
        self.check_ended(host.as_str(), problem.map_or("linked", ProblemCode::as_str), was_found, took);
    }

    fn sign_in_refused(&self) {
        self.sign_in_refused();
    }
}

/// A mailer whose mails are counted.
pub struct CountedMailer {
    mailer: Arc<dyn Mailer>,
    metrics: Metrics,
}

impl CountedMailer {
    /// Counts what this one sends.
    #[must_use]
    pub fn new(mailer: Arc<dyn Mailer>, metrics: Metrics) -> Self {
        Self { mailer, metrics }
    }
}

#[async_trait]
impl Mailer for CountedMailer {
    async fn send(&self, mail: Mail) -> anyhow::Result<()> {
        let sent = self.mailer.send(mail).await;
        self.metrics.mailed(sent.is_ok());
        sent
    }
}
