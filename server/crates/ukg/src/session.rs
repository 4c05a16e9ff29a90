//! Sends the requests of one check: always the same headers, always within the deadline.

use std::future::ready;
use std::sync::Arc;
use std::time::Duration;

use domain::{ProblemCode, WebServicesHost};
use reqwest::header::{ACCEPT_ENCODING, HeaderMap, HeaderValue};
use reqwest::{Client, Response};
use tokio::sync::{OnceCell, SetOnce};
use tokio::time::{Instant, sleep, timeout, timeout_at};
use tracing::debug;

use crate::answer::{Answer, Try};
use crate::fault::Fault;
use crate::front::{Front, LOGIN_SERVICE};
use crate::limits::Limits;
use crate::resolve::Addresses;
use crate::throttle::Throttle;

/// What one request came to, and how long that took with all its tries and waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) answer: Answer,
    pub(crate) took_ms: u32,
}

/// One check under way.
pub(crate) struct Session {
    client: Client,
    host: WebServicesHost,
    addresses: Arc<Addresses>,
    headers: HeaderMap,
    limits: Limits,
    started: Instant,
    deadline: Instant,
    reached: SetOnce<u32>,
    front: OnceCell<Front>,
    throttle: Throttle,
}

impl Session {
    /// Begins: ends at the latest after `whole`.
    pub(crate) fn new(
        client: Client,
        host: &WebServicesHost,
        addresses: Arc<Addresses>,
        headers: HeaderMap,
        limits: Limits,
        whole: Duration,
    ) -> Self {
        let started = Instant::now();
        let deadline = started + whole;
        Self {
            client,
            host: host.clone(),
            addresses,
            headers,
            limits,
            started,
            deadline,
            reached: SetOnce::new(),
            front: OnceCell::new(),
            throttle: Throttle::new(&limits, deadline),
        }
    }

    /// Opens connections ahead of the requests that will need them. Nothing is sent over them meanwhile.
    pub(crate) async fn connect_ahead(&self, connections: usize) {
        for _ in 0..connections {
            // A request without credentials that is begun and at once dropped: it gets as far as asking for a
            // connection, which `ahead` then keeps.
            tokio::select! {
                biased;
                _ = self.client.get(format!("https://{}/", self.host)).send() => {}
                () = ready(()) => {}
            }
        }
    }

    /// Asks for `path` until the answer is clear or waiting longer is of no use. A refused request is never sent
    /// again.
    pub(crate) async fn ask(&self, path: &'static str) -> Told {
        let began = Instant::now();
        let answer = self.ask_patiently(path).await;
        Told { answer, took_ms: millis(began.elapsed()) }
    }

    /// Asks once. What might pass is not waited for.
    pub(crate) async fn ask_once(&self, path: &'static str) -> Answer {
        match self.attempt(path).await {
            Try::Final(answer) => answer,
            Try::Busy(_) => Answer::Failed(ProblemCode::UkgBusy),
            Try::Passing(problem) => Answer::Failed(problem),
            Try::Reset => Answer::Failed(Fault::Reset.code()),
        }
    }

    /// What stands at the front of the host; asked once, without credentials.
    pub(crate) async fn front(&self) -> Front {
        *self.front.get_or_init(|| self.look_at_front()).await
    }

    /// Milliseconds from the start until now.
    pub(crate) fn elapsed_ms(&self) -> u32 {
        millis(self.started.elapsed())
    }

    /// Waits for the first HTTP answer; milliseconds from the start until it came.
    pub(crate) async fn reached(&self) -> u32 {
        *self.reached.wait().await
    }

    /// The same without waiting; `None` before it came.
    pub(crate) fn reached_ms(&self) -> Option<u32> {
        self.reached.get().copied()
    }

    async fn ask_patiently(&self, path: &'static str) -> Answer {
        let mut passing = Some(self.limits.unavailable);
        let mut reset = Some(self.limits.reset);
        loop {
            if !self.throttle.clear().await {
                return Answer::Failed(ProblemCode::UkgBusy);
            }
            let sent = Instant::now();
            let (wait, problem) = match self.attempt(path).await {
                Try::Final(answer) => return answer,
                Try::Busy(asked) => {
                    self.throttle.busy(sent, asked);
                    continue;
                }
                Try::Passing(problem) => (passing.take(), problem),
                Try::Reset => (reset.take(), Fault::Reset.code()),
            };
            match wait {
                Some(wait) if Instant::now() + wait < self.deadline => sleep(wait).await,
                Some(_) | None => return Answer::Failed(problem),
            }
        }
    }

    /// One request. Its log line tells path, status and duration, and nothing that either side said.
    async fn attempt(&self, path: &'static str) -> Try {
        let sent = Instant::now();
        let outcome = timeout_at(self.deadline, self.send(path)).await;
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
        let response = match self.get(path, self.headers.clone()).await {
            Err(Fault::SlowConnect) => return Err(self.why_slow().await),
            outcome => outcome?,
        };
        // Two requests at once may both be the first; it is told once.
        let _ = self.reached.set(self.elapsed_ms());
        Ok((response.status().as_u16(), Try::of(response).await))
    }

    /// No secure connection came about in time: does the host take connections at all?
    async fn why_slow(&self) -> Fault {
        let taken = timeout(self.limits.knock, self.addresses.takes_connections(self.host.as_str()));
        if taken.await.unwrap_or(false) { Fault::TimedOut } else { Fault::Unreachable }
    }

    async fn look_at_front(&self) -> Front {
        let look = async {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
            match self.get(LOGIN_SERVICE, headers).await {
                Ok(response) => Front::of(response).await,
                Err(_) => Front::Unclear,
            }
        };
        let until = self.deadline.min(Instant::now() + self.limits.front);
        let front = timeout_at(until, look).await.unwrap_or(Front::Unclear);
        debug!(path = LOGIN_SERVICE, ?front, "asked without credentials");
        front
    }

    async fn get(&self, path: &str, headers: HeaderMap) -> Result<Response, Fault> {
        let url = format!("https://{}{path}", self.host);
        self.client.get(url).headers(headers).send().await.map_err(|error| Fault::of(&error))
    }
}

fn millis(duration: Duration) -> u32 {
    u32::try_from(duration.as_millis()).unwrap_or(u32::MAX)
}
