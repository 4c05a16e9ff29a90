//! What the simulator was asked. Passwords, keys and bodies never enter it.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use hyper::StatusCode;

use crate::answer::Asked;

/// Enough for any test; a demo that runs for weeks must not grow.
const LONGEST: usize = 10_000;

/// One request, as far as it may be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedRequest {
    /// `GET`, `POST`, …
    pub method: String,
    /// The host it was addressed to, lower case, without a port.
    pub host: String,
    /// The path, without the query.
    pub path: String,
    /// The query, as sent; empty when there was none.
    pub query: String,
    /// The name of the account whose username was sent, its password right or not.
    pub account: Option<String>,
    /// Whether an `Authorization` or `US-Customer-Api-Key` header was sent.
    pub with_credentials: bool,
    /// How many requests were being answered at that moment, this one among them.
    pub at_once: usize,
    /// The answer's status; `None` while there is no answer, which after a hang or reset is for ever.
    pub status: Option<u16>,
}

/// The log itself.
#[derive(Default)]
pub(crate) struct RequestLog {
    entries: Mutex<Entries>,
    in_flight: AtomicUsize,
}

#[derive(Default)]
struct Entries {
    next: u64,
    requests: VecDeque<(u64, LoggedRequest)>,
}

/// A request that is being answered; no longer, when dropped.
pub(crate) struct Arrival<'a> {
    log: &'a RequestLog,
    number: u64,
}

impl RequestLog {
    pub(crate) fn arrival(&self, asked: &Asked<'_>, account: Option<String>) -> Arrival<'_> {
        let at_once = self.in_flight.fetch_add(1, Ordering::Relaxed) + 1;
        let request = LoggedRequest {
            method: asked.method.to_string(),
            host: asked.host.clone(),
            path: asked.path.to_owned(),
            query: asked.query.to_owned(),
            account,
            with_credentials: asked.has_credentials(),
            at_once,
            status: None,
        };
        let mut entries = self.entries();
        let number = entries.next;
        entries.next += 1;
        if entries.requests.len() == LONGEST {
            entries.requests.pop_front();
        }
        entries.requests.push_back((number, request));
        Arrival { log: self, number }
    }

    pub(crate) fn all(&self) -> Vec<LoggedRequest> {
        self.entries().requests.iter().map(|(_, request)| request.clone()).collect()
    }

    pub(crate) fn clear(&self) {
        self.entries().requests.clear();
    }

    fn entries(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Arrival<'_> {
    pub(crate) fn answered(&self, status: StatusCode) {
        let mut entries = self.log.entries();
        if let Some((_, request)) =
            entries.requests.iter_mut().rev().find(|(number, _)| *number == self.number)
        {
            request.status = Some(status.as_u16());
        }
    }
}

impl Drop for Arrival<'_> {
    fn drop(&mut self) {
        self.log.in_flight.fetch_sub(1, Ordering::Relaxed);
    }
}
