//! `/metrics`: what was counted, and what the database says at the moment. Asking often costs nothing: what the database is
//! asked for is kept for some seconds.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use domain::Timestamp;
use services::{ServiceError, Services};
use storage::QueueDepth;
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::{Exposition, Metrics};
use crate::health::Health;

/// How long the queue's figures are kept: counting a million jobs takes a tenth of a second.
const KEPT: Duration = Duration::from_secs(10);
/// How long the queue is waited for.
const PATIENCE: Duration = Duration::from_secs(2);

/// What the page is made from.
#[derive(Clone)]
pub struct Watched {
    metrics: Metrics,
    health: Health,
    services: Services,
    started_at: Timestamp,
    queue: Arc<Mutex<Option<Kept>>>,
}

/// What the queue held, and when.
type Kept = (Instant, Depths);
/// What the queue holds, and how many messages of webhooks were given up.
type Depths = (Vec<QueueDepth>, u64);
/// One figure of a queue.
type Figure = fn(&QueueDepth) -> f64;

impl Watched {
    /// Puts it together; `started_at` is when the program began.
    #[must_use]
    pub fn new(metrics: Metrics, health: Health, services: Services, started_at: Timestamp) -> Self {
        Self { metrics, health, services, started_at, queue: Arc::default() }
    }

    async fn text(&self) -> String {
        let mut out = Exposition::default();
        self.process(&mut out);
        self.database(&mut out).await;
        self.queue(&mut out).await;
        self.metrics.write(&mut out);
        out.into_text()
    }

    fn process(&self, out: &mut Exposition) {
        out.family("linkdesk_build_info", "gauge", "Always 1; which version runs.");
        out.sample("linkdesk_build_info", &[("version", env!("CARGO_PKG_VERSION"))], 1);
        let started = self.started_at.as_millis() / 1000;
        let help = "When the program began, in seconds since 1970.";
        out.single("process_start_time_seconds", "gauge", help, started);
        let (name, help) = ("linkdesk_tasks_ended", "Background tasks that ended though they never should.");
        out.single(name, "gauge", help, self.health.ended().len());
    }

    async fn database(&self, out: &mut Exposition) {
        let tried = self.health.try_out(&self.services).await;
        let up = u8::from(tried.is_ok());
        out.single("linkdesk_database_up", "gauge", "1 while the database can be read and written.", up);
        let Ok(tried) = tried else { return };
        let (name, help) =
            ("linkdesk_database_wait_seconds", "How long a unit of work last waited for its turn.");
        out.single(name, "gauge", help, tried.waited.as_secs_f64());
        let (name, help) = ("linkdesk_database_commit_seconds", "How long a commit last took.");
        out.single(name, "gauge", help, tried.committed.as_secs_f64());
    }

    async fn queue(&self, out: &mut Exposition) {
        let Some((depths, lost)) = self.depths().await else { return };
        let (name, help) =
            ("linkdesk_webhooks_given_up", "Messages that no receiver took, and nobody sends any more.");
        out.single(name, "gauge", help, lost);
        let of_each: [(&str, &str, Figure); 3] = [
            ("linkdesk_jobs_waiting", "Jobs that wait or are worked on.", |depth| whole(depth.waiting)),
            ("linkdesk_jobs_given_up", "Jobs that nobody tries any more.", |depth| whole(depth.dead)),
            ("linkdesk_jobs_oldest_due_seconds", "For how long the oldest job has been due.", |depth| {
                whole(u64::try_from(depth.oldest_ms.unwrap_or(0)).unwrap_or(0)) / 1000.0
            }),
        ];
        for (name, help, figure) in of_each {
            out.family(name, "gauge", help);
            for depth in &depths {
                out.sample(name, &[("kind", depth.kind.as_str())], figure(depth));
            }
        }
    }

    /// What the queue holds; `None` when the database does not say.
    async fn depths(&self) -> Option<Depths> {
        let mut kept = self.queue.lock().await;
        if let Some((at, depths)) = &*kept
            && at.elapsed() < KEPT
        {
            return Some(depths.clone());
        }
        *kept = None;
        let read = async {
            let lost = self.services.lost_messages().await?;
            Ok((self.services.queue_depths().await?, lost.iter().map(|lost| lost.messages).sum()))
        };
        match tokio::time::timeout(PATIENCE, read).await {
            Ok(Ok(depths)) => {
                *kept = Some((Instant::now(), depths.clone()));
                Some(depths)
            }
            Ok(Err::<_, ServiceError>(error)) => {
                tracing::warn!(%error, "could not read how much the queue holds");
                None
            }
            Err(_) => None,
        }
    }
}

/// Everything that listens on the address for metrics.
pub fn router(watched: Watched) -> Router {
    Router::new().route("/metrics", get(show)).with_state(watched)
}

async fn show(State(watched): State<Watched>) -> impl IntoResponse {
    ([(CONTENT_TYPE, Exposition::CONTENT_TYPE)], watched.text().await)
}

/// No figure here comes near 2^53.
#[expect(clippy::cast_precision_loss, reason = "no figure here comes near what a double cannot hold")]
fn whole(number: u64) -> f64 {
    number as f64
}
