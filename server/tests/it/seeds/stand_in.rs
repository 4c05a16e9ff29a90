//! UKG Pro, one for each server: it answers when the seed says so, and remembers who asked what.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use domain::{
    CheckOutcome, CheckReport, ConnectionStep, Permission, PermissionResult, ProblemCode, RowResult,
    Timestamp,
};
use services::{CheckRequest, CheckWatcher, Clock, UkgGateway};
use tokio::sync::oneshot;

use crate::support::StoppedClock;

/// What is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Granted,
    Gap,
    Refused,
    Fault(ProblemCode),
}

/// A question that waits for its answer.
pub struct Call {
    pub username: String,
    pub host: String,
    pub begun: Timestamp,
    answer: oneshot::Sender<Answer>,
}

#[derive(Default)]
struct State {
    waiting: Vec<Call>,
    /// Answered at once, without waiting for the seed: to the administrator, whose page waits.
    at_once: Option<Answer>,
    begun: usize,
}

/// Requests refused so far, by username and password: both servers speak with one UKG Pro.
pub type Refused = Arc<Mutex<HashMap<(String, String), u32>>>;

pub struct StandIn {
    state: Mutex<State>,
    refused: Refused,
    clock: Arc<StoppedClock>,
}

impl StandIn {
    pub fn new(refused: Refused, clock: Arc<StoppedClock>) -> Self {
        Self { state: Mutex::default(), refused, clock }
    }

    /// Whether this account's question waits.
    pub fn waits(&self, username: &str) -> bool {
        self.state.lock().unwrap().waiting.iter().any(|call| call.username == username)
    }

    /// How many questions wait at this host.
    pub fn waiting_at(&self, host: &str) -> usize {
        self.state.lock().unwrap().waiting.iter().filter(|call| call.host == host).count()
    }

    /// Those who wait: account, host, since when.
    pub fn waiting(&self) -> Vec<(String, String, Timestamp)> {
        let state = self.state.lock().unwrap();
        state.waiting.iter().map(|call| (call.username.clone(), call.host.clone(), call.begun)).collect()
    }

    /// How many questions were put so far.
    pub fn begun(&self) -> usize {
        self.state.lock().unwrap().begun
    }

    /// Answers this account.
    pub fn answers(&self, username: &str, answer: Answer) {
        let mut state = self.state.lock().unwrap();
        let at = state.waiting.iter().position(|call| call.username == username).expect("nobody waits");
        let call = state.waiting.swap_remove(at);
        // Whoever asked may have been ended since.
        let _ = call.answer.send(answer);
    }

    pub fn answer_at_once(&self, answer: Option<Answer>) {
        self.state.lock().unwrap().at_once = answer;
    }

    fn put(&self, request: &CheckRequest) -> Result<Answer, oneshot::Receiver<Answer>> {
        let mut state = self.state.lock().unwrap();
        state.begun += 1;
        if let Some(answer) = state.at_once {
            return Ok(answer);
        }
        let (answer, receiver) = oneshot::channel();
        let (username, host) = (request.username.expose().to_owned(), request.host.to_string());
        state.waiting.push(Call { username, host, begun: self.clock.now(), answer });
        Err(receiver)
    }
}

#[async_trait]
impl UkgGateway for StandIn {
    async fn check(&self, request: CheckRequest, watcher: Arc<dyn CheckWatcher>) -> CheckReport {
        let answer = match self.put(&request) {
            Ok(answer) => answer,
            Err(waits) => waits.await.unwrap_or(Answer::Fault(ProblemCode::UkgTimeout)),
        };
        if answer == Answer::Refused {
            // As the real gateway does: up to three, each told before the next.
            for _ in 0..request.refusals_left.min(3) {
                let account = (request.username.expose().to_owned(), request.password.expose().to_owned());
                *self.refused.lock().unwrap().entry(account).or_default() += 1;
                if !watcher.refused().await {
                    break;
                }
            }
        }
        report(answer, &request)
    }

    async fn surplus(&self, _: CheckRequest, _: Vec<Permission>) -> Vec<Permission> {
        Vec::new()
    }
}

fn report(answer: Answer, request: &CheckRequest) -> CheckReport {
    let failed = |code| CheckReport {
        outcome: CheckOutcome::Failed(code),
        connection: ConnectionStep::NotReached,
        reached_ms: None,
        accepted_ms: None,
        rows: request.permissions.iter().map(RowResult::not_asked).collect(),
    };
    let missing = match answer {
        Answer::Fault(code) => return failed(code),
        Answer::Refused => return failed(ProblemCode::CredentialsRejected),
        Answer::Granted => false,
        Answer::Gap => true,
    };
    let row = |permission: Permission| {
        let result = match (permission.is_testable(), missing && !permission.is_required()) {
            (false, _) => PermissionResult::Untestable,
            (true, true) => PermissionResult::Missing,
            (true, false) => PermissionResult::Granted,
        };
        let problem = (result == PermissionResult::Missing).then_some(ProblemCode::PermissionMissing);
        RowResult { permission, result, problem, took_ms: Some(1) }
    };
    let rows: Vec<_> = request.permissions.iter().map(row).collect();
    CheckReport {
        outcome: CheckReport::outcome_of(&rows),
        connection: ConnectionStep::Accepted,
        reached_ms: Some(1),
        accepted_ms: Some(2),
        rows,
    }
}
