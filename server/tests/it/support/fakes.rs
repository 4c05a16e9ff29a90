//! The outside world, as tests want it.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use domain::{
    CheckOutcome, CheckReport, ConnectionStep, Permission, PermissionResult, ProblemCode, RowResult,
    Timestamp,
};
use services::{CheckRequest, CheckWatcher, Clock, Entropy, UkgGateway};
use tokio::sync::watch;

/// A clock that moves only when it is told to.
pub struct StoppedClock(AtomicI64);

impl StoppedClock {
    /// Stands at 2026-03-02 10:00 UTC.
    pub fn new() -> Self {
        Self(AtomicI64::new(1_772_445_600_000))
    }

    pub fn advance(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::Relaxed);
    }
}

impl Clock for StoppedClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::Relaxed))
    }
}

/// The same bytes in every run, never twice in one (splitmix64).
pub struct RepeatableEntropy(AtomicU64);

impl RepeatableEntropy {
    pub const fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    pub fn next(&self) -> u64 {
        let step = 0x9e37_79b9_7f4a_7c15;
        let mut z = self.0.fetch_add(step, Ordering::Relaxed).wrapping_add(step);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

impl Entropy for RepeatableEntropy {
    fn fill(&self, bytes: &mut [u8]) -> anyhow::Result<()> {
        for chunk in bytes.chunks_mut(8) {
            let drawn = self.next().to_le_bytes();
            chunk.copy_from_slice(&drawn[..chunk.len()]);
        }
        Ok(())
    }
}

/// How a check ends.
#[derive(Clone, Copy, Debug)]
pub enum Script {
    /// Everything testable is granted.
    Linked,
    /// The required permission is granted, the others that can be tested are missing.
    Gaps,
    /// The required permission is missing.
    RequiredMissing,
    /// It fails with this code before any permission is known.
    Fails(ProblemCode),
    /// The gateway itself breaks.
    Panics,
}

/// A UKG Pro that answers as it is told and remembers what it was asked.
pub struct FakeUkg {
    script: Mutex<Script>,
    asked: Mutex<Vec<CheckRequest>>,
    calls: watch::Sender<usize>,
    open: watch::Sender<bool>,
    surplus: Mutex<Vec<Permission>>,
}

impl FakeUkg {
    pub fn new() -> Self {
        Self {
            script: Mutex::new(Script::Linked),
            asked: Mutex::new(Vec::new()),
            calls: watch::Sender::new(0),
            open: watch::Sender::new(true),
            surplus: Mutex::new(Vec::new()),
        }
    }

    /// From the next check on.
    pub fn answers(&self, script: Script) {
        *self.script.lock().unwrap() = script;
    }

    /// Grants these although nobody asks for them.
    pub fn grants_besides(&self, permissions: &[Permission]) {
        *self.surplus.lock().unwrap() = permissions.to_vec();
    }

    /// Lets no check end until `release`.
    pub fn hold(&self) {
        self.open.send_replace(false);
    }

    pub fn release(&self) {
        self.open.send_replace(true);
    }

    /// Waits until this many checks were asked for in all.
    pub async fn called(&self, times: usize) {
        self.calls.subscribe().wait_for(|calls| *calls >= times).await.unwrap();
    }

    pub fn calls(&self) -> usize {
        *self.calls.borrow()
    }

    /// What the last check was given: host, key, username, password.
    pub fn last_asked(&self) -> [String; 4] {
        let asked = self.asked.lock().unwrap();
        let last = asked.last().unwrap();
        [
            last.host.to_string(),
            last.customer_api_key.expose().to_owned(),
            last.username.expose().to_owned(),
            last.password.expose().to_owned(),
        ]
    }
}

#[async_trait]
impl UkgGateway for FakeUkg {
    async fn check(&self, request: CheckRequest, watcher: Arc<dyn CheckWatcher>) -> CheckReport {
        let script = *self.script.lock().unwrap();
        let report = report(script, &request);
        if let Script::Fails(ProblemCode::CredentialsRejected) = script {
            // As the real one: never more than it may cost.
            for _ in 0..request.refusals_left.min(3) {
                watcher.refused().await;
            }
        }
        self.asked.lock().unwrap().push(request);
        self.calls.send_modify(|calls| *calls += 1);
        self.open.subscribe().wait_for(|open| *open).await.unwrap();
        report.unwrap()
    }

    async fn surplus(&self, _: CheckRequest, others: Vec<Permission>) -> Vec<Permission> {
        let surplus = self.surplus.lock().unwrap();
        others.into_iter().filter(|permission| surplus.contains(permission)).collect()
    }
}

fn report(script: Script, request: &CheckRequest) -> Option<CheckReport> {
    let rows = |result: fn(Permission) -> PermissionResult| -> Vec<RowResult> {
        let row = |permission: Permission| {
            let result =
                if permission.is_testable() { result(permission) } else { PermissionResult::Untestable };
            let missing = result == PermissionResult::Missing;
            RowResult {
                permission,
                result,
                problem: missing.then_some(ProblemCode::PermissionMissing),
                took_ms: None,
            }
        };
        request.permissions.iter().map(row).collect()
    };
    let accepted = |rows: Vec<RowResult>| CheckReport {
        outcome: CheckReport::outcome_of(&rows),
        connection: ConnectionStep::Accepted,
        reached_ms: Some(40),
        accepted_ms: Some(180),
        rows,
    };
    match script {
        Script::Linked => Some(accepted(rows(|_| PermissionResult::Granted))),
        Script::Gaps => Some(accepted(rows(|permission| {
            if permission.is_required() { PermissionResult::Granted } else { PermissionResult::Missing }
        }))),
        Script::RequiredMissing => Some(accepted(rows(|permission| {
            if permission.is_required() { PermissionResult::Missing } else { PermissionResult::Granted }
        }))),
        Script::Fails(code) => Some(CheckReport {
            outcome: CheckOutcome::Failed(code),
            connection: ConnectionStep::NotReached,
            reached_ms: None,
            accepted_ms: None,
            rows: rows(|_| PermissionResult::Unchecked),
        }),
        Script::Panics => None,
    }
}
