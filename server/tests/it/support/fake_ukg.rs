//! A UKG Pro that answers as it is told, and counts what it refuses.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use domain::{
    CheckOutcome, CheckProgress, CheckReport, ConnectionStep, Permission, PermissionResult, ProblemCode,
    RowResult,
};
use services::{CheckRequest, CheckWatcher, UkgGateway};
use tokio::sync::watch;

/// How many requests the real gateway lets be refused before it believes that the account is refused.
const REFUSED_AT_MOST: u8 = 3;

/// How a check ends.
#[derive(Clone, Copy, Debug)]
pub enum Script {
    /// Everything testable is granted.
    Linked,
    /// The required permission is granted, the others that can be tested are missing.
    Gaps,
    /// The required permission is missing.
    RequiredMissing,
    /// It fails with this code before any permission is known. A refused account costs as many requests as it may.
    Fails(ProblemCode),
    /// The gateway itself breaks.
    Panics,
    /// So many requests are refused at most, then it fails with this code.
    RefusesThenFails(u8, ProblemCode),
    /// So many requests are refused at most, then the gateway itself breaks.
    RefusesThenPanics(u8),
}

/// UKG Pro.
pub struct FakeUkg {
    script: Mutex<Script>,
    by_password: Mutex<HashMap<String, Script>>,
    asked: Mutex<Vec<CheckRequest>>,
    refused: Arc<Mutex<HashMap<String, usize>>>,
    watcher: Mutex<Option<Arc<dyn CheckWatcher>>>,
    calls: watch::Sender<usize>,
    open: watch::Sender<bool>,
    surplus: Mutex<Vec<Permission>>,
    surplus_asked: Mutex<Vec<Vec<Permission>>>,
}

impl FakeUkg {
    pub fn new() -> Self {
        Self {
            script: Mutex::new(Script::Linked),
            by_password: Mutex::default(),
            asked: Mutex::default(),
            refused: Arc::default(),
            watcher: Mutex::default(),
            calls: watch::Sender::new(0),
            open: watch::Sender::new(true),
            surplus: Mutex::default(),
            surplus_asked: Mutex::default(),
        }
    }

    /// The same UKG Pro after a restart of ours: it goes on counting, and answers as before.
    pub fn after_restart(&self) -> Self {
        let fresh = Self::new();
        *fresh.script.lock().unwrap() = *self.script.lock().unwrap();
        *fresh.by_password.lock().unwrap() = self.by_password.lock().unwrap().clone();
        Self { refused: self.refused.clone(), ..fresh }
    }

    /// From the next check on.
    pub fn answers(&self, script: Script) {
        *self.script.lock().unwrap() = script;
    }

