//! Sends the requests of one check: always the same headers, always within the deadline.

use std::sync::OnceLock;
use std::time::Duration;

use domain::{ProblemCode, WebServicesHost};
use reqwest::Client;
use reqwest::header::HeaderMap;
use tokio::time::{Instant, sleep, timeout_at};
use tracing::debug;

use crate::answer::{Answer, Try};
use crate::fault::Fault;
use crate::limits::Limits;

/// One check under way.
pub(crate) struct Session {
    client: Client,
    base: String,
    headers: HeaderMap,
    limits: Limits,
    started: Instant,
    reached: OnceLock<u32>,
}

impl Session {
    /// Begins: the deadline runs from `started`.
    pub(crate) fn new(
        client: Client,
        host: &WebServicesHost,
        headers: HeaderMap,
        limits: Limits,
        started: Instant,
    ) -> Self {
        Self { client, base: format!("https://{host}"), headers, limits, started, reached: OnceLock::new() }
    }

    /// Asks for `path` until the answer is clear or waiting longer is of no use. A refused request is never sent
    /// again.
    pub(crate) async fn ask(&self, path: &'static str) -> Answer {
        let mut patience = Patience::new(&self.limits);
        loop {
            let (wait, code) = match self.attempt(path).await {
                Try::Final(answer) => return answer,
                Try::Busy(after) => (patience.busy(after), ProblemCode::UkgBusy),
                Try::Unavailable => (patience.unavailable.take(), ProblemCode::UkgUnavailable),
                Try::Reset => (patience.reset.take(), Fault::Reset.code()),
            };
            match wait {
                Some(wait) if Instant::now() + wait < self.deadline() => sleep(wait).await,
                Some(_) | None => return Answer::Failed(code),
            }
        }
    }

    /// Milliseconds from the start until now.
    pub(crate) fn elapsed_ms(&self) -> u32 {
        millis(self.started.elapsed())
    }

    /// Milliseconds from the start until the first HTTP answer came; `None` before it.
    pub(crate) fn reached_ms(&self) -> Option<u32> {
        self.reached.get().copied()
    }

    fn deadline(&self) -> Instant {
        self.started + self.limits.whole
    }

    /// One request. Its log line tells path, status and duration, and nothing that either side said.
    async fn attempt(&self, path: &'static str) -> Try {
        let sent = Instant::now();
        let outcome = timeout_at(self.deadline(), self.send(path)).await;
        let duration_ms = millis(sent.elapsed());
        match outcome {
            Ok(Ok((status, result))) => {
                debug!(path, status, duration_ms, "UKG Pro answered");
                result
            }
            Ok(Err(fault)) => {
                debug!(path, problem = %fault.code(), duration_ms, "UKG Pro did not answer");
                Try::of_fault(fault)
            }
            Err(_) => {
                debug!(path, problem = %ProblemCode::UkgTimeout, duration_ms, "the check ran out of time");
                Try::of_fault(Fault::TimedOut)
            }
        }
    }

    async fn send(&self, path: &'static str) -> Result<(u16, Try), Fault> {
        let request = self.client.get(format!("{}{path}", self.base)).headers(self.headers.clone());
        let response = request.send().await.map_err(|error| Fault::of(&error))?;
        self.reached.get_or_init(|| self.elapsed_ms());
        Ok((response.status().as_u16(), Try::of(response).await))
    }
}

/// How often one request may still be sent again, and after what wait.
struct Patience<'a> {
    busy: std::slice::Iter<'a, Duration>,
    longest_retry_after: Duration,
    unavailable: Option<Duration>,
    reset: Option<Duration>,
}

impl<'a> Patience<'a> {
    fn new(limits: &'a Limits) -> Self {
        Self {
            busy: limits.busy.iter(),
            longest_retry_after: limits.longest_retry_after,
            unavailable: Some(limits.unavailable),
            reset: Some(limits.reset),
        }
    }

    /// The wait UKG Pro asks for, else our own; none when it asks for more than a person should sit through.
    fn busy(&mut self, after: Option<Duration>) -> Option<Duration> {
        let own = *self.busy.next()?;
        after.map_or(Some(own), |asked| (asked <= self.longest_retry_after).then_some(asked))
    }
}

fn millis(duration: Duration) -> u32 {
    u32::try_from(duration.as_millis()).unwrap_or(u32::MAX)
}
