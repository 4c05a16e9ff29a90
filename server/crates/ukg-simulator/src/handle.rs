//! What the running simulator and whoever steers it share.

use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::LoggedRequest;
use crate::answer::{self, Asked, Reply};
use crate::request_log::{Arrival, RequestLog};
use crate::scenarios::{Account, Scenarios, TlsFault};

/// After this long without a request, an account's `fail_first` counts anew: so a demo can be repeated.
const QUIET: Duration = Duration::from_secs(10);

/// Changes what a running simulator does, and tells what it was asked. Cheap to clone.
#[derive(Clone)]
pub struct SimulatorHandle {
    shared: Arc<Shared>,
}

impl SimulatorHandle {
    pub(crate) fn new(shared: Arc<Shared>) -> Self {
        Self { shared }
    }

    /// The scenarios as they are now.
    #[must_use]
    pub fn scenarios(&self) -> Scenarios {
        Scenarios::clone(&self.shared.state().scenarios)
    }

    /// Plays other scenarios from the next request on. `names` have no effect: the certificate is made already.
    pub fn set_scenarios(&self, scenarios: Scenarios) {
        self.shared.state().scenarios = Arc::new(scenarios);
    }

    /// Changes the scenarios in place, from the next request on.
    pub fn update(&self, change: impl FnOnce(&mut Scenarios)) {
        change(Arc::make_mut(&mut self.shared.state().scenarios));
    }

    /// Changes one account, from the next request on. `false`: there is none of this name, nothing changed.
    pub fn update_account(&self, name: &str, change: impl FnOnce(&mut Account)) -> bool {
        let mut state = self.shared.state();
        let accounts = &mut Arc::make_mut(&mut state.scenarios).accounts;
        accounts.iter_mut().find(|account| account.name == name).map(change).is_some()
    }

    /// What it was asked since it started or since [`SimulatorHandle::forget`], the last 10,000 requests.
    #[must_use]
    pub fn requests(&self) -> Vec<LoggedRequest> {
        self.shared.log.all()
    }

    /// How many connections it took, those without a request among them.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::Relaxed)
    }

    /// Empties the request log, and lets every `fail_first` count anew. Connections stay counted.
    pub fn forget(&self) {
        self.shared.log.clear();
        self.shared.state().struck.clear();
    }
}

impl fmt::Debug for SimulatorHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SimulatorHandle").finish_non_exhaustive()
    }
}

/// Everything the connections need.
pub(crate) struct Shared {
    state: Mutex<State>,
    log: RequestLog,
    connections: AtomicUsize,
}

struct State {
    scenarios: Arc<Scenarios>,
    /// By account name: how often its fault struck, and when it was last asked.
    struck: HashMap<String, (u32, Instant)>,
}

impl Shared {
    pub(crate) fn new(scenarios: Scenarios) -> Self {
        let state = State { scenarios: Arc::new(scenarios), struck: HashMap::new() };
        Self { state: Mutex::new(state), log: RequestLog::default(), connections: AtomicUsize::new(0) }
    }

    pub(crate) fn count_connection(&self) {
        self.connections.fetch_add(1, Ordering::Relaxed);
    }

    /// What goes wrong with secure connections to this host.
    pub(crate) fn tls_fault(&self, host: &str) -> Option<TlsFault> {
        self.state().scenarios.host_tls.get(host).copied()
    }

    pub(crate) fn log_arrival(&self, asked: &Asked<'_>) -> Arrival<'_> {
        let scenarios = Arc::clone(&self.state().scenarios);
        let account = asked.account(&scenarios).map(|account| account.name.clone());
        self.log.arrival(asked, account)
    }

    pub(crate) fn decide(&self, asked: &Asked<'_>) -> Reply {
        let scenarios = Arc::clone(&self.state().scenarios);
        answer::decide(asked, &scenarios, |account| self.fault_strikes(account))
    }

    /// Whether the account's fault strikes this time, and counts it if so.
    fn fault_strikes(&self, account: &Account) -> bool {
        let Some(fail_first) = account.fail_first else {
            return true;
        };
        let now = Instant::now();
        let mut state = self.state();
        let (struck, last) = state.struck.entry(account.name.clone()).or_insert((0, now));
        if now.duration_since(*last) > QUIET {
            *struck = 0;
        }
        *last = now;
        let strikes = *struck < fail_first;
        if strikes {
            *struck += 1;
        }
        strikes
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing in here is left half changed by a panic in a test's closure.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
