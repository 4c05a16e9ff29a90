//! One turn of an endpoint's job: what was read, what is being sent, and what came of each message.

use std::collections::VecDeque;
use std::time::Duration;

use domain::{DeliveryProblem, Timestamp};
use storage::{Delivered, DueDelivery, WebhookAttempt};

use super::super::pace;
use crate::WebhookAnswer;

/// With fewer messages left, more are read.
const READ_AHEAD: usize = 512;

/// A message with what came of an attempt.
pub(super) struct Outcome {
    pub(super) delivery: DueDelivery,
    pub(super) began: Timestamp,
    pub(super) took_ms: u32,
    pub(super) result: Result<u16, Failure>,
}

pub(super) struct Failure {
    pub(super) problem: DeliveryProblem,
    pub(super) status: Option<u16>,
    /// For how long the receiver wants to be left alone.
    pub(super) asked_ms: Option<i64>,
}

/// One turn of the job.
pub(super) struct Turn {
    pub(super) began: Timestamp,
    /// Messages that were read and not sent yet.
    pub(super) ahead: VecDeque<DueDelivery>,
    /// The last one that was read: the next read goes on from there.
    pub(super) after: Option<DueDelivery>,
    pub(super) at_a_time: usize,
    /// How many attempts failed in a row.
    pub(super) failures: u32,
    /// Nothing more is begun: the time is over, or the endpoint is to be left alone.
    pub(super) over: bool,
    /// Everything that is due was read: what comes from now on is for the next turn.
    pub(super) read_all: bool,
}

impl Turn {
    /// What a request came to says whether more are begun.
    pub(super) fn took(&mut self, outcome: &Outcome) {
        match &outcome.result {
            Ok(_) => self.failures = 0,
            Err(failure) => {
                self.failures = self.failures.saturating_add(1);
                if self.failures >= pace::FAILING
                    || failure.asked_ms.is_some()
                    || failure.problem == DeliveryProblem::Gone
                {
                    self.end();
                }
            }
        }
    }

    /// Whether messages are to be read, so that there is no pause until they are.
    pub(super) fn wants_more(&self) -> bool {
        !self.over && !self.read_all && self.ahead.len() < READ_AHEAD
    }

    /// Takes what was read, of at most `part`.
    pub(super) fn has_read(&mut self, due: Vec<DueDelivery>, part: usize) {
        self.read_all = due.len() < part;
        self.after = due.last().cloned();
        if !self.over {
            self.ahead.extend(due);
        }
    }

    pub(super) fn end(&mut self) {
        self.over = true;
        self.ahead.clear();
    }
}

impl Outcome {
    pub(super) fn delivered(&self) -> Option<Delivered> {
        let status = *self.result.as_ref().ok()?;
        let took = i64::from(self.took_ms);
        let at = Timestamp::from_millis(self.began.as_millis().saturating_add(took));
        Some(Delivered { id: self.delivery.id, at, status, took_ms: self.took_ms })
    }

    pub(super) fn failed(&self) -> Option<(WebhookAttempt, &Failure)> {
        let failure = self.result.as_ref().err()?;
        let attempt = WebhookAttempt {
            number: self.delivery.attempts + 1,
            at: self.began,
            status: failure.status,
            problem: failure.problem,
            took_ms: self.took_ms,
        };
        Some((attempt, failure))
    }
}

/// What an answer means: 2xx alone is a yes.
pub(super) fn told(answer: WebhookAnswer) -> Result<u16, Failure> {
    let (status, retry_after) = match answer {
        WebhookAnswer::Failed(problem) => return Err(Failure { problem, status: None, asked_ms: None }),
        WebhookAnswer::Status { status: status @ 200..=299, .. } => return Ok(status),
        WebhookAnswer::Status { status, retry_after } => (status, retry_after),
    };
    let problem = match status {
        300..=399 => DeliveryProblem::Redirect,
        410 => DeliveryProblem::Gone,
        _ => DeliveryProblem::Status,
    };
    // Whoever is busy, or gone for a while, says for how long; nobody else has a say in it.
    let asked = retry_after.filter(|_| matches!(status, 429 | 503));
    let asked_ms = asked.map(|wait: Duration| i64::try_from(wait.as_millis()).unwrap_or(i64::MAX));
    Err(Failure { problem, status: Some(status), asked_ms })
}
