//! What an operator watches and is woken by: counted here while the server runs, told at `/metrics` on an address of its own
//! (`page`). `docs/operations.md` says what each figure is for.
//!
//! A label is never an id, a name, an address or anything else that somebody entered, but for the names of UKG Pro hosts, of
//! which a fixed number is told apart.

mod exposition;
mod gauge;
mod histogram;
mod page;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

pub use exposition::Exposition;
pub use gauge::{Gauge, Held};
pub use histogram::Histogram;
pub use page::{Watched, router};

/// How many hosts are told apart; checks of further ones are counted together.
const HOSTS_MAX: usize = 50;
/// What those are called.
const OTHER: &str = "other";

/// Counts; cheap to clone, and every clone counts the same.
#[derive(Clone, Debug, Default)]
pub struct Metrics(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    requests: Mutex<BTreeMap<Request, Histogram>>,
    checks: Mutex<Checks>,
    sign_ins_refused: AtomicU64,
    mails_sent: AtomicU64,
    mails_failed: AtomicU64,
    connections: Gauge,
    list_streams: Gauge,
    check_streams: Gauge,
    passwords: Gauge,
}

#[derive(Debug, Default)]
struct Checks {
    hosts: BTreeSet<String>,
    ended: BTreeMap<(String, &'static str), u64>,
    took: Histogram,
}

/// A kind of request: its route as the table of routes has it, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Request {
    route: String,
    method: &'static str,
    status: &'static str,
}

impl Metrics {
    /// A request was answered.
    pub(crate) fn answered(&self, route: &str, method: &axum::http::Method, status: u16, took: Duration) {
        let method = match method.as_str() {
            "GET" | "HEAD" => "GET",
            "POST" => "POST",
            _ => OTHER,
        };
        let status = match status {
            ..200 => "1xx",
            200..300 => "2xx",
            300..400 => "3xx",
            400..500 => "4xx",
            500.. => "5xx",
        };
        let request = Request { route: route.to_owned(), method, status };
        locked(&self.0.requests).entry(request).or_default().observe(took);
    }

    /// A check ended. A host is told apart once it was found: anybody with an invite can make names up.
    pub(crate) fn check_ended(&self, host: &str, outcome: &'static str, was_found: bool, took: Duration) {
        let mut checks = locked(&self.0.checks);
        if was_found && checks.hosts.len() < HOSTS_MAX {
            checks.hosts.insert(host.to_owned());
        }
        let host = if checks.hosts.contains(host) { host } else { OTHER };
        *checks.ended.entry((host.to_owned(), outcome)).or_insert(0) += 1;
        checks.took.observe(took);
    }

    /// A sign-in was refused.
    pub(crate) fn sign_in_refused(&self) {
        self.0.sign_ins_refused.fetch_add(1, Ordering::Relaxed);
    }

    /// A mail was handed over, or was not.
    pub(crate) fn mailed(&self, went_out: bool) {
        let mails = if went_out { &self.0.mails_sent } else { &self.0.mails_failed };
        mails.fetch_add(1, Ordering::Relaxed);
    }

    /// Connections that are open.
    #[must_use]
    pub fn connections(&self) -> &Gauge {
        &self.0.connections
    }

    /// Desks that have the list open as it changes.
    #[must_use]
    pub fn list_streams(&self) -> &Gauge {
        &self.0.list_streams
    }

    /// Administrators who watch a check as it goes.
    #[must_use]
    pub fn check_streams(&self) -> &Gauge {
        &self.0.check_streams
    }

    /// Passwords that wait to be hashed.
    #[must_use]
    pub fn passwords(&self) -> &Gauge {
        &self.0.passwords
    }

    /// Everything that is counted here.
    pub fn write(&self, out: &mut Exposition) {
        let http = "linkdesk_http_request_duration_seconds";
        out.family(http, "histogram", "From a request's head to its answer's, by route and status.");
        for (request, took) in &*locked(&self.0.requests) {
            let Request { route, method, status } = request;
            out.histogram(http, &[("route", route), ("method", method), ("status", status)], took);
        }
        let checks = locked(&self.0.checks);
        out.family("linkdesk_checks_total", "counter", "Checks that ended, by UKG Pro host and outcome.");
        for ((host, outcome), number) in &checks.ended {
            out.sample("linkdesk_checks_total", &[("host", host), ("outcome", outcome)], *number);
        }
        out.family("linkdesk_check_duration_seconds", "histogram", "How long checks took.");
        out.histogram("linkdesk_check_duration_seconds", &[], &checks.took);
        drop(checks);
        let refused = self.0.sign_ins_refused.load(Ordering::Relaxed);
        out.single("linkdesk_sign_ins_refused_total", "counter", "Sign-ins that were refused.", refused);
        out.family("linkdesk_mails_total", "counter", "Mails handed over to the mail server, or not.");
        for (outcome, mails) in [("sent", &self.0.mails_sent), ("failed", &self.0.mails_failed)] {
            out.sample("linkdesk_mails_total", &[("outcome", outcome)], mails.load(Ordering::Relaxed));
        }
        for (name, help, gauge) in [
            ("linkdesk_connections_open", "Connections that are open.", &self.0.connections),
            ("linkdesk_list_streams_open", "Desks that watch the list.", &self.0.list_streams),
            ("linkdesk_check_streams_open", "Administrators who watch a check.", &self.0.check_streams),
            ("linkdesk_passwords_waiting", "Passwords that wait to be hashed.", &self.0.passwords),
        ] {
            out.single(name, "gauge", help, gauge.now());
        }
    }
}

/// Nothing that holds one of these locks can stop half-way.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(metrics: &Metrics) -> String {
        let mut out = Exposition::default();
        metrics.write(&mut out);
        out.into_text()
    }

    #[test]
    fn so_many_hosts_are_told_apart_and_made_up_ones_not_at_all() {
        let metrics = Metrics::default();
        for number in 0..2 * HOSTS_MAX {
            metrics.check_ended(
                &format!("madeup{number}.ultipro.com"),
                "host_not_found",
                false,
                Duration::ZERO,
            );
        }
        for number in 0..2 * HOSTS_MAX {
            metrics.check_ended(&format!("service{number}.ultipro.com"), "linked", true, Duration::ZERO);
        }

        let told = told(&metrics);

        assert!(!told.contains("madeup"));
        assert_eq!(told.matches("host=\"service").count(), HOSTS_MAX);
        assert!(told.contains("linkdesk_checks_total{host=\"other\",outcome=\"linked\"} 50\n"), "{told}");
        assert!(told.contains("linkdesk_check_duration_seconds_count 200\n"));
    }

    #[test]
    fn requests_are_counted_by_route_method_and_class() {
        let metrics = Metrics::default();
        for (method, status) in [("GET", 200), ("HEAD", 204), ("POST", 303), ("BREW", 405)] {
            let method = method.parse().unwrap();
            metrics.answered("/link/{id}", &method, status, Duration::from_millis(3));
        }

        let told = told(&metrics);

        for labels in [
            "{route=\"/link/{id}\",method=\"GET\",status=\"2xx\"} 2",
            "{route=\"/link/{id}\",method=\"POST\",status=\"3xx\"} 1",
            "{route=\"/link/{id}\",method=\"other\",status=\"4xx\"} 1",
        ] {
            assert!(told.contains(&format!("_seconds_count{labels}\n")), "{labels}: {told}");
        }
    }
}