    /// The same for this password alone, whatever is answered to others.
    pub fn answers_to(&self, password: &str, script: Script) {
        self.by_password.lock().unwrap().insert(password.to_owned(), script);
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

    /// Tells the watcher of the check that is held how far it came.
    pub fn came(&self, progress: &CheckProgress) {
        self.watcher.lock().unwrap().as_ref().unwrap().progressed(progress);
    }

    /// Waits until this many checks were asked for in all.
    pub async fn called(&self, times: usize) {
        self.calls.subscribe().wait_for(|calls| *calls >= times).await.unwrap();
    }

    pub fn calls(&self) -> usize {
        *self.calls.borrow()
    }

    /// How many requests with this password were refused in all, restarts included.
    pub fn refused(&self, password: &str) -> usize {
        self.refused.lock().unwrap().get(password).copied().unwrap_or_default()
    }

    /// What the last check was given: host, key, username, password.
    pub fn last_asked(&self) -> [String; 4] {
        let last = self.last_request();
        [
            last.host.to_string(),
            last.customer_api_key.expose().to_owned(),
            last.username.expose().to_owned(),
            last.password.expose().to_owned(),
        ]
    }

    pub fn last_request(&self) -> CheckRequest {
        self.asked.lock().unwrap().last().unwrap().clone()
    }

    /// Each time it was asked about permissions that nobody needs: which.
    pub fn surplus_asked(&self) -> Vec<Vec<Permission>> {
        self.surplus_asked.lock().unwrap().clone()
    }

    async fn refuses(&self, times: u8, request: &CheckRequest, watcher: &dyn CheckWatcher) {
        for _ in 0..times.min(request.refusals_left).min(REFUSED_AT_MOST) {
            *self.refused.lock().unwrap().entry(request.password.expose().to_owned()).or_default() += 1;
            watcher.refused().await;
        }
    }
}

#[async_trait]
impl UkgGateway for FakeUkg {
    async fn check(&self, request: CheckRequest, watcher: Arc<dyn CheckWatcher>) -> CheckReport {
        let own = self.by_password.lock().unwrap().get(request.password.expose()).copied();
        let script = own.unwrap_or(*self.script.lock().unwrap());
        match script {
            Script::Fails(ProblemCode::CredentialsRejected) => {
                self.refuses(REFUSED_AT_MOST, &request, &*watcher).await;
            }
            Script::RefusesThenFails(times, _) | Script::RefusesThenPanics(times) => {
                self.refuses(times, &request, &*watcher).await;
            }
            Script::Linked | Script::Gaps | Script::RequiredMissing | Script::Fails(_) | Script::Panics => {}
        }
        let report = report(script, &request);
        *self.watcher.lock().unwrap() = Some(watcher);
        self.asked.lock().unwrap().push(request);
        self.calls.send_modify(|calls| *calls += 1);
        self.open.subscribe().wait_for(|open| *open).await.unwrap();
        *self.watcher.lock().unwrap() = None;
        report.unwrap()
    }

    async fn surplus(&self, _: CheckRequest, others: Vec<Permission>) -> Vec<Permission> {
        self.surplus_asked.lock().unwrap().push(others.clone());
        let surplus = self.surplus.lock().unwrap();
        others.into_iter().filter(|permission| surplus.contains(permission)).collect()
    }
}

fn report(script: Script, request: &CheckRequest) -> Option<CheckReport> {
    match script {
        Script::Linked => Some(accepted(request, |_| PermissionResult::Granted)),
        Script::Gaps => Some(accepted(request, |permission| {
            if permission.is_required() { PermissionResult::Granted } else { PermissionResult::Missing }
        })),
        Script::RequiredMissing => Some(accepted(request, |permission| {
            if permission.is_required() { PermissionResult::Missing } else { PermissionResult::Granted }
        })),
        Script::Fails(code) | Script::RefusesThenFails(_, code) => Some(CheckReport {
            outcome: CheckOutcome::Failed(code),
            connection: ConnectionStep::NotReached,
            reached_ms: None,
            accepted_ms: None,
            rows: request.permissions.iter().map(RowResult::not_asked).collect(),
        }),
        Script::Panics | Script::RefusesThenPanics(_) => None,
    }
}

/// An accepted account; where one row alone is asked about, the others are as they are known.
fn accepted(request: &CheckRequest, result: fn(Permission) -> PermissionResult) -> CheckReport {
    let found = |permission: Permission| {
        let result = if permission.is_testable() { result(permission) } else { PermissionResult::Untestable };
        let missing = result == PermissionResult::Missing;
        let problem = missing.then_some(ProblemCode::PermissionMissing);
        RowResult { permission, result, problem, took_ms: None }
    };
    let rows: Vec<_> = match &request.known {
        Some(known) => {
            let row = |row: &RowResult| if row.permission == known.ask { found(known.ask) } else { *row };
            known.report.rows.iter().map(row).collect()
        }
        None => request.permissions.iter().map(found).collect(),
    };
    CheckReport {
        outcome: CheckReport::outcome_of(&rows),
        connection: ConnectionStep::Accepted,
        reached_ms: Some(40),
        accepted_ms: Some(180),
        rows,
    }
}
